"""Words of how long records are kept, of reviews, holds and disposal."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Group(models.IntegerChoices):
    """What a record holds, as the national retention schedule sorts it; the first is kept longest."""

    ONE = 1, _("Group 1: public protection")
    TWO = 2, _("Group 2: other sexual, violent or serious offences")
    THREE = 3, _("Group 3: other offences")
    FOUR = 4, _("Group 4: undetected and everything else")


class ReviewState(models.TextChoices):
    """Where a review stands."""

    OPEN = "open", _("To review")
    PROPOSED = "proposed", _("Waits for a second person")
    APPROVED = "approved", _("Decided")
    LAPSED = "lapsed", _("Lapsed: it was not carried out in time")


class Decision(models.TextChoices):
    """What a review may end with."""

    KEEP = "keep", _("Keep the record until a next review")
    DISPOSE = "dispose", _("Dispose of the record")


class Criterion(models.TextChoices):
    """What a review asks about the person. Each yes is a reason to keep the record."""

    HARM = "harm", _("Has the person done serious harm to somebody, or tried to?")
    PATTERN = "pattern", _("Do several events, even small ones, make a pattern that may go on?")
    RISK = "risk", _("May the person do serious harm to somebody in future?")
    MISSING = "missing", _("Does the record bear on somebody who is missing, or on the person going missing?")
    VULNERABLE = "vulnerable", _("Does the record protect a child or an adult at risk, or is the person one?")


class HoldKind(models.TextChoices):
    """Why a record must stay whatever a review says."""

    LITIGATION = "litigation", _("Claim or proceedings against the force")
    INQUIRY = "inquiry", _("Investigation or inquest")
    PUBLIC_INQUIRY = "public_inquiry", _("Public inquiry")
    COMPLAINT = "complaint", _("Complaint")
    DATA_RIGHTS = "data_rights", _("Subject access or rectification in hand")
    PROSECUTION = "prosecution", _("Prosecution or appeal")


class HoldState(models.TextChoices):
    """Where a hold stands."""

    LIVE = "live", _("Holds")
    LIFTED = "lifted", _("Lifted")
