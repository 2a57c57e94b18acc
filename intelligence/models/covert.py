"""Referrals for covert techniques: confidential from the first keystroke, behind row security (tier 4)."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from accounts.models import Unit
from accounts.permissions import Perm
from intelligence.querysets.covert import CovertReferralQuerySet
from intelligence.rules.covert import State
from offenders.models import Nominal

STATES = (
    (State.DRAFT.value, _("Draft")),
    (State.SUBMITTED.value, _("Sent, waits for an answer")),
    (State.MORE_ASKED.value, _("More was asked")),
    (State.ACCEPTED.value, _("Accepted")),
    (State.DECLINED.value, _("Declined")),
    (State.CLOSED.value, _("Closed")),
)


class CovertReferral(models.Model):
    """Asks a unit for covert techniques. Seen by its owner and, once sent, by the intelligence officers of that unit alone.

    Deliberately no part of the record's history, counts or access log: its trail names the matter, never the record.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    nominal = models.ForeignKey(Nominal, on_delete=models.CASCADE, related_name="+")
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    purpose = models.TextField(blank=True)
    tried = models.TextField(blank=True)
    others_affected = models.TextField(blank=True)
    handling = models.CharField(max_length=200, blank=True)
    state = models.CharField(max_length=10, choices=STATES, default=State.DRAFT.value)
    answer = models.TextField(blank=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField(db_default=Now(), editable=False)
    submitted_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    read_permission: ClassVar[Perm] = Perm.VIEW_CONFIDENTIAL
    objects = CovertReferralQuerySet.as_manager()

    class Meta:
        ordering = ("-pk",)
        constraints = (
            models.CheckConstraint(condition=Q(state__in=[state.value for state in State]), name="covert_state_known"),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "closed"]) | (Q(unit__isnull=False, submitted_at__isnull=False) & ~Q(purpose="")),
                name="covert_sent_wholly",
            ),
            models.CheckConstraint(
                condition=Q(state="closed", closed_at__isnull=False) | (~Q(state="closed") & Q(closed_at__isnull=True)),
                name="covert_closed_has_its_time",
            ),
            models.CheckConstraint(
                condition=Q(answered_by__isnull=True) | ~Q(answered_by=models.F("owner")), name="covert_not_answered_by_its_owner"
            ),
        )

    def __str__(self) -> str:
        return f"Matter {self.pk}"
