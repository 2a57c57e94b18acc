"""Words of flags."""
from django.db import models


class Sight(models.TextChoices):
    """What somebody must be able to read of a record to be told of an event; the values are those of the permissions."""

    MARKER = "view_marker", "The marker"
    CARD = "view_card", "The operational card"
    CASE_FILE = "view_case_file", "The case file"


class Audience(models.TextChoices):
    """Who is told."""

    MANAGER = "manager", "The managing officer"
    USER = "user", "One person"
    ROLE = "role", "A role in the force that owns the record"
    UNIT = "unit", "A unit"
    AGENCY = "agency", "A partner agency"


class Channel(models.TextChoices):
    """How somebody is told."""

    BROWSER = "browser", "In Vigil"
    MAIL = "mail", "In Vigil and by mail"
    ACTION = "action", "As an action with a time"


class Urgency(models.TextChoices):
    """When somebody is told."""

    AT_ONCE = "at_once", "At once"
    DAILY = "daily", "Once a day"


class DeliveryState(models.TextChoices):
    """What became of telling one person of one event."""

    WAITING = "waiting", "Waiting for its time"
    TOLD = "told", "Told"
    NOBODY = "nobody", "Reached nobody"
    HANDED_OVER = "handed_over", "Handed over as an action"


class ReviewState(models.TextChoices):
    """Where a review of flags stands."""

    OPEN = "open", "Open"
    SIGNED_OFF = "signed_off", "Signed off"


class Verdict(models.TextChoices):
    """What a supervisor says of a flag."""

    KEEP = "keep", "Keep as it is"
    CHANGE = "change", "Change"
    END = "end", "End"


class CanaryState(models.TextChoices):
    """What became of a test of one route."""

    SENT = "sent", "On its way"
    ARRIVED = "arrived", "Arrived"
    LATE = "late", "Late: the route is dead"
