"""Words of agreements: what information is for, and of which kind it is."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Purpose(models.TextChoices):
    """What information is shared for."""

    MANAGE_RISK = "manage_risk", _("Managing the risk that a person poses")
    PROTECT_CHILD = "protect_child", _("Protecting a child")
    PROTECT_ADULT = "protect_adult", _("Protecting an adult at risk")
    PREVENT_CRIME = "prevent_crime", _("Preventing or detecting crime")
    RELEASE_OR_RECALL = "release_or_recall", _("Release, licence and recall")
    BARRING = "barring", _("Barring from work with children or adults at risk")
    HOUSING = "housing", _("Safe housing")


class DataClass(models.TextChoices):
    """Of which kind an item of information is. Agreements name the kinds that they cover."""

    IDENTITY = "identity", _("Identity and appearance")
    RISK = "risk", _("Risk, MAPPA and warnings")
    OFFENDING = "offending", _("Offending and how it is done")
    CONDITIONS = "conditions", _("Licence, orders and notification")
    WHEREABOUTS = "whereabouts", _("Addresses, work, vehicles, telephones, online names")
    PLAN = "plan", _("Risk management plan")
    ASSOCIATES = "associates", _("Associates and people at risk")
    EVENTS = "events", _("Visits, contacts and travel")
    DOCUMENTS = "documents", _("Documents")
    INTELLIGENCE = "intelligence", _("Released intelligence")
    SENSITIVE = "sensitive", _("Sensitive material")
    CONFIDENTIAL = "confidential", _("Confidential sections")
