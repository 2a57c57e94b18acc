"""Words of the field that several modules need."""
from django.db import models


class Registration(models.TextChoices):
    """Why a person is on record."""

    REGISTERED = "registered", "Registered sexual offender"
    OTHER_MAPPA = "other_mappa", "Other MAPPA offender"
    PDP = "pdp", "Potentially dangerous person"


class RiskLevel(models.IntegerChoices):
    """Risk of serious harm, lowest first."""

    LOW = 1, "Low"
    MEDIUM = 2, "Medium"
    HIGH = 3, "High"
    VERY_HIGH = 4, "Very high"


class AtRisk(models.TextChoices):
    """To whom the risk is, as a class of people; never a named person."""

    CHILDREN = "children", "children"
    PUBLIC = "public", "the public"
    KNOWN_ADULT = "known_adult", "a known adult"
    ADULTS_AT_RISK = "adults_at_risk", "adults at risk"
    PARTNERS = "partners", "intimate partners"
    STAFF = "staff", "staff"
    PRISONERS = "prisoners", "prisoners"


class NameKind(models.TextChoices):
    """What sort of name."""

    PRIMARY = "primary", "Primary name"
    ALIAS = "alias", "Alias"
    PREVIOUS = "previous", "Previous name"
    MAIDEN = "maiden", "Maiden name"
    NICKNAME = "nickname", "Nickname"
    ONLINE = "online", "Online name"


class IdentifierKind(models.TextChoices):
    """Numbers by which systems and papers know a person."""

    PNC = "pnc", "PNC number"
    CRO = "cro", "CRO number"
    VISOR = "visor", "National reference (ViSOR)"
    PRISON = "prison", "Prison number"
    PASSPORT = "passport", "Passport number"
    PHONE = "phone", "Telephone"
    VEHICLE = "vehicle", "Vehicle registration"


class Sex(models.TextChoices):
    """As recorded."""

    MALE = "male", "Male"
    FEMALE = "female", "Female"
    OTHER = "other", "Other"
    UNKNOWN = "unknown", "Not recorded"


class WarningKind(models.TextChoices):
    """Warnings for whoever meets the person."""

    VIOLENT = "violent", "Violent"
    WEAPONS = "weapons", "Weapons"
    LONE_OFFICERS = "lone_officers", "Risk to lone officers"
    SELF_HARM = "self_harm", "Self-harm"
    CONTAGION = "contagion", "Infection risk: protective equipment"
    DOG = "dog", "Dangerous dog"
    ESCAPER = "escaper", "Escaper"
    CONCEALS = "conceals", "Conceals items"


class ConditionKind(models.TextChoices):
    """Where a condition comes from."""

    LICENCE = "licence", "Licence condition"
    SHPO = "shpo", "Sexual harm prevention order"
    SRO = "sro", "Sexual risk order"
    VOO = "voo", "Violent offender order"
    FOREIGN_TRAVEL = "foreign_travel", "Foreign travel restriction"
    SOPO = "sopo", "Sexual offences prevention order"
    RSHO = "rsho", "Risk of sexual harm order"
    STALKING = "stalking", "Stalking protection order"
    DOMESTIC = "domestic", "Domestic abuse protection order"
    TRAFFICKING = "trafficking", "Slavery and trafficking risk order"
    OTHER_ORDER = "other_order", "Other order"


class MarkKind(models.TextChoices):
    """Marks on the body."""

    TATTOO = "tattoo", "Tattoo"
    SCAR = "scar", "Scar"
    BIRTHMARK = "birthmark", "Birthmark"
    PIERCING = "piercing", "Piercing"
    OTHER = "other", "Other mark"


class MappaCategory(models.IntegerChoices):
    """Criminal Justice Act 2003, section 325; category 4 since June 2022."""

    ONE = 1, "Category 1: registered sexual offender"
    TWO = 2, "Category 2: violent or other sexual offender"
    THREE = 3, "Category 3: other dangerous offender"
    FOUR = 4, "Category 4: terrorist or terrorist risk offender"


class MappaLevel(models.IntegerChoices):
    """How many agencies manage the person together."""

    ONE = 1, "Level 1: one agency, information shared"
    TWO = 2, "Level 2: regular multi-agency meetings"
    THREE = 3, "Level 3: meetings of senior representatives"


class ReasonCategory(models.TextChoices):
    """Why somebody opens a record outside their own work."""

    INCIDENT = "incident", "Dealing with an incident now"
    INVESTIGATION = "investigation", "Investigating an offence"
    SAFEGUARDING = "safeguarding", "Protecting somebody at risk"
    INTELLIGENCE = "intelligence", "Developing intelligence"
    COURT = "court", "Court, custody or licence work"
    SUPERVISION = "supervision", "Supervising or inspecting the work"


class SectionKind(models.TextChoices):
    """What is kept apart from the case file."""

    VICTIM = "victim", "Victim"
    THIRD_PARTY = "third_party", "Third party"
    TACTICS = "tactics", "Police tactics"
    COVERT = "covert", "Covert activity"
