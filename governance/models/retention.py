"""How long records are kept: dated rules, what was reckoned for each record, reviews with their answers, holds."""

import uuid
from typing import ClassVar

from auditlog.registry import auditlog
from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from accounts.permissions import Perm
from governance.choices.retention import Criterion, Decision, Group, HoldKind, ReviewState
from governance.querysets.retention import RetentionQuerySet, ReviewAnswerQuerySet, ReviewQuerySet
from intelligence.models.practice import STARTS, Dated
from offenders.models.nominal import Nominal, NominalPart

WHO = settings.AUTH_USER_MODEL
WAITING = [ReviewState.OPEN, ReviewState.PROPOSED]


class RetentionRule(Dated):
    """How long records of a group are kept, and when they are looked at again, for a period of days."""

    group = models.PositiveSmallIntegerField(choices=Group)
    covers = models.TextField(help_text="What belongs to the group, in plain words.")
    first_years = models.PositiveSmallIntegerField(help_text="After how many years a record is reviewed for the first time.")
    later_years = models.PositiveSmallIntegerField(help_text="After how many years it is reviewed again.")
    needs_clear = models.BooleanField(help_text="The years must be clear: something new about the person starts them again.")
    until_age = models.PositiveSmallIntegerField(null=True, blank=True, help_text="Until which age of the person it is kept at least.")

    class Meta:
        ordering = ("group", "-period")
        constraints = (
            ExclusionConstraint(
                name="retention_rules_do_not_overlap", expressions=[("group", RangeOperators.EQUAL), ("period", RangeOperators.OVERLAPS)]
            ),
            models.CheckConstraint(condition=STARTS, name="retention_rule_starts"),
            models.CheckConstraint(condition=Q(group__in=Group.values) & ~Q(covers=""), name="retention_rule_of_a_known_group"),
            models.CheckConstraint(condition=Q(first_years__gte=1, later_years__gte=1), name="retention_rule_counts"),
        )


class RetentionPart(NominalPart):
    """A row about how long a record is kept."""

    read_permission: ClassVar[Perm] = Perm.VIEW_RETENTION
    objects = RetentionQuerySet.as_manager()

    class Meta:
        abstract = True


class Retention(RetentionPart):
    """What was reckoned last for a record, so that lists need not reckon. Records that were merged count as one."""

    nominal = models.OneToOneField(Nominal, on_delete=models.CASCADE, related_name="retention")
    group = models.PositiveSmallIntegerField(choices=Group)
    due_on = models.DateField(null=True, help_text="When it is reviewed next; empty: the clear years have not begun.")
    keep_until = models.DateField(null=True, help_text="It is kept until then at least, where the group says so.")
    reckoned_at = models.DateTimeField()

    class Meta:
        ordering = ("-pk",)
        constraints = (models.CheckConstraint(condition=Q(group__in=Group.values), name="retention_of_a_known_group"),)
        indexes = (models.Index(fields=["due_on"], name="retention_by_day"),)


