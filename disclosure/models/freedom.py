"""Requests for information of the force, about nobody on record: the national unit's advice, clarifying, replies, internal reviews.

A reply row is refused by the database while a request that concerns MAPPA or registered offenders waits for the national unit.
"""

import uuid
from typing import ClassVar

from auditlog.registry import auditlog
from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_noop

from accounts.models import Organisation
from accounts.permissions import Perm
from disclosure.choices.freedom import Came, Ending, FreedomKind, ReplyOutcome, ReviewOutcome
from disclosure.querysets.freedom import FreedomPartQuerySet, FreedomQuerySet, FreedomReviewQuerySet
from ui.languages import Language

WHO = settings.AUTH_USER_MODEL


class FreedomRequest(models.Model):
    """What somebody asked the force under the Freedom of Information Act, in their words."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    reference = models.CharField(max_length=16, unique=True, editable=False)
    force = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    asker = models.CharField(max_length=150)
    address = models.TextField(help_text="Where the reply goes.")
    language = models.CharField(
        max_length=5, choices=Language, default=Language.ENGLISH, db_default=Language.ENGLISH, help_text="In which letters are written.",
    )  # fmt: skip
    came_by = models.CharField(max_length=15, choices=Came)
    received_on = models.DateField()
    question = models.TextField()
    kind = models.CharField(max_length=10, choices=FreedomKind)
    concerns = models.BooleanField(help_text="It concerns MAPPA or registered offenders.")
    is_suggested = models.BooleanField(help_text="Its words suggest so.")
    why_not = models.TextField(blank=True, help_text="Why it does not, though its words suggest so.")
    sorted_by = models.ForeignKey(WHO, on_delete=models.PROTECT, related_name="+", help_text="Who said what it concerns.")
    no_agreed_by = models.ForeignKey(WHO, on_delete=models.PROTECT, null=True, related_name="+")
    no_agreed_at = models.DateTimeField(null=True)
    taken_by = models.ForeignKey(WHO, on_delete=models.PROTECT, related_name="+")
    taken_at = models.DateTimeField(db_default=Now(), editable=False)
    press_told_by = models.ForeignKey(WHO, on_delete=models.PROTECT, null=True, related_name="+")
    press_told_at = models.DateTimeField(null=True)
    press_notes = models.TextField(blank=True, help_text="What the press office notes.")
    press_noted_by = models.ForeignKey(WHO, on_delete=models.PROTECT, null=True, related_name="+")
    press_noted_at = models.DateTimeField(null=True)
    ending = models.CharField(max_length=10, choices=Ending, blank=True, default=Ending.OPEN)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(WHO, on_delete=models.PROTECT, null=True, related_name="+")
    end_words = models.CharField(max_length=500, blank=True)
    version = models.PositiveIntegerField(default=1)

    read_permission: ClassVar[Perm] = Perm.VIEW_FREEDOM_REQUEST
    objects = FreedomQuerySet.as_manager()

    class Meta:
        ordering = ("-pk",)
        verbose_name = "request for information of the force"
        constraints = (
            models.CheckConstraint(
                condition=Q(kind__in=FreedomKind.values, came_by__in=Came.values, ending__in=Ending.values), name="freedom_request_known"
            ),
            models.CheckConstraint(
                condition=Q(concerns=True, why_not="") | Q(concerns=False, is_suggested=False, why_not="")
                | Q(concerns=False, is_suggested=True) & ~Q(why_not=""),
                name="freedom_no_against_its_words_has_a_reason",
            ),
            models.CheckConstraint(condition=~Q(no_agreed_by=F("sorted_by")), name="freedom_no_agreed_by_another"),
            models.CheckConstraint(
                condition=Q(no_agreed_by__isnull=True, no_agreed_at__isnull=True)
                | Q(no_agreed_by__isnull=False, no_agreed_at__isnull=False, concerns=False),
                name="freedom_no_agreed_wholly",
            ),
            models.CheckConstraint(
                condition=Q(press_notes="", press_noted_by__isnull=True, press_noted_at__isnull=True)
                | Q(press_told_at__isnull=False, press_noted_by__isnull=False, press_noted_at__isnull=False) & ~Q(press_notes=""),
                name="freedom_press_noted_wholly",
            ),
            models.CheckConstraint(
                condition=Q(ending="", ended_at__isnull=True, ended_by__isnull=True)
                | ~Q(ending="") & Q(ended_at__isnull=False, ended_by__isnull=False),
                name="freedom_request_ended_wholly",
            ),
        )
        indexes = (models.Index(fields=["force", "-id"], name="freedom_request_by_force"),)

    def __str__(self) -> str:
        return self.reference

    @property
    def is_open(self) -> bool:
        """Whether there is still something to do about it."""
        return self.ending == Ending.OPEN


class FreedomPart(models.Model):
    """A row that belongs to a request and is read with it."""

    read_permission: ClassVar[Perm] = Perm.VIEW_FREEDOM_REQUEST
    objects = FreedomPartQuerySet.as_manager()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"


class NationalAdvice(FreedomPart):
    """That a request was referred to the national unit, what the unit advised, and whether the force follows it."""

    request = models.OneToOneField(FreedomRequest, on_delete=models.CASCADE, related_name="advice")
    referred_on = models.DateField()
    referred_by = models.ForeignKey(WHO, on_delete=models.PROTECT, related_name="+")
    their_reference = models.CharField(max_length=60, blank=True)
    given_on = models.DateField(null=True)
    text = models.TextField(blank=True, help_text="What the unit says.")
    is_followed = models.BooleanField(null=True)
    why_not = models.TextField(blank=True)
    recorded_by = models.ForeignKey(WHO, on_delete=models.PROTECT, null=True, related_name="+")
    agreed_by = models.ForeignKey(WHO, on_delete=models.PROTECT, null=True, related_name="+", help_text="Who agreed not to follow it.")
    agreed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "advice of the national unit"
        constraints = (
            models.CheckConstraint(
                condition=Q(given_on__isnull=True, text="", is_followed__isnull=True, recorded_by__isnull=True)
                | Q(given_on__gte=F("referred_on"), is_followed__isnull=False, recorded_by__isnull=False)
                & ~Q(text="") & ~Q(their_reference=""),
                name="national_advice_given_wholly",
            ),
            models.CheckConstraint(
                condition=Q(is_followed=False) & ~Q(why_not="") | (Q(is_followed__isnull=True) | Q(is_followed=True)) & Q(why_not=""),
                name="national_advice_not_followed_with_a_reason",
            ),
            models.CheckConstraint(condition=~Q(agreed_by=F("recorded_by")), name="national_advice_departed_from_by_two"),
            models.CheckConstraint(
                condition=Q(agreed_by__isnull=True, agreed_at__isnull=True)
                | Q(agreed_by__isnull=False, agreed_at__isnull=False, is_followed=False),
                name="national_advice_agreed_wholly",
            ),
        )


class Clarification(FreedomPart):
    """What the asker was asked back, and what they said; in between the clock stands still."""

    request = models.ForeignKey(FreedomRequest, on_delete=models.CASCADE, related_name="clarifications")
    asked = models.TextField()
    asked_on = models.DateField()
    asked_by = models.ForeignKey(WHO, on_delete=models.PROTECT, related_name="+")
    said = models.TextField(blank=True)
    said_on = models.DateField(null=True)

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(fields=["request"], condition=Q(said_on__isnull=True), name="clarification_one_at_a_time"),
            models.CheckConstraint(
                condition=Q(said_on__isnull=True, said="") | Q(said_on__gte=F("asked_on")) & ~Q(said=""), name="clarification_said_wholly"
            ),
        )


class FreedomReply(FreedomPart):
    """A reply: drafted, approved by somebody else as it stands, sent as a letter that stays. Another follows an internal review only.

    `grounds` is a list of objects with code, name, section, told_as, why, needs_test and test; `figures` a table without what is
    hidden in it (see disclosure/reports/figures.py). An approval holds the digest of what it approved.
    """

    request = models.ForeignKey(FreedomRequest, on_delete=models.CASCADE, related_name="replies")
    number = models.PositiveSmallIntegerField()
    outcome = models.CharField(max_length=10, choices=ReplyOutcome)
    text = models.TextField(blank=True)
    grounds = models.JSONField(default=list, blank=True, encoder=DjangoJSONEncoder)
    figures = models.JSONField(null=True, encoder=DjangoJSONEncoder)
    reasons = models.TextField(help_text="Why this reply; not in the letter.")
    edited_by = models.ForeignKey(WHO, on_delete=models.PROTECT, related_name="+")
    edited_at = models.DateTimeField()
    approved_hash = models.CharField(max_length=64, blank=True)
    approved_by = models.ForeignKey(WHO, on_delete=models.PROTECT, null=True, related_name="+")
    approved_at = models.DateTimeField(null=True)
    sent_by = models.ForeignKey(WHO, on_delete=models.PROTECT, null=True, related_name="+")
    sent_at = models.DateTimeField(null=True)
    letter = models.BinaryField(null=True, help_text="The file as it went.")
    sha256 = models.CharField(max_length=64, blank=True, help_text="Of that file.")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ("-number",)
        constraints = (
            models.UniqueConstraint(fields=["request", "number"], name="freedom_reply_numbered_once"),
            models.UniqueConstraint(fields=["request"], condition=Q(sent_at__isnull=True), name="freedom_reply_one_at_a_time"),
            models.CheckConstraint(condition=Q(outcome__in=ReplyOutcome.values) & ~Q(reasons=""), name="freedom_reply_with_reasons"),
            models.CheckConstraint(
                condition=~Q(outcome__in=["neither", "not_held"]) | Q(text="", grounds=[], figures__isnull=True),
                name="freedom_reply_neutral_is_bare",
            ),
            models.CheckConstraint(condition=~Q(outcome__in=["part", "refuse"]) | ~Q(grounds=[]), name="freedom_reply_refuses_on_grounds"),
            models.CheckConstraint(condition=~Q(approved_by=F("edited_by")), name="freedom_reply_approved_by_another"),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True, approved_at__isnull=True, approved_hash="")
                | Q(approved_by__isnull=False, approved_at__isnull=False) & ~Q(approved_hash=""),
                name="freedom_reply_approved_wholly",
            ),
            models.CheckConstraint(
                condition=Q(sent_by__isnull=True, sent_at__isnull=True, letter__isnull=True, sha256="")
                | Q(sent_by__isnull=False, sent_at__isnull=False, letter__isnull=False, approved_at__isnull=False) & ~Q(sha256=""),
                name="freedom_reply_sent_wholly",
            ),
        )

    @property
    def state(self) -> str:
        """Where it stands: draft, approved or sent."""
        return gettext_noop("sent") if self.sent_at else gettext_noop("approved") if self.approved_at else gettext_noop("draft")


class FreedomReview(FreedomPart):
    """An internal review of a reply, because the asker complained: by somebody who neither wrote, approved nor sent it."""

    reply = models.OneToOneField(FreedomReply, on_delete=models.CASCADE, related_name="review")
    asked_on = models.DateField()
    complaint = models.TextField(help_text="What the asker finds wrong.")
    added_by = models.ForeignKey(WHO, on_delete=models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=10, choices=ReviewOutcome, blank=True)
    words = models.TextField(blank=True, help_text="What the review found, and why.")
    decided_by = models.ForeignKey(WHO, on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    objects = FreedomReviewQuerySet.as_manager()

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(outcome="", words="", decided_by__isnull=True, decided_at__isnull=True)
                | Q(outcome__in=ReviewOutcome.values, decided_by__isnull=False, decided_at__isnull=False) & ~Q(words=""),
                name="freedom_review_decided_wholly",
            ),
        )


auditlog.register(
    FreedomRequest, mask_fields=["asker", "address", "question", "why_not", "press_notes", "end_words"], exclude_fields=["version"]
)
auditlog.register(NationalAdvice, mask_fields=["text", "why_not"])
auditlog.register(Clarification, mask_fields=["asked", "said"])
auditlog.register(FreedomReply, mask_fields=["text", "grounds", "figures", "reasons"], exclude_fields=["version", "letter"])
auditlog.register(FreedomReview, mask_fields=["complaint", "words"], exclude_fields=["version"])
