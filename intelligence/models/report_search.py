"""Searching intelligence reports: the words of reports as the search compares them, and what people look for, once or again and again."""

import uuid
from datetime import timedelta
from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from accounts.permissions import Perm
from intelligence.choices.information import Assessment, SourceGrade
from intelligence.models.information import STATES, InformationRelease, InformationReport
from intelligence.querysets.report_search import ReportSearchQuerySet


class ReportIndex(models.Model):
    """The words of a report that was sent, kept by the database itself. Rows are never shown, only compared."""

    report = models.OneToOneField(InformationReport, on_delete=models.CASCADE, primary_key=True, related_name="index")
    document = SearchVectorField()

    class Meta:
        indexes = (GinIndex(fields=["document"], name="report_by_words", fastupdate=False),)

    def __str__(self) -> str:
        return f"Words of report {self.pk}"


class ReleaseIndex(models.Model):
    """The words of a text as it was released, kept by the database itself. Rows are never shown, only compared."""

    release = models.OneToOneField(InformationRelease, on_delete=models.CASCADE, primary_key=True, related_name="index")
    document = SearchVectorField()

    class Meta:
        indexes = (GinIndex(fields=["document"], name="release_by_words", fastupdate=False),)

    def __str__(self) -> str:
        return f"Words of release {self.pk}"


class ReportSearch(models.Model):
    """What somebody looks for in reports, for them alone: for hours, so that the address of the results tells nothing, or under a name."""

    KEPT_FOR: ClassVar[timedelta] = timedelta(hours=12)
    KEPT_UNOPENED: ClassVar[timedelta] = timedelta(days=365)  # under a name
    MOST_KEPT: ClassVar[int] = 20

    token = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    text = models.CharField(max_length=200)
    state = models.CharField(max_length=10, choices=STATES, blank=True)
    grade_source = models.PositiveSmallIntegerField(choices=SourceGrade, null=True)
    assessment = models.CharField(max_length=1, choices=Assessment, blank=True)
    since = models.DateField(null=True)
    until = models.DateField(null=True, help_text="The last day.")
    name = models.CharField(max_length=60, blank=True, help_text="Empty: it is not kept.")
    tells = models.BooleanField(default=False, help_text="Whether its owner is told of new results.")
    at = models.DateTimeField(db_default=Now(), editable=False)
    opened_at = models.DateTimeField(db_default=Now())

    read_permission: ClassVar[Perm] = Perm.VIEW_CASE_FILE
    objects = ReportSearchQuerySet.as_manager()

    class Meta:
        ordering = ("name", "pk")
        constraints = (
            models.CheckConstraint(condition=Q(tells=False) | ~Q(name=""), name="report_search_that_tells_is_kept"),
            models.UniqueConstraint(fields=["user", "name"], condition=~Q(name=""), name="report_search_name_once"),
        )
        indexes = (models.Index(fields=["opened_at"], name="report_search_by_age"),)

    def __str__(self) -> str:
        return f"Search of reports {self.pk}"


class ReportSearchHit(models.Model):
    """A report that a kept search has found: so that its owner is told of each once. Whether they may still see it is asked each time."""

    search = models.ForeignKey(ReportSearch, on_delete=models.CASCADE, related_name="hits")
    report = models.ForeignKey(InformationReport, on_delete=models.CASCADE, related_name="+")
    told_at = models.DateTimeField(null=True, help_text="Empty: it was there before its owner wanted to be told.")
    seen_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["search", "report"], name="report_search_hit_once"),)
        indexes = (
            models.Index(fields=["search"], condition=Q(told_at__isnull=False, seen_at__isnull=True), name="report_search_hit_unseen"),
        )

    def __str__(self) -> str:
        return f"Result {self.pk}"
