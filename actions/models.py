"""What somebody must do by when, the rules that say when, and what people were told."""

import uuid
from datetime import datetime, timedelta
from typing import ClassVar

from auditlog.registry import auditlog
from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField, RangeOperators
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.timezone import localtime

from accounts.choices import Nation, Role
from accounts.models import Organisation, Unit
from accounts.permissions import Perm
from actions.choices import ActionState, Happening, PauseKind, TimeUnit
from actions.querysets import ActionQuerySet, NotificationQuerySet, RuleQuerySet
from actions.rules import Length


class ClockRule(models.Model):
    """How long something may take, from a day on and until a later row of the same code begins. Rows are never overwritten."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    code = models.SlugField(max_length=50)
    name = models.CharField(max_length=120)
    quantity = models.PositiveSmallIntegerField(null=True, blank=True, help_text="Empty: without end.")
    unit = models.CharField(max_length=20, choices=TimeUnit)
    warn_days = models.PositiveSmallIntegerField(default=7, help_text="How many days before it is due its owner is reminded.")
    escalate_days = ArrayField(
        models.PositiveSmallIntegerField(), default=list, blank=True, help_text="How many days late it goes up, one rank for each number."
    )
    period = DateRangeField(help_text="First day on which the rule holds, up to and without the last.")
    source = models.CharField(max_length=200)
    is_confirmed = models.BooleanField(default=True, help_text="False: to be confirmed by the force.")
    asks_why_late = models.BooleanField(default=False, help_text="Whoever closes it late must say why it was late.")
    anew_after = models.CharField(
        max_length=10, choices=PauseKind, blank=True, default="", db_default="",
        help_text="After a pause of this kind the whole time begins anew; empty: a clock always goes on.",
    )  # fmt: skip
    counts_for_running = models.BooleanField(default=False, help_text="From its first day it counts for clocks that run already, too.")

    read_permission: ClassVar[Perm] = Perm.VIEW_RULES
    objects = RuleQuerySet.as_manager()

    class Meta:
        ordering = ("code", "period")
        constraints = (
            ExclusionConstraint(
                name="clock_rules_do_not_overlap", expressions=[("code", RangeOperators.EQUAL), ("period", RangeOperators.OVERLAPS)]
            ),
            models.CheckConstraint(condition=Q(period__startswith__isnull=False, period__isempty=False), name="clock_rule_starts"),
            models.CheckConstraint(condition=Q(unit__in=TimeUnit.values), name="clock_rule_unit_known"),
            models.CheckConstraint(condition=Q(anew_after__in=["", *PauseKind.values]), name="clock_rule_anew_known"),
        )

    def __str__(self) -> str:
        return self.code

    @property
    def length(self) -> Length | None:
        """How long, or None without end."""
        return None if self.quantity is None else Length(self.quantity, TimeUnit(self.unit))


class BankHoliday(models.Model):
    """A day that is no working day in a nation."""

    nation = models.CharField(max_length=3, choices=Nation)
    day = models.DateField()
    name = models.CharField(max_length=100)
    source = models.CharField(max_length=200, blank=True)

    read_permission: ClassVar[Perm] = Perm.VIEW_RULES
    objects = RuleQuerySet.as_manager()

    class Meta:
        ordering = ("day", "nation")
        constraints = (models.UniqueConstraint(fields=["nation", "day"], name="bank_holiday_once_in_a_nation"),)

    def __str__(self) -> str:
        return f"{self.day} {self.nation}"


class Action(models.Model):
    """Something that a person, a unit or a role must do. It always has exactly one owner.

    `nominal` is the key of the record concerned, `subject_type` and `subject_id` name the row that it is about, `route` the page
    where it is done (taking the record's reference, when there is a record). `title` and `detail` never name the person.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    key = models.CharField(max_length=120, unique=True, null=True, blank=True, help_text="The same need raised twice is one action.")
    kind = models.SlugField(max_length=50)
    title = models.CharField(max_length=200)
    detail = models.TextField(blank=True)
    nominal = models.BigIntegerField(null=True)
    subject_type = models.CharField(max_length=50, blank=True)
    subject_id = models.BigIntegerField(null=True)
    route = models.CharField(max_length=80, blank=True)

    force = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="actions")
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, related_name="watched_actions", help_text="Whose supervisors answer for it."
    )
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="owned_actions")
    owner_unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, related_name="owned_actions")
    owner_role = models.CharField(max_length=30, choices=Role, blank=True)
    raised_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    raised_at = models.DateTimeField(db_default=Now(), editable=False)

    rule_code = models.SlugField(max_length=50, blank=True, help_text="The rule that reckoned its time; empty: a date was given.")
    starts_at = models.DateTimeField()
    late_from = models.DateTimeField(null=True, help_text="The first moment at which it is late; empty: stands still or has no end.")
    explanation = models.JSONField(default=list, encoder=DjangoJSONEncoder, help_text="Each step of the reckoning: words and day.")
    warned_at = models.DateTimeField(null=True)
    escalation = models.PositiveSmallIntegerField(default=0, help_text="How many ranks up it has gone.")

    state = models.CharField(max_length=10, choices=ActionState, default=ActionState.OPEN)
    outcome = models.TextField(blank=True)
    late_reason = models.CharField(max_length=500, blank=True, db_default="", help_text="Why it was late.")
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    closed_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    read_permission: ClassVar[Perm] = Perm.VIEW_ACTION
    objects = ActionQuerySet.as_manager()

    class Meta:
        ordering = ("late_from", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(owner__isnull=False, owner_unit__isnull=True, owner_role="")
                | Q(owner__isnull=True, owner_unit__isnull=False, owner_role="")
                | (Q(owner__isnull=True, owner_unit__isnull=True) & ~Q(owner_role="")),
                name="action_has_one_owner",
            ),
            models.CheckConstraint(
                condition=Q(state=ActionState.OPEN, closed_at__isnull=True)
                | (Q(state__in=[ActionState.DONE, ActionState.CANCELLED], closed_at__isnull=False) & ~Q(outcome="")),
                name="action_closed_wholly",
            ),
        )
        indexes = (
            models.Index(fields=["owner", "late_from"], condition=Q(state="open"), name="action_open_by_owner"),
            models.Index(fields=["unit", "late_from"], condition=Q(state="open"), name="action_open_by_unit"),
            models.Index(fields=["owner_unit", "late_from"], condition=Q(state="open"), name="action_open_by_owner_unit"),
            models.Index(fields=["force", "owner_role", "late_from"], condition=Q(state="open"), name="action_open_by_role"),
            models.Index(fields=["nominal", "late_from"], name="action_by_nominal"),
            models.Index(fields=["subject_type", "subject_id"], name="action_by_subject"),
            models.Index(fields=["late_from"], condition=Q(state="open"), name="action_open_by_time"),
            models.Index(fields=["-closed_at"], condition=~Q(state="open"), name="action_closed_by_time"),
        )

    def __str__(self) -> str:
        return f"Action {self.pk}"

    def get_additional_data(self) -> dict[str, int | None]:
        """Tie entries of the change log to the nominal."""
        return {"nominal": self.nominal}

    @property
    def nominal_id(self) -> int | None:
        """The key of the record, as the trail asks for it."""
        return self.nominal

    @property
    def due(self) -> datetime | None:
        """The last moment at which it is in time, in local time."""
        return localtime(self.late_from - timedelta(microseconds=1)) if self.late_from else None

    @property
    def owner_words(self) -> str:
        """Who must do it."""
        if self.owner:
            return self.owner.display_name
        return self.owner_unit.name if self.owner_unit else f"Any {Role(self.owner_role).label.lower()}"


