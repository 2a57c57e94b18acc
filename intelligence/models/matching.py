"""From which likelihood on a border alert files itself: dated, and measured on pairs of which the truth is known."""

from typing import ClassVar

from auditlog.registry import auditlog
from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Q

from accounts.permissions import Perm
from intelligence.querysets.matching import MatchingThresholdQuerySet


class MatchingThreshold(models.Model):
    """What is sure enough for a period of days, and how sure it was when measured. Rows are never overwritten."""

    upper = models.FloatField(help_text="An alert at least so likely files itself, unless another rule forbids it.")
    lower = models.FloatField(help_text="Below it a candidate is unlikely; a person looks all the same.")
    least = models.FloatField(help_text="Anybody less likely is no candidate, unless the passport is theirs.")
    gap = models.FloatField(help_text="How many times likelier than the next the first must be, as a power of two.")
    slope = models.FloatField(help_text="With the intercept: how the sum of weights becomes a probability.")
    intercept = models.FloatField()
    index_version = models.PositiveSmallIntegerField(help_text="The comparison it was measured with; with another nothing files itself.")
    period = DateRangeField(help_text="First day on which it holds, up to and without the last.")
    precision = models.FloatField(help_text="Share of the alerts that filed themselves which were filed rightly.")
    precision_at_least = models.FloatField(help_text="Lower bound of that share, at 95 % confidence.")
    recall = models.FloatField(help_text="Share of the alerts about a nominal that filed themselves rightly.")
    pairs = models.PositiveIntegerField(help_text="Labelled alerts that it was measured on.")
    source = models.CharField(max_length=200)
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    is_confirmed = models.BooleanField(default=False, help_text="False: to be confirmed by the force.")

    read_permission: ClassVar[Perm] = Perm.VIEW_RULES
    objects = MatchingThresholdQuerySet.as_manager()

    class Meta:
        ordering = ("period",)
        constraints = (
            ExclusionConstraint(name="matching_thresholds_do_not_overlap", expressions=[("period", RangeOperators.OVERLAPS)]),
            models.CheckConstraint(condition=Q(period__startswith__isnull=False, period__isempty=False), name="matching_threshold_starts"),
            models.CheckConstraint(
                condition=Q(least__gte=0, least__lte=F("lower"), lower__lte=F("upper"), upper__lte=1, gap__gte=0, slope__gt=0),
                name="matching_thresholds_in_order",
            ),
            models.CheckConstraint(
                condition=Q(precision__gte=F("precision_at_least"), precision__lte=1, precision_at_least__gte=0)
                & Q(recall__gte=0, recall__lte=1),
                name="matching_threshold_measures_are_shares",
            ),
            models.CheckConstraint(condition=~Q(source=""), name="matching_threshold_has_source"),
        )

    def __str__(self) -> str:
        return f"Matching threshold {self.pk}"


auditlog.register(MatchingThreshold)
