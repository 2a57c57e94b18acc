"""Convictions, and what follows from them (tier 2): how long somebody must notify, reviews, and each notification that is due."""

import uuid
from datetime import date, timedelta
from typing import ClassVar

from auditlog.registry import auditlog
from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from accounts.permissions import Perm
from offenders.choices.registration import Disposal, DutyKind, DutyState, LengthUnit, ReviewState
from offenders.models.nominal import Nominal, NominalPart
from offenders.rules.registration import IN_CUSTODY, length_in

CLOSED_DUTIES = [DutyState.COMPLIED, DutyState.LATE]
REVIEWED = [state for state in ReviewState if state != ReviewState.RECEIVED]


class RegistrationPart(NominalPart):
    """A row of the case file that pages name by a key that tells nothing."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)
    version = models.PositiveIntegerField(default=1)

    read_permission: ClassVar[Perm] = Perm.VIEW_CASE_FILE

    class Meta:
        abstract = True


class Conviction(RegistrationPart):
    """A conviction or caution. A correction changes the row; the change log keeps what it was."""

    nominal = models.ForeignKey(Nominal, on_delete=models.CASCADE, related_name="convictions")
    offence = models.CharField(max_length=300)
    is_sexual = models.BooleanField(default=False)
    is_violent = models.BooleanField(default=False)
    is_against_child = models.BooleanField(default=False)
    requires_notification = models.BooleanField(default=False, help_text="Makes the person a registered sexual offender.")
    offence_on = models.DateField(null=True, blank=True)
    convicted_on = models.DateField(help_text="Of the conviction, finding or caution.")
    court = models.CharField(max_length=120, blank=True)
    disposal = models.CharField(max_length=20, choices=Disposal)
    length_quantity = models.PositiveSmallIntegerField(null=True, blank=True)
    length_unit = models.CharField(max_length=10, choices=LengthUnit, blank=True)
    was_under_18 = models.BooleanField(default=False, help_text="On the day of conviction or caution.")
    released_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("-convicted_on", "-pk")
        constraints = (
            models.CheckConstraint(condition=Q(disposal__in=Disposal.values), name="conviction_disposal_known"),
            models.CheckConstraint(
                condition=Q(offence_on__isnull=True) | Q(offence_on__lte=F("convicted_on")), name="conviction_not_before_offence"
            ),
            models.CheckConstraint(
                condition=Q(released_on__isnull=True) | Q(released_on__gte=F("convicted_on")), name="conviction_released_after_it"
            ),
            models.CheckConstraint(
                condition=Q(disposal__in=["custody", "suspended", "discharge"], length_quantity__gt=0) & ~Q(length_unit="")
                | (~Q(disposal__in=["custody", "suspended", "discharge"]) & Q(length_quantity__isnull=True, length_unit="")),
                name="conviction_length_where_it_belongs",
            ),
        )

    @property
    def is_held(self) -> bool:
        """Whether the person was sent to prison or hospital and no release is recorded."""
        return self.disposal in IN_CUSTODY and self.released_on is None

    @property
    def length_words(self) -> str:
        """How long the sentence or discharge is."""
        return str(length_in(self.length_quantity, self.length_unit) or "")


class RegistrationPeriod(NominalPart):
    """Days on which the person must notify, reckoned from convictions and orders; without last day: indefinite.

    A new reckoning withdraws the row and adds another, so that what was ever shown stays.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    nominal = models.ForeignKey(Nominal, on_delete=models.CASCADE, related_name="registration_periods")
    period = DateRangeField()
    basis = models.CharField(max_length=200)
    explanation = models.JSONField(default=list, encoder=DjangoJSONEncoder, help_text="Each step of the reckoning: words and day.")
    review_from = models.DateField(null=True, blank=True, help_text="From when a review of an indefinite requirement may be asked for.")
    reckoned_at = models.DateTimeField(db_default=Now(), editable=False)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    read_permission: ClassVar[Perm] = Perm.VIEW_CASE_FILE

    class Meta:
        ordering = ("-period", "-pk")
        constraints = (
            ExclusionConstraint(
                name="registration_periods_do_not_overlap",
                expressions=[("nominal", RangeOperators.EQUAL), ("period", RangeOperators.OVERLAPS)],
                condition=Q(withdrawn_at__isnull=True),
            ),
            models.CheckConstraint(condition=Q(period__startswith__isnull=False, period__isempty=False), name="registration_period_starts"),
            models.CheckConstraint(
                condition=Q(review_from__isnull=True) | Q(period__endswith__isnull=True), name="registration_review_only_without_end"
            ),
        )

    @property
    def last_day(self) -> date | None:
        """The last day on which the person must notify; None: indefinite."""
        return self.period.upper - timedelta(days=1) if self.period.upper else None


