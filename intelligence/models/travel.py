"""Reports from the border: the raw messages, each report in them, who each may be about, and what is filed to a record."""

import uuid
from typing import ClassVar

from auditlog.registry import auditlog
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from accounts.models import Organisation, Unit
from accounts.permissions import Perm
from intelligence.choices.travel import AlertState, Direction, Door, Finding, MessageState, SenderVerdict
from intelligence.models.matching import MatchingThreshold
from intelligence.querysets.travel import AlertPartQuerySet, AlertQuerySet, AlertSourceQuerySet, OfSourceQuerySet
from offenders.models import Nominal, TravelNotification
from offenders.models.nominal import NominalPart


class AlertSource(models.Model):
    """One way by which reports from the border reach a force, and the unit that keeps its queue and answers for it."""

    code = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=80)
    door = models.CharField(max_length=10, choices=Door)
    force = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="alert_sources")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="alert_sources")
    agency = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+", help_text="Who sends; for the API its clients."
    )
    allowed_senders = ArrayField(
        models.CharField(max_length=254), default=list, blank=True, help_text="Addresses, or domains after an @. Others are held back."
    )
    silent_after_hours = models.PositiveSmallIntegerField(default=24, help_text="Without news for so long, its supervisors are told.")
    is_active = models.BooleanField(default=True)
    added_at = models.DateTimeField(db_default=Now(), editable=False)
    last_fetched_at = models.DateTimeField(null=True, blank=True)
    fetch_failures = models.PositiveSmallIntegerField(default=0, help_text="How many times in a row its door could not be opened.")
    last_problem = models.CharField(max_length=200, blank=True, help_text="Why, the last time; never a password or a name.")
    version = models.PositiveIntegerField(default=1)

    read_permission: ClassVar[Perm] = Perm.VIEW_RULES
    objects = AlertSourceQuerySet.as_manager()

    class Meta:
        ordering = ("name",)
        constraints = (
            models.CheckConstraint(condition=Q(door__in=Door.values), name="alert_source_door_known"),
            models.CheckConstraint(condition=~Q(door=Door.API) | Q(agency__isnull=False), name="alert_source_api_has_its_agency"),
            models.CheckConstraint(condition=Q(silent_after_hours__gt=0), name="alert_source_may_be_silent_for_some_time"),
        )

    def __str__(self) -> str:
        return self.code


