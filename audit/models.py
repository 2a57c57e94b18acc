"""What happened: one row for each thing that somebody did, saw or was refused."""
import re
from typing import ClassVar

from django.apps import apps
from django.conf import settings
from django.contrib.postgres.indexes import BrinIndex
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from accounts.choices import Role
from accounts.permissions import Perm
from audit.choices import Channel, Verb
from audit.querysets import EventQuerySet


class Event(models.Model):
    """One act, read or refusal. Rows are added and never changed: the database refuses anything else.

    Holds references and metadata; never a secret, never text of a confidential section. `nominal` is the key of the
    record concerned, kept as a number so that the trail outlives the record.
    """

    at = models.DateTimeField(db_default=Now(), editable=False)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    acting_role = models.CharField(max_length=30, blank=True)
    verb = models.CharField(max_length=20, choices=Verb)
    subject_type = models.CharField(max_length=50, blank=True)
    subject_id = models.BigIntegerField(null=True)
    nominal = models.BigIntegerField(null=True)
    reason = models.TextField(blank=True)
    channel = models.CharField(max_length=10, choices=Channel)
    ip_address = models.GenericIPAddressField(null=True)
    request_id = models.UUIDField()
    detail = models.JSONField(default=dict, encoder=DjangoJSONEncoder)

    read_permission: ClassVar[Perm] = Perm.VIEW_AUDIT
    objects = EventQuerySet.as_manager()

    class Meta:
        ordering = ("-pk",)
        indexes = (
            models.Index(fields=["nominal", "-id"], name="event_by_nominal"),
            models.Index(fields=["actor", "-id"], name="event_by_actor"),
            BrinIndex(fields=["at"], name="event_by_time"),
            models.Index(fields=["subject_id", "-id"], condition=Q(subject_type="accounts.apiclient"), name="event_by_client"),
        )

    def __str__(self) -> str:
        return f"Event {self.pk}"

    @property
    def page(self) -> str:
        """What was opened or used, in words made from the name of its class; empty for acts."""
        words = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", str(self.detail.get("page", "")))
        return words.removesuffix(" Page").lower()

    @property
    def role_label(self) -> str:
        """The acting role in words; empty when nobody acted in one."""
        return str(dict(Role.choices).get(self.acting_role, ""))

    @property
    def subject(self) -> str:
        """What kind of row it was about, in words; empty when it was about none, or about one of a kind that exists no longer."""
        try:
            return str(apps.get_model(self.subject_type)._meta.verbose_name)
        except (LookupError, ValueError):
            return ""
