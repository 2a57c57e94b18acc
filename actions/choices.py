"""Words of clocks and actions."""
from django.db import models
from django.utils.translation import gettext_lazy as _


class TimeUnit(models.TextChoices):
    """In what a clock counts. Hours run on; the others end with the last moment of a day, in local time."""

    HOURS = "hours", _("hours")
    CALENDAR_DAYS = "days", _("days")
    WORKING_DAYS = "working_days", _("working days")
    WEEKS = "weeks", _("weeks")
    MONTHS = "months", _("months")
    YEARS = "years", _("years")


class ActionState(models.TextChoices):
    """Where an action stands."""

    OPEN = "open", _("Open")
    DONE = "done", _("Done")
    CANCELLED = "cancelled", _("No longer needed")


class PauseKind(models.TextChoices):
    """Why a clock stands still."""

    WAITING_FOR_PERSON = "person", _("Waiting for the person concerned")
    WAITING_FOR_AGENCY = "agency", _("Waiting for another agency")
    IN_CUSTODY = "custody", _("The offender is in custody or hospital")
    ABROAD = "abroad", _("The offender is abroad")
    OTHER = "other", _("Another reason")


class Happening(models.TextChoices):
    """What can happen about a record of which somebody may want to be told; event types of flags have the same codes."""

    STOP_CHECK = "stop-check", _("Stop check")
    CAME_TO_NOTICE = "came-to-notice", _("Came to notice")
    CUSTODY = "custody", _("Custody or hospital")
    RECALL = "recall", _("Recall")
    RELEASE = "release", _("Release")
    ADDRESS_CHANGE = "address-change", _("Change of address")
    TRAVEL_NOTIFIED = "travel-notified", _("Foreign travel notified")
    TRAVEL_ALERT = "travel-alert", _("Foreign travel reported")
    TRAVEL_BREACH = "travel-breach", _("Foreign travel against the rules")
    MISSED_VISIT = "missed-visit", _("Visit without contact")
    ORDER_EXPIRING = "order-expiring", _("An order ends soon")
    BREACH = "breach", _("Breach")
    INTELLIGENCE_LINKED = "intelligence-linked", _("Intelligence linked")
    LEVEL_CHANGE = "level-change", _("Change of risk or MAPPA level")
    DUTY_MISSED = "duty-missed", _("Duty missed")
    CHECK_HIT = "check-hit", _("System check with a trace")
