"""Words of applications under the disclosure schemes."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Scheme(models.TextChoices):
    """Under which scheme."""

    DOMESTIC = "domestic", _("Domestic violence disclosure scheme")
    CHILD = "child", _("Child sex offender disclosure scheme")


class Route(models.TextChoices):
    """How it began."""

    ASK = "ask", _("Right to ask: the person at risk, or a parent or carer")
    THIRD_PARTY = "third_party", _("Right to ask: somebody else who is worried")
    KNOW = "know", _("Right to know: the police learned something")


class PartyRole(models.TextChoices):
    """What somebody is in an application."""

    APPLICANT = "applicant", _("Applicant")
    AT_RISK = "at_risk", _("Person who may be at risk")
    CHILD = "child", _("Child who may be at risk")
    SUBJECT = "subject", _("Person asked about")
    PROTECTOR = "protector", _("Person best placed to protect")


class Received(models.TextChoices):
    """How it came in."""

    IN_PERSON = "in_person", _("In person")
    PHONE = "phone", _("By telephone")
    ONLINE = "online", _("Through the force's web page")
    PATROL = "patrol", _("On patrol or at an incident")
    AGENCY = "agency", _("Through an agency")
    POLICE = "police", _("From police work")


class ContactWay(models.TextChoices):
    """A way to reach somebody."""

    CALL = "call", _("Telephone call")
    TEXT = "text", _("Text message")
    MAIL = "mail", _("E-mail")
    LETTER = "letter", _("Letter")
    VISIT = "visit", _("Visit at home")
    ELSEWHERE = "elsewhere", _("Meeting at another place")


class CheckStage(models.TextChoices):
    """When a check is made."""

    FIRST = "first", _("First checks")
    FULL = "full", _("Full checks")


class CheckResult(models.TextChoices):
    """What a check found."""

    TRACE = "trace", _("Something is held")
    NO_TRACE = "no_trace", _("Nothing is held")


class IdentityProof(models.TextChoices):
    """How somebody proved who they are."""

    PASSPORT = "passport", _("Passport")
    DRIVING_LICENCE = "driving_licence", _("Driving licence")
    BIRTH_AND_BILL = "birth_and_bill", _("Birth certificate and a recent bill")
    KNOWN = "known", _("Known to the officer in person")
    NOT_PROVED = "not_proved", _("Could not prove it")


class Verdict(models.TextChoices):
    """What is decided. Whoever asked reads the same words for the last two."""

    DISCLOSE = "disclose", _("Disclose")
    NOTHING = "nothing", _("Nothing to disclose")
    WITHHOLD = "withhold", _("Do not disclose")


class Ground(models.TextChoices):
    """On what a decision to disclose rests."""

    PRESUMPTION = "presumption", _("Presumption: convictions for sexual offences against children and a risk of serious harm")
    MAPPA = "mappa", _("Through MAPPA")
    COMMON_LAW = "common_law", _("Common law power to prevent crime and protect")


class Undertaking(models.TextChoices):
    """Whether whoever was told will keep it to themselves."""

    SIGNED = "signed", _("Signed")
    SPOKEN = "spoken", _("Given in words")
    REFUSED = "refused", _("Refused; told of the consequences")
