"""Licence, recall and custody; the offer of a record to another unit; what other authorities were told."""

import uuid
from datetime import date, timedelta
from typing import ClassVar

from auditlog.registry import auditlog
from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from accounts.models import Organisation, Unit
from accounts.permissions import Perm
from offenders.choices.custody import (
    CustodyKind,
    LicenceKind,
    RecallKind,
    RecallState,
    TellChannel,
    TellReason,
    TransferState,
)
from offenders.models.nominal import Nominal, NominalPart
from offenders.querysets.custody import TransferQuerySet

WHO = settings.AUTH_USER_MODEL


class Transfer(NominalPart):
    """The offer of a record to another unit, perhaps of another force. Until it is accepted, nothing changes hands."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    nominal = models.ForeignKey(Nominal, on_delete=models.CASCADE, related_name="transfers")
    from_unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    to_unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="transfers_offered")
    offered_by = models.ForeignKey(WHO, on_delete=models.PROTECT, related_name="+")
    offered_at = models.DateTimeField(db_default=Now(), editable=False)
    reason = models.CharField(max_length=500)
    handover = models.TextField(help_text="What the receiving unit must know to decide.")
    keeps_partnership = models.BooleanField(default=False, help_text="The giving force goes on working with the record.")
    state = models.CharField(max_length=10, choices=TransferState, default=TransferState.OFFERED)
    decided_by = models.ForeignKey(WHO, on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    decision_reason = models.CharField(max_length=500, blank=True)
    taken_by = models.ForeignKey(WHO, on_delete=models.PROTECT, null=True, related_name="+", help_text="The manager who took the record.")
    former_reference = models.CharField(max_length=40, blank=True, help_text="The giving force's own reference.")

    read_permission: ClassVar[Perm] = Perm.VIEW_CASE_FILE
    objects = TransferQuerySet.as_manager()

    class Meta:
        ordering = ("-pk",)
        constraints = (
            models.UniqueConstraint(fields=["nominal"], condition=Q(state=TransferState.OFFERED), name="transfer_one_open_offer"),
            models.CheckConstraint(condition=~Q(to_unit=F("from_unit")), name="transfer_to_another_unit"),
            models.CheckConstraint(
                condition=Q(state=TransferState.OFFERED, decided_at__isnull=True)
                | (~Q(state=TransferState.OFFERED) & Q(decided_at__isnull=False)),
                name="transfer_decided_wholly",
            ),
            models.CheckConstraint(
                condition=Q(state=TransferState.ACCEPTED, taken_by__isnull=False)
                | (~Q(state=TransferState.ACCEPTED) & Q(taken_by__isnull=True)),
                name="transfer_taken_by_somebody",
            ),
        )
        indexes = (models.Index(fields=["to_unit"], condition=Q(state="offered"), name="transfer_open_by_unit"),)


class OperationalHistory(NominalPart):
    """Something of licence and custody that whoever meets the person must know (tier 1)."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    recorded_by = models.ForeignKey(WHO, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)
    version = models.PositiveIntegerField(default=1)

    read_permission: ClassVar[Perm] = Perm.VIEW_CARD

    class Meta:
        abstract = True


class DatedHistory(OperationalHistory):
    """The same, for a period of days."""

    class Meta:
        abstract = True

    @property
    def first_day(self) -> date:
        """The first day."""
        return self.period.lower

    @property
    def last_day(self) -> date | None:
        """The last day; None without end."""
        return self.period.upper - timedelta(days=1) if self.period.upper else None


class Licence(DatedHistory):
    """A licence: its period, who supervises, and what to tell probation when the person comes to notice."""

    nominal = models.ForeignKey(Nominal, on_delete=models.CASCADE, related_name="licences")
    kind = models.CharField(max_length=20, choices=LicenceKind)
    period = DateRangeField(help_text="First day of the licence, up to and without the day after its last; open: for life.")
    probation_office = models.CharField(max_length=100)
    probation_manager = models.CharField(max_length=100)
    probation_phone = models.CharField(max_length=30)
    out_of_hours_phone = models.CharField(max_length=30, blank=True)
    tell_probation = models.CharField(max_length=300, help_text="What to tell probation when the person comes to notice.")
    end_reason = models.CharField(max_length=200, blank=True, help_text="Why it ended before its last day.")

    class Meta:
        ordering = ("-period",)
        constraints = (
            ExclusionConstraint(
                name="licences_do_not_overlap", expressions=[("nominal", RangeOperators.EQUAL), ("period", RangeOperators.OVERLAPS)]
            ),
            models.CheckConstraint(condition=Q(period__startswith__isnull=False, period__isempty=False), name="licence_starts"),
        )


