"""What happened: one row for each thing that somebody did, saw or was refused; and the seal that shows that none was touched."""

import re
import uuid
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
from audit.choices import Channel, CheckState, Fault, Verb
from audit.querysets import CheckQuerySet, EventQuerySet, SealQuerySet


class Event(models.Model):
    """One act, read or refusal. Rows are added and never changed: the database refuses anything else.

    Holds references and metadata; never a secret, never text of a confidential section. `nominal` is the key of the
    record concerned, kept as a number so that the trail outlives the record.
    """

    at = models.DateTimeField(db_default=Now(), editable=False)
    # No index of its own: that of actor and key serves, and each index is paid for by every page.
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
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


class Seal(models.Model):
    """A batch of entries of the log, hashed and tied to the batch before it. The role of the audit adds it; nobody changes it.

    For each log: the numbers from which and up to which it closes the log, and how many entries stand there.
    """

    number = models.BigIntegerField(primary_key=True)
    installation = models.UUIDField()
    sealed_at = models.DateTimeField()
    event_from = models.BigIntegerField()
    event_to = models.BigIntegerField()
    event_count = models.IntegerField()
    entry_from = models.BigIntegerField()
    entry_to = models.BigIntegerField()
    entry_count = models.IntegerField()
    erasure_from = models.BigIntegerField()
    erasure_to = models.BigIntegerField()
    erasure_count = models.IntegerField()
    leaves = models.BinaryField(help_text="For each entry its number (8 bytes) and its hash (32 bytes).")
    root = models.BinaryField()
    previous = models.BinaryField(help_text="The hash of the seal before.")
    hash = models.BinaryField()

    read_permission: ClassVar[Perm] = Perm.VIEW_AUDIT
    objects = SealQuerySet.as_manager()

    class Meta:
        ordering = ("-number",)
        indexes = (models.Index(fields=["event_to"], name="seal_by_event"), models.Index(fields=["entry_to"], name="seal_by_entry"))

    def __str__(self) -> str:
        return f"Seal {self.number}"

    @property
    def count(self) -> int:
        """How many entries it holds."""
        return self.event_count + self.entry_count + self.erasure_count

    @property
    def hash_words(self) -> str:
        """The hash as people compare it: in groups of eight."""
        return " ".join(re.findall("." * 8, bytes(self.hash).hex()))


class SealMark(models.Model):
    """Up to where the log is to be closed once the transactions named here, which may still add below, have ended. One row."""

    bounds = models.JSONField()
    holders = models.JSONField()

    def __str__(self) -> str:
        return "Mark"


class TrailKey(models.Model):
    """The key of the digests of what entries about one record say. Deleting it makes the digests unguessable."""

    nominal = models.BigIntegerField(primary_key=True)
    key = models.BinaryField()

    def __str__(self) -> str:
        return f"Key {self.nominal}"


class Erasure(models.Model):
    """What an entry said was taken out when its record was disposed of: the digest it was sealed by stays. None: it was not sealed yet."""

    log = models.CharField(max_length=10)
    row_id = models.BigIntegerField()
    digest = models.BinaryField(null=True)
    disposal = models.UUIDField()
    at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["log", "row_id"], name="entry_erased_once"),)

    def __str__(self) -> str:
        return f"Erasure {self.pk}"


class AuditCheck(models.Model):
    """A verification of the log: who asked, how far it is, what it found."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(db_default=Now(), editable=False)
    since = models.DateField(null=True, help_text="Entries of seals before this day are not read; the chain of seals is.")
    state = models.CharField(max_length=10, choices=CheckState, default=CheckState.WAITING)
    seen_at = models.DateTimeField(db_default=Now(), help_text="When its worker last said how far it is.")
    seals_done = models.BigIntegerField(default=0)
    seals_total = models.BigIntegerField(default=0)
    rows_done = models.BigIntegerField(default=0)
    erased = models.BigIntegerField(default=0)
    anchored_to = models.BigIntegerField(null=True, help_text="The last seal of which the anchor outside says the same.")
    fault = models.CharField(max_length=20, choices=Fault, blank=True)
    fault_seal = models.BigIntegerField(null=True)
    fault_log = models.CharField(max_length=10, blank=True)
    fault_row = models.BigIntegerField(null=True)
    finished_at = models.DateTimeField(null=True)

    read_permission: ClassVar[Perm] = Perm.VIEW_AUDIT
    objects = CheckQuerySet.as_manager()

    class Meta:
        ordering = ("-pk",)
        constraints = (
            models.CheckConstraint(condition=Q(state__in=CheckState.values), name="audit_check_state_known"),
            models.CheckConstraint(condition=Q(state=CheckState.BROKEN) ^ Q(fault=""), name="audit_check_broken_says_how"),
        )

    def __str__(self) -> str:
        return f"Verification {self.pk}"

    @property
    def is_running(self) -> bool:
        """Whether its end is still to come."""
        return self.state in {CheckState.WAITING, CheckState.RUNNING}

    @property
    def place(self) -> str:
        """Where the first bad place is, in words."""
        seal = f"seal {self.fault_seal}" if self.fault_seal else ""
        row = f"{self.fault_log} {self.fault_row}" if self.fault_row is not None else self.fault_log
        return ", ".join(part for part in (seal, row) if part)
