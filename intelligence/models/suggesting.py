"""What the system compares to suggest links: marks and words of reports, words of how a person offends, and what waits to be compared."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from accounts.models import Organisation
from intelligence.choices.suggesting import MarkKind
from intelligence.models.information import InformationReport
from offenders.models import Nominal


class LinkCheck(models.Model):
    """An entity, record or report to compare with all others, because it is new or has changed. Triggers add rows."""

    key = models.CharField(max_length=24, help_text="Its sort and its key, such as r17.")

    def __str__(self) -> str:
        return f"To compare {self.pk}"


class ReportMark(models.Model):
    """A telephone number, vehicle mark, online name or postcode in the words of a report that was sent and not withdrawn."""

    force = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    report = models.ForeignKey(InformationReport, on_delete=models.CASCADE, related_name="marks")
    kind = models.CharField(max_length=10, choices=MarkKind)
    value = models.CharField(max_length=150)

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(fields=["report", "kind", "value"], name="report_mark_once"),
            models.CheckConstraint(condition=Q(kind__in=MarkKind.values), name="report_mark_kind_known"),
        )
        indexes = (models.Index(fields=["force", "kind", "value"], name="report_mark_by_value"),)

    def __str__(self) -> str:
        return f"Mark {self.pk}"


class ReportWords(models.Model):
    """The words of a report that was sent and not withdrawn, as the database's English search knows them."""

    report = models.OneToOneField(InformationReport, on_delete=models.CASCADE, primary_key=True, related_name="+")
    force = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    lexemes = ArrayField(models.TextField())

    def __str__(self) -> str:
        return f"Words {self.pk}"


class MethodWords(models.Model):
    """The words of how a person offends, from the operational facts, likewise."""

    nominal = models.OneToOneField(Nominal, on_delete=models.CASCADE, primary_key=True, related_name="+")
    force = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    lexemes = ArrayField(models.TextField())

    def __str__(self) -> str:
        return f"Words {self.pk}"
