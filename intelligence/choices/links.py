"""Words of links: what an entity is, how two things belong together, where a link stands, why it was suggested."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class EntityKind(models.TextChoices):
    """What reports tell of that is no record."""

    PERSON = "person", _("Person who is not on record")
    PLACE = "place", _("Place")
    VEHICLE = "vehicle", _("Vehicle")
    PHONE = "phone", _("Telephone")
    ONLINE = "online", _("Online identity")
    ORGANISATION = "organisation", _("Organisation")


class LinkKind(models.TextChoices):
    """How two things belong together; read either way."""

    TELLS_OF = "tells_of", _("The report tells of it")
    ALIKE = "alike", _("Alike in wording or method")
    ASSOCIATE = "associate", _("Associates")
    FAMILY = "family", _("Family")
    CONTACT = "contact", _("In contact")
    USES = "uses", _("Uses or owns")
    LIVES = "lives", _("Lives or stays there")
    SEEN = "seen", _("Seen there")
    BELONGS = "belongs", _("Works there or belongs to it")
    SAME = "same", _("One and the same")
    NEAR = "near", _("Near each other")


class LinkState(models.TextChoices):
    """Where a link stands."""

    SUGGESTED = "suggested", _("Suggested")
    CONFIRMED = "confirmed", _("Confirmed")
    REFUSED = "refused", _("Refused")
    ENDED = "ended", _("No longer holds")


class Ground(models.TextChoices):
    """Why the system suggests that two things belong together."""

    NUMBER = "number", _("Same telephone number")
    VEHICLE = "vehicle", _("Same vehicle")
    ONLINE = "online", _("Same online name")
    POSTCODE = "postcode", _("Same postcode")
    NEAR = "near", _("Places near each other")
    WORDING = "wording", _("Similar wording and method")
    NAME = "name", _("Similar name")
