"""Words of pairs of records that may be one person."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class PairState(models.TextChoices):
    """What people made of a pair."""

    OPEN = "open", _("To be looked at")
    REFUSED = "refused", _("Not the same person")
