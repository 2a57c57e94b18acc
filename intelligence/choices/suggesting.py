"""Words of what the system finds in reports: the marks of a text."""

from django.db import models


class MarkKind(models.TextChoices):
    """What stands in the words of a report and has a form of its own."""

    PHONE = "phone", "Telephone"
    VEHICLE = "vehicle", "Vehicle"
    ONLINE = "online", "Online identity"
    POSTCODE = "postcode", "Place"
