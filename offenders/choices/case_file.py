"""Words of the case file: addresses, belongings, occupations, people around the person, conversations, marking."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class AddressKind(models.TextChoices):
    """What sort of place, or why there is none."""

    HOME = "home", _("Home")
    NO_FIXED = "no_fixed", _("No fixed address")
    APPROVED = "approved", _("Approved premises")
    BAIL = "bail", _("Bail address")
    CUSTODY = "custody", _("In custody")
    STAYS = "stays", _("Another place where the person stays")
    WORK = "work", _("Place of work")
    AWAY = "away", _("Known to be away")


MAIN_KINDS = frozenset({AddressKind.HOME, AddressKind.NO_FIXED, AddressKind.APPROVED, AddressKind.BAIL, AddressKind.CUSTODY})
PLACELESS_KINDS = frozenset({AddressKind.NO_FIXED, AddressKind.AWAY})


class VerifiedHow(models.TextChoices):
    """How somebody made sure."""

    VISIT = "visit", _("Visit")
    DOCUMENT = "document", _("Document seen")
    SYSTEM = "system", _("Found in another system")
    AGENCY = "agency", _("Told by an agency")
    PERSON = "person", _("Told by the person only")


class AgeClass(models.TextChoices):
    """How old, as a class."""

    UNDER_5 = "under_5", _("under 5")
    FROM_5 = "from_5", _("5 to 10")
    FROM_11 = "from_11", _("11 to 15")
    FROM_16 = "from_16", _("16 or 17")
    ADULT = "adult", _("adult")
    UNKNOWN = "unknown", _("age not known")


CHILD_AGES = [(item.value, item.label) for item in AgeClass if item != AgeClass.ADULT]


class OnlineKind(models.TextChoices):
    """Where a name is used online."""

    EMAIL = "email", _("E-mail")
    SOCIAL = "social", _("Social network")
    MESSAGING = "messaging", _("Messaging")
    GAMING = "gaming", _("Games")
    DATING = "dating", _("Dating")
    TRADING = "trading", _("Buying and selling")
    OTHER = "other", _("Other")


class DeviceKind(models.TextChoices):
    """What can go online or hold pictures."""

    TELEPHONE = "telephone", _("Mobile telephone")
    COMPUTER = "computer", _("Computer")
    TABLET = "tablet", _("Tablet")
    CONSOLE = "console", _("Games console")
    CAMERA = "camera", _("Camera")
    STORAGE = "storage", _("Disk, stick or card")
    OTHER = "other", _("Other")


class VehicleUse(models.TextChoices):
    """What a vehicle is to the person."""

    KEEPER = "keeper", _("Registered keeper")
    USER = "user", _("Uses it; somebody else is the keeper")
    UNKNOWN = "unknown", _("Not known")


class OccupationKind(models.TextChoices):
    """How somebody is occupied."""

    EMPLOYED = "employed", _("Employed")
    SELF_EMPLOYED = "self_employed", _("Self-employed")
    VOLUNTARY = "voluntary", _("Unpaid or voluntary")
    EDUCATION = "education", _("Education or training")
    LEISURE = "leisure", _("Club, worship or other regular activity")


class ContactWith(models.TextChoices):
    """Whom an occupation brings somebody together with."""

    NEITHER = "neither", _("Neither children nor adults at risk")
    CHILDREN = "children", _("Children")
    ADULTS = "adults", _("Adults at risk")
    BOTH = "both", _("Children and adults at risk")
    UNKNOWN = "unknown", _("Not known")


class AssociateKind(models.TextChoices):
    """What somebody is to the person."""

    PARTNER = "partner", _("Partner")
    FORMER_PARTNER = "former_partner", _("Former partner")
    FAMILY = "family", _("Family")
    FRIEND = "friend", _("Friend")
    HOUSEHOLD = "household", _("Lives at the same place")
    CO_OFFENDER = "co_offender", _("Offended together")
    CUSTODY = "custody", _("Met in custody")
    ONLINE = "online", _("Met online")
    OTHER = "other", _("Other")


class ProtectedKind(models.TextChoices):
    """Who is at risk."""

    CHILD = "child", _("Child")
    ADULT = "adult", _("Adult at risk")


class ContactWay(models.TextChoices):
    """How a conversation was held."""

    TELEPHONE = "telephone", _("Telephone")
    IN_PERSON = "in_person", _("In person")
    VIDEO = "video", _("Video call")
    EMAIL = "email", _("E-mail")
    MESSAGE = "message", _("Message")
    LETTER = "letter", _("Letter")


class ContactParty(models.TextChoices):
    """With whom."""

    OFFENDER = "offender", _("The person themselves")
    FAMILY = "family", _("Family or household")
    AGENCY = "agency", _("Another agency")
    POLICE = "police", _("Police")
    EMPLOYER = "employer", _("Employer or college")
    PUBLIC = "public", _("Somebody else")


class MarkingLevel(models.TextChoices):
    """Government security classifications that this service may hold."""

    OFFICIAL = "official", _("OFFICIAL")
    OFFICIAL_SENSITIVE = "official_sensitive", _("OFFICIAL – SENSITIVE")