class RawMessage(models.Model):
    """What came through a door, byte for byte, stored in the transaction that marks it taken. `sha256` knows it again."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    source = models.ForeignKey(AlertSource, on_delete=models.PROTECT, related_name="messages")
    force = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    sha256 = models.CharField(max_length=64)
    content = models.BinaryField()
    size = models.PositiveBigIntegerField()
    content_type = models.CharField(max_length=100, blank=True)
    file_name = models.CharField(max_length=200, blank=True)
    sender = models.CharField(max_length=254, blank=True)
    sender_verdict = models.CharField(max_length=10, choices=SenderVerdict, default=SenderVerdict.NOT_ASKED)
    sender_details = models.JSONField(default=dict, help_text="What the trusted gateway said: SPF, DKIM, DMARC.")
    message_id = models.CharField(max_length=250, blank=True)
    taken_at = models.DateTimeField(db_default=Now(), editable=False)
    times_seen = models.PositiveIntegerField(default=1)
    last_seen_at = models.DateTimeField(db_default=Now())
    state = models.CharField(max_length=12, choices=MessageState, default=MessageState.TAKEN)
    problem = models.CharField(max_length=300, blank=True)
    layout = models.CharField(max_length=60, blank=True, help_text="Name and version of what read it.")
    claimed_at = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    lines_read = models.PositiveIntegerField(default=0)
    read_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    decision_reason = models.CharField(max_length=500, blank=True, help_text="Why a message that was held back is read, or not.")

    read_permission: ClassVar[Perm] = Perm.VIEW_ALERT
    objects = OfSourceQuerySet.as_manager()

    class Meta:
        ordering = ("-pk",)
        constraints = (
            models.UniqueConstraint(fields=["source", "sha256"], name="raw_message_each_content_once"),
            models.CheckConstraint(condition=Q(state__in=MessageState.values), name="raw_message_state_known"),
            models.CheckConstraint(condition=~Q(state=MessageState.REJECTED) | ~Q(problem=""), name="raw_message_rejected_says_why"),
        )
        indexes = (
            models.Index(fields=["id"], condition=Q(state="taken"), name="raw_message_to_read"),
            models.Index(fields=["source", "-taken_at"], name="raw_message_by_source"),
        )

    def __str__(self) -> str:
        return f"Message {self.pk}"


class TravelAlert(models.Model):
    """One report of a crossing, also one that cannot be used. The same report again, through whatever door, is this row again."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    source = models.ForeignKey(AlertSource, on_delete=models.PROTECT, related_name="alerts")
    force = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    message = models.ForeignKey(RawMessage, on_delete=models.PROTECT, related_name="alerts")
    line = models.PositiveIntegerField(default=1)
    fingerprint = models.CharField(max_length=64, help_text="Of the facts in one form; of the line itself where it cannot be read.")
    received_at = models.DateTimeField(db_default=Now(), editable=False)
    times_seen = models.PositiveIntegerField(default=1)

    surname = models.CharField(max_length=100, blank=True)
    given_names = models.CharField(max_length=100, blank=True)
    birth_year = models.PositiveSmallIntegerField(null=True, blank=True)
    birth_month = models.PositiveSmallIntegerField(null=True, blank=True)
    birth_day = models.PositiveSmallIntegerField(null=True, blank=True)
    sex = models.CharField(max_length=20, blank=True)
    nationality = models.CharField(max_length=40, blank=True)
    document_type = models.CharField(max_length=40, blank=True)
    document_number = models.CharField(max_length=40, blank=True)
    direction = models.CharField(max_length=10, choices=Direction, default=Direction.UNKNOWN)
    travels_at = models.DateTimeField(null=True, blank=True)
    is_time_known = models.BooleanField(default=True)
    port = models.CharField(max_length=80, blank=True)
    carrier = models.CharField(max_length=80, blank=True)
    service = models.CharField(max_length=40, blank=True, help_text="Number of the flight, train or sailing.")
    origin = models.CharField(max_length=80, blank=True)
    destination = models.CharField(max_length=80, blank=True)
    as_given = models.JSONField(default=dict, encoder=DjangoJSONEncoder)

    state = models.CharField(max_length=10, choices=AlertState, default=AlertState.RECEIVED)
    problem = models.CharField(max_length=500, blank=True)
    threshold = models.ForeignKey(MatchingThreshold, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    matched_at = models.DateTimeField(null=True, blank=True)
    needs_supervisor = models.BooleanField(default=False, help_text="Whoever looked was not sure.")
    nominal = models.ForeignKey(Nominal, null=True, blank=True, on_delete=models.PROTECT, related_name="travel_alerts")
    taken_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    taken_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=500, blank=True)
    version = models.PositiveIntegerField(default=1)

    read_permission: ClassVar[Perm] = Perm.VIEW_ALERT
    objects = AlertQuerySet.as_manager()

    class Meta:
        ordering = ("-pk",)
        constraints = (
            models.UniqueConstraint(fields=["force", "fingerprint"], name="travel_alert_each_report_once"),
            models.CheckConstraint(condition=Q(state__in=AlertState.values), name="travel_alert_state_known"),
            models.CheckConstraint(
                condition=Q(state=AlertState.FILED, nominal__isnull=False) | (~Q(state=AlertState.FILED) & Q(nominal__isnull=True)),
                name="travel_alert_filed_has_its_record",
            ),
            models.CheckConstraint(condition=~Q(state=AlertState.REJECTED) | ~Q(problem=""), name="travel_alert_rejected_says_why"),
            models.CheckConstraint(
                condition=Q(taken_by__isnull=True, taken_at__isnull=True) | Q(taken_by__isnull=False, taken_at__isnull=False),
                name="travel_alert_taken_wholly",
            ),
        )
        indexes = (
            models.Index(fields=["id"], condition=Q(state="received"), name="travel_alert_to_match"),
            models.Index(fields=["unit", "id"], condition=Q(state="triage"), name="travel_alert_in_triage"),
            models.Index(
                fields=["birth_year", "birth_month", "birth_day"], condition=Q(state="no_match"), name="travel_alert_unmatched_birth"
            ),
            models.Index(fields=["document_number"], condition=Q(state="no_match"), name="travel_alert_unmatched_paper"),
            models.Index(fields=["source", "received_at"], name="travel_alert_by_day"),
            models.Index(fields=["nominal"], name="travel_alert_by_nominal"),
        )

    def __str__(self) -> str:
        return f"Travel alert {self.pk}"


