"""Words of agreements: what information is for, and of which kind it is."""

from django.db import models


class Purpose(models.TextChoices):
    """What information is shared for."""

    MANAGE_RISK = "manage_risk", "Managing the risk that a person poses"
    PROTECT_CHILD = "protect_child", "Protecting a child"
    PROTECT_ADULT = "protect_adult", "Protecting an adult at risk"
    PREVENT_CRIME = "prevent_crime", "Preventing or detecting crime"
    RELEASE_OR_RECALL = "release_or_recall", "Release, licence and recall"
    BARRING = "barring", "Barring from work with children or adults at risk"
    HOUSING = "housing", "Safe housing"


class DataClass(models.TextChoices):
    """Of which kind an item of information is. Agreements name the kinds that they cover."""

    IDENTITY = "identity", "Identity and appearance"
    RISK = "risk", "Risk, MAPPA and warnings"
    OFFENDING = "offending", "Offending and how it is done"
    CONDITIONS = "conditions", "Licence, orders and notification"
    WHEREABOUTS = "whereabouts", "Addresses, work, vehicles, telephones, online names"
    PLAN = "plan", "Risk management plan"
    ASSOCIATES = "associates", "Associates and people at risk"
    EVENTS = "events", "Visits, contacts and travel"
    DOCUMENTS = "documents", "Documents"
    INTELLIGENCE = "intelligence", "Released intelligence"
    SENSITIVE = "sensitive", "Sensitive material"
    CONFIDENTIAL = "confidential", "Confidential sections"
