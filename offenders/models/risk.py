"""Risk assessments: the tools as dated data, and what was assessed with them, approved by somebody else (tier 2)."""

import uuid
from typing import Any, ClassVar

from auditlog.registry import auditlog
from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from accounts.permissions import Perm
from actions.querysets import RuleQuerySet
from offenders.choices import AtRisk, RiskLevel
from offenders.choices.risk import AssessmentReason, FieldKind, SignOff, SourceAsks
from offenders.models.nominal import Nominal, NominalPart
from offenders.models.operational import RiskPeriod
from offenders.rules.risk import BEING_WRITTEN, SIGNED, FormField, content_hash


class AssessmentTool(models.Model):
    """A way to assess risk, for a time. Another form of the tool is another row; old assessments keep theirs."""

    code = models.SlugField(max_length=30)
    name = models.CharField(max_length=120)
    period = DateRangeField(help_text="First day on which it is used, up to and without the last.")
    source = models.CharField(max_length=200)
    is_confirmed = models.BooleanField(default=True, help_text="False: fields and ranges are to be confirmed by the force.")

    read_permission: ClassVar[Perm] = Perm.VIEW_RULES
    objects = RuleQuerySet.as_manager()

    class Meta:
        ordering = ("pk",)
        constraints = (
            ExclusionConstraint(
                name="assessment_tools_do_not_overlap", expressions=[("code", RangeOperators.EQUAL), ("period", RangeOperators.OVERLAPS)]
            ),
            models.CheckConstraint(condition=Q(period__startswith__isnull=False, period__isempty=False), name="assessment_tool_starts"),
        )

    def __str__(self) -> str:
        return self.code

    @property
    def form(self) -> list[FormField]:
        """Its fields in order, as the rules read them."""
        return [field.definition for field in self.fields.all()]


class ToolField(models.Model):
    """One thing that a tool asks for, and what it takes. Fixed once an assessment uses the tool (the database sees to it)."""

    tool = models.ForeignKey(AssessmentTool, on_delete=models.CASCADE, related_name="fields")
    position = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=40)
    name = models.CharField(max_length=150)
    kind = models.CharField(max_length=10, choices=FieldKind)
    lowest = models.IntegerField(null=True, blank=True)
    highest = models.IntegerField(null=True, blank=True)
    options = ArrayField(models.CharField(max_length=80), default=list, blank=True)
    is_required = models.BooleanField(default=True)
    gives_level = models.BooleanField(default=False, help_text="The highest of these fields is the level that the tool gives.")

    read_permission: ClassVar[Perm] = Perm.VIEW_RULES
    objects = RuleQuerySet.as_manager()

    class Meta:
        ordering = ("tool", "position")
        constraints = (
            models.UniqueConstraint(fields=["tool", "code"], name="tool_field_once_in_a_tool"),
            models.UniqueConstraint(fields=["tool", "position"], name="tool_field_position_once_in_a_tool"),
            models.CheckConstraint(
                condition=Q(kind=FieldKind.NUMBER, lowest__isnull=False, highest__isnull=False, lowest__lte=F("highest"), options=[])
                | (Q(kind=FieldKind.CHOICE, lowest__isnull=True, highest__isnull=True) & ~Q(options=[]))
                | Q(kind=FieldKind.LEVEL, options=[])
                | Q(kind=FieldKind.TEXT, lowest__isnull=True, highest__isnull=True, options=[]),
                name="tool_field_says_what_it_takes",
            ),
            models.CheckConstraint(condition=Q(gives_level=False) | Q(kind=FieldKind.LEVEL), name="tool_field_gives_level_as_level"),
        )

    def __str__(self) -> str:
        return f"{self.tool_id} {self.code}"

    @property
    def definition(self) -> FormField:
        """What the rules need of it."""
        return FormField(
            self.code, self.name, FieldKind(self.kind), self.lowest, self.highest, tuple(self.options), self.is_required, self.gives_level
        )


class InformationSource(models.Model):
    """Where information or an assessment can come from, for a time: the register of named sources."""

    code = models.SlugField(max_length=40)
    name = models.CharField(max_length=120)
    asks = models.CharField(max_length=10, choices=SourceAsks, blank=True, help_text="What a report of such information says besides.")
    period = DateRangeField()

    read_permission: ClassVar[Perm] = Perm.VIEW_RULES
    objects = RuleQuerySet.as_manager()

    class Meta:
        ordering = ("name",)
        constraints = (
            ExclusionConstraint(
                name="information_sources_do_not_overlap", expressions=[("code", RangeOperators.EQUAL), ("period", RangeOperators.OVERLAPS)]
            ),
        )

    def __str__(self) -> str:
        return self.code


