"""What is left of a record that was disposed of: a certificate that says when, by whom and by which rule, and holds no content."""

import uuid
from typing import ClassVar

from auditlog.registry import auditlog
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q

from accounts.models import Organisation, Unit
from accounts.permissions import Perm
from governance.choices.retention import Group
from governance.models.retention import RetentionRule
from governance.querysets.retention import DisposalQuerySet

WHO = settings.AUTH_USER_MODEL


class Disposal(models.Model):
    """The end of a record. To add this row is what lets its rows go: the database asks for a decision of two people and for no hold.

    `keys` are the record's key and those of the records merged into it. `transaction` is the one in which the rows may go.
    One that was applied again after a restore knows no decision: that stands on the certificate of its day.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    references = ArrayField(models.CharField(max_length=16))
    keys = ArrayField(models.BigIntegerField())
    force = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    group = models.PositiveSmallIntegerField(choices=Group, null=True)
    rule = models.ForeignKey(RetentionRule, on_delete=models.PROTECT, null=True, related_name="+")
    decided_by = models.ForeignKey(WHO, on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    approved_by = models.ForeignKey(WHO, on_delete=models.PROTECT, null=True, related_name="+")
    approved_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey(WHO, on_delete=models.PROTECT, null=True, related_name="+")
    done_at = models.DateTimeField()
    is_reapplied = models.BooleanField(default=False, help_text="Applied again after an older backup was restored.")
    removed = models.JSONField(default=dict, encoder=DjangoJSONEncoder, help_text="How many rows went, by table.")
    detached = models.JSONField(default=dict, encoder=DjangoJSONEncoder, help_text="How many rows of others name the person no more.")
    trail = models.JSONField(default=dict, encoder=DjangoJSONEncoder, help_text="How many entries of the log keep no content.")
    releases = models.JSONField(default=list, encoder=DjangoJSONEncoder, help_text="What agencies still hold, by number and agency.")
    transaction = models.BigIntegerField(null=True, unique=True, editable=False)
    listed_at = models.DateTimeField(null=True, help_text="When it was written to the list outside the database.")

    read_permission: ClassVar[Perm] = Perm.VIEW_DISPOSAL
    objects = DisposalQuerySet.as_manager()

    class Meta:
        ordering = ("-pk",)
        constraints = (
            models.CheckConstraint(
                condition=Q(is_reapplied=True)
                | Q(
                    group__in=Group.values,
                    rule__isnull=False,
                    decided_by__isnull=False,
                    decided_at__isnull=False,
                    approved_by__isnull=False,
                    approved_at__isnull=False,
                    done_by__isnull=False,
                ),
                name="disposal_decided_wholly",
            ),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=F("decided_by")), name="disposal_decided_by_two_people"
            ),
        )
        indexes = (
            models.Index(fields=["force", "-id"], name="disposal_by_force"),
            models.Index(fields=["id"], condition=Q(listed_at__isnull=True), name="disposal_to_list"),
        )

    def __str__(self) -> str:
        return ", ".join(self.references)

    @property
    def nominal_id(self) -> int:
        """The key of the record that it ended, for the trail."""
        return int(self.keys[0])

    @property
    def row_count(self) -> int:
        """How many rows went."""
        return sum(self.removed.values())


class DisposedFile(models.Model):
    """A file that goes from the disk once its rows are gone: its name there, which tells nothing, and its digest."""

    disposal = models.ForeignKey(Disposal, on_delete=models.PROTECT, related_name="files")
    name = models.CharField(max_length=200)
    size = models.PositiveBigIntegerField(null=True, help_text="In bytes; empty: it was not on the disk.")
    sha256 = models.CharField(max_length=64, blank=True)
    removed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("pk",)
        constraints = (models.UniqueConstraint(fields=["disposal", "name"], name="disposed_file_once"),)
        indexes = (models.Index(fields=["id"], condition=Q(removed_at__isnull=True), name="disposed_file_to_remove"),)

    def __str__(self) -> str:
        return f"File {self.pk}"


auditlog.register(Disposal, exclude_fields=["transaction", "listed_at"])
