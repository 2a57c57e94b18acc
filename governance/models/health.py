"""When each job that runs by the clock ran last."""

from typing import ClassVar

from django.db import models

from accounts.permissions import Perm
from governance.querysets.health import JobRunQuerySet


class JobRun(models.Model):
    """The last run of one job, by the name of its task; about nobody."""

    name = models.CharField(max_length=120, unique=True)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField()
    failed = models.BooleanField(help_text="The last run failed.")
    succeeded_at = models.DateTimeField(null=True, help_text="When a run last ended well.")

    read_permission: ClassVar[Perm] = Perm.VIEW_HEALTH
    objects = JobRunQuerySet.as_manager()

    class Meta:
        ordering = ("name",)
        verbose_name = "run of a job"

    def __str__(self) -> str:
        return self.name
