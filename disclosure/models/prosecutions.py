"""Prosecutions and their unused material: items, each look at them, lines of enquiry, schedules, what the court ruled.

What is sensitive is shown to the disclosure officer, the deputy, the supervisor and information governance alone; nobody else reads that
there is any. Links to what Vigil holds keep a key and nothing of the thing: docs/decisions/0024.
"""

import uuid
from typing import Any, ClassVar

from auditlog.registry import auditlog
from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from accounts.models import Organisation, Unit
from accounts.permissions import Perm
from disclosure.choices.prosecutions import (
    Answer,
    Decision,
    Direction,
    Examined,
    LineState,
    MaterialKind,
    Notice,
    Outcome,
    Recipient,
    ReviewKind,
    Ruling,
    ScheduleKind,
)
from disclosure.querysets.prosecutions import (
    AssessmentQuerySet,
    CasePartQuerySet,
    CopyQuerySet,
    ItemPartQuerySet,
    ItemQuerySet,
    ProsecutionQuerySet,
    ScheduleQuerySet,
    SealedPartQuerySet,
)
from offenders.models import Nominal

WHO = settings.AUTH_USER_MODEL


class Prosecution(models.Model):
    """A prosecution. The law of disclosure begins with the charge. `round` counts how often everything was reopened."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    reference = models.CharField(max_length=16, unique=True, editable=False)
    force = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", help_text="Whose case it is.")
    nominal = models.ForeignKey(Nominal, on_delete=models.PROTECT, null=True, related_name="+")
    defendant = models.CharField(max_length=150, help_text="The name as it stands on the charge.")
    offence = models.CharField(max_length=300)
    urn = models.CharField("URN", max_length=20, blank=True, help_text="The force's unique reference number of the case.")
    charged_on = models.DateField(null=True)
    court = models.CharField(max_length=150, blank=True)
    officer = models.ForeignKey(WHO, on_delete=models.PROTECT, related_name="+", help_text="Officer in the case.")
    disclosure_officer = models.ForeignKey(WHO, on_delete=models.PROTECT, related_name="+")
    deputy = models.ForeignKey(WHO, on_delete=models.PROTECT, null=True, related_name="+")
    round = models.PositiveSmallIntegerField(default=1, editable=False)
    opened_by = models.ForeignKey(WHO, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(db_default=Now(), editable=False)
    outcome = models.CharField(max_length=15, choices=Outcome, blank=True)
    outcome_words = models.CharField(max_length=500, blank=True)
    finished_at = models.DateTimeField(null=True)
    finished_by = models.ForeignKey(WHO, on_delete=models.PROTECT, null=True, related_name="+")
    version = models.PositiveIntegerField(default=1)

    read_permission: ClassVar[Perm] = Perm.VIEW_PROSECUTION
    objects = ProsecutionQuerySet.as_manager()

    class Meta:
        ordering = ("-pk",)
        constraints = (
            models.CheckConstraint(condition=~Q(defendant="") & ~Q(offence=""), name="prosecution_of_somebody_for_something"),
            models.CheckConstraint(condition=Q(outcome__in=["", *Outcome.values]), name="prosecution_outcome_known"),
            models.CheckConstraint(
                condition=Q(outcome="", finished_at__isnull=True, finished_by__isnull=True)
                | ~Q(outcome="") & Q(finished_at__isnull=False, finished_by__isnull=False),
                name="prosecution_finished_wholly",
            ),
        )
        indexes = (
            models.Index(fields=["unit", "-id"], name="prosecution_by_unit"),
            models.Index(fields=["force", "-id"], name="prosecution_by_force"),
            models.Index(fields=["nominal"], name="prosecution_by_nominal"),
        )

    def __str__(self) -> str:
        return self.reference

    @property
    def is_open(self) -> bool:
        """Whether it is not finished."""
        return not self.outcome

    @property
    def is_charged(self) -> bool:
        """Whether the law of disclosure has begun."""
        return self.charged_on is not None

    @property
    def is_one_person(self) -> bool:
        """Whether the officer in the case discloses as well."""
        return self.officer_id == self.disclosure_officer_id


class CasePart(models.Model):
    """A row that belongs to a prosecution and is read with it."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)

    read_permission: ClassVar[Perm] = Perm.VIEW_PROSECUTION
    objects = CasePartQuerySet.as_manager()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"


