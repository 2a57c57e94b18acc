"""Words of the ledger and of figures."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Source(models.TextChoices):
    """Which table a fact of the ledger comes from."""

    NOMINAL = "nominal", _("Record")
    MAPPA = "mappa", _("MAPPA category and level")
    CUSTODY = "custody", _("Custody")
    RECALL = "recall", _("Recall")
    REGISTRATION = "registration", _("Notification period")
    REVIEW = "review", _("Review of an indefinite requirement")
    ORDER = "order", _("Court order")
    BREACH = "breach", _("Breach")
    BREACH_STEP = "breach_step", _("Decision on a breach")
    CHARGE = "charge", _("Serious further offence charged")
    ACTION = "action", _("Action")


class FurtherKind(models.TextChoices):
    """What somebody under MAPPA was charged with, where it is serious enough for the annual figures."""

    MURDER = "murder", _("Murder or manslaughter")
    ATTEMPT = "attempt", _("Attempted murder, or conspiracy to murder")
    RAPE = "rape", _("Rape or assault by penetration")
    CHILD = "child", _("Serious sexual offence against a child")
    TERRORISM = "terrorism", _("Terrorist offence")
    OTHER = "other", _("Other offence that may be punished with 14 years or more")
