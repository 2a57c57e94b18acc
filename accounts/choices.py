"""Words for people and organisations that several modules need."""
from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """What somebody comes to do; each is also the name of a Django group. A person may hold several."""

    OFFENDER_MANAGER = "offender_manager", _("Offender manager")
    SUPERVISOR = "supervisor", _("Supervisor")
    DISCLOSURE_AUTHORITY = "disclosure_authority", _("Disclosure authority")
    MAPP_CHAIR = "mapp_chair", _("MAPP chair")
    MAPPA_COORDINATOR = "mappa_coordinator", _("MAPPA coordinator")
    CONTROL_ROOM = "control_room", _("Control room")
    OPERATIONAL = "operational", _("Operational officer")
    INTELLIGENCE = "intelligence", _("Intelligence")
    PRESS_OFFICER = "press_officer", _("Press officer")
    INFORMATION_GOVERNANCE = "information_governance", _("Information governance")
    AUDITOR = "auditor", _("Auditor")
    ADMINISTRATOR = "administrator", _("Administrator")
    PARTNER = "partner", _("Partner agency")


class ApiScope(models.TextChoices):
    """What a machine client of an agency may be let do."""

    TRAVEL_ALERTS = "travel-alerts", _("Send alerts about foreign travel")
    SHARED = "shared-records", _("Read what was shared, and say what was done about it")
    ASK = "information-requests", _("Ask for information")
    INTELLIGENCE = "intelligence", _("Give intelligence")
    EVENTS = "events", _("Give news of release, recall, breach or address")
    CHANGES = "changes", _("Read agreements and what changed")


class OrganisationKind(models.TextChoices):
    """A police force, or the kind of agency that works with forces."""

    FORCE = "force", _("Police force")
    PROBATION = "probation", _("Probation")
    PRISON = "prison", _("Prison")
    CHILDRENS_SERVICES = "childrens_services", _("Children's services")
    ADULT_SERVICES = "adult_services", _("Adult services")
    HEALTH = "health", _("Health")
    HOUSING = "housing", _("Housing")
    EDUCATION = "education", _("Education")
    BORDER = "border", _("Border authority")
    DISCLOSURE_AND_BARRING = "dbs", _("Disclosure and barring")
    PAROLE_BOARD = "parole_board", _("Parole Board")
    OTHER = "other", _("Other agency")


class Nation(models.TextChoices):
    """Whose bank holidays count."""

    ENGLAND_AND_WALES = "ENG", _("England and Wales")
    SCOTLAND = "SCT", _("Scotland")
    NORTHERN_IRELAND = "NIR", _("Northern Ireland")


class DelegatedAuthority(models.TextChoices):
    """Authority that its holder may lend to another officer, and stays responsible for."""

    DISCLOSE_CATEGORY_1_LEVEL_1 = "disclose_category_1_level_1", _("Disclosure on category 1 offenders managed at level 1")
