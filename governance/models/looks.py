"""Looks at records that need an explanation, questions why, and papers that say who could have seen a record.

None of these rows holds anything of a record but its key: auditors know references, and nothing else.
"""

import uuid
from typing import ClassVar

from auditlog.registry import auditlog
from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, RangeOperators
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.timezone import now

from accounts.models import Organisation
from accounts.permissions import Perm
from governance.choices.looks import SPANS, Decision, LookState, QuestionState, Sign
from governance.querysets.looks import JudgementQuerySet, LookQuerySet, PaperQuerySet, QuestionQuerySet, QuestionStepQuerySet
from intelligence.models.practice import STARTS, Dated

WHO = settings.AUTH_USER_MODEL


class LookRule(Dated):
    """What makes a look unusual, with its numbers: `least` how many, `span` within how many days or minutes, `margin` how far off."""

    code = models.CharField(max_length=10, choices=Sign)
    explains = models.CharField(max_length=300, help_text="What is looked for, in plain words.")
    least = models.PositiveSmallIntegerField(help_text="From how many on.")
    span = models.PositiveSmallIntegerField(help_text="Within how many days or minutes.")
    margin = models.PositiveSmallIntegerField(default=0, help_text="Hours: how many hours off what is usual.")

    class Meta:
        ordering = ("code", "-period")
        verbose_name = "rule of unusual looks"
        constraints = (
            ExclusionConstraint(
                name="look_rules_do_not_overlap", expressions=[("code", RangeOperators.EQUAL), ("period", RangeOperators.OVERLAPS)]
            ),
            models.CheckConstraint(condition=STARTS, name="look_rule_starts"),
            models.CheckConstraint(condition=Q(code__in=Sign.values, least__gte=1, span__gte=1), name="look_rule_counts"),
        )

    @property
    def span_words(self) -> str:
        """The span with what it counts in."""
        return f"{self.span} {SPANS[self.code]}"


class LookSweep(models.Model):
    """Up to which moment the trail was looked through; one row."""

    until = models.DateTimeField()

    def __str__(self) -> str:
        return f"Looked through until {self.until}"


