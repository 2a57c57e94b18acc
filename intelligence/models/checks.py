"""System checks (tier 2): which other systems can be asked about a person, and what each answered."""

import uuid
from typing import ClassVar

from auditlog.registry import auditlog
from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Q

from accounts.permissions import Perm
from intelligence.choices.checks import AdapterKind, CheckResult, CheckState, Failure, Need
from intelligence.querysets.checks import CheckSourceQuerySet
from offenders.models import Nominal
from offenders.models.nominal import NominalPart


class CheckSource(models.Model):
    """A system that can be asked about a person, for a period of days. Rows are never overwritten."""

    code = models.SlugField(max_length=20)
    name = models.CharField(max_length=60)
    adapter = models.CharField(max_length=10, choices=AdapterKind, default=AdapterKind.BY_HAND)
    needs = ArrayField(models.CharField(max_length=10, choices=Need), default=list, help_text="What it is told of a person, no more.")
    is_routine = models.BooleanField(default=False, help_text="Asked in each round of checks.")
    period = DateRangeField(help_text="First day on which it can be asked, up to and without the last.")

    read_permission: ClassVar[Perm] = Perm.VIEW_RULES
    objects = CheckSourceQuerySet.as_manager()

    class Meta:
        ordering = ("pk",)
        constraints = (
            ExclusionConstraint(
                name="check_sources_do_not_overlap", expressions=[("code", RangeOperators.EQUAL), ("period", RangeOperators.OVERLAPS)]
            ),
            models.CheckConstraint(condition=Q(period__startswith__isnull=False, period__isempty=False), name="check_source_starts"),
            models.CheckConstraint(condition=Q(adapter__in=AdapterKind.values), name="check_source_adapter_known"),
        )

    def __str__(self) -> str:
        return self.name


class SystemCheck(NominalPart):
    """One question to one source about one nominal, and what came of it."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    nominal = models.ForeignKey(Nominal, on_delete=models.CASCADE, related_name="system_checks")
    source = models.ForeignKey(CheckSource, on_delete=models.PROTECT, related_name="checks")
    adapter = models.CharField("how", max_length=10, choices=AdapterKind)
    state = models.CharField(max_length=10, choices=CheckState, default=CheckState.ASKED)
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    finished_at = models.DateTimeField(null=True, blank=True)
    result = models.CharField(max_length=10, choices=CheckResult, blank=True)
    reference = models.CharField(max_length=60, blank=True, help_text="Under which the source keeps its answer.")
    records_found = models.PositiveSmallIntegerField(null=True, blank=True)
    last_entry_on = models.DateField(null=True, blank=True, help_text="Day of the newest thing that the source knows.")
    details = models.TextField(blank=True)
    failure = models.CharField(max_length=10, choices=Failure, blank=True, help_text="Why the last try gave no answer.")
    failures = models.PositiveSmallIntegerField(default=0)
    last_failure_at = models.DateTimeField(null=True, blank=True)
    claimed_at = models.DateTimeField(null=True, blank=True, help_text="When a worker took the question up.")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    withdrawn_why = models.CharField(max_length=500, blank=True)

    read_permission: ClassVar[Perm] = Perm.VIEW_CASE_FILE

    class Meta:
        ordering = ("-asked_at", "-pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(state=CheckState.ASKED, result="", finished_at__isnull=True)
                | Q(state=CheckState.ANSWERED, result__in=CheckResult.values, finished_at__isnull=False)
                | Q(state=CheckState.FAILED, result="", failure__in=Failure.values, finished_at__isnull=False),
                name="system_check_finished_wholly",
            ),
            models.CheckConstraint(condition=~Q(finished_at__lt=F("asked_at")), name="system_check_ends_after"),
            models.CheckConstraint(
                condition=~Q(adapter=AdapterKind.BY_HAND) | Q(state=CheckState.ANSWERED), name="system_check_by_hand_has_its_answer"
            ),
            models.CheckConstraint(
                condition=~Q(result=CheckResult.NO_TRACE, records_found__gt=0), name="system_check_no_trace_finds_none"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True, withdrawn_why="")
                | (Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False) & ~Q(state=CheckState.ASKED) & ~Q(withdrawn_why="")),
                name="system_check_withdrawn_wholly",
            ),
            models.UniqueConstraint(
                fields=["nominal", "source"], condition=Q(state=CheckState.ASKED), name="system_check_one_question_at_a_time"
            ),
        )
        indexes = (
            models.Index(fields=["nominal", "-asked_at"], name="system_check_by_nominal"),
            models.Index(
                fields=["source", "-finished_at"],
                condition=Q(state=CheckState.ANSWERED, adapter=AdapterKind.HTTP_JSON),
                name="system_check_by_success",
            ),
            models.Index(
                fields=["source", "-last_failure_at"], condition=Q(last_failure_at__isnull=False), name="system_check_by_failure"
            ),
            models.Index(fields=["asked_at"], condition=Q(state=CheckState.ASKED), name="system_check_unanswered"),
        )

    @property
    def is_hit(self) -> bool:
        """Whether the source knows the person, or may."""
        return self.result in {CheckResult.TRACE, CheckResult.POSSIBLE}


auditlog.register(CheckSource)
auditlog.register(SystemCheck, exclude_fields=["claimed_at"], mask_fields=["details", "reference"])
