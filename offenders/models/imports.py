"""Files of nominals that were read, and what became of each."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation, Unit
from accounts.permissions import Perm
from offenders.querysets import ImportQuerySet


class Import(models.Model):
    """One file of nominals that was read, and what became of it."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        CHECKING = "checking", _("Checking the rows")
        STORING = "storing", _("Storing the rows")
        DONE = "done", _("Done")
        REFUSED = "refused", _("Refused: nothing was stored")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    force = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="imports")
    file = models.FileField(upload_to="imports/", max_length=200)
    file_name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    is_dry_run = models.BooleanField(default=True)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    rows_total = models.PositiveIntegerField(default=0)
    rows_done = models.PositiveIntegerField(default=0)
    created_count = models.PositiveIntegerField(default=0)
    unchanged_count = models.PositiveIntegerField(default=0)
    updated_count = models.PositiveIntegerField(default=0)
    errors = models.JSONField(default=list, help_text="Each with line, column and reason.")
    held = models.JSONField(default=list, db_default=[], help_text="What is left out of records that are stored: line, column, reason.")
    held_count = models.PositiveIntegerField(default=0, db_default=0)
    undated_risk_count = models.PositiveIntegerField(default=0, db_default=0, help_text="Records whose new risk has no first day.")
    undated_mappa_count = models.PositiveIntegerField(default=0, db_default=0, help_text="Records whose new standing has no first day.")
    started_at = models.DateTimeField(db_default=Now(), editable=False)
    finished_at = models.DateTimeField(null=True)

    read_permission: ClassVar[Perm] = Perm.IMPORT_NOMINALS
    objects = ImportQuerySet.as_manager()

    class Meta:
        ordering = ("-pk",)

    def __str__(self) -> str:
        return str(self.public_id)
