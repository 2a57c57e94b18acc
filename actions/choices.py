"""Words of clocks and actions."""
from django.db import models


class TimeUnit(models.TextChoices):
    """In what a clock counts. Hours run on; the others end with the last moment of a day, in local time."""

    HOURS = "hours", "hours"
    CALENDAR_DAYS = "days", "days"
    WORKING_DAYS = "working_days", "working days"
    WEEKS = "weeks", "weeks"
    MONTHS = "months", "months"
    YEARS = "years", "years"


class ActionState(models.TextChoices):
    """Where an action stands."""

    OPEN = "open", "Open"
    DONE = "done", "Done"
    CANCELLED = "cancelled", "No longer needed"


class PauseKind(models.TextChoices):
    """Why a clock stands still."""

    WAITING_FOR_PERSON = "person", "Waiting for the person concerned"
    WAITING_FOR_AGENCY = "agency", "Waiting for another agency"
    IN_CUSTODY = "custody", "The offender is in custody or hospital"
    ABROAD = "abroad", "The offender is abroad"
    OTHER = "other", "Another reason"


class Happening(models.TextChoices):
    """What can happen about a record of which somebody may want to be told; event types of flags have the same codes."""

    STOP_CHECK = "stop-check", "Stop check"
    CAME_TO_NOTICE = "came-to-notice", "Came to notice"
    CUSTODY = "custody", "Custody or hospital"
    RECALL = "recall", "Recall"
    RELEASE = "release", "Release"
    ADDRESS_CHANGE = "address-change", "Change of address"
    TRAVEL_NOTIFIED = "travel-notified", "Foreign travel notified"
    TRAVEL_ALERT = "travel-alert", "Foreign travel reported"
    TRAVEL_BREACH = "travel-breach", "Foreign travel against the rules"
    MISSED_VISIT = "missed-visit", "Visit without contact"
    ORDER_EXPIRING = "order-expiring", "An order ends soon"
    BREACH = "breach", "Breach"
    INTELLIGENCE_LINKED = "intelligence-linked", "Intelligence linked"
    LEVEL_CHANGE = "level-change", "Change of risk or MAPPA level"
    DUTY_MISSED = "duty-missed", "Duty missed"
    CHECK_HIT = "check-hit", "System check with a trace"
