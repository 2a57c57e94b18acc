"""Words of merging two records of one person."""

from django.db import models


class MergeState(models.TextChoices):
    """Where the merge of two records stands."""

    OFFERED = "offered", "Waits for the other side"
    MERGED = "merged", "Merged"
    REFUSED = "refused", "Refused"
    WITHDRAWN = "withdrawn", "Withdrawn"
    UNDONE = "undone", "Undone"


class Side(models.TextChoices):
    """One of the two records of a merge."""

    SURVIVOR = "survivor", "The record that stays"
    MERGED = "merged", "The record that is merged"
