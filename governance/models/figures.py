"""The ledger of facts that figures are drawn from, and the years whose figures are frozen."""

from typing import ClassVar

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q

from accounts.models import Organisation
from accounts.permissions import Perm
from governance.choices.figures import Source
from governance.querysets.figures import ClosedYearQuerySet


class Fact(models.Model):
    """One version of one row of another table: codes and dates, never words. Written by triggers, never changed.

    `recorded_at` is when Vigil learned it, `began_at` when the transaction that wrote it began, the same for all that it wrote.
    """

    source = models.CharField(max_length=20, choices=Source)
    row = models.BigIntegerField(help_text="The key of the row in its own table.")
    nominal = models.BigIntegerField(null=True, help_text="The key of the record; it stays when the record is disposed of.")
    force = models.BigIntegerField(null=True, help_text="The force, where the row itself names one.")
    recorded_at = models.DateTimeField()
    began_at = models.DateTimeField()
    is_removed = models.BooleanField(default=False)
    values = models.JSONField(default=dict)

    class Meta:
        ordering = ("pk",)
        constraints = (models.CheckConstraint(condition=Q(source__in=Source.values), name="fact_source_known"),)
        indexes = (
            models.Index(fields=["source", "row", "id"], name="fact_versions_of_a_row"),
            models.Index(fields=["nominal", "source"], name="fact_by_record"),
            models.Index(fields=["force", "source"], condition=Q(force__isnull=False), name="fact_by_force"),
        )

    def __str__(self) -> str:
        return f"{self.source} {self.row}, version {self.pk}"


class ClosedYear(models.Model):
    """The annual figures of a force as they were when the year was closed: each number with its rows. Never changed."""

    force = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField(help_text="The year in which it begins, on 1 April.")
    as_at = models.DateField()
    known_at = models.DateTimeField(help_text="What was recorded later does not count in it.")
    tables = models.JSONField(encoder=DjangoJSONEncoder, help_text="Tables, rows, columns, and for each cell the keys that it counts.")
    sha256 = models.CharField(max_length=64, help_text="Of force, year, day, moment and tables.")
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    read_permission: ClassVar[Perm] = Perm.VIEW_FIGURES
    objects = ClosedYearQuerySet.as_manager()

    class Meta:
        ordering = ("-year",)
        constraints = (models.UniqueConstraint(fields=["force", "year"], name="year_closed_once"),)

    def __str__(self) -> str:
        return f"Figures {self.year} to {self.year + 1}"
