"""What left the unit: as it stood, under which decision, to whom, how; and who read it."""

import uuid
from typing import ClassVar

from auditlog.registry import auditlog
from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from accounts.models import Organisation
from accounts.permissions import Perm
from sharing.choices.decisions import Channel
from sharing.choices.releases import ChangeKind
from sharing.models.decisions import Approval, SharingDecision
from sharing.querysets.releases import ChangeQuerySet, ReleasePartQuerySet, ReleaseQuerySet

WHO = settings.AUTH_USER_MODEL


class Release(models.Model):
    """Information as it left. The database refuses it without a decision to share, approved as it stands, and changes nothing of it.

    `contents` is a list of objects with heading, label, text, is_known and removed (codes of what was taken out).
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    reference = models.CharField(max_length=16, unique=True, editable=False)
    decision = models.ForeignKey(SharingDecision, on_delete=models.PROTECT, related_name="releases")
    approval = models.ForeignKey(Approval, on_delete=models.PROTECT, related_name="+")
    content_hash = models.CharField(max_length=64, help_text="Of the decision, as it was approved.")
    force = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, related_name="+")
    recipient = models.CharField(max_length=200)
    channel = models.CharField(max_length=10, choices=Channel)
    subject_name = models.CharField(max_length=200, help_text="Whom it is about, as the recipient reads it.")
    contents = models.JSONField(encoder=DjangoJSONEncoder)
    marking = models.CharField(max_length=200)
    purpose = models.CharField(max_length=200)
    powers = models.TextField(help_text="Under which powers, in words.")
    handling = models.TextField()
    must_not = models.TextField(blank=True)
    expected_action = models.TextField(blank=True)
    sent_by = models.ForeignKey(WHO, on_delete=models.PROTECT, related_name="+")
    sent_at = models.DateTimeField(db_default=Now(), editable=False)
    expires_on = models.DateField(null=True, help_text="The last day on which the recipient may see it.")
    acknowledged_at = models.DateTimeField(null=True)
    acknowledged_by = models.ForeignKey(WHO, on_delete=models.PROTECT, null=True, related_name="+")
    acknowledged_for = models.CharField(max_length=100, blank=True, help_text="The agency's own user, or who confirmed in person.")
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(WHO, on_delete=models.PROTECT, null=True, related_name="+")
    withdraw_reason = models.CharField(max_length=500, blank=True)
    version = models.PositiveIntegerField(default=1)

    read_permission: ClassVar[Perm] = Perm.VIEW_SHARING
    objects = ReleaseQuerySet.as_manager()

    class Meta:
        ordering = ("-pk",)
        constraints = (
            models.CheckConstraint(
                condition=~Q(channel="online") | Q(agency__isnull=False, expires_on__isnull=False), name="release_online_to_an_agency_until"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True, withdraw_reason="")
                | (Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False) & ~Q(withdraw_reason="")),
                name="release_withdrawn_wholly",
            ),
            models.CheckConstraint(condition=~Q(handling=""), name="release_says_how_to_handle"),
        )
        indexes = (models.Index(fields=["agency", "-id"], name="release_by_agency"),)

    def __str__(self) -> str:
        return self.reference

    @property
    def nominal_id(self) -> int:
        """The record that it is about, for the trail."""
        return int(self.decision.nominal_id)


class Reading(models.Model):
    """Somebody at the recipient opened a release: who, when, and whether its content was shown."""

    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="readings")
    at = models.DateTimeField(db_default=Now(), editable=False)
    user = models.ForeignKey(WHO, on_delete=models.PROTECT, related_name="+")
    on_behalf_of = models.CharField(max_length=100, blank=True)
    with_content = models.BooleanField()

    read_permission: ClassVar[Perm] = Perm.VIEW_SHARING
    objects = ReleasePartQuerySet.as_manager()

    class Meta:
        ordering = ("-pk",)

    def __str__(self) -> str:
        return f"Reading {self.pk}"


class AgencyAction(models.Model):
    """What the recipient says it did about what was shared."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="agency_actions")
    done_on = models.DateField()
    text = models.TextField()
    is_final = models.BooleanField(help_text="What was expected has been done.")
    by = models.ForeignKey(WHO, on_delete=models.PROTECT, related_name="+")
    on_behalf_of = models.CharField(max_length=100, blank=True)
    at = models.DateTimeField(db_default=Now(), editable=False)

    read_permission: ClassVar[Perm] = Perm.VIEW_SHARING
    objects = ReleasePartQuerySet.as_manager()

    class Meta:
        ordering = ("pk",)
        constraints = (models.CheckConstraint(condition=~Q(text=""), name="agency_action_says_something"),)

    def __str__(self) -> str:
        return f"Action of an agency {self.pk}"


class AgencyChange(models.Model):
    """Something changed for an agency: what sort of thing and its key, never its content. Agencies ask for these, or are sent them.

    `subject` is the public key of the thing. Rows are added and never changed, so that an agency can read on from where it was.
    """

    agency = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    force = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=30, choices=ChangeKind)
    subject = models.UUIDField()
    at = models.DateTimeField(db_default=Now(), editable=False)

    read_permission: ClassVar[Perm] = Perm.VIEW_SHARED
    objects = ChangeQuerySet.as_manager()

    class Meta:
        ordering = ("pk",)
        indexes = (models.Index(fields=["agency", "id"], name="agency_change_by_agency"),)

    def __str__(self) -> str:
        return f"Change {self.pk}"


auditlog.register(Release, mask_fields=["contents", "subject_name"], exclude_fields=["version"])
