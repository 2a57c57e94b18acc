"""Words of merging two records of one person."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class MergeState(models.TextChoices):
    """Where the merge of two records stands."""

    OFFERED = "offered", _("Waits for the other side")
    MERGED = "merged", _("Merged")
    REFUSED = "refused", _("Refused")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    UNDONE = "undone", _("Undone")


class Side(models.TextChoices):
    """One of the two records of a merge."""

    SURVIVOR = "survivor", _("The record that stays")
    MERGED = "merged", _("The record that is merged")
