"""Words for people and organisations that several modules need."""
from django.db import models


class Role(models.TextChoices):
    """What somebody comes to do; each is also the name of a Django group. A person may hold several."""

    OFFENDER_MANAGER = "offender_manager", "Offender manager"
    SUPERVISOR = "supervisor", "Supervisor"
    DISCLOSURE_AUTHORITY = "disclosure_authority", "Disclosure authority"
    MAPP_CHAIR = "mapp_chair", "MAPP chair"
    MAPPA_COORDINATOR = "mappa_coordinator", "MAPPA coordinator"
    CONTROL_ROOM = "control_room", "Control room"
    OPERATIONAL = "operational", "Operational officer"
    INTELLIGENCE = "intelligence", "Intelligence"
    PRESS_OFFICER = "press_officer", "Press officer"
    INFORMATION_GOVERNANCE = "information_governance", "Information governance"
    AUDITOR = "auditor", "Auditor"
    ADMINISTRATOR = "administrator", "Administrator"
    PARTNER = "partner", "Partner agency"


class ApiScope(models.TextChoices):
    """What a machine client of an agency may be let do."""

    TRAVEL_ALERTS = "travel-alerts", "Send alerts about foreign travel"
    SHARED = "shared-records", "Read what was shared, and say what was done about it"
    ASK = "information-requests", "Ask for information"
    INTELLIGENCE = "intelligence", "Give intelligence"
    EVENTS = "events", "Give news of release, recall, breach or address"
    CHANGES = "changes", "Read agreements and what changed"


class OrganisationKind(models.TextChoices):
    """A police force, or the kind of agency that works with forces."""

    FORCE = "force", "Police force"
    PROBATION = "probation", "Probation"
    PRISON = "prison", "Prison"
    CHILDRENS_SERVICES = "childrens_services", "Children's services"
    ADULT_SERVICES = "adult_services", "Adult services"
    HEALTH = "health", "Health"
    HOUSING = "housing", "Housing"
    EDUCATION = "education", "Education"
    BORDER = "border", "Border authority"
    DISCLOSURE_AND_BARRING = "dbs", "Disclosure and barring"
    PAROLE_BOARD = "parole_board", "Parole Board"
    OTHER = "other", "Other agency"


class Nation(models.TextChoices):
    """Whose bank holidays count."""

    ENGLAND_AND_WALES = "ENG", "England and Wales"
    SCOTLAND = "SCT", "Scotland"
    NORTHERN_IRELAND = "NIR", "Northern Ireland"


class DelegatedAuthority(models.TextChoices):
    """Authority that its holder may lend to another officer, and stays responsible for."""

    DISCLOSE_CATEGORY_1_LEVEL_1 = "disclose_category_1_level_1", "Disclosure on category 1 offenders managed at level 1"
