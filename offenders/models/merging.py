"""Two records of one person made one, and each row that moved for it, so that it can be taken back."""

import uuid
from typing import ClassVar

from auditlog.registry import auditlog
from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from accounts.permissions import Perm
from offenders.choices.merging import MergeState
from offenders.models.nominal import Nominal
from offenders.querysets.merging import MergeQuerySet

WHO = settings.AUTH_USER_MODEL
STANDING = [MergeState.OFFERED, MergeState.MERGED]


class Merge(models.Model):
    """One record becomes part of another. Where access to the two differs it is an offer until the other side agrees."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    survivor = models.ForeignKey(Nominal, on_delete=models.PROTECT, related_name="merges_as_survivor")
    merged = models.ForeignKey(Nominal, on_delete=models.PROTECT, related_name="merges_as_merged")
    state = models.CharField(max_length=10, choices=MergeState)
    reason = models.CharField(max_length=500)
    choices = models.JSONField(default=dict, help_text="By table: whose rows stay where those of both records cannot stand together.")
    marks = models.JSONField(default=dict, help_text="By table: the highest key at the merge; what is higher was added afterwards.")
    offered_by = models.ForeignKey(WHO, on_delete=models.PROTECT, related_name="+")
    offered_at = models.DateTimeField(db_default=Now(), editable=False)
    decided_by = models.ForeignKey(WHO, on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    decision_reason = models.CharField(max_length=500, blank=True)
    needs_agreement = models.BooleanField(default=False)
    undone_by = models.ForeignKey(WHO, on_delete=models.PROTECT, null=True, related_name="+")
    undone_at = models.DateTimeField(null=True)
    undo_reason = models.CharField(max_length=500, blank=True)

    read_permission: ClassVar[Perm] = Perm.MERGE_RECORDS
    objects = MergeQuerySet.as_manager()

    class Meta:
        ordering = ("-pk",)
        constraints = (
            models.UniqueConstraint(fields=["merged"], condition=Q(state__in=STANDING), name="merge_one_standing_of_a_record"),
            models.CheckConstraint(condition=~Q(survivor=F("merged")), name="merge_of_two_records"),
            models.CheckConstraint(condition=Q(state__in=MergeState.values), name="merge_state_known"),
            models.CheckConstraint(
                condition=Q(state=MergeState.OFFERED, decided_at__isnull=True)
                | (~Q(state=MergeState.OFFERED) & Q(decided_at__isnull=False)),
                name="merge_decided_wholly",
            ),
            models.CheckConstraint(
                condition=Q(needs_agreement=False) | ~Q(state__in=[MergeState.MERGED, MergeState.UNDONE]) | ~Q(decided_by=F("offered_by")),
                name="merge_agreed_by_somebody_else",
            ),
            models.CheckConstraint(
                condition=Q(state=MergeState.UNDONE, undone_at__isnull=False) & ~Q(undo_reason="")
                | ~Q(state=MergeState.UNDONE) & Q(undone_at__isnull=True, undone_by__isnull=True, undo_reason=""),
                name="merge_undone_wholly",
            ),
        )

    def __str__(self) -> str:
        return f"Merge {self.pk}"

    @property
    def nominal_id(self) -> int:
        """The key of the record that stays, as the trail asks for it."""
        return self.survivor_id

    def get_additional_data(self) -> dict[str, int]:
        """Tie entries of the change log to the record that stays."""
        return {"nominal": self.survivor_id}


class MergedRow(models.Model):
    """A row of some table that a merge changed: each column with what stood there before and after."""

    merge = models.ForeignKey(Merge, on_delete=models.PROTECT, related_name="rows")
    table = models.CharField(max_length=60, help_text="The label of its model.")
    row = models.BigIntegerField()
    column = models.CharField(max_length=40, blank=True, help_text="Which column named the record; empty where it stays with the same one.")
    changes = models.JSONField(encoder=DjangoJSONEncoder, help_text="By column: before and after.")

    class Meta:
        ordering = ("pk",)
        constraints = (models.UniqueConstraint(fields=["merge", "table", "row"], name="merged_row_once_in_a_merge"),)

    def __str__(self) -> str:
        return f"{self.table} {self.row}"


auditlog.register(Merge, exclude_fields=["marks", "choices"])
