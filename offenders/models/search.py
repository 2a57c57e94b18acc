"""What the search keeps for itself: the words of all names, and what somebody looked for a moment ago."""

import uuid
from datetime import timedelta
from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models.functions import Now

from accounts.permissions import Perm
from offenders.models.nominal import Nominal, NominalPart
from offenders.querysets import SavedSearchQuerySet


class Word(models.Model):
    """One word of a name in plain letters, or an initial such as "j.". Rows are never shown, only compared.

    `keys` are what a misspelling or another spelling shares with it: itself with a letter missing, its sound, its
    consonants, the full forms of a short name. `frequency` is the number of names with it at the last count; names
    of records restricted to named people are not counted, so that they weigh on nobody's results.
    """

    id = models.AutoField(primary_key=True)
    text = models.CharField(max_length=40, unique=True)
    frequency = models.PositiveIntegerField(default=0)
    keys = ArrayField(models.TextField(), default=list)

    class Meta:
        indexes = (
            GinIndex(fields=["keys"], name="word_by_key", fastupdate=False),
            GinIndex(fields=["text"], name="word_by_trigram", opclasses=["gin_trgm_ops"], fastupdate=False),
        )

    def __str__(self) -> str:
        return f"Word {self.pk}"


class SavedSearch(models.Model):
    """What somebody typed in the box, so that the address of the results holds a token and nothing personal."""

    KEPT_FOR: ClassVar[timedelta] = timedelta(hours=12)

    token = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    text = models.CharField(max_length=200)
    at = models.DateTimeField(db_default=Now(), editable=False)

    read_permission: ClassVar[Perm] = Perm.FIND_PERSON
    objects = SavedSearchQuerySet.as_manager()

    class Meta:
        indexes = (models.Index(fields=["at"], name="saved_search_by_age"),)

    def __str__(self) -> str:
        return f"Saved search {self.pk}"


class SilentHit(NominalPart):
    """A search that meant a record by somebody from whom it is kept. Whoever searched never learns of it."""

    nominal = models.ForeignKey(Nominal, on_delete=models.CASCADE, related_name="silent_hits")
    searcher = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    day = models.DateField()

    read_permission: ClassVar[Perm] = Perm.VIEW_ACCESS_LOG

    class Meta:
        constraints = (models.UniqueConstraint(fields=["nominal", "searcher", "day"], name="silent_hit_once_a_day"),)


class SearchSweep(models.Model):
    """Up to which event of the trail searches were looked at for silent hits; one row."""

    last_event = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return f"Searches up to event {self.last_event}"
