"""Words of MAPPA referrals, meetings and minutes."""

from django.db import models


class ReferralOutcome(models.TextChoices):
    """What became of a referral."""

    WAITING = "waiting", "Waits for screening"
    ACCEPTED = "accepted", "Accepted"
    DECLINED = "declined", "Not accepted"


class DecidedBy(models.TextChoices):
    """Who decided a category and level."""

    LEAD_AGENCY = "lead_agency", "Lead agency"
    SCREENING = "screening", "Screening of a referral"
    MEETING = "meeting", "MAPP meeting"
    URGENT = "urgent", "Lead agency, raised before a meeting"
    CORRECTION = "correction", "Supervisor, correcting a mistake"


class MeetingFormat(models.TextChoices):
    """How people meet."""

    ROOM = "room", "In a room"
    VIDEO = "video", "By video"
    BOTH = "both", "In a room and by video"


class MeetingState(models.TextChoices):
    """Where a meeting stands."""

    PLANNED = "planned", "Planned"
    HELD = "held", "Held"
    CANCELLED = "cancelled", "Cancelled"


class Purpose(models.TextChoices):
    """Why a person is on the agenda."""

    FIRST = "first", "First meeting"
    REVIEW = "review", "Review"
    URGENT = "urgent", "Urgent change of risk"
    EXIT = "exit", "Moving off this level"


class Attendance(models.TextChoices):
    """How an invited person answered, and whether they came."""

    INVITED = "invited", "Invited, no answer yet"
    ACCEPTED = "accepted", "Will come"
    APOLOGIES = "apologies", "Sent apologies"
    ATTENDED = "attended", "Attended"
    ABSENT = "absent", "Did not come"


class MinutesState(models.TextChoices):
    """Where a version of the minutes stands."""

    DRAFT = "draft", "Draft"
    SUBMITTED = "submitted", "Waits for the chair"
    APPROVED = "approved", "Approved"
    SUPERSEDED = "superseded", "Replaced by a later version"


class DisclosureDecision(models.TextChoices):
    """What the chair decided about telling somebody; both are decisions with reasons."""

    DISCLOSE = "disclose", "Disclose"
    DO_NOT = "do_not", "Do not disclose"
