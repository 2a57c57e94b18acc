"""When each job ran last."""

from datetime import timedelta
from typing import ClassVar

from django.db import models
from django.db.models.functions import Now

from accounts.permissions import Perm
from governance.querysets.health import JobRunQuerySet


class JobRun(models.Model):
    """The last run of one job, by the name of its task, and how many there were; about nobody, without arguments."""

    KEPT_FOR: ClassVar[timedelta] = timedelta(days=90)  # without a run; the rarest job runs every month

    name = models.CharField(max_length=120, unique=True)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField()
    failed = models.BooleanField(help_text="The last run failed.")
    error = models.CharField(max_length=100, blank=True, default="", db_default="", help_text="The kind of error of the last run.")
    succeeded_at = models.DateTimeField(null=True, help_text="When a run last ended well.")
    since = models.DateTimeField(db_default=Now(), editable=False, help_text="When a run was first noted.")
    runs = models.BigIntegerField(default=0, db_default=0, help_text="Since then, the last one included.")
    failures = models.BigIntegerField(default=0, db_default=0)

    read_permission: ClassVar[Perm] = Perm.VIEW_HEALTH
    objects = JobRunQuerySet.as_manager()

    class Meta:
        ordering = ("name",)
        verbose_name = "run of a job"

    def __str__(self) -> str:
        return self.name

    @property
    def seconds(self) -> float:
        """How long the last run took."""
        return (self.ended_at - self.started_at).total_seconds()
