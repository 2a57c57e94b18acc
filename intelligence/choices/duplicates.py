"""Words of pairs of records that may be one person."""

from django.db import models


class PairState(models.TextChoices):
    """What people made of a pair."""

    OPEN = "open", "To be looked at"
    REFUSED = "refused", "Not the same person"