class HigherGroup(RetentionPart):
    """Somebody said that a record belongs to a higher group than what it holds makes it; the latest row counts, empty: no more."""

    nominal = models.ForeignKey(Nominal, on_delete=models.CASCADE, related_name="higher_groups")
    group = models.PositiveSmallIntegerField(choices=Group, null=True, blank=True)
    reason = models.TextField()
    by = models.ForeignKey(WHO, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        ordering = ("-pk",)
        constraints = (models.CheckConstraint(condition=~Q(reason=""), name="higher_group_says_why"),)


class RetentionReview(RetentionPart):
    """One look at whether a record is still needed: proposed by one person, approved by another."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    nominal = models.ForeignKey(Nominal, on_delete=models.CASCADE, related_name="retention_reviews")
    due_on = models.DateField()
    group = models.PositiveSmallIntegerField(choices=Group)
    rule = models.ForeignKey(RetentionRule, on_delete=models.PROTECT, related_name="+")
    working = models.JSONField(default=list, encoder=DjangoJSONEncoder, help_text="Each step of the reckoning: words and day.")
    asked_why = models.TextField(blank=True, help_text="Why it is reviewed before its day, where somebody asked for it.")
    state = models.CharField(max_length=10, choices=ReviewState, default=ReviewState.OPEN)
    decision = models.CharField(max_length=10, choices=Decision, blank=True)
    reason = models.TextField(blank=True)
    next_review_on = models.DateField(null=True, blank=True)
    proposed_by = models.ForeignKey(WHO, on_delete=models.PROTECT, null=True, related_name="+")
    proposed_at = models.DateTimeField(null=True)
    approved_by = models.ForeignKey(WHO, on_delete=models.PROTECT, null=True, related_name="+")
    approved_at = models.DateTimeField(null=True)
    approval_words = models.TextField(blank=True)
    returned_words = models.TextField(blank=True, help_text="Why the second person gave it back last.")
    opened_at = models.DateTimeField(db_default=Now(), editable=False)
    version = models.PositiveIntegerField(default=1)

    objects = ReviewQuerySet.as_manager()

    class Meta:
        ordering = ("-pk",)
        verbose_name = "retention review"
        constraints = (
            models.UniqueConstraint(fields=["nominal"], condition=Q(state__in=WAITING), name="retention_review_one_waiting"),
            models.CheckConstraint(
                condition=Q(state__in=ReviewState.values, group__in=Group.values, decision__in=["", *Decision.values]),
                name="retention_review_known",
            ),
            models.CheckConstraint(
                condition=Q(state=ReviewState.OPEN, proposed_by__isnull=True, proposed_at__isnull=True, decision="")
                | (~Q(state=ReviewState.OPEN) & Q(proposed_by__isnull=False, proposed_at__isnull=False) & ~Q(decision="") & ~Q(reason="")),
                name="retention_review_proposed_wholly",
            ),
            models.CheckConstraint(
                condition=Q(state__in=WAITING, approved_by__isnull=True, approved_at__isnull=True)
                | (~Q(state__in=WAITING) & Q(approved_by__isnull=False, approved_at__isnull=False) & ~Q(approval_words="")),
                name="retention_review_approved_wholly",
            ),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=F("proposed_by")), name="retention_review_by_two_people"
            ),
            models.CheckConstraint(
                condition=Q(decision=Decision.KEEP, next_review_on__isnull=False)
                | (~Q(decision=Decision.KEEP) & Q(next_review_on__isnull=True)),
                name="retention_review_kept_until",
            ),
        )
        indexes = (models.Index(fields=["due_on"], condition=Q(state__in=["open", "proposed"]), name="retention_review_waiting"),)

    @property
    def is_waiting(self) -> bool:
        """Whether somebody has still to do something about it."""
        return self.state in WAITING


class ReviewAnswer(models.Model):
    """What was answered to one question of a review, and why."""

    review = models.ForeignKey(RetentionReview, on_delete=models.CASCADE, related_name="answers")
    criterion = models.CharField(max_length=12, choices=Criterion)
    holds = models.BooleanField(help_text="Yes.")
    reason = models.TextField()

    read_permission: ClassVar[Perm] = Perm.VIEW_RETENTION
    objects = ReviewAnswerQuerySet.as_manager()

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(fields=["review", "criterion"], name="review_answers_each_question_once"),
            models.CheckConstraint(condition=Q(criterion__in=Criterion.values) & ~Q(reason=""), name="review_answer_says_why"),
        )

    def __str__(self) -> str:
        return f"Answer {self.pk}"

    def get_additional_data(self) -> dict[str, int]:
        """Tie entries of the change log to the nominal."""
        return {"nominal": self.review.nominal_id}


class LegalHold(RetentionPart):
    """A record must stay, whatever a review says, until another person than the one who said so lifts it."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    nominal = models.ForeignKey(Nominal, on_delete=models.CASCADE, related_name="legal_holds")
    kind = models.CharField(max_length=15, choices=HoldKind)
    reason = models.TextField()
    review_on = models.DateField(help_text="When somebody looks whether it is still needed.")
    placed_by = models.ForeignKey(WHO, on_delete=models.PROTECT, related_name="+")
    placed_at = models.DateTimeField(db_default=Now(), editable=False)
    lifted_by = models.ForeignKey(WHO, on_delete=models.PROTECT, null=True, related_name="+")
    lifted_at = models.DateTimeField(null=True)
    lift_reason = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ("-pk",)
        verbose_name = "legal hold"
        constraints = (
            models.CheckConstraint(condition=Q(kind__in=HoldKind.values) & ~Q(reason=""), name="legal_hold_says_why"),
            models.CheckConstraint(
                condition=Q(lifted_by__isnull=True, lifted_at__isnull=True, lift_reason="")
                | (Q(lifted_by__isnull=False, lifted_at__isnull=False) & ~Q(lift_reason="")),
                name="legal_hold_lifted_wholly",
            ),
            models.CheckConstraint(condition=Q(lifted_by__isnull=True) | ~Q(lifted_by=F("placed_by")), name="legal_hold_lifted_by_another"),
        )
        indexes = (models.Index(fields=["nominal"], condition=Q(lifted_at__isnull=True), name="legal_hold_live"),)

    @property
    def is_live(self) -> bool:
        """Whether it holds."""
        return self.lifted_at is None


for model in (RetentionRule, HigherGroup, ReviewAnswer):
    auditlog.register(model)
for model in (RetentionReview, LegalHold):
    auditlog.register(model, exclude_fields=["version"])
