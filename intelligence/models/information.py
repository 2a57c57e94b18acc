"""Intelligence reports: what was learned and by whom it was written, whom it is about, what was released of it, and what became of it.

Who gave the information, and reviews of the relationship with them, stand in tables of their own behind row security (tier 4).
"""

import uuid
from typing import ClassVar

from auditlog.registry import auditlog
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation, Unit
from accounts.permissions import Perm
from intelligence.choices.information import Answer, Assessment, Frequency, Handling, NoteKind, ReviewOutcome, ReviewReason, SourceGrade
from intelligence.models.tasking import Tasking
from intelligence.querysets.information import (
    DisseminationQuerySet,
    GiverQuerySet,
    ReleaseQuerySet,
    ReportQuerySet,
    RouteQuerySet,
    SourceReviewQuerySet,
)
from intelligence.rules.information import QUESTIONS, State
from offenders.models import InformationSource, Nominal
from offenders.models.nominal import NominalPart

WHO = settings.AUTH_USER_MODEL
STATES = (
    (State.DRAFT.value, _("Draft")),
    (State.SUBMITTED.value, _("Waits for the bureau")),
    (State.RETURNED.value, _("More was asked")),
    (State.EVALUATED.value, _("Evaluated")),
    (State.RELEASED.value, _("Released")),
    (State.REJECTED.value, _("No further action")),
    (State.WITHDRAWN.value, _("Withdrawn")),
)
GRADED = Q(grade_source__isnull=False, evaluated_by__isnull=False) & ~Q(assessment="") & ~Q(handling="") & ~Q(sanitised="")
CONDITIONED = ~Q(handling=Handling.CONDITIONS) | ~Q(conditions="")


class Graded(models.Model):
    """A text with its grade: source, assessment, handling and conditions."""

    grade_source = models.PositiveSmallIntegerField(choices=SourceGrade, null=True)
    assessment = models.CharField(max_length=1, choices=Assessment, blank=True)
    handling = models.CharField(max_length=1, choices=Handling, blank=True)
    conditions = models.CharField(max_length=500, blank=True)
    older_grade = models.CharField(max_length=10, blank=True, help_text="A grade of the older 5×5×5 scheme, as it was given.")
    evaluated_by = models.ForeignKey(WHO, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        abstract = True

    @property
    def grade(self) -> str:
        """The grade in short, such as 2C P."""
        return f"{self.grade_source}{self.assessment} {self.handling}" if self.grade_source else ""


class InformationReport(Graded):
    """What somebody learned, in their own words, and where it stands. Read whole by its author while new, and by the bureau."""

    reference = models.CharField(max_length=16, unique=True, editable=False)
    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    force = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, related_name="+")
    author = models.ForeignKey(WHO, on_delete=models.PROTECT, related_name="+")
    tasking = models.ForeignKey(Tasking, on_delete=models.PROTECT, null=True, related_name="results", help_text="Which it is a result of.")
    state = models.CharField(max_length=10, choices=STATES, default=State.DRAFT.value)
    seen_on = models.DateField(null=True)
    seen_time = models.TimeField(null=True)
    seen_where = models.CharField(max_length=200, blank=True)
    source = models.ForeignKey(InformationSource, on_delete=models.PROTECT, null=True, related_name="+")
    prison = models.CharField(max_length=100, blank=True)
    prison_officer = models.CharField(max_length=100, blank=True, help_text="The prison's officer who passed it on.")
    prison_handling = models.CharField(max_length=200, blank=True, help_text="How the prison wants it handled.")
    original = models.TextField(blank=True)
    sanitised = models.TextField(blank=True)
    accepted = ArrayField(models.CharField(max_length=20), default=list, blank=True, help_text="Suggestions that the author accepted.")
    created_at = models.DateTimeField(db_default=Now(), editable=False)
    submitted_at = models.DateTimeField(null=True, help_text="First sent; from then on the words stay and the author sees no giver.")
    routed_at = models.DateTimeField(null=True, help_text="When the system brought it to whom it concerns.")
    evaluated_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    read_permission: ClassVar[Perm] = Perm.VIEW_REPORT
    objects = ReportQuerySet.as_manager()

    class Meta:
        ordering = ("-pk",)
        constraints = (
            models.CheckConstraint(condition=Q(state__in=[state.value for state in State]), name="report_state_known"),
            models.CheckConstraint(
                condition=Q(state="draft", submitted_at__isnull=True)
                | (~Q(state="draft") & Q(submitted_at__isnull=False, source__isnull=False, seen_on__isnull=False) & ~Q(original="")),
                name="report_sent_wholly",
            ),
            models.CheckConstraint(condition=~Q(state__in=["evaluated", "released", "withdrawn"]) | GRADED, name="report_evaluated_wholly"),
            models.CheckConstraint(condition=CONDITIONED, name="report_conditions_said"),
            models.CheckConstraint(
                condition=Q(evaluated_by__isnull=True) | ~Q(evaluated_by=F("author")), name="report_not_evaluated_by_its_author"
            ),
        )
        indexes = (
            models.Index(fields=["force", "submitted_at"], condition=Q(state__in=["submitted", "evaluated"]), name="report_waiting"),
            models.Index(fields=["author", "-id"], name="report_by_author"),
            models.Index(fields=["submitted_at"], condition=Q(routed_at__isnull=True, submitted_at__isnull=False), name="report_to_route"),
        )

    def __str__(self) -> str:
        return self.reference


