"""Words of the ledger and of figures."""

from django.db import models


class Source(models.TextChoices):
    """Which table a fact of the ledger comes from."""

    NOMINAL = "nominal", "Record"
    MAPPA = "mappa", "MAPPA category and level"
    CUSTODY = "custody", "Custody"
    RECALL = "recall", "Recall"
    REGISTRATION = "registration", "Notification period"
    REVIEW = "review", "Review of an indefinite requirement"
    ORDER = "order", "Court order"
    BREACH = "breach", "Breach"
    BREACH_STEP = "breach_step", "Decision on a breach"
    CHARGE = "charge", "Serious further offence charged"
    ACTION = "action", "Action"


class FurtherKind(models.TextChoices):
    """What somebody under MAPPA was charged with, where it is serious enough for the annual figures."""

    MURDER = "murder", "Murder or manslaughter"
    ATTEMPT = "attempt", "Attempted murder, or conspiracy to murder"
    RAPE = "rape", "Rape or assault by penetration"
    CHILD = "child", "Serious sexual offence against a child"
    TERRORISM = "terrorism", "Terrorist offence"
    OTHER = "other", "Other offence that may be punished with 14 years or more"
