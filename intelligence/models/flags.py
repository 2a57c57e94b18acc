"""Flags (tier 2): who is told of which events on a record, what each flag did, and who verified that it still serves."""

import uuid
from typing import ClassVar

from auditlog.registry import auditlog
from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from accounts.choices import Role
from accounts.models import Organisation, Unit
from accounts.permissions import Perm
from actions.choices import Happening
from actions.models import Action, Notification, Occurrence
from actions.querysets import RuleQuerySet
from intelligence.choices.flags import Audience, CanaryState, Channel, DeliveryState, ReviewState, Sight, Urgency, Verdict
from intelligence.querysets.flags import (
    DeliveryQuerySet,
    FlagReviewQuerySet,
    FlagSettingQuerySet,
    NoFlagReasonQuerySet,
)
from offenders.choices import Registration, RiskLevel
from offenders.models import Nominal
from offenders.models.nominal import NominalPart

WHOM = ("user", "role", "unit", "agency")


def one_audience() -> Q:
    """Exactly the column of the audience is filled; the managing officer needs none, an agency needs its agreement."""
    condition = Q()
    for audience in Audience:
        filled = {f"{name}__isnull": name != audience for name in ("user", "unit", "agency")}
        row = Q(audience=audience, agreement_until__isnull=audience != Audience.AGENCY, **filled)
        row &= ~Q(role="") if audience == Audience.ROLE else Q(role="")
        condition |= row & (~Q(agreement="") if audience == Audience.AGENCY else Q(agreement=""))
    return condition


class EventType(models.Model):
    """A kind of event of which somebody may be told, for a period of days. Rows are never overwritten."""

    code = models.SlugField(max_length=50, choices=Happening)
    name = models.CharField(max_length=60)
    words = models.CharField(max_length=120, help_text="What the person told reads; it never names anybody.")
    needs = models.CharField(max_length=20, choices=Sight, help_text="What a recipient must be able to read of the record.")
    default_urgency = models.CharField(max_length=10, choices=Urgency, default=Urgency.DAILY)
    is_raised_by_hand = models.BooleanField(default=False, help_text="Officers can record it from the card.")
    period = DateRangeField(help_text="First day on which it exists, up to and without the last.")

    read_permission: ClassVar[Perm] = Perm.VIEW_RULES
    objects = RuleQuerySet.as_manager()

    class Meta:
        ordering = ("name", "pk")
        constraints = (
            ExclusionConstraint(
                name="event_types_do_not_overlap", expressions=[("code", RangeOperators.EQUAL), ("period", RangeOperators.OVERLAPS)]
            ),
            models.CheckConstraint(condition=Q(period__startswith__isnull=False, period__isempty=False), name="event_type_starts"),
            models.CheckConstraint(condition=Q(needs__in=Sight.values), name="event_type_sight_known"),
        )

    def __str__(self) -> str:
        return self.name


class UsualFlag(models.Model):
    """A flag that records of a registration and risk usually have, for a period of days: proposed, never set by itself."""

    kind = models.SlugField(max_length=50, choices=Happening)
    registration = models.CharField(max_length=20, choices=Registration, blank=True, help_text="Empty: any.")
    least_level = models.PositiveSmallIntegerField(choices=RiskLevel, null=True, blank=True, help_text="This risk or higher; empty: any.")
    audience = models.CharField(max_length=10, choices=Audience, default=Audience.MANAGER)
    role = models.CharField(max_length=30, choices=Role, blank=True)
    channel = models.CharField(max_length=10, choices=Channel, default=Channel.BROWSER)
    urgency = models.CharField(max_length=10, choices=Urgency, default=Urgency.DAILY)
    review_months = models.PositiveSmallIntegerField()
    period = DateRangeField(help_text="First day on which it is usual, up to and without the last.")
    source = models.CharField(max_length=200)

    read_permission: ClassVar[Perm] = Perm.VIEW_RULES
    objects = RuleQuerySet.as_manager()

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.CheckConstraint(
                condition=Q(audience=Audience.MANAGER, role="") | (Q(audience=Audience.ROLE) & ~Q(role="")),
                name="usual_flag_tells_the_manager_or_a_role",
            ),
            models.CheckConstraint(condition=Q(period__startswith__isnull=False, period__isempty=False), name="usual_flag_starts"),
        )

    def __str__(self) -> str:
        return f"Usual flag {self.pk}"