class ReportSubject(models.Model):
    """Whom a report is about: a record that its author may know of, or words."""

    report = models.ForeignKey(InformationReport, on_delete=models.CASCADE, related_name="subjects")
    nominal = models.ForeignKey(Nominal, on_delete=models.CASCADE, null=True, related_name="+")
    called = models.CharField(max_length=100, blank=True)
    words = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(fields=["report", "nominal"], name="report_names_a_record_once"),
            models.CheckConstraint(
                condition=Q(nominal__isnull=False, called="", words="") | (Q(nominal__isnull=True) & (~Q(called="") | ~Q(words=""))),
                name="report_subject_is_a_record_or_words",
            ),
        )

    def __str__(self) -> str:
        return f"Subject {self.pk}"


class SignificanceAnswer(models.Model):
    """The answer to one of the six questions."""

    report = models.ForeignKey(InformationReport, on_delete=models.CASCADE, related_name="answers")
    question = models.CharField(max_length=20)
    answer = models.CharField(max_length=10, choices=Answer)
    text = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(fields=["report", "question"], name="report_question_answered_once"),
            models.CheckConstraint(condition=Q(question__in=list(QUESTIONS)), name="report_question_known"),
        )

    def __str__(self) -> str:
        return f"Answer {self.pk}"

    @property
    def asked(self) -> str:
        """What was asked, in a few words."""
        return QUESTIONS[self.question][1]


