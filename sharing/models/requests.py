"""What agencies ask the police, and what they were answered."""

import uuid
from typing import ClassVar

from auditlog.registry import auditlog
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation, Unit
from accounts.permissions import Perm
from offenders.models import Nominal
from sharing.choices.agreements import DataClass, Purpose
from sharing.choices.requests import CameBy, RefusalCode, RequestTemplate
from sharing.models.releases import Release
from sharing.querysets.requests import RequestQuerySet
from sharing.rules.requests import State

WHO = settings.AUTH_USER_MODEL
STATES = (
    (State.RECEIVED.value, _("Waits for a unit")),
    (State.TAKEN.value, _("Being looked at")),
    (State.QUESTION.value, _("More was asked")),
    (State.ANSWERED.value, _("Answered")),
    (State.REFUSED.value, _("Refused")),
)
ANSWERED, REFUSED = Q(state=State.ANSWERED.value), Q(state=State.REFUSED.value)


class InformationRequest(models.Model):
    """A request of an agency about a person, in its own words; the record that it is about is the unit's finding, never the agency's."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    reference = models.CharField(max_length=16, unique=True, editable=False)
    force = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, related_name="+", help_text="Nobody's yet: every unit sees it.")
    template = models.CharField(max_length=20, choices=RequestTemplate)
    came_by = models.CharField(max_length=10, choices=CameBy)
    asked_by = models.ForeignKey(WHO, on_delete=models.PROTECT, related_name="+", help_text="Whoever sent or wrote it down.")
    asked_for = models.CharField(max_length=100, blank=True, help_text="Who at the agency asks.")
    asked_at = models.DateTimeField(db_default=Now(), editable=False)
    subject_name = models.CharField(max_length=200)
    subject_birth = models.CharField(max_length=40, blank=True)
    subject_address = models.CharField(max_length=300, blank=True)
    release = models.ForeignKey(Release, on_delete=models.PROTECT, null=True, related_name="+", help_text="What was shared before.")
    purpose = models.CharField(max_length=20, choices=Purpose)
    power = models.CharField(max_length=200, help_text="On which the agency relies, in its words.")
    data_classes = ArrayField(models.CharField(max_length=20, choices=DataClass))
    details = models.TextField(help_text="What is wanted and why.")
    relationship = models.CharField(max_length=200, blank=True, help_text="Of a carer to the child.")
    care_from = models.DateField(null=True, blank=True, help_text="From when the child would be cared for.")
    is_urgent = models.BooleanField(default=False)
    urgent_reason = models.CharField(max_length=300, blank=True)
    needed_by = models.DateField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=STATES, default=State.RECEIVED.value)
    taken_by = models.ForeignKey(WHO, on_delete=models.PROTECT, null=True, related_name="+")
    nominal = models.ForeignKey(Nominal, on_delete=models.SET_NULL, null=True, related_name="+", help_text="As the unit found.")
    has_nothing_to_share = models.BooleanField(default=False)
    refusal = models.CharField(max_length=20, choices=RefusalCode, blank=True)
    note = models.TextField(blank=True, help_text="Why it was answered so; the agency does not read it.")
    answered_by = models.ForeignKey(WHO, on_delete=models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    read_permission: ClassVar[Perm] = Perm.VIEW_REQUEST
    objects = RequestQuerySet.as_manager()

    class Meta:
        ordering = ("-pk",)
        constraints = (
            models.CheckConstraint(condition=Q(state__in=[state.value for state in State]), name="request_state_known"),
            models.CheckConstraint(
                condition=(Q(answered_at__isnull=True, answered_by__isnull=True) & ~ANSWERED & ~REFUSED)
                | (Q(answered_at__isnull=False, answered_by__isnull=False) & (ANSWERED | REFUSED)),
                name="request_closed_wholly",
            ),
            models.CheckConstraint(condition=Q(refusal="") ^ REFUSED, name="request_refused_with_its_code"),
            models.CheckConstraint(
                condition=Q(state=State.RECEIVED.value, taken_by__isnull=True)
                | (~Q(state=State.RECEIVED.value) & Q(taken_by__isnull=False, unit__isnull=False)),
                name="request_taken_by_a_unit",
            ),
            models.CheckConstraint(
                condition=~Q(subject_name="") & ~Q(power="") & ~Q(details="") & Q(data_classes__len__gt=0), name="request_says_what_and_why"
            ),
            models.CheckConstraint(
                condition=~Q(template=RequestTemplate.CARERS_CHECK) | (~Q(relationship="") & Q(care_from__isnull=False)),
                name="request_of_carers_check_whole",
            ),
        )
        indexes = (
            models.Index(fields=["agency", "-id"], name="request_by_agency"),
            models.Index(fields=["force", "-id"], condition=Q(state__in=["received", "taken", "question"]), name="request_waiting"),
        )

    def __str__(self) -> str:
        return self.reference

    @property
    def data_class_words(self) -> str:
        """Which kinds of information are wanted, in words."""
        return "; ".join(str(DataClass(each).label) for each in self.data_classes)


class RequestNote(models.Model):
    """A question of the unit, or what the agency replied. Both sides read it; added once."""

    request = models.ForeignKey(InformationRequest, on_delete=models.CASCADE, related_name="notes")
    is_question = models.BooleanField()
    text = models.TextField()
    by = models.ForeignKey(WHO, on_delete=models.PROTECT, related_name="+")
    on_behalf_of = models.CharField(max_length=100, blank=True)
    at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        ordering = ("pk",)
        constraints = (models.CheckConstraint(condition=~Q(text=""), name="request_note_says_something"),)

    def __str__(self) -> str:
        return f"Note {self.pk}"


class RequestRelease(models.Model):
    """That what was asked for was answered with a release."""

    request = models.ForeignKey(InformationRequest, on_delete=models.CASCADE, related_name="answers")
    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("pk",)
        constraints = (models.UniqueConstraint(fields=["request", "release"], name="request_answered_once_with_a_release"),)

    def __str__(self) -> str:
        return f"Answer {self.pk}"


auditlog.register(
    InformationRequest,
    mask_fields=["subject_name", "subject_birth", "subject_address", "details", "relationship", "urgent_reason", "note"],
    exclude_fields=["version"],
)