class UnusedItem(CasePart):
    """One item. Its number counts up in the case and is never used again; whoever sees no sensitive items does not read it.

    `is_sensitive` is what was said when it was added, and afterwards what the latest look says.
    """

    prosecution = models.ForeignKey(Prosecution, on_delete=models.CASCADE, related_name="items")
    number = models.PositiveIntegerField()
    description = models.CharField(max_length=500, help_text="Fit to be shown to the defence.")
    what = models.TextField(help_text="What it is, for the team alone.")
    kept_at = models.CharField(max_length=200)
    is_sensitive = models.BooleanField()
    added_by = models.ForeignKey(WHO, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField(db_default=Now(), editable=False)
    disclosed_on = models.DateField(null=True)
    disclosed_how = models.CharField(max_length=300, blank=True)
    disclosed_by = models.ForeignKey(WHO, on_delete=models.PROTECT, null=True, related_name="+")
    version = models.PositiveIntegerField(default=1)

    objects = ItemQuerySet.as_manager()

    class Meta:
        ordering = ("number",)
        verbose_name = "item of unused material"
        constraints = (
            models.UniqueConstraint(fields=["prosecution", "number"], name="unused_item_number_once"),
            models.CheckConstraint(condition=Q(number__gte=1) & ~Q(description="") & ~Q(what=""), name="unused_item_is_described"),
            models.CheckConstraint(
                condition=Q(disclosed_on__isnull=True, disclosed_by__isnull=True, disclosed_how="")
                | Q(disclosed_on__isnull=False, disclosed_by__isnull=False) & ~Q(disclosed_how=""),
                name="unused_item_disclosed_wholly",
            ),
        )

    @property
    def latest(self) -> Any:
        """The look that counts; None before the first. Needs `with_latest`."""
        looks: list[Any] = self.looks  # type: ignore[attr-defined]
        return looks[0] if looks else None


class ItemPart(models.Model):
    """A row that belongs to an item and is read with it."""

    item = models.ForeignKey(UnusedItem, on_delete=models.CASCADE, related_name="%(class)ss")

    read_permission: ClassVar[Perm] = Perm.VIEW_PROSECUTION
    objects = ItemPartQuerySet.as_manager()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"


class Assessment(ItemPart):
    """A look at an item: examined how, the two tests with reasons, sensitive or not, what becomes of it. Added; the latest counts."""

    item = models.ForeignKey(UnusedItem, on_delete=models.CASCADE, related_name="assessments")
    round = models.PositiveSmallIntegerField(help_text="Of the prosecution, when it was made.")
    examined = models.CharField(max_length=15, choices=Examined)
    examined_by = models.ForeignKey(WHO, on_delete=models.PROTECT, null=True, related_name="+")
    examined_on = models.DateField(null=True)
    not_examined_why = models.CharField(max_length=500, blank=True)
    relevant = models.CharField(max_length=10, choices=Answer)
    relevant_why = models.CharField(max_length=500, blank=True)
    undermines = models.CharField(max_length=10, choices=Answer)
    undermines_why = models.TextField(blank=True)
    assists = models.CharField(max_length=10, choices=Answer)
    assists_why = models.TextField(blank=True)
    is_sensitive = models.BooleanField()
    ground = models.SlugField(max_length=40, blank=True, help_text="Code of a ground of the law on unused material.")
    sensitive_why = models.TextField(blank=True)
    in_part = models.TextField(blank=True, help_text="How it could be shown in part.")
    decision = models.CharField(max_length=10, choices=Decision, blank=True)
    by = models.ForeignKey(WHO, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(db_default=Now(), editable=False)

    objects = AssessmentQuerySet.as_manager()

    class Meta:
        ordering = ("-pk",)
        verbose_name = "look at an item"
        constraints = (
            models.CheckConstraint(
                condition=Q(
                    examined__in=Examined.values,
                    relevant__in=Answer.values,
                    undermines__in=Answer.values,
                    assists__in=Answer.values,
                    decision__in=["", *Decision.values],
                ),
                name="assessment_known",
            ),
            models.CheckConstraint(
                condition=Q(examined="not_examined", examined_by__isnull=True, examined_on__isnull=True)
                | ~Q(examined="not_examined") & Q(examined_by__isnull=False, examined_on__isnull=False, not_examined_why=""),
                name="assessment_examined_wholly",
            ),
            models.CheckConstraint(condition=Q(is_sensitive=True) | Q(ground="", sensitive_why=""), name="assessment_ground_if_sensitive"),
            models.CheckConstraint(
                condition=~Q(undermines="yes") & ~Q(assists="yes") | ~Q(decision="not"), name="assessment_what_helps_is_not_left_out"
            ),
        )

    @property
    def meets_test(self) -> bool:
        """Whether it might undermine the prosecution or assist the accused."""
        return Answer.YES in {self.undermines, self.assists}


class MaterialLink(ItemPart):
    """Which thing that Vigil holds an item is: kind and key, nothing of it. The database refuses privileged papers."""

    item = models.ForeignKey(UnusedItem, on_delete=models.CASCADE, related_name="links")
    kind = models.CharField(max_length=10, choices=MaterialKind)
    key = models.UUIDField()
    linked_by = models.ForeignKey(WHO, on_delete=models.PROTECT, related_name="+")
    linked_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        ordering = ("pk",)
        verbose_name = "link of an item"
        constraints = (
            models.UniqueConstraint(fields=["item", "kind", "key"], name="material_link_once"),
            models.CheckConstraint(condition=Q(kind__in=MaterialKind.values), name="material_link_of_a_known_kind"),
        )


class LineOfEnquiry(CasePart):
    """A line of enquiry, whichever way it points."""

    prosecution = models.ForeignKey(Prosecution, on_delete=models.CASCADE, related_name="lines")
    number = models.PositiveIntegerField()
    direction = models.CharField(max_length=10, choices=Direction)
    what = models.TextField()
    why = models.TextField(help_text="Why it is reasonable.")
    owner = models.ForeignKey(WHO, on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField()
    state = models.CharField(max_length=15, choices=LineState, default=LineState.OPEN)
    result = models.TextField(blank=True, help_text="What came of it, or why it is not pursued.")
    items = models.ManyToManyField(UnusedItem, related_name="lines")
    added_by = models.ForeignKey(WHO, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField(db_default=Now(), editable=False)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ("number",)
        verbose_name = "line of enquiry"
        constraints = (
            models.UniqueConstraint(fields=["prosecution", "number"], name="line_of_enquiry_number_once"),
            models.CheckConstraint(condition=Q(direction__in=Direction.values, state__in=LineState.values), name="line_of_enquiry_known"),
            models.CheckConstraint(condition=~Q(what="") & ~Q(why=""), name="line_of_enquiry_reasonable"),
            models.CheckConstraint(condition=Q(state="open") | ~Q(result=""), name="line_of_enquiry_ends_with_words"),
        )


class UnusedReview(CasePart):
    """The material was reviewed again, or something came that reopened all of it."""

    prosecution = models.ForeignKey(Prosecution, on_delete=models.CASCADE, related_name="reviews")
    kind = models.CharField(max_length=20, choices=ReviewKind)
    words = models.TextField(help_text="What was looked at, or what came and what it changes.")
    round = models.PositiveSmallIntegerField(help_text="Of the prosecution, afterwards.")
    by = models.ForeignKey(WHO, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        ordering = ("-pk",)
        verbose_name = "review of unused material"
        constraints = (models.CheckConstraint(condition=Q(kind__in=ReviewKind.values) & ~Q(words=""), name="unused_review_says_something"),)


class Schedule(CasePart):
    """A schedule as it was issued: frozen rows with their digest. Never changes; what changed is another version.

    `content` holds the head, the rows, the certification and what changed since the version before, all in words.
    """

    prosecution = models.ForeignKey(Prosecution, on_delete=models.PROTECT, related_name="schedules")
    kind = models.CharField(max_length=5, choices=ScheduleKind)
    number = models.PositiveSmallIntegerField(help_text="The version.")
    content = models.JSONField(encoder=DjangoJSONEncoder)
    sha256 = models.CharField(max_length=64)
    issued_by = models.ForeignKey(WHO, on_delete=models.PROTECT, related_name="+")
    issued_at = models.DateTimeField(db_default=Now(), editable=False)

    objects = ScheduleQuerySet.as_manager()

    class Meta:
        ordering = ("kind", "-number")
        constraints = (
            models.UniqueConstraint(fields=["prosecution", "kind", "number"], name="schedule_version_once"),
            models.CheckConstraint(condition=Q(kind__in=ScheduleKind.values, number__gte=1), name="schedule_known"),
        )


class ScheduleCopy(models.Model):
    """A numbered copy of a schedule: for whom and when, and the digest of its file. Printed again it is the same file."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    schedule = models.ForeignKey(Schedule, on_delete=models.PROTECT, related_name="copies")
    number = models.PositiveSmallIntegerField()
    recipient = models.CharField(max_length=10, choices=Recipient)
    given_to = models.CharField(max_length=150)
    given_on = models.DateField()
    by = models.ForeignKey(WHO, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    sha256 = models.CharField(max_length=64)

    read_permission: ClassVar[Perm] = Perm.VIEW_PROSECUTION
    objects = CopyQuerySet.as_manager()

    class Meta:
        ordering = ("number",)
        verbose_name = "copy of a schedule"
        constraints = (
            models.UniqueConstraint(fields=["schedule", "number"], name="schedule_copy_number_once"),
            models.CheckConstraint(
                condition=~Q(given_to="") & Q(number__gte=1, recipient__in=Recipient.values), name="schedule_copy_for_somebody"
            ),
        )

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"


class ImmunityApplication(CasePart):
    """The prosecutor asks the court to let material be withheld in the public interest; what the court rules is entered once."""

    prosecution = models.ForeignKey(Prosecution, on_delete=models.PROTECT, related_name="immunity_applications")
    notice = models.CharField(max_length=5, choices=Notice)
    prosecutor = models.CharField(max_length=150)
    items = models.ManyToManyField(UnusedItem, related_name="applications")
    grounds = models.TextField()
    made_on = models.DateField()
    hearing_on = models.DateField(null=True)
    court = models.CharField(max_length=150)
    ruling = models.CharField(max_length=10, choices=Ruling, blank=True)
    ruled_on = models.DateField(null=True)
    ruling_words = models.TextField(blank=True)
    written_by = models.ForeignKey(WHO, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField(db_default=Now(), editable=False)
    version = models.PositiveIntegerField(default=1)

    objects = SealedPartQuerySet.as_manager()

    class Meta:
        ordering = ("pk",)
        verbose_name = "application for public interest immunity"
        constraints = (
            models.CheckConstraint(condition=Q(notice__in=Notice.values) & ~Q(grounds=""), name="immunity_has_grounds"),
            models.CheckConstraint(
                condition=Q(ruling="", ruled_on__isnull=True)
                | Q(ruling__in=Ruling.values, ruled_on__gte=F("made_on")) & ~Q(ruling_words=""),
                name="immunity_ruled_wholly",
            ),
        )


auditlog.register(Prosecution, mask_fields=["defendant", "outcome_words"], exclude_fields=["version"])
auditlog.register(UnusedItem, mask_fields=["description", "what", "kept_at", "disclosed_how"], exclude_fields=["version"])
auditlog.register(
    Assessment,
    mask_fields=["not_examined_why", "relevant_why", "undermines_why", "assists_why", "sensitive_why", "in_part"],
)
auditlog.register(MaterialLink)
auditlog.register(LineOfEnquiry, mask_fields=["what", "why", "result"], exclude_fields=["version"])
auditlog.register(UnusedReview, mask_fields=["words"])
auditlog.register(ImmunityApplication, mask_fields=["grounds", "ruling_words", "prosecutor"], exclude_fields=["version"])
auditlog.register(Schedule, exclude_fields=["content"])
auditlog.register(ScheduleCopy, mask_fields=["given_to"])