class Recall(OperationalHistory):
    """A recall to prison, from the request to the return; what the arresting officers must know stands with it."""

    nominal = models.ForeignKey(Nominal, on_delete=models.CASCADE, related_name="recalls")
    licence = models.ForeignKey(Licence, on_delete=models.PROTECT, related_name="recalls")
    kind = models.CharField(max_length=20, choices=RecallKind)
    state = models.CharField(max_length=20, choices=RecallState, default=RecallState.REQUESTED)
    requested_by = models.CharField(max_length=100, help_text="Who in probation asked.")
    requested_at = models.DateTimeField()
    reason = models.TextField()
    revoked_at = models.DateTimeField(null=True)
    arrested_at = models.DateTimeField(null=True)
    arrest_place = models.CharField(max_length=200, blank=True)
    returned_at = models.DateTimeField(null=True)
    establishment = models.CharField(max_length=100, blank=True)
    rescinded_at = models.DateTimeField(null=True)
    rescind_reason = models.CharField(max_length=500, blank=True)
    risk_on_arrest = models.CharField(max_length=300, blank=True, help_text="What the reassessment tells the arresting officers.")
    reassessed_at = models.DateTimeField(null=True)
    reassessed_by = models.ForeignKey(WHO, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ("-pk",)
        constraints = (
            models.UniqueConstraint(
                fields=["nominal"],
                condition=Q(state__in=[RecallState.REQUESTED, RecallState.REVOKED, RecallState.ARRESTED]),
                name="recall_one_running",
            ),
            models.CheckConstraint(
                condition=Q(reassessed_at__isnull=True, reassessed_by__isnull=True, risk_on_arrest="")
                | (Q(reassessed_at__isnull=False, reassessed_by__isnull=False) & ~Q(risk_on_arrest="")),
                name="recall_reassessed_wholly",
            ),
            models.CheckConstraint(
                condition=Q(revoked_at__isnull=True) | Q(revoked_at__gte=F("requested_at")),
                name="recall_revoked_after_request",
            ),
            models.CheckConstraint(
                condition=Q(arrested_at__isnull=True) | Q(arrested_at__gte=F("revoked_at")),
                name="recall_arrested_after_revocation",
            ),
            models.CheckConstraint(
                condition=Q(returned_at__isnull=True) | Q(returned_at__gte=F("arrested_at")),
                name="recall_returned_after_arrest",
            ),
        )


class Custody(DatedHistory):
    """A time in prison, hospital or detention."""

    nominal = models.ForeignKey(Nominal, on_delete=models.CASCADE, related_name="custodies")
    kind = models.CharField(max_length=20, choices=CustodyKind)
    establishment = models.CharField(max_length=100)
    period = DateRangeField(help_text="First day held, up to and without the day of release.")
    release_expected_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("-period",)
        constraints = (
            ExclusionConstraint(
                name="custodies_do_not_overlap", expressions=[("nominal", RangeOperators.EQUAL), ("period", RangeOperators.OVERLAPS)]
            ),
            models.CheckConstraint(condition=Q(period__startswith__isnull=False, period__isempty=False), name="custody_starts"),
        )


class AuthorityNotice(NominalPart):
    """What another responsible authority was told, by whom and how, and what it did (tier 2)."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    nominal = models.ForeignKey(Nominal, on_delete=models.CASCADE, related_name="authority_notices")
    agency = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    recipient = models.CharField(max_length=100, help_text="Who there was told.")
    channel = models.CharField(max_length=20, choices=TellChannel)
    about = models.CharField(max_length=20, choices=TellReason)
    text = models.TextField(help_text="What was told, word for word where it matters.")
    expected_action = models.CharField(max_length=500, blank=True)
    told_by = models.ForeignKey(WHO, on_delete=models.PROTECT, related_name="+")
    told_at = models.DateTimeField()
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)
    needs_answer = models.BooleanField(default=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.CharField(max_length=100, blank=True, help_text="Who there answered.")
    answer = models.TextField(blank=True, help_text="What they did.")

    read_permission: ClassVar[Perm] = Perm.VIEW_CASE_FILE

    class Meta:
        ordering = ("-pk",)
        constraints = (
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, answer="") | (Q(answered_at__isnull=False) & ~Q(answer="")),
                name="authority_notice_answered_wholly",
            ),
        )


for model in (Transfer, AuthorityNotice):
    auditlog.register(model)
for model in (Licence, Recall, Custody):
    auditlog.register(model, exclude_fields=["version"])
