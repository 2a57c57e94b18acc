"""Words of how long records are kept, of reviews, holds and disposal."""

from django.db import models


class Group(models.IntegerChoices):
    """What a record holds, as the national retention schedule sorts it; the first is kept longest."""

    ONE = 1, "Group 1: public protection"
    TWO = 2, "Group 2: other sexual, violent or serious offences"
    THREE = 3, "Group 3: other offences"
    FOUR = 4, "Group 4: undetected and everything else"


class ReviewState(models.TextChoices):
    """Where a review stands."""

    OPEN = "open", "To review"
    PROPOSED = "proposed", "Waits for a second person"
    APPROVED = "approved", "Decided"
    LAPSED = "lapsed", "Lapsed: it was not carried out in time"


class Decision(models.TextChoices):
    """What a review may end with."""

    KEEP = "keep", "Keep the record until a next review"
    DISPOSE = "dispose", "Dispose of the record"


class Criterion(models.TextChoices):
    """What a review asks about the person. Each yes is a reason to keep the record."""

    HARM = "harm", "Has the person done serious harm to somebody, or tried to?"
    PATTERN = "pattern", "Do several events, even small ones, make a pattern that may go on?"
    RISK = "risk", "May the person do serious harm to somebody in future?"
    MISSING = "missing", "Does the record bear on somebody who is missing, or on the person going missing?"
    VULNERABLE = "vulnerable", "Does the record protect a child or an adult at risk, or is the person one?"


class HoldKind(models.TextChoices):
    """Why a record must stay whatever a review says."""

    LITIGATION = "litigation", "Claim or proceedings against the force"
    INQUIRY = "inquiry", "Investigation or inquest"
    PUBLIC_INQUIRY = "public_inquiry", "Public inquiry"
    COMPLAINT = "complaint", "Complaint"
    DATA_RIGHTS = "data_rights", "Subject access or rectification in hand"
    PROSECUTION = "prosecution", "Prosecution or appeal"


class HoldState(models.TextChoices):
    """Where a hold stands."""

    LIVE = "live", "Holds"
    LIFTED = "lifted", "Lifted"
