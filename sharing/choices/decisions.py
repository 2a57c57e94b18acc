"""Words of decisions to share."""

from django.db import models


class Template(models.TextChoices):
    """What kind of sharing a decision is about; some ask more than the twelve questions."""

    GENERAL = "general", "Share information"
    CARERS_CHECK = "carers_check", "Check of a carer for children's services"
    PAROLE_DOSSIER = "parole_dossier", "Dossier for the Parole Board"
    DBS_REFERRAL = "dbs_referral", "Referral to the Disclosure and Barring Service"
    MEDIA = "media", "Identify a person to the media or the public"
    DOMESTIC_SCHEME = "domestic_scheme", "Tell somebody under the domestic violence disclosure scheme"
    CHILD_SCHEME = "child_scheme", "Tell somebody under the child sex offender disclosure scheme"


SCHEMES = frozenset({Template.DOMESTIC_SCHEME, Template.CHILD_SCHEME})  # begun from an application alone


class RecipientKind(models.TextChoices):
    """To whom it would go."""

    AGENCY = "agency", "An agency that works with the force"
    BODY = "body", "A school, an employer or another body"
    PERSON = "person", "A member of the public"
    MEDIA = "media", "The media"
    PUBLIC = "public", "The general public"


class Choice(models.TextChoices):
    """What was decided. None is the usual one."""

    SHARE = "share", "Share"
    PART = "part", "Share part"
    DO_NOT = "do_not", "Do not share"


class Channel(models.TextChoices):
    """How it leaves."""

    ONLINE = "online", "Through Vigil: the agency's system or browser"
    PAPER = "paper", "On paper"
    SPOKEN = "spoken", "Spoken"


class Authority(models.TextChoices):
    """Who decides."""

    SUPERVISOR = "supervisor", "A supervisor of the unit"
    DISCLOSURE_AUTHORITY = "disclosure_authority", "The disclosure authority, or an officer to whom it is delegated"
    CHAIR = "chair", "The chair of the MAPP meeting, in its minutes"
    SENIOR_OFFICER = "senior_officer", "A senior officer, with the press office"


class Verdict(models.TextChoices):
    """What whoever decides said."""

    APPROVED = "approved", "Approved"
    REFUSED = "refused", "Refused"
    RETURNED = "returned", "Returned"


class AdviceKind(models.TextChoices):
    """Who was asked for advice."""

    SUPERVISOR = "supervisor", "Supervisor"
    LEGAL = "legal", "Legal services"
    DATA_PROTECTION = "data_protection", "Data protection"
    AGENCY = "agency", "Another agency"
    PRESS_OFFICE = "press_office", "Press office"
    OTHER = "other", "Somebody else"


class Known(models.TextChoices):
    """Whether the recipient has an item already."""

    NOT_KNOWN = "not_known", "They do not have it"
    LEAVE_OUT = "leave_out", "They have it: leave it out"
    MARK = "mark", "They have it: send it, marked as known"


class Removed(models.TextChoices):
    """Why a passage was taken out."""

    NOT_NEEDED = "not_needed", "Not needed for the purpose"
    THIRD_PARTY = "third_party", "About somebody else"
    VICTIM = "victim", "About a victim"
    INFORMANT = "informant", "Would tell of who gave information"
    TACTICS = "tactics", "Police tactics"
    PRIVILEGED = "privileged", "Legally privileged"
    ORIGINATOR = "originator", "Its originator has not agreed"


class ReviewOutcome(models.TextChoices):
    """What a review of a decision not to share finds."""

    STANDS = "stands", "It stands"
    AGAIN = "again", "It must be decided again"
