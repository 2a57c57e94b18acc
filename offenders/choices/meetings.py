"""Words of MAPPA referrals, meetings and minutes."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ReferralOutcome(models.TextChoices):
    """What became of a referral."""

    WAITING = "waiting", _("Waits for screening")
    ACCEPTED = "accepted", _("Accepted")
    DECLINED = "declined", _("Not accepted")


class DecidedBy(models.TextChoices):
    """Who decided a category and level."""

    LEAD_AGENCY = "lead_agency", _("Lead agency")
    SCREENING = "screening", _("Screening of a referral")
    MEETING = "meeting", _("MAPP meeting")
    URGENT = "urgent", _("Lead agency, raised before a meeting")
    CORRECTION = "correction", _("Supervisor, correcting a mistake")


class MeetingFormat(models.TextChoices):
    """How people meet."""

    ROOM = "room", _("In a room")
    VIDEO = "video", _("By video")
    BOTH = "both", _("In a room and by video")


class MeetingState(models.TextChoices):
    """Where a meeting stands."""

    PLANNED = "planned", _("Planned")
    HELD = "held", _("Held")
    CANCELLED = "cancelled", _("Cancelled")


class Purpose(models.TextChoices):
    """Why a person is on the agenda."""

    FIRST = "first", _("First meeting")
    REVIEW = "review", _("Review")
    URGENT = "urgent", _("Urgent change of risk")
    EXIT = "exit", _("Moving off this level")


class Attendance(models.TextChoices):
    """How an invited person answered, and whether they came."""

    INVITED = "invited", _("Invited, no answer yet")
    ACCEPTED = "accepted", _("Will come")
    APOLOGIES = "apologies", _("Sent apologies")
    ATTENDED = "attended", _("Attended")
    ABSENT = "absent", _("Did not come")


class MinutesState(models.TextChoices):
    """Where a version of the minutes stands."""

    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Waits for the chair")
    APPROVED = "approved", _("Approved")
    SUPERSEDED = "superseded", _("Replaced by a later version")


class DisclosureDecision(models.TextChoices):
    """What the chair decided about telling somebody; both are decisions with reasons."""

    DISCLOSE = "disclose", _("Disclose")
    DO_NOT = "do_not", _("Do not disclose")
