"""Words of the case file: addresses, belongings, occupations, people around the person, conversations, marking."""

from django.db import models


class AddressKind(models.TextChoices):
    """What sort of place, or why there is none."""

    HOME = "home", "Home"
    NO_FIXED = "no_fixed", "No fixed address"
    APPROVED = "approved", "Approved premises"
    BAIL = "bail", "Bail address"
    CUSTODY = "custody", "In custody"
    STAYS = "stays", "Another place where the person stays"
    WORK = "work", "Place of work"
    AWAY = "away", "Known to be away"


MAIN_KINDS = frozenset({AddressKind.HOME, AddressKind.NO_FIXED, AddressKind.APPROVED, AddressKind.BAIL, AddressKind.CUSTODY})
PLACELESS_KINDS = frozenset({AddressKind.NO_FIXED, AddressKind.AWAY})


class VerifiedHow(models.TextChoices):
    """How somebody made sure."""

    VISIT = "visit", "Visit"
    DOCUMENT = "document", "Document seen"
    SYSTEM = "system", "Found in another system"
    AGENCY = "agency", "Told by an agency"
    PERSON = "person", "Told by the person only"


class AgeClass(models.TextChoices):
    """How old, as a class."""

    UNDER_5 = "under_5", "under 5"
    FROM_5 = "from_5", "5 to 10"
    FROM_11 = "from_11", "11 to 15"
    FROM_16 = "from_16", "16 or 17"
    ADULT = "adult", "adult"
    UNKNOWN = "unknown", "age not known"


CHILD_AGES = [(item.value, item.label) for item in AgeClass if item != AgeClass.ADULT]


class OnlineKind(models.TextChoices):
    """Where a name is used online."""

    EMAIL = "email", "E-mail"
    SOCIAL = "social", "Social network"
    MESSAGING = "messaging", "Messaging"
    GAMING = "gaming", "Games"
    DATING = "dating", "Dating"
    TRADING = "trading", "Buying and selling"
    OTHER = "other", "Other"


class DeviceKind(models.TextChoices):
    """What can go online or hold pictures."""

    TELEPHONE = "telephone", "Mobile telephone"
    COMPUTER = "computer", "Computer"
    TABLET = "tablet", "Tablet"
    CONSOLE = "console", "Games console"
    CAMERA = "camera", "Camera"
    STORAGE = "storage", "Disk, stick or card"
    OTHER = "other", "Other"


class VehicleUse(models.TextChoices):
    """What a vehicle is to the person."""

    KEEPER = "keeper", "Registered keeper"
    USER = "user", "Uses it; somebody else is the keeper"
    UNKNOWN = "unknown", "Not known"


class OccupationKind(models.TextChoices):
    """How somebody is occupied."""

    EMPLOYED = "employed", "Employed"
    SELF_EMPLOYED = "self_employed", "Self-employed"
    VOLUNTARY = "voluntary", "Unpaid or voluntary"
    EDUCATION = "education", "Education or training"
    LEISURE = "leisure", "Club, worship or other regular activity"


class ContactWith(models.TextChoices):
    """Whom an occupation brings somebody together with."""

    NEITHER = "neither", "Neither children nor adults at risk"
    CHILDREN = "children", "Children"
    ADULTS = "adults", "Adults at risk"
    BOTH = "both", "Children and adults at risk"
    UNKNOWN = "unknown", "Not known"


class AssociateKind(models.TextChoices):
    """What somebody is to the person."""

    PARTNER = "partner", "Partner"
    FORMER_PARTNER = "former_partner", "Former partner"
    FAMILY = "family", "Family"
    FRIEND = "friend", "Friend"
    HOUSEHOLD = "household", "Lives at the same place"
    CO_OFFENDER = "co_offender", "Offended together"
    CUSTODY = "custody", "Met in custody"
    ONLINE = "online", "Met online"
    OTHER = "other", "Other"


class ProtectedKind(models.TextChoices):
    """Who is at risk."""

    CHILD = "child", "Child"
    ADULT = "adult", "Adult at risk"


class ContactWay(models.TextChoices):
    """How a conversation was held."""

    TELEPHONE = "telephone", "Telephone"
    IN_PERSON = "in_person", "In person"
    VIDEO = "video", "Video call"
    EMAIL = "email", "E-mail"
    MESSAGE = "message", "Message"
    LETTER = "letter", "Letter"


class ContactParty(models.TextChoices):
    """With whom."""

    OFFENDER = "offender", "The person themselves"
    FAMILY = "family", "Family or household"
    AGENCY = "agency", "Another agency"
    POLICE = "police", "Police"
    EMPLOYER = "employer", "Employer or college"
    PUBLIC = "public", "Somebody else"


class MarkingLevel(models.TextChoices):
    """Government security classifications that this service may hold."""

    OFFICIAL = "official", "OFFICIAL"
    OFFICIAL_SENSITIVE = "official_sensitive", "OFFICIAL – SENSITIVE"
