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