class RegistrationReview(RegistrationPart):
    """An application to end an indefinite requirement: what was decided, by whom and why; the appeal."""

    nominal = models.ForeignKey(Nominal, on_delete=models.CASCADE, related_name="registration_reviews")
    received_on = models.DateField()
    state = models.CharField(max_length=20, choices=ReviewState, default=ReviewState.RECEIVED)
    decided_on = models.DateField(null=True, blank=True)
    decided_by_words = models.CharField(max_length=120, blank=True, help_text="Rank and name, or the court.")
    reason = models.TextField(blank=True)
    appealed_on = models.DateField(null=True, blank=True)
    appeal_decided_on = models.DateField(null=True, blank=True)
    appeal_outcome = models.TextField(blank=True)

    class Meta:
        ordering = ("-received_on", "-pk")
        constraints = (
            models.UniqueConstraint(
                fields=["nominal"], condition=Q(state__in=[ReviewState.RECEIVED, ReviewState.APPEALED]), name="review_one_open"
            ),
            models.CheckConstraint(
                condition=Q(state=ReviewState.RECEIVED, decided_on__isnull=True)
                | (Q(state__in=REVIEWED, decided_on__gte=F("received_on")) & ~Q(reason="") & ~Q(decided_by_words="")),
                name="review_decided_wholly",
            ),
        )

    @property
    def ended_on(self) -> date | None:
        """The day on which the requirement ended by it."""
        return {ReviewState.GRANTED: self.decided_on, ReviewState.APPEAL_ALLOWED: self.appeal_decided_on}.get(ReviewState(self.state))


class NotificationDuty(RegistrationPart):
    """Something that the person must notify by a day, and how that went."""

    nominal = models.ForeignKey(Nominal, on_delete=models.CASCADE, related_name="notification_duties")
    kind = models.CharField(max_length=20, choices=DutyKind)
    about = models.CharField(max_length=300, blank=True, help_text="What changed, where something did.")
    starts_on = models.DateField(help_text="The day that set the clock going.")
    due_on = models.DateField(help_text="The last day in time.")
    state = models.CharField(max_length=10, choices=DutyState, default=DutyState.DUE)
    notified_on = models.DateField(null=True, blank=True)
    station = models.CharField(max_length=120, blank=True)
    what_was_notified = models.TextField(blank=True)
    taken_by = models.CharField(max_length=120, blank=True)
    fingerprints_taken = models.BooleanField(default=False)
    photograph_taken = models.BooleanField(default=False)
    reason = models.TextField(blank=True, help_text="Why it was not required.")

    class Meta:
        ordering = ("due_on", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=["nominal", "kind"],
                condition=Q(state=DutyState.DUE, kind__in=[DutyKind.ANNUAL, DutyKind.NO_FIXED_ADDRESS, DutyKind.INITIAL]),
                name="duty_one_due_of_a_kind",
            ),
            models.CheckConstraint(condition=Q(due_on__gte=F("starts_on")), name="duty_due_after_start"),
            models.CheckConstraint(condition=Q(state__in=DutyState.values), name="duty_state_known"),
            models.CheckConstraint(
                condition=~Q(state__in=CLOSED_DUTIES) | Q(notified_on__isnull=False), name="duty_complied_says_when"
            ),
            models.CheckConstraint(condition=~Q(state=DutyState.EXCUSED) | ~Q(reason=""), name="duty_excused_says_why"),
        )
        indexes = (models.Index(fields=["nominal", "due_on"], condition=Q(state="due"), name="duty_due_by_nominal"),)

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, due {self.due_on:%d/%m/%Y}"


auditlog.register(RegistrationPeriod, exclude_fields=["explanation", "reckoned_at"])
for model in (Conviction, RegistrationReview, NotificationDuty):
    auditlog.register(model, exclude_fields=["version", "recorded_at"])
