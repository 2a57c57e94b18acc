"""Telling agencies' systems by itself that something changed: where to, and each delivery."""

import uuid
from typing import ClassVar

from auditlog.registry import auditlog
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from accounts.models import ApiClient
from accounts.permissions import Perm
from sharing.choices.webhooks import DeliveryState
from sharing.models.releases import AgencyChange
from sharing.querysets.webhooks import DeliveryQuerySet, WebhookQuerySet

WHO = settings.AUTH_USER_MODEL


class Webhook(models.Model):
    """Where a machine client wants to be told of changes. Its secret signs, and is read with the server's key only."""

    client = models.OneToOneField(ApiClient, on_delete=models.PROTECT, related_name="webhook")
    url = models.CharField(max_length=500)
    kept_secret = models.TextField(help_text="Encrypted.")
    reached = models.BigIntegerField(help_text="The last change for which deliveries were made.")
    set_by = models.ForeignKey(WHO, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField(db_default=Now())
    ended_at = models.DateTimeField(null=True)

    read_permission: ClassVar[Perm] = Perm.MANAGE_USERS
    objects = WebhookQuerySet.as_manager()

    class Meta:
        ordering = ("-pk",)

    def __str__(self) -> str:
        return f"Webhook {self.pk}"


class WebhookDelivery(models.Model):
    """A change on its way to an agency's system: tried again with growing pauses, and given up in sight."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    webhook = models.ForeignKey(Webhook, on_delete=models.CASCADE, related_name="deliveries")
    change = models.ForeignKey(AgencyChange, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=DeliveryState, default=DeliveryState.WAITING)
    tries = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField(db_default=Now())
    answer = models.CharField(max_length=60, blank=True, help_text="What came back last, in a word.")
    tried_at = models.DateTimeField(null=True)

    read_permission: ClassVar[Perm] = Perm.MANAGE_USERS
    objects = DeliveryQuerySet.as_manager()

    class Meta:
        ordering = ("-pk",)
        constraints = (
            models.UniqueConstraint(fields=["webhook", "change"], name="webhook_told_once"),
            models.CheckConstraint(condition=Q(state__in=DeliveryState.values), name="delivery_state_known"),
        )
        indexes = (models.Index(fields=["next_at"], condition=Q(state="waiting"), name="delivery_to_send"),)

    def __str__(self) -> str:
        return f"Delivery {self.pk}"


auditlog.register(Webhook, mask_fields=["kept_secret"], exclude_fields=["reached"])
