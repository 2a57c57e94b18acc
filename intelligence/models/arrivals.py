"""How a message came through its door: each time it did, and what the virus scanner said of it."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from accounts.permissions import Perm
from intelligence.models.travel import AlertSource, RawMessage
from intelligence.querysets.arrivals import ArrivalQuerySet
from offenders.choices.documents import ScanState


class Arrival(models.Model):
    """One time that a message came. The mail server's number knows the same arrival again."""

    source = models.ForeignKey(AlertSource, on_delete=models.PROTECT, related_name="arrivals")
    message = models.ForeignKey(RawMessage, on_delete=models.CASCADE, related_name="arrivals")
    at = models.DateTimeField(db_default=Now(), editable=False)
    uid_validity = models.PositiveBigIntegerField(null=True, blank=True, help_text="Of the mailbox, in which numbers count.")
    uid = models.PositiveBigIntegerField(null=True, blank=True, help_text="The mail server's number of the mail.")
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    read_permission: ClassVar[Perm] = Perm.VIEW_ALERT
    objects = ArrivalQuerySet.as_manager()

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(
                fields=["source", "uid_validity", "uid"], condition=Q(uid__isnull=False), name="arrival_each_mail_of_a_mailbox_once"
            ),
        )
        indexes = (models.Index(fields=["message", "id"], name="arrival_by_message"),)

    def __str__(self) -> str:
        return f"Arrival {self.pk}"


class MessageScan(models.Model):
    """What the virus scanner said of a message, or that there is none."""

    message = models.OneToOneField(RawMessage, on_delete=models.CASCADE, related_name="scan")
    state = models.CharField(max_length=10, choices=ScanState)
    words = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        constraints = (models.CheckConstraint(condition=Q(state__in=ScanState.values), name="message_scan_state_known"),)

    def __str__(self) -> str:
        return f"Scan {self.pk}"
