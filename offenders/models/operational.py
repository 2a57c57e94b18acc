"""What whoever meets the person must know (tier 1): risk, conduct, conditions, warnings, and news from the street."""

import uuid
from typing import ClassVar

from auditlog.registry import auditlog
from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField, RangeOperators
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from accounts.permissions import Perm
from offenders.choices import AtRisk, ConditionKind, MappaCategory, MappaLevel, RiskLevel, WarningKind
from offenders.choices.meetings import DecidedBy
from offenders.models.nominal import Nominal, NominalPart
from offenders.querysets import NoticeQuerySet


class OperationalPart(NominalPart):
    """A fact for the operational card."""

    read_permission: ClassVar[Perm] = Perm.VIEW_CARD

    class Meta:
        abstract = True


class OperationalFacts(OperationalPart):
    """The card's words, written by the manager: one row a nominal."""

    nominal = models.OneToOneField(Nominal, on_delete=models.CASCADE, related_name="facts")
    on_encounter = models.TextField(help_text="At most four lines, verbs first: what to do on meeting this person.", blank=True)
    modus_operandi = models.TextField(blank=True)
    risk_factors = models.TextField(blank=True)
    people_at_risk = models.TextField(blank=True, help_text="As a class of people. Never the name of a child.")
    on_licence_until = models.DateField(null=True, blank=True)
    licence_contact = models.CharField(max_length=200, blank=True, help_text="Whom in probation to tell, and on which number.")
    checked_on = models.DateField(null=True, blank=True)
    checked_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(default=1)


class DatedPart(OperationalPart):
    """A fact that holds for a period of days: first day included, last day excluded, open at the end while it lasts."""

    period = DateRangeField()
    reason = models.TextField()
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        abstract = True


class RiskPeriod(DatedPart):
    """The level of risk for a time, and to whom. A change adds a row; none is overwritten."""

    nominal = models.ForeignKey(Nominal, on_delete=models.CASCADE, related_name="risk_periods")
    level = models.PositiveSmallIntegerField(choices=RiskLevel)
    at_risk = ArrayField(models.CharField(max_length=20, choices=AtRisk), default=list)

    class Meta:
        constraints = (
            ExclusionConstraint(
                name="risk_periods_do_not_overlap", expressions=[("nominal", RangeOperators.EQUAL), ("period", RangeOperators.OVERLAPS)]
            ),
            models.CheckConstraint(condition=Q(level__in=RiskLevel.values), name="risk_level_known"),
            models.CheckConstraint(condition=Q(period__startswith__isnull=False, period__isempty=False), name="risk_period_starts"),
        )


class MappaPeriod(DatedPart):
    """Category and level for a time. Periods of a nominal follow each other without overlap or gap.

    Both empty: not under MAPPA in that time (a potentially dangerous person, or after exit).
    """

    nominal = models.ForeignKey(Nominal, on_delete=models.CASCADE, related_name="mappa_periods")
    category = models.PositiveSmallIntegerField(choices=MappaCategory, null=True, blank=True)
    level = models.PositiveSmallIntegerField(choices=MappaLevel, null=True, blank=True)
    decided_by = models.CharField(max_length=20, choices=DecidedBy, blank=True, default="", db_default="", help_text="Empty: imported.")
    decision = models.ForeignKey(
        "offenders.Minutes", on_delete=models.RESTRICT, null=True, blank=True, related_name="+", help_text="The minutes that decided it."
    )

    class Meta:
        constraints = (
            ExclusionConstraint(
                name="mappa_periods_do_not_overlap", expressions=[("nominal", RangeOperators.EQUAL), ("period", RangeOperators.OVERLAPS)]
            ),
            models.CheckConstraint(
                condition=Q(category__isnull=True, level__isnull=True) | Q(category__in=MappaCategory.values, level__in=MappaLevel.values),
                name="mappa_category_with_level",
            ),
            models.CheckConstraint(condition=Q(period__startswith__isnull=False, period__isempty=False), name="mappa_period_starts"),
        )


class WarningMarker(OperationalPart):
    """A warning for whoever meets the person."""

    nominal = models.ForeignKey(Nominal, on_delete=models.CASCADE, related_name="warnings")
    kind = models.CharField(max_length=20, choices=WarningKind)
    note = models.CharField(max_length=200, blank=True)
    ended_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["nominal", "kind"], condition=Q(ended_on__isnull=True), name="warning_one_live_of_a_kind"),
        )


class Condition(OperationalPart):
    """A licence condition or a prohibition of an order."""

    nominal = models.ForeignKey(Nominal, on_delete=models.CASCADE, related_name="conditions")
    order = models.ForeignKey("offenders.CourtOrder", null=True, blank=True, on_delete=models.CASCADE, related_name="conditions")
    kind = models.CharField(max_length=20, choices=ConditionKind)
    text = models.CharField(max_length=300)
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True, help_text="Last day; empty: until further notice.")

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.CheckConstraint(
                condition=Q(starts_on__isnull=True) | Q(ends_on__isnull=True) | Q(ends_on__gte=models.F("starts_on")),
                name="condition_ends_after_start",
            ),
        )


class Notice(OperationalPart):
    """Somebody told the offender manager that the person came to notice; the manager answers."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    nominal = models.ForeignKey(Nominal, on_delete=models.CASCADE, related_name="notices")
    reported_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="notices_sent")
    reported_at = models.DateTimeField(db_default=Now(), editable=False)
    incident_reference = models.CharField(max_length=40, blank=True)
    what_happened = models.TextField()
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True)
    answer = models.TextField(blank=True)

    read_permission: ClassVar[Perm] = Perm.ANSWER_NOTICE
    objects = NoticeQuerySet.as_manager()

    class Meta:
        ordering = ("-pk",)
        constraints = (
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, answered_by__isnull=True, answer="")
                | (Q(answered_at__isnull=False, answered_by__isnull=False) & ~Q(answer="")),
                name="notice_answered_wholly",
            ),
        )
        indexes = (models.Index(fields=["nominal"], condition=Q(answered_at__isnull=True), name="notice_unanswered"),)


for model in (OperationalFacts, RiskPeriod, MappaPeriod, WarningMarker, Condition, Notice):
    auditlog.register(model, exclude_fields=["version"] if model is OperationalFacts else None)