class ReportNote(models.Model):
    """What was asked, added or decided after a report was sent. Added, never changed."""

    report = models.ForeignKey(InformationReport, on_delete=models.CASCADE, related_name="notes")
    kind = models.CharField(max_length=10, choices=NoteKind)
    text = models.TextField()
    by = models.ForeignKey(WHO, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        ordering = ("pk",)
        constraints = (models.CheckConstraint(condition=~Q(text=""), name="report_note_says_something"),)

    def __str__(self) -> str:
        return f"Note {self.pk}"


class InformationGiver(models.Model):
    """Who gave the information, how and in which circumstances; behind row security, apart from the report and all that is released."""

    report = models.OneToOneField(InformationReport, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=150, blank=True)
    contact = models.CharField(max_length=150, blank=True, help_text="Telephone number or address.")
    relationship = models.CharField(max_length=200, blank=True, help_text="To the people it is about.")
    nature = models.TextField(blank=True)
    how_obtained = models.TextField(blank=True)
    circumstances = models.TextField(blank=True)
    frequency = models.CharField(max_length=10, choices=Frequency, blank=True)
    will_ask_more = models.BooleanField(null=True, help_text="The officer means to ask this person to find out more.")
    uses_relationship = models.BooleanField(null=True, help_text="The person uses a relationship to learn it.")
    more_reason = models.TextField(blank=True)
    pseudonyms = ArrayField(models.CharField(max_length=64), default=list, help_text="Keyed digests, to count contacts.")

    read_permission: ClassVar[Perm] = Perm.VIEW_REPORT
    objects = GiverQuerySet.as_manager()

    class Meta:
        indexes = (GinIndex(fields=["pseudonyms"], name="giver_by_pseudonym"),)

    def __str__(self) -> str:
        return f"Giver {self.pk}"


class SourceReview(models.Model):
    """The bureau's look at the relationship between the police and somebody who gives information; behind row security."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    report = models.OneToOneField(InformationReport, on_delete=models.CASCADE, related_name="+", help_text="The report that led to it.")
    force = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    author = models.ForeignKey(WHO, on_delete=models.PROTECT, related_name="+", help_text="Who wrote that report: never the reviewer.")
    pseudonyms = ArrayField(models.CharField(max_length=64), default=list)
    reasons = ArrayField(models.CharField(max_length=20, choices=ReviewReason))
    contacts = models.PositiveSmallIntegerField()
    opened_at = models.DateTimeField(db_default=Now(), editable=False)
    outcome = models.CharField(max_length=20, choices=ReviewOutcome, blank=True)
    outcome_reason = models.TextField(blank=True)
    reviewed_by = models.ForeignKey(WHO, on_delete=models.PROTECT, null=True, related_name="+")
    reviewed_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    read_permission: ClassVar[Perm] = Perm.REVIEW_SOURCE
    objects = SourceReviewQuerySet.as_manager()

    class Meta:
        ordering = ("-pk",)
        constraints = (
            models.CheckConstraint(
                condition=Q(outcome="", reviewed_at__isnull=True, reviewed_by__isnull=True)
                | (Q(reviewed_at__isnull=False, reviewed_by__isnull=False) & ~Q(outcome="") & ~Q(outcome_reason="")),
                name="source_review_decided_wholly",
            ),
            models.CheckConstraint(
                condition=Q(reviewed_by__isnull=True) | ~Q(reviewed_by=F("author")), name="source_review_not_by_the_author"
            ),
        )

    def __str__(self) -> str:
        return f"Review {self.pk}"

    @property
    def reason_words(self) -> list[str]:
        """Why it was opened."""
        return [str(ReviewReason(reason).label) for reason in self.reasons]


class InformationRelease(Graded):
    """The sanitised text as it was released, with its grade. The database refuses changes: a correction is the next row, with why."""

    report = models.ForeignKey(InformationReport, on_delete=models.CASCADE, related_name="releases")
    number = models.PositiveSmallIntegerField()
    sanitised = models.TextField()
    reason = models.CharField(max_length=500, blank=True, help_text="Why it was corrected; the first has none.")
    released_by = models.ForeignKey(WHO, on_delete=models.PROTECT, related_name="+")
    released_at = models.DateTimeField(db_default=Now(), editable=False)

    read_permission: ClassVar[Perm] = Perm.VIEW_CASE_FILE
    objects = ReleaseQuerySet.as_manager()

    class Meta:
        ordering = ("-pk",)
        constraints = (
            models.UniqueConstraint(fields=["report", "number"], name="release_number_once"),
            models.CheckConstraint(condition=GRADED, name="release_graded_wholly"),
            models.CheckConstraint(condition=CONDITIONED, name="release_conditions_said"),
            models.CheckConstraint(
                condition=~Q(handling=Handling.CONDITIONS) | ~Q(released_by=F("evaluated_by")), name="release_with_conditions_by_two"
            ),
            models.CheckConstraint(condition=Q(number=1) | ~Q(reason=""), name="release_correction_says_why"),
        )

    def __str__(self) -> str:
        return f"Release {self.pk}"


class ReportRoute(NominalPart):
    """A report brought to whoever manages a person, and what they did. Named by its author, or found by its words by the system alone."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    report = models.ForeignKey(InformationReport, on_delete=models.CASCADE, related_name="routes")
    nominal = models.ForeignKey(Nominal, on_delete=models.CASCADE, related_name="report_routes")
    is_named = models.BooleanField(help_text="False: words of the report match the person; nobody but readers of the record learns that.")
    is_about = models.BooleanField(null=True, help_text="Whether it is about this person, as the manager says.")
    did = models.TextField(blank=True)
    taken_by = models.ForeignKey(WHO, on_delete=models.PROTECT, null=True, related_name="+")
    taken_at = models.DateTimeField(null=True)

    read_permission: ClassVar[Perm] = Perm.VIEW_CASE_FILE
    objects = RouteQuerySet.as_manager()

    class Meta:
        ordering = ("-pk",)
        constraints = (
            models.UniqueConstraint(fields=["report", "nominal"], name="report_reaches_a_record_once"),
            models.CheckConstraint(
                condition=Q(taken_by__isnull=True, taken_at__isnull=True, did="")
                | (Q(taken_by__isnull=False, taken_at__isnull=False, is_about__isnull=False) & ~Q(did="")),
                name="report_route_taken_wholly",
            ),
        )


class Dissemination(models.Model):
    """A released report sent to a person or a unit: under which conditions, when it was read, and what they did."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    report = models.ForeignKey(InformationReport, on_delete=models.CASCADE, related_name="disseminations")
    user = models.ForeignKey(WHO, on_delete=models.PROTECT, null=True, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, related_name="+")
    conditions = models.CharField(max_length=500, blank=True)
    expected = models.CharField(max_length=300, blank=True, help_text="What they are asked to do.")
    sent_by = models.ForeignKey(WHO, on_delete=models.PROTECT, related_name="+")
    sent_at = models.DateTimeField(db_default=Now(), editable=False)
    read_by = models.ForeignKey(WHO, on_delete=models.PROTECT, null=True, related_name="+")
    read_at = models.DateTimeField(null=True)
    did = models.TextField(blank=True)
    did_by = models.ForeignKey(WHO, on_delete=models.PROTECT, null=True, related_name="+")
    did_at = models.DateTimeField(null=True)

    read_permission: ClassVar[Perm] = Perm.READ_INTELLIGENCE
    objects = DisseminationQuerySet.as_manager()

    class Meta:
        ordering = ("-pk",)
        constraints = (
            models.CheckConstraint(
                condition=Q(user__isnull=False, unit__isnull=True) | Q(user__isnull=True, unit__isnull=False),
                name="dissemination_to_a_person_or_unit",
            ),
            models.UniqueConstraint(fields=["report", "user"], name="dissemination_once_to_a_person"),
            models.UniqueConstraint(fields=["report", "unit"], name="dissemination_once_to_a_unit"),
        )

    def __str__(self) -> str:
        return f"Dissemination {self.pk}"

    @property
    def recipient(self) -> str:
        """Who received it."""
        return self.user.display_name if self.user else str(self.unit)


auditlog.register(ReportRoute, mask_fields=["did"])
auditlog.register(Dissemination, mask_fields=["did"])