class FlagSetting(NominalPart):
    """Who is told of one kind of event on one record, how and when. `kind` is the code of the event type."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    nominal = models.ForeignKey(Nominal, on_delete=models.CASCADE, related_name="flag_settings")
    kind = models.SlugField(max_length=50, choices=Happening)
    audience = models.CharField(max_length=10, choices=Audience)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="flag_settings")
    role = models.CharField(max_length=30, choices=Role, blank=True)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="flag_settings")
    agency = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="flag_settings")
    agreement = models.CharField(max_length=60, blank=True, help_text="Reference of the agreement under which the agency is told.")
    agreement_until = models.DateField(null=True, blank=True, help_text="Last day on which the agreement counts.")
    channel = models.CharField(max_length=10, choices=Channel, default=Channel.BROWSER)
    urgency = models.CharField(max_length=10, choices=Urgency, default=Urgency.DAILY)
    quiet_from = models.TimeField(null=True, blank=True)
    quiet_until = models.TimeField(null=True, blank=True)
    least_interval_hours = models.PositiveSmallIntegerField(default=0, help_text="Hours between two messages to one person.")
    review_months = models.PositiveSmallIntegerField(default=6)
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField()
    verified_on = models.DateField(null=True, blank=True)
    verified_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    review_due_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    end_reason = models.CharField(max_length=500, blank=True)
    version = models.PositiveIntegerField(default=1)

    read_permission: ClassVar[Perm] = Perm.VIEW_CASE_FILE
    objects = FlagSettingQuerySet.as_manager()

    class Meta:
        ordering = ("kind", "pk")
        constraints = (
            models.CheckConstraint(condition=one_audience(), name="flag_has_one_audience"),
            models.CheckConstraint(
                condition=~Q(audience=Audience.AGENCY) | Q(channel=Channel.ACTION), name="flag_tells_an_agency_through_an_action"
            ),
            models.CheckConstraint(
                condition=Q(quiet_from__isnull=True, quiet_until__isnull=True)
                | (Q(quiet_from__isnull=False, quiet_until__isnull=False) & ~Q(quiet_from=F("quiet_until"))),
                name="flag_quiet_hours_whole",
            ),
            models.CheckConstraint(condition=Q(review_months__range=(1, 24)), name="flag_review_within_two_years"),
            models.CheckConstraint(
                condition=Q(verified_on__isnull=True, verified_by__isnull=True)
                | (Q(verified_on__isnull=False, verified_by__isnull=False) & ~Q(verified_by=F("set_by"))),
                name="flag_verified_by_somebody_else",
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True, ended_by__isnull=True, end_reason="")
                | (Q(ended_on__isnull=False, ended_by__isnull=False) & ~Q(end_reason="")),
                name="flag_ended_wholly",
            ),
            models.UniqueConstraint(
                fields=["nominal", "kind", "audience", *WHOM],
                condition=Q(ended_on__isnull=True),
                nulls_distinct=False,
                name="flag_once_for_an_audience",
            ),
        )
        indexes = (
            models.Index(fields=["nominal", "kind"], condition=Q(ended_on__isnull=True), name="flag_live_by_nominal"),
            models.Index(fields=["review_due_on", "nominal"], condition=Q(ended_on__isnull=True), name="flag_live_by_review"),
        )

    @property
    def audience_words(self) -> str:
        """Who is told, in words."""
        if self.user:
            return self.user.display_name
        if self.role:
            return f"Any {Role(self.role).label.lower()} of the force"
        return str(self.unit or self.agency or Audience(self.audience).label)


class FlagSettingVersion(models.Model):
    """What a flag said from one moment to the next: kept whenever it is set, changed, verified or ended."""

    setting = models.ForeignKey(FlagSetting, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(db_default=Now(), editable=False)
    reason = models.CharField(max_length=500)
    snapshot = models.JSONField()

    class Meta:
        ordering = ("-number",)
        constraints = (models.UniqueConstraint(fields=["setting", "number"], name="flag_version_once"),)

    def __str__(self) -> str:
        return f"Version {self.pk}"


class NoFlagReason(NominalPart):
    """Why no flag is right for a person, as somebody said at some time; it counts until a day, or until a flag is set."""

    nominal = models.ForeignKey(Nominal, on_delete=models.CASCADE, related_name="no_flag_reasons")
    reason = models.CharField(max_length=500)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    stands_until = models.DateField(null=True, help_text="The last day on which it counts, by the force's rule; empty: without end.")

    read_permission: ClassVar[Perm] = Perm.VIEW_CASE_FILE
    objects = NoFlagReasonQuerySet.as_manager()

    class Meta:
        ordering = ("-at", "-pk")
        constraints = (models.CheckConstraint(condition=~Q(reason=""), name="no_flag_reason_says_why"),)


class FlagReview(NominalPart):
    """Somebody else's look at all flags of one record that are due."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    nominal = models.ForeignKey(Nominal, on_delete=models.CASCADE, related_name="flag_reviews")
    due_on = models.DateField(help_text="The earliest day on which a flag of the record was due.")
    raised_at = models.DateTimeField(db_default=Now(), editable=False)
    state = models.CharField(max_length=10, choices=ReviewState, default=ReviewState.OPEN)
    action = models.ForeignKey(Action, on_delete=models.PROTECT, null=True, related_name="+")
    signed_off_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    signed_off_at = models.DateTimeField(null=True)

    read_permission: ClassVar[Perm] = Perm.VIEW_CASE_FILE
    objects = FlagReviewQuerySet.as_manager()

    class Meta:
        ordering = ("due_on", "pk")
        constraints = (
            models.UniqueConstraint(fields=["nominal"], condition=Q(state=ReviewState.OPEN), name="flag_review_one_open"),
            models.CheckConstraint(
                condition=Q(state=ReviewState.OPEN, signed_off_by__isnull=True, signed_off_at__isnull=True)
                | Q(state=ReviewState.SIGNED_OFF, signed_off_by__isnull=False, signed_off_at__isnull=False),
                name="flag_review_signed_off_wholly",
            ),
        )
        indexes = (models.Index(fields=["id"], condition=Q(action__isnull=True), name="flag_review_without_action"),)