class SignedPart(NominalPart):
    """Something that one person writes and another approves. The approval counts for the content that was approved and no other."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(db_default=Now(), editable=False)
    state = models.CharField(max_length=12, choices=SignOff, default=SignOff.DRAFT)
    submitted_at = models.DateTimeField(null=True)
    submitted_hash = models.CharField(max_length=64, blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)
    decision_reason = models.TextField(blank=True)
    approved_hash = models.CharField(max_length=64, blank=True, help_text="SHA-256 of the content that was approved.")
    replaces = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="replaced_by")
    version = models.PositiveIntegerField(default=1)

    read_permission: ClassVar[Perm] = Perm.VIEW_CASE_FILE

    class Meta:
        abstract = True
        constraints = (
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("author")), name="%(class)s_not_decided_by_its_author"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=SIGNED)
                | (Q(decided_by__isnull=False, decided_at__isnull=False, submitted_at__isnull=False) & ~Q(approved_hash="")),
                name="%(class)s_approved_wholly",
            ),
            models.CheckConstraint(condition=Q(state__in=SignOff.values), name="%(class)s_state_known"),
        )

    def content(self) -> dict[str, Any]:
        """Return what an approval covers."""
        raise NotImplementedError

    @property
    def content_hash(self) -> str:
        """The hash of what it says now."""
        return content_hash(self.content())

    @property
    def has_lapsed(self) -> bool:
        """Whether it was approved and says something else now."""
        return bool(self.approved_hash) and self.state in SIGNED and self.approved_hash != self.content_hash

    @property
    def is_being_written(self) -> bool:
        """Whether its author can still change it."""
        return self.state in BEING_WRITTEN


class Assessment(SignedPart):
    """What one officer assessed with one tool; a supervisor's approval makes it the level of risk."""

    nominal = models.ForeignKey(Nominal, on_delete=models.CASCADE, related_name="assessments")
    tool = models.ForeignKey(AssessmentTool, on_delete=models.PROTECT, related_name="assessments")
    assessed_on = models.DateField()
    occasion = models.CharField(max_length=20, choices=AssessmentReason)
    scores = models.JSONField(default=dict, blank=True)
    level_given = models.PositiveSmallIntegerField(choices=RiskLevel, null=True, blank=True)
    level_proposed = models.PositiveSmallIntegerField(choices=RiskLevel, null=True, blank=True)
    difference_reason = models.TextField(blank=True)
    at_risk = ArrayField(models.CharField(max_length=20, choices=AtRisk), default=list, blank=True)
    rationale = models.TextField(blank=True)
    sources = ArrayField(models.CharField(max_length=40), default=list, blank=True, help_text="Codes of the register of sources.")
    risk_period = models.ForeignKey(RiskPeriod, null=True, on_delete=models.SET_NULL, related_name="assessments")

    class Meta(SignedPart.Meta):
        ordering = ("-assessed_on", "-pk")
        constraints = (
            *SignedPart.Meta.constraints,
            models.UniqueConstraint(
                fields=["nominal", "tool"],
                condition=Q(state__in=[*BEING_WRITTEN, SignOff.SUBMITTED]),
                name="assessment_one_at_work_for_a_tool",
            ),
            models.UniqueConstraint(
                fields=["nominal", "tool"], condition=Q(state=SignOff.APPROVED), name="assessment_one_approved_for_a_tool"
            ),
            models.CheckConstraint(
                condition=Q(level_proposed__isnull=True) | Q(level_proposed__in=RiskLevel.values), name="assessment_level_known"
            ),
            models.CheckConstraint(condition=~Q(state__in=SIGNED) | Q(level_proposed__isnull=False), name="assessment_approved_with_level"),
        )
        indexes = (models.Index(fields=["submitted_at"], condition=Q(state=SignOff.SUBMITTED), name="assessment_waiting"),)

    def content(self) -> dict[str, Any]:
        """Return what an approval covers."""
        return {
            "tool": self.tool_id, "assessed_on": str(self.assessed_on), "occasion": str(self.occasion), "scores": self.scores,
            "level_given": self.level_given, "level_proposed": self.level_proposed, "difference_reason": self.difference_reason,
            "at_risk": sorted(self.at_risk), "rationale": self.rationale, "sources": sorted(self.sources),
        }  # fmt: skip


for model in (AssessmentTool, ToolField, InformationSource):
    auditlog.register(model)
auditlog.register(Assessment, exclude_fields=["version"])
