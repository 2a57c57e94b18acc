"""Pairs of records that may be about one person, and who said that they are not."""

import uuid
from typing import ClassVar

from auditlog.registry import auditlog
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from accounts.permissions import Perm
from intelligence.choices.duplicates import PairState
from intelligence.querysets.duplicates import DuplicatePairQuerySet
from offenders.models import Nominal

WHO = settings.AUTH_USER_MODEL


class DuplicatePair(models.Model):
    """Two records that the comparison, or somebody, takes for one person. A pair that was refused comes back only when either changes."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    one = models.ForeignKey(Nominal, on_delete=models.CASCADE, related_name="+", help_text="The older record.")
    other = models.ForeignKey(Nominal, on_delete=models.CASCADE, related_name="+")
    state = models.CharField(max_length=10, choices=PairState, default=PairState.OPEN)
    reasons = models.JSONField(default=list, help_text="What speaks for it, in words; from names, births and numbers only.")
    weight = models.FloatField(default=0, help_text="How many times likelier all that makes it, as a power of two.")
    may_be_relatives = models.BooleanField(default=False)
    found_at = models.DateTimeField(db_default=Now(), editable=False)
    proposed_by = models.ForeignKey(WHO, on_delete=models.PROTECT, null=True, related_name="+")
    note = models.CharField(max_length=500, blank=True, help_text="Why somebody proposed it by hand.")
    refused_by = models.ForeignKey(WHO, on_delete=models.PROTECT, null=True, related_name="+")
    refused_at = models.DateTimeField(null=True)
    refuse_reason = models.CharField(max_length=500, blank=True)
    refused_identity = models.CharField(max_length=64, blank=True, help_text="A digest of both identities as they were then.")

    read_permission: ClassVar[Perm] = Perm.MERGE_RECORDS
    objects = DuplicatePairQuerySet.as_manager()

    class Meta:
        ordering = ("-pk",)
        constraints = (
            models.UniqueConstraint(fields=["one", "other"], name="duplicate_pair_once"),
            models.CheckConstraint(condition=Q(one__lt=F("other")), name="duplicate_pair_older_first"),
            models.CheckConstraint(condition=Q(state__in=PairState.values), name="duplicate_pair_state_known"),
            models.CheckConstraint(
                condition=Q(state=PairState.OPEN)
                | (Q(refused_by__isnull=False, refused_at__isnull=False) & ~Q(refuse_reason="") & ~Q(refused_identity="")),
                name="duplicate_pair_refused_wholly",
            ),
        )

    def __str__(self) -> str:
        return f"Pair {self.pk}"


class DuplicateCheck(models.Model):
    """A record to compare with all others, because its names, births or numbers changed. A trigger adds rows."""

    nominal = models.OneToOneField(Nominal, on_delete=models.CASCADE, primary_key=True, related_name="+")

    def __str__(self) -> str:
        return f"To compare {self.pk}"


auditlog.register(DuplicatePair, exclude_fields=["reasons", "weight"])
