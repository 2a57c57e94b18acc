"""Taskings: what is to be found out and why, by whom and by which means, on which briefing sheets it stands, and who read it there."""

import uuid
from typing import ClassVar

from auditlog.registry import auditlog
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation, Unit
from accounts.permissions import Perm
from intelligence.choices.tasking import Ending, Level, Means, Outcome, Shift
from intelligence.querysets.tasking import TaskingQuerySet
from intelligence.rules.tasking import LIVE, State
from offenders.models import Nominal

WHO = settings.AUTH_USER_MODEL
STATES = (
    (State.DRAFT.value, _("Draft")),
    (State.LIVE.value, _("Live")),
    (State.REVIEWED.value, _("Live, reviewed")),
    (State.EXTENDED.value, _("Live, extended")),
    (State.ENDED.value, _("Ended")),
)


class Tasking(models.Model):
    """A question that a unit or a person is to answer by certain means within a time."""

    reference = models.CharField(max_length=16, unique=True, editable=False)
    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    force = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    raised_by = models.ForeignKey(WHO, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=STATES, default=State.DRAFT.value)
    level = models.CharField(max_length=15, choices=Level)
    requirement = models.TextField(help_text="What is to be found out.")
    reason = models.TextField(help_text="Why it is wanted.")
    means = ArrayField(models.CharField(max_length=20, choices=Means))
    authority = models.CharField(max_length=60, blank=True, help_text="Reference of the written authority for what needs one.")
    authority_until = models.DateField(null=True, help_text="The last day on which the authority holds.")
    handling = models.CharField(max_length=300)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, related_name="+")
    officer = models.ForeignKey(WHO, on_delete=models.PROTECT, null=True, related_name="+")
    starts_on = models.DateField()
    ends_on = models.DateField(help_text="The last day on which it is live.")
    ending = models.CharField(max_length=10, choices=Ending, blank=True)
    end_reason = models.CharField(max_length=500, blank=True)
    ended_by = models.ForeignKey(WHO, on_delete=models.PROTECT, null=True, related_name="+", help_text="Nobody: it expired.")
    ended_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(db_default=Now(), editable=False)
    version = models.PositiveIntegerField(default=1)

    read_permission: ClassVar[Perm] = Perm.VIEW_TASKING
    objects = TaskingQuerySet.as_manager()

    class Meta:
        ordering = ("-pk",)
        constraints = (
            models.CheckConstraint(condition=Q(state__in=[state.value for state in State]), name="tasking_state_known"),
            models.CheckConstraint(
                condition=Q(unit__isnull=False, officer__isnull=True) | Q(unit__isnull=True, officer__isnull=False),
                name="tasking_to_a_person_or_unit",
            ),
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="tasking_ends_after_it_starts"),
            models.CheckConstraint(
                condition=~Q(requirement="") & ~Q(reason="") & ~Q(handling="") & Q(means__len__gt=0), name="tasking_says_what_and_why"
            ),
            models.CheckConstraint(
                condition=Q(authority="", authority_until__isnull=True) | (~Q(authority="") & Q(authority_until__gte=F("ends_on"))),
                name="tasking_ends_with_its_authority",
            ),
            models.CheckConstraint(
                condition=(~Q(state="ended") & Q(ending="", end_reason="", ended_at__isnull=True, ended_by__isnull=True))
                | (Q(state="ended", ended_at__isnull=False) & ~Q(ending="") & ~Q(end_reason="")),
                name="tasking_ended_wholly",
            ),
        )
        indexes = (
            models.Index(fields=["ends_on"], condition=Q(state__in=[state.value for state in LIVE]), name="tasking_to_expire"),
        )

    def __str__(self) -> str:
        return self.reference

    @property
    def is_live(self) -> bool:
        """Whether whoever is tasked works on it."""
        return self.state in LIVE

    @property
    def tasked(self) -> str:
        """Who is to find it out."""
        return self.officer.display_name if self.officer else str(self.unit)

    @property
    def means_words(self) -> str:
        """By which means, in words."""
        return "; ".join(str(Means(each).label) for each in self.means)


class TaskingSubject(models.Model):
    """A record that a tasking concerns; whoever may not know of it does not get the tasking."""

    tasking = models.ForeignKey(Tasking, on_delete=models.CASCADE, related_name="subjects")
    nominal = models.ForeignKey(Nominal, on_delete=models.CASCADE, related_name="+")

    class Meta:
        ordering = ("pk",)
        constraints = (models.UniqueConstraint(fields=["tasking", "nominal"], name="tasking_names_a_record_once"),)

    def __str__(self) -> str:
        return f"Subject {self.pk}"


class TaskingReview(models.Model):
    """Somebody else's look at a live tasking. Added, never changed."""

    tasking = models.ForeignKey(Tasking, on_delete=models.CASCADE, related_name="reviews")
    raised_by = models.ForeignKey(WHO, on_delete=models.PROTECT, related_name="+", help_text="Who raised the tasking: never the reviewer.")
    outcome = models.CharField(max_length=10, choices=Outcome)
    reason = models.CharField(max_length=500)
    ends_on = models.DateField(help_text="Its last day from then on.")
    by = models.ForeignKey(WHO, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        ordering = ("-pk",)
        constraints = (
            models.CheckConstraint(condition=~Q(reason=""), name="tasking_review_says_why"),
            models.CheckConstraint(condition=~Q(by=F("raised_by")), name="tasking_review_not_by_the_raiser"),
        )

    def __str__(self) -> str:
        return f"Review {self.pk}"


class TaskingSlot(models.Model):
    """A place on the briefing sheet of a shift, for whoever is tasked."""

    tasking = models.ForeignKey(Tasking, on_delete=models.CASCADE, related_name="slots")
    day = models.DateField()
    shift = models.CharField(max_length=10, choices=Shift)
    added_by = models.ForeignKey(WHO, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("day", "pk")
        constraints = (models.UniqueConstraint(fields=["tasking", "day", "shift"], name="tasking_once_on_a_sheet"),)
        indexes = (models.Index(fields=["day", "shift"], name="slot_by_shift"),)

    def __str__(self) -> str:
        return f"Slot {self.pk}"


class TaskingReceipt(models.Model):
    """That somebody who is tasked read it on a briefing sheet; the first time counts."""

    slot = models.ForeignKey(TaskingSlot, on_delete=models.CASCADE, related_name="receipts")
    user = models.ForeignKey(WHO, on_delete=models.PROTECT, related_name="+")
    read_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        ordering = ("pk",)
        constraints = (models.UniqueConstraint(fields=["slot", "user"], name="tasking_read_once_by_a_person"),)

    def __str__(self) -> str:
        return f"Receipt {self.pk}"


auditlog.register(Tasking, mask_fields=["requirement", "reason", "authority", "handling", "end_reason"])
auditlog.register(TaskingSlot)
