"""How what left was handed over, what went wrong with it, and what came of it."""

import uuid
from typing import ClassVar

from auditlog.registry import auditlog
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from accounts.permissions import Perm
from sharing.choices.sending import Came, Effect
from sharing.models.releases import Release
from sharing.querysets.releases import ReleasePartQuerySet

WHO = settings.AUTH_USER_MODEL


class ReleasePart(models.Model):
    """A row that belongs to a release and is read with it."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="%(class)ss")
    by = models.ForeignKey(WHO, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(db_default=Now(), editable=False)

    read_permission: ClassVar[Perm] = Perm.VIEW_SHARING
    objects = ReleasePartQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"

    @property
    def nominal_id(self) -> int:
        """The record that it is about, for the trail."""
        return self.release.nominal_id


class PaperCopy(ReleasePart):
    """One numbered copy on paper: for whom, and the digest of its file. The same copy printed again has the same file."""

    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="copies")
    number = models.PositiveSmallIntegerField()
    of = models.PositiveSmallIntegerField(help_text="How many there were when it was made.")
    issued_to = models.CharField(max_length=100)
    printed_at = models.DateTimeField()
    sha256 = models.CharField(max_length=64)

    class Meta(ReleasePart.Meta):
        verbose_name = "copy on paper"
        constraints = (
            models.UniqueConstraint(fields=["release", "number"], name="paper_copy_number_once"),
            models.CheckConstraint(condition=Q(number__gte=1, number__lte=models.F("of")), name="paper_copy_is_one_of_them"),
            models.CheckConstraint(condition=~Q(issued_to=""), name="paper_copy_for_somebody"),
        )

    @property
    def words(self) -> str:
        """What stands on each of its pages."""
        return f"Copy {self.number} of {self.of}, issued to {self.issued_to}"


class Telling(ReleasePart):
    """Something was said to the recipient: when, where, by and to whom, and what they said and promised."""

    release = models.OneToOneField(Release, on_delete=models.PROTECT, related_name="telling")
    told_at = models.DateTimeField()
    place = models.CharField(max_length=200)
    told_to = models.CharField(max_length=100, help_text="The post; never the name of somebody at risk.")
    identity_check = models.CharField(max_length=200, help_text="How it was made sure that this was the right person.")
    said = models.TextField(blank=True, help_text="What they said.")
    undertaking = models.TextField(help_text="What they promised about keeping it to themselves.")

    class Meta(ReleasePart.Meta):
        verbose_name = "telling"
        constraints = (
            models.CheckConstraint(
                condition=~Q(place="") & ~Q(told_to="") & ~Q(identity_check="") & ~Q(undertaking=""), name="telling_recorded_wholly"
            ),
        )


class DataBreach(ReleasePart):
    """What was shared is where it should not be. Data protection says what came of it, and what was learned."""

    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="data_breaches")
    found_at = models.DateTimeField()
    what_happened = models.TextField()
    who_has_it = models.TextField(help_text="Posts and bodies; never the name of somebody at risk.")
    contained = models.TextField(help_text="What was done at once.")
    outcome = models.TextField(blank=True, help_text="What data protection decided, and whom it told.")
    lessons = models.TextField(blank=True)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(WHO, on_delete=models.PROTECT, null=True, related_name="+")
    version = models.PositiveIntegerField(default=1)

    class Meta(ReleasePart.Meta):
        verbose_name = "breach of data"
        constraints = (
            models.UniqueConstraint(fields=["release"], condition=Q(closed_at__isnull=True), name="data_breach_one_open"),
            models.CheckConstraint(
                condition=~Q(what_happened="") & ~Q(who_has_it="") & ~Q(contained=""), name="data_breach_says_what_happened"
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True, closed_by__isnull=True)
                | (Q(closed_at__isnull=False, closed_by__isnull=False) & ~Q(outcome="") & ~Q(lessons="")),
                name="data_breach_closed_wholly",
            ),
        )


class ReleaseOutcome(ReleasePart):
    """What came of sharing, so many days later, against what the decision foresaw. It describes the unit's judgement, never a person."""

    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="outcomes")
    days = models.PositiveSmallIntegerField()
    media = models.CharField(max_length=10, choices=Came)
    disorder = models.CharField(max_length=10, choices=Came)
    underground = models.CharField(max_length=10, choices=Came)
    harm = models.CharField(max_length=10, choices=Came)
    victim = models.CharField(max_length=10, choices=Effect)
    family = models.CharField(max_length=10, choices=Effect)
    text = models.TextField()

    class Meta(ReleasePart.Meta):
        verbose_name = "outcome"
        constraints = (
            models.UniqueConstraint(fields=["release", "days"], name="release_outcome_once_a_look"),
            models.CheckConstraint(condition=~Q(text=""), name="release_outcome_says_something"),
        )


for model in (PaperCopy, Telling, DataBreach, ReleaseOutcome):
    auditlog.register(model, exclude_fields=["version"] if model is DataBreach else None)