class UnusualLook(models.Model):
    """Looks of one person that a rule found. `why` says in numbers what was found, and names nobody."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    key = models.CharField(max_length=120, unique=True, help_text="The same thing found twice is one.")
    force = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(WHO, on_delete=models.PROTECT, related_name="+", help_text="Who looked.")
    rule = models.ForeignKey(LookRule, on_delete=models.PROTECT, related_name="found")
    nominal = models.BigIntegerField(null=True, help_text="The key of the record, where it is about one.")
    why = models.CharField(max_length=300)
    events = ArrayField(models.BigIntegerField(), help_text="Keys of the events of the trail.")
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()
    found_at = models.DateTimeField(db_default=Now(), editable=False)
    state = models.CharField(max_length=10, choices=LookState, default=LookState.OPEN)
    version = models.PositiveIntegerField(default=1)

    read_permission: ClassVar[Perm] = Perm.REVIEW_ACCESS
    objects = LookQuerySet.as_manager()

    class Meta:
        ordering = ("-pk",)
        constraints = (
            models.CheckConstraint(condition=Q(state__in=LookState.values) & ~Q(why=""), name="unusual_look_known"),
            models.CheckConstraint(condition=Q(events__len__gte=1), name="unusual_look_has_events"),
        )
        indexes = (
            models.Index(fields=["force", "-id"], name="unusual_look_by_force"),
            models.Index(fields=["force", "-id"], condition=Q(state="open"), name="unusual_look_open"),
        )

    def __str__(self) -> str:
        return f"Unusual look {self.pk}"


class LookQuestion(models.Model):
    """An auditor asks somebody why they looked. The events are the asked person's own."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    force = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    look = models.ForeignKey(UnusualLook, on_delete=models.PROTECT, null=True, related_name="questions")
    asked = models.ForeignKey(WHO, on_delete=models.PROTECT, related_name="+", help_text="Who is asked.")
    asked_by = models.ForeignKey(WHO, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(db_default=Now(), editable=False)
    due_at = models.DateTimeField(null=True, help_text="The first moment at which an answer is late; empty: never.")
    nominals = ArrayField(models.BigIntegerField(), default=list, help_text="Keys of the records that the events are about.")
    events = ArrayField(models.BigIntegerField(), help_text="Keys of the events of the trail.")
    state = models.CharField(max_length=10, choices=QuestionState, default=QuestionState.ASKED)
    decided_by = models.ForeignKey(WHO, on_delete=models.PROTECT, null=True, related_name="+")
    version = models.PositiveIntegerField(default=1)

    read_permission: ClassVar[Perm] = Perm.EXPLAIN_ACCESS
    objects = QuestionQuerySet.as_manager()

    class Meta:
        ordering = ("-pk",)
        verbose_name = "question why somebody looked"
        constraints = (
            models.UniqueConstraint(fields=["look"], condition=Q(state__in=["asked", "answered"]), name="look_question_one_at_a_time"),
            models.CheckConstraint(condition=~Q(asked=F("asked_by")), name="look_question_not_to_oneself"),
            models.CheckConstraint(condition=~Q(asked=F("decided_by")), name="look_question_not_decided_by_whom_it_asks"),
            models.CheckConstraint(condition=Q(events__len__gte=1), name="look_question_has_events"),
            models.CheckConstraint(
                condition=Q(state__in=["asked", "answered"], decided_by__isnull=True)
                | Q(state__in=["accepted", "referred"], decided_by__isnull=False),
                name="look_question_decided_by_somebody",
            ),
        )
        indexes = (
            models.Index(fields=["asked", "-id"], name="look_question_by_asked"),
            models.Index(fields=["force", "-id"], name="look_question_by_force"),
        )

    def __str__(self) -> str:
        return f"Question {self.pk}"

    @property
    def is_late(self) -> bool:
        """Whether it waits for an answer whose time is over."""
        return self.state == QuestionState.ASKED and self.due_at is not None and now() >= self.due_at


class LookPart(models.Model):
    """What was said about a look or a question. Added once: the database refuses changes."""

    words = models.TextField()
    at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        abstract = True
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"


class QuestionStep(LookPart):
    """A question as asked, an answer, a decision on it."""

    question = models.ForeignKey(LookQuestion, on_delete=models.PROTECT, related_name="steps")
    state = models.CharField(max_length=10, choices=QuestionState, help_text="What it led to.")
    by = models.ForeignKey(WHO, on_delete=models.PROTECT, related_name="+")

    read_permission: ClassVar[Perm] = Perm.EXPLAIN_ACCESS
    objects = QuestionStepQuerySet.as_manager()

    class Meta(LookPart.Meta):
        constraints = (
            models.CheckConstraint(condition=Q(state__in=QuestionState.values) & ~Q(words=""), name="question_step_says_something"),
        )


class LookJudgement(LookPart):
    """What an auditor made of an unusual look, with reasons. Nobody judges their own."""

    look = models.ForeignKey(UnusualLook, on_delete=models.PROTECT, related_name="judgements")
    person = models.ForeignKey(WHO, on_delete=models.PROTECT, related_name="+", help_text="Who looked.")
    decision = models.CharField(max_length=10, choices=Decision)
    by = models.ForeignKey(WHO, on_delete=models.PROTECT, related_name="+")

    read_permission: ClassVar[Perm] = Perm.REVIEW_ACCESS
    objects = JudgementQuerySet.as_manager()

    class Meta(LookPart.Meta):
        constraints = (
            models.CheckConstraint(condition=~Q(by=F("person")), name="look_judgement_not_of_oneself"),
            models.CheckConstraint(condition=Q(decision__in=Decision.values) & ~Q(words=""), name="look_judgement_has_reasons"),
        )


class SightPaper(models.Model):
    """A paper that says who could have seen a record on a day. Its code and digests tell whether a copy is what was issued."""

    code = models.CharField(max_length=20, unique=True, editable=False)
    force = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    nominal = models.BigIntegerField()
    day = models.DateField()
    made_by = models.ForeignKey(WHO, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    people = models.PositiveIntegerField(help_text="How many people it names.")
    content_sha256 = models.CharField(max_length=64, help_text="Of what it says; it stands on the paper.")
    seal = models.CharField(max_length=64, help_text="Keyed digest of code, record, day, time and content; it stands on the paper.")
    file_sha256 = models.CharField(max_length=64, help_text="Of the file as it was handed out.")

    read_permission: ClassVar[Perm] = Perm.REVIEW_ACCESS
    objects = PaperQuerySet.as_manager()

    class Meta:
        ordering = ("-pk",)
        verbose_name = "paper of who could have seen a record"
        indexes = (models.Index(fields=["force", "-id"], name="sight_paper_by_force"),)

    def __str__(self) -> str:
        return self.code


auditlog.register(LookRule)
