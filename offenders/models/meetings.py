"""MAPPA: who was referred, how they were screened, and the meetings that manage them."""

import uuid
from typing import ClassVar

from auditlog.registry import auditlog
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from accounts.models import Organisation
from accounts.permissions import Perm
from offenders.choices import MappaCategory, MappaLevel
from offenders.choices.meetings import Attendance, MeetingFormat, MeetingState, Purpose, ReferralOutcome
from offenders.models.nominal import Nominal, NominalPart
from offenders.querysets.meetings import MeetingQuerySet

PERSON = settings.AUTH_USER_MODEL


class MeetingPart(NominalPart):
    """Something about one person that belongs to MAPPA referrals and meetings."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    read_permission: ClassVar[Perm] = Perm.VIEW_MEETING

    class Meta:
        abstract = True


class Referral(MeetingPart):
    """Somebody asks that a person be managed at a level; screening decides."""

    nominal = models.ForeignKey(Nominal, on_delete=models.CASCADE, related_name="referrals")
    agency = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+", help_text="Who refers.")
    referred_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    referred_at = models.DateTimeField(db_default=Now(), editable=False)
    category = models.PositiveSmallIntegerField(choices=MappaCategory)
    basis = models.CharField(max_length=40, help_text="Code of the legal basis, as the law stood on the day of referral.")
    level = models.PositiveSmallIntegerField(choices=MappaLevel, help_text="The level that is asked for.")
    reason = models.TextField()
    outcome = models.CharField(max_length=10, choices=ReferralOutcome, default=ReferralOutcome.WAITING)
    decided_level = models.PositiveSmallIntegerField(choices=MappaLevel, null=True, blank=True)
    decided_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    decision_reason = models.TextField(blank=True)

    class Meta:
        ordering = ("-pk",)
        constraints = (
            models.UniqueConstraint(fields=["nominal"], condition=Q(outcome="waiting"), name="referral_one_waits"),
            models.CheckConstraint(
                condition=Q(outcome="waiting", decided_by__isnull=True, decided_at__isnull=True, decision_reason="")
                | (Q(outcome__in=["accepted", "declined"], decided_by__isnull=False, decided_at__isnull=False) & ~Q(decision_reason="")),
                name="referral_decided_wholly",
            ),
            models.CheckConstraint(
                condition=Q(outcome="accepted", decided_level__isnull=False) | (~Q(outcome="accepted") & Q(decided_level__isnull=True)),
                name="referral_accepted_at_a_level",
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("referred_by")), name="referral_screened_by_another"
            ),
            models.CheckConstraint(
                condition=Q(category__in=MappaCategory.values, level__in=MappaLevel.values), name="referral_values_known"
            ),
        )


class Meeting(models.Model):
    """A meeting day at level 2 or 3; each person on its agenda has an item of their own."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    force = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    level = models.PositiveSmallIntegerField(choices=MappaLevel)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    held_as = models.CharField(max_length=10, choices=MeetingFormat, default=MeetingFormat.ROOM)
    place = models.CharField(max_length=200, blank=True, help_text="The room, or where the video link is sent.")
    chair = models.ForeignKey(PERSON, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    coordinator = models.ForeignKey(PERSON, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    state = models.CharField(max_length=10, choices=MeetingState, default=MeetingState.PLANNED)
    cancel_reason = models.CharField(max_length=500, blank=True)
    planned_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(default=1)

    read_permission: ClassVar[Perm] = Perm.VIEW_MEETING
    objects = MeetingQuerySet.as_manager()

    class Meta:
        ordering = ("starts_at", "pk")
        constraints = (
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="meeting_ends_after_start"),
            models.CheckConstraint(condition=Q(level__in=[MappaLevel.TWO, MappaLevel.THREE]), name="meeting_at_level_2_or_3"),
            models.CheckConstraint(
                condition=Q(state="cancelled") & ~Q(cancel_reason="") | ~Q(state="cancelled") & Q(cancel_reason=""),
                name="meeting_cancelled_with_a_reason",
            ),
        )
        indexes = (models.Index(fields=["force", "starts_at"], name="meeting_by_day"),)

    def __str__(self) -> str:
        return f"Meeting {self.pk}"


class AgendaItem(MeetingPart):
    """One person on the agenda of a meeting."""

    nominal = models.ForeignKey(Nominal, on_delete=models.CASCADE, related_name="agenda_items")
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="items")
    position = models.PositiveSmallIntegerField()
    starts_at = models.TimeField(null=True, blank=True, help_text="When the meeting turns to this person.")
    purpose = models.CharField(max_length=10, choices=Purpose)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdraw_reason = models.CharField(max_length=500, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ("position", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=["meeting", "nominal"], condition=Q(withdrawn_at__isnull=True), name="agenda_item_once_a_meeting"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdraw_reason="") | Q(withdrawn_at__isnull=False) & ~Q(withdraw_reason=""),
                name="agenda_item_withdrawn_with_a_reason",
            ),
        )


class Invitation(MeetingPart):
    """Somebody who is asked to come for one person on the agenda: a colleague, or a person of an agency."""

    nominal = models.ForeignKey(Nominal, on_delete=models.CASCADE, related_name="invitations")
    item = models.ForeignKey(AgendaItem, on_delete=models.CASCADE, related_name="invitations")
    user = models.ForeignKey(PERSON, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    agency = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    person = models.CharField(max_length=100, blank=True, help_text="Who comes for the agency.")
    job = models.CharField(max_length=100, blank=True)
    attendance = models.CharField(max_length=10, choices=Attendance, default=Attendance.INVITED)
    papers_sent_on = models.DateField(null=True, blank=True)
    left_on = models.DateField(null=True, blank=True, help_text="The day from which this person no longer holds the post.")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.CheckConstraint(
                condition=Q(user__isnull=False, person="") | Q(user__isnull=True) & ~Q(person=""), name="invitation_of_one_person"
            ),
            models.UniqueConstraint(fields=["item", "user"], name="invitation_of_a_user_once"),
            models.UniqueConstraint(fields=["item", "agency", "person"], condition=~Q(person=""), name="invitation_of_a_person_once"),
        )

    @property
    def who(self) -> str:
        """The person, with the agency for those outside the force."""
        return self.user.display_name if self.user else f"{self.person}, {self.agency.name}"

    @property
    def has_left(self) -> bool:
        """Whether this person no longer holds the post and so gets no papers."""
        return self.left_on is not None or (self.user is not None and not self.user.is_active)


auditlog.register(Referral)
auditlog.register(Meeting, exclude_fields=["version"])
auditlog.register(AgendaItem, exclude_fields=["version"])
auditlog.register(Invitation, exclude_fields=["version"])