class ActionPause(models.Model):
    """Days on which an action's clock stood still."""

    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="pauses")
    kind = models.CharField(max_length=10, choices=PauseKind)
    reason = models.CharField(max_length=500)
    since = models.DateField()
    until = models.DateField(null=True, blank=True, help_text="The day on which the clock goes on; empty: it still stands.")
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("since", "pk")
        constraints = (
            models.UniqueConstraint(fields=["action"], condition=Q(until__isnull=True), name="action_one_open_pause"),
            models.CheckConstraint(condition=Q(until__isnull=True) | Q(until__gte=models.F("since")), name="action_pause_ends_after_start"),
        )

    def __str__(self) -> str:
        return f"Pause {self.pk}"


class ActionExtension(models.Model):
    """Time that somebody with authority added to an action's clock."""

    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="extensions")
    quantity = models.PositiveSmallIntegerField()
    unit = models.CharField(max_length=20, choices=TimeUnit)
    reason = models.CharField(max_length=500)
    authorised_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        ordering = ("pk",)
        constraints = (models.CheckConstraint(condition=Q(quantity__gt=0), name="action_extension_adds_time"),)

    def __str__(self) -> str:
        return f"Extension {self.pk}"


class Notification(models.Model):
    """Something that somebody was told. `text` never names a person: mails and phones show it."""

    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="notifications")
    action = models.ForeignKey(Action, on_delete=models.CASCADE, null=True, related_name="notifications")
    nominal = models.BigIntegerField(null=True)
    route = models.CharField(max_length=80, blank=True)
    text = models.CharField(max_length=200)
    at = models.DateTimeField(db_default=Now(), editable=False)
    read_at = models.DateTimeField(null=True)
    is_mailed = models.BooleanField(default=True, db_default=True, help_text="False: shown in Vigil only.")
    mailed_at = models.DateTimeField(null=True)

    read_permission: ClassVar[Perm] = Perm.VIEW_ACTION
    objects = NotificationQuerySet.as_manager()

    class Meta:
        ordering = ("-pk",)
        indexes = (
            models.Index(fields=["recipient", "-id"], condition=Q(read_at__isnull=True), name="notification_unread"),
            models.Index(fields=["recipient"], condition=Q(mailed_at__isnull=True, read_at__isnull=True), name="notification_to_mail"),
            models.Index(fields=["recipient", "-mailed_at"], name="notification_last_mail"),
        )

    def __str__(self) -> str:
        return f"Notification {self.pk}"


