"""Words of flags."""
from django.db import models
from django.utils.translation import gettext_lazy as _


class Sight(models.TextChoices):
    """What somebody must be able to read of a record to be told of an event; the values are those of the permissions."""

    MARKER = "view_marker", _("The marker")
    CARD = "view_card", _("The operational card")
    CASE_FILE = "view_case_file", _("The case file")


class Audience(models.TextChoices):
    """Who is told."""

    MANAGER = "manager", _("The managing officer")
    USER = "user", _("One person")
    ROLE = "role", _("A role in the force that owns the record")
    UNIT = "unit", _("A unit")
    AGENCY = "agency", _("A partner agency")


class Channel(models.TextChoices):
    """How somebody is told."""

    BROWSER = "browser", _("In Vigil")
    MAIL = "mail", _("In Vigil and by mail")
    ACTION = "action", _("As an action with a time")


class Urgency(models.TextChoices):
    """When somebody is told."""

    AT_ONCE = "at_once", _("At once")
    DAILY = "daily", _("Once a day")


class DeliveryState(models.TextChoices):
    """What became of telling one person of one event."""

    WAITING = "waiting", _("Waiting for its time")
    TOLD = "told", _("Told")
    NOBODY = "nobody", _("Reached nobody")
    HANDED_OVER = "handed_over", _("Handed over as an action")


class ReviewState(models.TextChoices):
    """Where a review of flags stands."""

    OPEN = "open", _("Open")
    SIGNED_OFF = "signed_off", _("Signed off")


class Verdict(models.TextChoices):
    """What a supervisor says of a flag."""

    KEEP = "keep", _("Keep as it is")
    CHANGE = "change", _("Change")
    END = "end", _("End")


class CanaryState(models.TextChoices):
    """What became of a test of one route."""

    SENT = "sent", _("On its way")
    ARRIVED = "arrived", _("Arrived")
    LATE = "late", _("Late: the route is dead")
