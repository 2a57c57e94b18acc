"""Words of the field that several modules need."""
from django.db import models
from django.utils.translation import gettext_lazy as _


class Registration(models.TextChoices):
    """Why a person is on record."""

    REGISTERED = "registered", _("Registered sexual offender")
    OTHER_MAPPA = "other_mappa", _("Other MAPPA offender")
    PDP = "pdp", _("Potentially dangerous person")


class RiskLevel(models.IntegerChoices):
    """Risk of serious harm, lowest first."""

    LOW = 1, _("Low")
    MEDIUM = 2, _("Medium")
    HIGH = 3, _("High")
    VERY_HIGH = 4, _("Very high")


class AtRisk(models.TextChoices):
    """To whom the risk is, as a class of people; never a named person."""

    CHILDREN = "children", _("children")
    PUBLIC = "public", _("the public")
    KNOWN_ADULT = "known_adult", _("a known adult")
    ADULTS_AT_RISK = "adults_at_risk", _("adults at risk")
    PARTNERS = "partners", _("intimate partners")
    STAFF = "staff", _("staff")
    PRISONERS = "prisoners", _("prisoners")


class NameKind(models.TextChoices):
    """What sort of name."""

    PRIMARY = "primary", _("Primary name")
    ALIAS = "alias", _("Alias")
    PREVIOUS = "previous", _("Previous name")
    MAIDEN = "maiden", _("Maiden name")
    NICKNAME = "nickname", _("Nickname")
    ONLINE = "online", _("Online name")


class IdentifierKind(models.TextChoices):
    """Numbers by which systems and papers know a person."""

    PNC = "pnc", _("PNC number")
    CRO = "cro", _("CRO number")
    VISOR = "visor", _("National reference (ViSOR)")
    PRISON = "prison", _("Prison number")
    PASSPORT = "passport", _("Passport number")
    PHONE = "phone", _("Telephone")
    VEHICLE = "vehicle", _("Vehicle registration")


class Sex(models.TextChoices):
    """As recorded."""

    MALE = "male", _("Male")
    FEMALE = "female", _("Female")
    OTHER = "other", _("Other")
    UNKNOWN = "unknown", _("Not recorded")


class WarningKind(models.TextChoices):
    """Warnings for whoever meets the person."""

    VIOLENT = "violent", _("Violent")
    WEAPONS = "weapons", _("Weapons")
    LONE_OFFICERS = "lone_officers", _("Risk to lone officers")
    SELF_HARM = "self_harm", _("Self-harm")
    CONTAGION = "contagion", _("Infection risk: protective equipment")
    DOG = "dog", _("Dangerous dog")
    ESCAPER = "escaper", _("Escaper")
    CONCEALS = "conceals", _("Conceals items")


class ConditionKind(models.TextChoices):
    """Where a condition comes from."""

    LICENCE = "licence", _("Licence condition")
    SHPO = "shpo", _("Sexual harm prevention order")
    SRO = "sro", _("Sexual risk order")
    VOO = "voo", _("Violent offender order")
    FOREIGN_TRAVEL = "foreign_travel", _("Foreign travel restriction")
    SOPO = "sopo", _("Sexual offences prevention order")
    RSHO = "rsho", _("Risk of sexual harm order")
    STALKING = "stalking", _("Stalking protection order")
    DOMESTIC = "domestic", _("Domestic abuse protection order")
    TRAFFICKING = "trafficking", _("Slavery and trafficking risk order")
    OTHER_ORDER = "other_order", _("Other order")


class MarkKind(models.TextChoices):
    """Marks on the body."""

    TATTOO = "tattoo", _("Tattoo")
    SCAR = "scar", _("Scar")
    BIRTHMARK = "birthmark", _("Birthmark")
    PIERCING = "piercing", _("Piercing")
    OTHER = "other", _("Other mark")


class MappaCategory(models.IntegerChoices):
    """Criminal Justice Act 2003, section 325; category 4 since June 2022."""

    ONE = 1, _("Category 1: registered sexual offender")
    TWO = 2, _("Category 2: violent or other sexual offender")
    THREE = 3, _("Category 3: other dangerous offender")
    FOUR = 4, _("Category 4: terrorist or terrorist risk offender")


class MappaLevel(models.IntegerChoices):
    """How many agencies manage the person together."""

    ONE = 1, _("Level 1: one agency, information shared")
    TWO = 2, _("Level 2: regular multi-agency meetings")
    THREE = 3, _("Level 3: meetings of senior representatives")


class ReasonCategory(models.TextChoices):
    """Why somebody opens a record outside their own work."""

    INCIDENT = "incident", _("Dealing with an incident now")
    INVESTIGATION = "investigation", _("Investigating an offence")
    SAFEGUARDING = "safeguarding", _("Protecting somebody at risk")
    INTELLIGENCE = "intelligence", _("Developing intelligence")
    COURT = "court", _("Court, custody or licence work")
    SUPERVISION = "supervision", _("Supervising or inspecting the work")


class SectionKind(models.TextChoices):
    """What is kept apart from the case file."""

    VICTIM = "victim", _("Victim")
    THIRD_PARTY = "third_party", _("Third party")
    TACTICS = "tactics", _("Police tactics")
    COVERT = "covert", _("Covert activity")
