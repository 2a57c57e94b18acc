"""Visits to the person's home, and times in which visits are not made by the calendar."""

import uuid
from datetime import date, datetime, timedelta
from typing import ClassVar

from auditlog.registry import auditlog
from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from accounts.permissions import Perm
from offenders.choices.visits import RiskSeen, VisitNotice, VisitPurpose, VisitState
from offenders.models.nominal import Nominal, NominalPart

LASTS = timedelta(hours=1)


class Visit(NominalPart):
    """A visit that is planned, was carried out, met no reply, or was called off. Two officers go unless a reason is given."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    nominal = models.ForeignKey(Nominal, on_delete=models.CASCADE, related_name="visits")
    state = models.CharField(max_length=10, choices=VisitState, default=VisitState.PLANNED)
    notice = models.CharField(max_length=12, choices=VisitNotice, default=VisitNotice.UNANNOUNCED)
    purpose = models.CharField(max_length=12, choices=VisitPurpose, default=VisitPurpose.ROUTINE)
    planned_for = models.DateTimeField(null=True, blank=True)
    happened_at = models.DateTimeField(null=True, blank=True, help_text="When officers stood at the door.")
    officer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    second_officer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    others_present = models.CharField(max_length=200, blank=True, help_text="Who else went, for example a probation officer.")
    lone_reason = models.CharField(max_length=500, blank=True)
    place = models.CharField(max_length=300, blank=True)

    seen = models.CharField(max_length=300, blank=True, help_text="Who was seen.")
    home = models.TextField(blank=True)
    said = models.TextField(blank=True)
    devices = models.TextField(blank=True)
    new_facts = models.TextField(blank=True)
    concerns = models.TextField(blank=True)
    risk = models.CharField(max_length=10, choices=RiskSeen, blank=True)
    cancel_reason = models.CharField(max_length=500, blank=True)

    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    recorded_at = models.DateTimeField(null=True, blank=True)
    made_at = models.DateTimeField(db_default=Now(), editable=False)
    version = models.PositiveIntegerField(default=1)

    read_permission: ClassVar[Perm] = Perm.VIEW_CASE_FILE

    class Meta:
        ordering = ("-pk",)
        constraints = (
            models.CheckConstraint(condition=Q(state__in=VisitState.values), name="visit_state_known"),
            models.CheckConstraint(condition=~Q(state=VisitState.PLANNED) | Q(planned_for__isnull=False), name="visit_planned_for_a_time"),
            models.CheckConstraint(
                condition=Q(state__in=[VisitState.DONE, VisitState.NO_REPLY], happened_at__isnull=False, recorded_by__isnull=False)
                | Q(state__in=[VisitState.PLANNED, VisitState.CANCELLED], happened_at__isnull=True, recorded_by__isnull=True),
                name="visit_happened_at_a_time",
            ),
            models.CheckConstraint(condition=~Q(state=VisitState.CANCELLED) | ~Q(cancel_reason=""), name="visit_cancelled_with_reason"),
            models.CheckConstraint(condition=~Q(state=VisitState.DONE) | (~Q(seen="") & ~Q(risk="")), name="visit_done_says_who_was_seen"),
            models.CheckConstraint(
                condition=~Q(state=VisitState.DONE)
                | Q(second_officer__isnull=False)
                | ~Q(others_present="")
                | ~Q(lone_reason=""),
                name="visit_alone_with_reason",
            ),
            models.CheckConstraint(condition=~Q(second_officer=models.F("officer")), name="visit_two_different_officers"),
            models.UniqueConstraint(fields=["nominal", "happened_at"], name="visit_once_at_a_time"),
        )
        indexes = (
            models.Index(fields=["nominal", "-happened_at"], condition=Q(state="done"), name="visit_last_done"),
            models.Index(fields=["nominal", "planned_for"], condition=Q(state="planned"), name="visit_planned"),
        )

    @property
    def at(self) -> datetime | None:
        """When it was, or will be."""
        return self.happened_at or self.planned_for

    @property
    def ends_at(self) -> datetime | None:
        """When a calendar shows it as over."""
        return self.at + LASTS if self.at else None

    @property
    def officers(self) -> list[str]:
        """Who went or goes, as officers name each other."""
        people = [self.officer.display_name, self.second_officer.display_name if self.second_officer else "", self.others_present]
        return [person for person in people if person]

    @property
    def is_planned(self) -> bool:
        """Whether it is still to come."""
        return self.state == VisitState.PLANNED


class ReactiveManagement(NominalPart):
    """A time in which no visits fall due: long settled, low risk, and a supervisor answers for it and looks again."""

    nominal = models.ForeignKey(Nominal, on_delete=models.CASCADE, related_name="reactive_periods")
    period = DateRangeField(help_text="First day, up to and without the day on which visits fall due again.")
    review_on = models.DateField()
    reason = models.TextField()
    end_reason = models.TextField(blank=True)
    authorised_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    authorised_at = models.DateTimeField(db_default=Now(), editable=False)
    version = models.PositiveIntegerField(default=1)

    read_permission: ClassVar[Perm] = Perm.VIEW_CASE_FILE

    class Meta:
        verbose_name = "reactive management"
        ordering = ("-pk",)
        constraints = (
            ExclusionConstraint(
                name="reactive_periods_do_not_overlap",
                expressions=[("nominal", RangeOperators.EQUAL), ("period", RangeOperators.OVERLAPS)],
            ),
            models.CheckConstraint(condition=Q(period__startswith__isnull=False), name="reactive_period_starts"),
            models.CheckConstraint(condition=~Q(reason=""), name="reactive_period_has_reason"),
            models.CheckConstraint(condition=Q(period__endswith__isnull=True) | ~Q(end_reason=""), name="reactive_period_ends_with_reason"),
        )

    @property
    def since(self) -> date:
        """The first day."""
        return self.period.lower


auditlog.register(Visit, exclude_fields=["version"])
auditlog.register(ReactiveManagement, exclude_fields=["version"])