class FlagVerdict(models.Model):
    """What a supervisor said of one version of a flag; never of what they set themselves."""

    review = models.ForeignKey(FlagReview, on_delete=models.CASCADE, related_name="verdicts")
    setting = models.ForeignKey(FlagSetting, on_delete=models.CASCADE, related_name="verdicts")
    version = models.PositiveIntegerField(help_text="The version of the flag that was judged.")
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", help_text="Who set that version.")
    verdict = models.CharField(max_length=10, choices=Verdict)
    reason = models.CharField(max_length=500)
    changes = models.JSONField(default=dict, blank=True, help_text="The new values of a flag that changes, until the sign-off.")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(fields=["review", "setting"], name="flag_verdict_once_in_a_review"),
            models.CheckConstraint(condition=~Q(by=F("set_by")), name="flag_verdict_by_somebody_else"),
            models.CheckConstraint(condition=Q(verdict__in=Verdict.values) & ~Q(reason=""), name="flag_verdict_has_a_reason"),
        )

    def __str__(self) -> str:
        return f"Verdict {self.pk}"


class Canary(models.Model):
    """A test of one route that flags in use take, of no record: it must arrive as a flag would."""

    run = models.UUIDField(help_text="What was sent together.")
    kind = models.SlugField(max_length=50, choices=Happening)
    channel = models.CharField(max_length=10, choices=Channel)
    audience = models.CharField(max_length=10, choices=Audience)
    role = models.CharField(max_length=30, choices=Role, blank=True, help_text="A role of the watcher, where the audience is a role.")
    watcher = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", help_text="Stands for the audience.")
    occurrence = models.ForeignKey(Occurrence, on_delete=models.PROTECT, related_name="canaries")
    sent_at = models.DateTimeField()
    late_from = models.DateTimeField()
    arrived_at = models.DateTimeField(null=True)
    state = models.CharField(max_length=10, choices=CanaryState, default=CanaryState.SENT)

    class Meta:
        ordering = ("-sent_at", "kind", "channel", "audience")
        constraints = (
            models.UniqueConstraint(fields=["run", "kind", "channel", "audience"], name="canary_once_in_a_run"),
            models.CheckConstraint(
                condition=Q(state=CanaryState.ARRIVED, arrived_at__isnull=False) | Q(state__in=[CanaryState.SENT, CanaryState.LATE]),
                name="canary_arrived_at_some_time",
            ),
        )

    def __str__(self) -> str:
        return f"Canary {self.pk}"


class FlagDelivery(models.Model):
    """Telling one person, or nobody, of one event because of one flag or canary."""

    setting = models.ForeignKey(FlagSetting, on_delete=models.CASCADE, null=True, related_name="deliveries")
    canary = models.ForeignKey(Canary, on_delete=models.CASCADE, null=True, related_name="deliveries")
    occurrence = models.ForeignKey(Occurrence, on_delete=models.CASCADE, related_name="deliveries")
    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="flag_deliveries")
    state = models.CharField(max_length=12, choices=DeliveryState, default=DeliveryState.WAITING)
    made_at = models.DateTimeField(db_default=Now(), editable=False)
    due_at = models.DateTimeField()
    told_at = models.DateTimeField(null=True)
    notification = models.ForeignKey(Notification, on_delete=models.SET_NULL, null=True, related_name="+")
    action = models.ForeignKey(Action, on_delete=models.SET_NULL, null=True, related_name="+")
    acted_at = models.DateTimeField(null=True, help_text="When the person said that they dealt with it.")

    read_permission: ClassVar[Perm] = Perm.VIEW_CASE_FILE
    objects = DeliveryQuerySet.as_manager()

    class Meta:
        ordering = ("-pk",)
        constraints = (
            models.UniqueConstraint(
                fields=["setting", "canary", "occurrence", "recipient"], nulls_distinct=False, name="flag_delivery_once"
            ),
            models.CheckConstraint(
                condition=Q(setting__isnull=False, canary__isnull=True) | Q(setting__isnull=True, canary__isnull=False),
                name="flag_delivery_of_a_flag_or_a_canary",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[DeliveryState.TOLD, DeliveryState.HANDED_OVER]) | Q(told_at__isnull=False),
                name="flag_delivery_told_at_some_time",
            ),
        )
        indexes = (
            models.Index(fields=["due_at", "id"], condition=Q(state="waiting"), name="flag_delivery_waiting"),
            models.Index(fields=["setting", "recipient", "-told_at"], name="flag_delivery_last_told"),
        )

    def __str__(self) -> str:
        return f"Delivery {self.pk}"

    @property
    def nominal_id(self) -> int | None:
        """The key of the record, as the trail asks for it."""
        return self.occurrence.nominal


for model in (EventType, UsualFlag, FlagSetting, NoFlagReason, FlagReview, FlagVerdict):
    auditlog.register(model)
