"""Words of what the system finds in reports: the marks of a text."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class MarkKind(models.TextChoices):
    """What stands in the words of a report and has a form of its own."""

    PHONE = "phone", _("Telephone")
    VEHICLE = "vehicle", _("Vehicle")
    ONLINE = "online", _("Online identity")
    POSTCODE = "postcode", _("Place")
