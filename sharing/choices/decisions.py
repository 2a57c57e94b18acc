"""Words of decisions to share."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Template(models.TextChoices):
    """What kind of sharing a decision is about; some ask more than the twelve questions."""

    GENERAL = "general", _("Share information")
    CARERS_CHECK = "carers_check", _("Check of a carer for children's services")
    PAROLE_DOSSIER = "parole_dossier", _("Dossier for the Parole Board")
    DBS_REFERRAL = "dbs_referral", _("Referral to the Disclosure and Barring Service")
    MEDIA = "media", _("Identify a person to the media or the public")
    DOMESTIC_SCHEME = "domestic_scheme", _("Tell somebody under the domestic violence disclosure scheme")
    CHILD_SCHEME = "child_scheme", _("Tell somebody under the child sex offender disclosure scheme")


SCHEMES = frozenset({Template.DOMESTIC_SCHEME, Template.CHILD_SCHEME})  # begun from an application alone


class RecipientKind(models.TextChoices):
    """To whom it would go."""

    AGENCY = "agency", _("An agency that works with the force")
    BODY = "body", _("A school, an employer or another body")
    PERSON = "person", _("A member of the public")
    MEDIA = "media", _("The media")
    PUBLIC = "public", _("The general public")


class Choice(models.TextChoices):
    """What was decided. None is the usual one."""

    SHARE = "share", _("Share")
    PART = "part", _("Share part")
    DO_NOT = "do_not", _("Do not share")


class Channel(models.TextChoices):
    """How it leaves."""

    ONLINE = "online", _("Through Vigil: the agency's system or browser")
    PAPER = "paper", _("On paper")
    SPOKEN = "spoken", _("Spoken")


class Authority(models.TextChoices):
    """Who decides."""

    SUPERVISOR = "supervisor", _("A supervisor of the unit")
    DISCLOSURE_AUTHORITY = "disclosure_authority", _("The disclosure authority, or an officer to whom it is delegated")
    CHAIR = "chair", _("The chair of the MAPP meeting, in its minutes")
    SENIOR_OFFICER = "senior_officer", _("A senior officer, with the press office")


class Verdict(models.TextChoices):
    """What whoever decides said."""

    APPROVED = "approved", _("Approved")
    REFUSED = "refused", _("Refused")
    RETURNED = "returned", _("Returned")


class AdviceKind(models.TextChoices):
    """Who was asked for advice."""

    SUPERVISOR = "supervisor", _("Supervisor")
    LEGAL = "legal", _("Legal services")
    DATA_PROTECTION = "data_protection", _("Data protection")
    AGENCY = "agency", _("Another agency")
    PRESS_OFFICE = "press_office", _("Press office")
    OTHER = "other", _("Somebody else")


class Known(models.TextChoices):
    """Whether the recipient has an item already."""

    NOT_KNOWN = "not_known", _("They do not have it")
    LEAVE_OUT = "leave_out", _("They have it: leave it out")
    MARK = "mark", _("They have it: send it, marked as known")


class Removed(models.TextChoices):
    """Why a passage was taken out."""

    NOT_NEEDED = "not_needed", _("Not needed for the purpose")
    THIRD_PARTY = "third_party", _("About somebody else")
    VICTIM = "victim", _("About a victim")
    INFORMANT = "informant", _("Would tell of who gave information")
    TACTICS = "tactics", _("Police tactics")
    PRIVILEGED = "privileged", _("Legally privileged")
    ORIGINATOR = "originator", _("Its originator has not agreed")


class ReviewOutcome(models.TextChoices):
    """What a review of a decision not to share finds."""

    STANDS = "stands", _("It stands")
    AGAIN = "again", _("It must be decided again")
