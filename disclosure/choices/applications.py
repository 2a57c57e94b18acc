"""Words of applications under the disclosure schemes."""

from django.db import models


class Scheme(models.TextChoices):
    """Under which scheme."""

    DOMESTIC = "domestic", "Domestic violence disclosure scheme"
    CHILD = "child", "Child sex offender disclosure scheme"


class Route(models.TextChoices):
    """How it began."""

    ASK = "ask", "Right to ask: the person at risk, or a parent or carer"
    THIRD_PARTY = "third_party", "Right to ask: somebody else who is worried"
    KNOW = "know", "Right to know: the police learned something"


class PartyRole(models.TextChoices):
    """What somebody is in an application."""

    APPLICANT = "applicant", "Applicant"
    AT_RISK = "at_risk", "Person who may be at risk"
    CHILD = "child", "Child who may be at risk"
    SUBJECT = "subject", "Person asked about"
    PROTECTOR = "protector", "Person best placed to protect"


class Received(models.TextChoices):
    """How it came in."""

    IN_PERSON = "in_person", "In person"
    PHONE = "phone", "By telephone"
    ONLINE = "online", "Through the force's web page"
    PATROL = "patrol", "On patrol or at an incident"
    AGENCY = "agency", "Through an agency"
    POLICE = "police", "From police work"


class ContactWay(models.TextChoices):
    """A way to reach somebody."""

    CALL = "call", "Telephone call"
    TEXT = "text", "Text message"
    MAIL = "mail", "E-mail"
    LETTER = "letter", "Letter"
    VISIT = "visit", "Visit at home"
    ELSEWHERE = "elsewhere", "Meeting at another place"


class CheckStage(models.TextChoices):
    """When a check is made."""

    FIRST = "first", "First checks"
    FULL = "full", "Full checks"


class CheckResult(models.TextChoices):
    """What a check found."""

    TRACE = "trace", "Something is held"
    NO_TRACE = "no_trace", "Nothing is held"


class IdentityProof(models.TextChoices):
    """How somebody proved who they are."""

    PASSPORT = "passport", "Passport"
    DRIVING_LICENCE = "driving_licence", "Driving licence"
    BIRTH_AND_BILL = "birth_and_bill", "Birth certificate and a recent bill"
    KNOWN = "known", "Known to the officer in person"
    NOT_PROVED = "not_proved", "Could not prove it"


class Verdict(models.TextChoices):
    """What is decided. Whoever asked reads the same words for the last two."""

    DISCLOSE = "disclose", "Disclose"
    NOTHING = "nothing", "Nothing to disclose"
    WITHHOLD = "withhold", "Do not disclose"


class Ground(models.TextChoices):
    """On what a decision to disclose rests."""

    PRESUMPTION = "presumption", "Presumption: convictions for sexual offences against children and a risk of serious harm"
    MAPPA = "mappa", "Through MAPPA"
    COMMON_LAW = "common_law", "Common law power to prevent crime and protect"


class Undertaking(models.TextChoices):
    """Whether whoever was told will keep it to themselves."""

    SIGNED = "signed", "Signed"
    SPOKEN = "spoken", "Given in words"
    REFUSED = "refused", "Refused; told of the consequences"