class Occurrence(models.Model):
    """Something that happened about a record, written with what it tells of and then matched with those who want to be told.

    `nominal`, `subject_*` and `route` are those of an action. The same `key` noted twice is one occurrence. A canary concerns no record.
    """

    kind = models.SlugField(max_length=50, choices=Happening)
    nominal = models.BigIntegerField(null=True)
    at = models.DateTimeField()
    raised_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    subject_type = models.CharField(max_length=50, blank=True)
    subject_id = models.BigIntegerField(null=True)
    route = models.CharField(max_length=80, blank=True)
    key = models.CharField(max_length=120, unique=True, null=True, blank=True)
    is_canary = models.BooleanField(default=False)
    noted_at = models.DateTimeField(db_default=Now(), editable=False)
    matched_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-pk",)
        constraints = (
            models.CheckConstraint(condition=Q(kind__in=Happening.values), name="occurrence_kind_known"),
            models.CheckConstraint(
                condition=Q(is_canary=True, nominal__isnull=True) | Q(is_canary=False, nominal__isnull=False),
                name="occurrence_about_a_record_or_a_canary",
            ),
        )
        indexes = (
            models.Index(fields=["id"], condition=Q(matched_at__isnull=True), name="occurrence_to_match"),
            models.Index(fields=["nominal", "-at"], name="occurrence_by_nominal"),
        )

    def __str__(self) -> str:
        return f"Occurrence {self.pk}"

    @property
    def nominal_id(self) -> int | None:
        """The key of the record, as the trail asks for it."""
        return self.nominal


for model in (ClockRule, BankHoliday, ActionPause, ActionExtension):
    auditlog.register(model)
auditlog.register(Action, exclude_fields=["version", "explanation", "warned_at", "escalation"])