class AlertRepeat(models.Model):
    """A report that had come before, with where it stood this time."""

    alert = models.ForeignKey(TravelAlert, on_delete=models.CASCADE, related_name="repeats")
    message = models.ForeignKey(RawMessage, on_delete=models.PROTECT, related_name="repeats")
    line = models.PositiveIntegerField(default=1)
    at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        ordering = ("pk",)
        constraints = (models.UniqueConstraint(fields=["message", "line"], name="alert_repeat_each_line_once"),)

    def __str__(self) -> str:
        return f"Repeat {self.pk}"


class AlertCandidate(models.Model):
    """Somebody on record whom a report may be about. Whoever shows it asks first whether the reader may know of the record."""

    alert = models.ForeignKey(TravelAlert, on_delete=models.CASCADE, related_name="candidates")
    nominal = models.ForeignKey(Nominal, on_delete=models.CASCADE, related_name="alert_candidates")
    rank = models.PositiveSmallIntegerField()
    score = models.FloatField()
    reasons = models.JSONField(default=list)
    is_certain = models.BooleanField(default=False)
    has_twin = models.BooleanField(default=False)
    ruled_out_at = models.DateTimeField(null=True, blank=True, help_text="Somebody said that this is not the person; it never comes back.")
    ruled_out_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    read_permission: ClassVar[Perm] = Perm.VIEW_CARD
    objects = AlertPartQuerySet.as_manager()

    class Meta:
        ordering = ("alert", "rank")
        constraints = (
            models.UniqueConstraint(fields=["alert", "nominal"], name="alert_candidate_once"),
            models.CheckConstraint(condition=Q(score__gte=0, score__lte=1), name="alert_candidate_score_is_a_probability"),
        )

    def __str__(self) -> str:
        return f"Candidate {self.pk}"


class ChangedIdentity(models.Model):
    """A record whose names, dates of birth or numbers changed since unmatched reports were last compared. A trigger adds rows."""

    nominal = models.OneToOneField(Nominal, on_delete=models.CASCADE, primary_key=True, related_name="+")

    def __str__(self) -> str:
        return f"Changed {self.pk}"


class TravelRecord(NominalPart):
    """One crossing on a person's foreign-travel record (tier 2): how it compares, what the manager makes of it, who signed it off."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    nominal = models.ForeignKey(Nominal, on_delete=models.CASCADE, related_name="travel_records")
    alert = models.ForeignKey(TravelAlert, on_delete=models.PROTECT, related_name="records")
    filed_at = models.DateTimeField(db_default=Now(), editable=False)
    filed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+", help_text="Empty: filed by itself."
    )
    notification = models.ForeignKey(TravelNotification, null=True, blank=True, on_delete=models.SET_NULL, related_name="seen")
    finding = models.CharField(max_length=15, choices=Finding)
    explanation = models.JSONField(default=list, encoder=DjangoJSONEncoder)
    evaluation = models.TextField(blank=True)
    evaluated_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    evaluated_at = models.DateTimeField(null=True, blank=True)
    sign_off = models.TextField(blank=True)
    signed_off_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    signed_off_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    withdrawn_why = models.CharField(max_length=500, blank=True)
    version = models.PositiveIntegerField(default=1)

    read_permission: ClassVar[Perm] = Perm.VIEW_CASE_FILE

    class Meta:
        ordering = ("-filed_at", "-pk")
        constraints = (
            models.UniqueConstraint(fields=["alert"], condition=Q(withdrawn_at__isnull=True), name="travel_record_one_live_for_an_alert"),
            models.CheckConstraint(condition=Q(finding__in=Finding.values), name="travel_record_finding_known"),
            models.CheckConstraint(
                condition=Q(evaluated_by__isnull=True, evaluated_at__isnull=True, evaluation="")
                | (Q(evaluated_by__isnull=False, evaluated_at__isnull=False) & ~Q(evaluation="")),
                name="travel_record_evaluated_wholly",
            ),
            models.CheckConstraint(
                condition=Q(signed_off_by__isnull=True, signed_off_at__isnull=True)
                | (
                    Q(signed_off_by__isnull=False, signed_off_at__isnull=False, evaluated_by__isnull=False)
                    & ~Q(signed_off_by=F("evaluated_by"))
                ),
                name="travel_record_signed_off_by_another",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True, withdrawn_why="")
                | (Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False) & ~Q(withdrawn_why="")),
                name="travel_record_withdrawn_wholly",
            ),
        )
        indexes = (models.Index(fields=["nominal", "-filed_at"], name="travel_record_by_nominal"),)


auditlog.register(AlertSource, exclude_fields=["version", "last_fetched_at", "fetch_failures", "last_problem"])
auditlog.register(TravelRecord, exclude_fields=["version", "explanation"], mask_fields=["evaluation", "sign_off"])
