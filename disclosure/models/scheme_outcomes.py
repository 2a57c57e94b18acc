"""What came of an application: the forum, representations, the decision, who was told what, the neutral answer."""

import uuid

from auditlog.registry import auditlog
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from disclosure.choices.applications import ContactWay, Ground, Undertaking, Verdict
from disclosure.models.applications import Application, ApplicationPart, Party
from sharing.models import Release, SharingDecision

WHO = settings.AUTH_USER_MODEL


class Forum(ApplicationPart):
    """What agencies said together before the decision, or why they could not be asked."""

    application = models.OneToOneField(Application, on_delete=models.CASCADE, related_name="forum")
    held_on = models.DateField(null=True, blank=True)
    agencies = ArrayField(models.CharField(max_length=100), default=list, blank=True)
    said = models.TextField(blank=True)
    why_none = models.TextField(blank=True)
    written_by = models.ForeignKey(WHO, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(held_on__isnull=False, why_none="", agencies__len__gt=0) & ~Q(said="")
                | Q(held_on__isnull=True, said="") & ~Q(why_none=""),
                name="forum_held_or_why_not",
            ),
        )


class Representations(ApplicationPart):
    """Whether the person asked about was asked what they have to say, and how it was weighed; or why not."""

    application = models.OneToOneField(Application, on_delete=models.CASCADE, related_name="representations")
    asked_on = models.DateField(null=True, blank=True)
    why_not = models.TextField(blank=True, help_text="Such as: asking would raise the risk.")
    said = models.TextField(blank=True)
    considered = models.TextField(blank=True, help_text="How it was weighed.")
    has_nothing_to_say = models.BooleanField(default=False, help_text="Asked, and had nothing to say.")
    written_by = models.ForeignKey(WHO, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name_plural = "representations"
        constraints = (
            models.CheckConstraint(
                condition=Q(asked_on__isnull=False, why_not="")
                | Q(asked_on__isnull=True, said="", considered="", has_nothing_to_say=False) & ~Q(why_not=""),
                name="representations_asked_or_why_not",
            ),
            models.CheckConstraint(condition=Q(said="") | ~Q(considered=""), name="representations_weighed"),
            models.CheckConstraint(condition=Q(said="") | Q(has_nothing_to_say=False), name="representations_said_or_nothing"),
        )

    @property
    def is_settled(self) -> bool:
        """They were not asked, for a reason; or they answered, and it was weighed. Asked and waiting settles nothing."""
        return bool(self.why_not or self.said or self.has_nothing_to_say)


class SchemeDecision(ApplicationPart):
    """What is proposed, and what somebody else decided of it. One stands at a time; the earlier ones are kept.

    `tests` are the facts of the presumption as the system found them. About a person on record `sharing` is the decision to tell somebody.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="decisions")
    verdict = models.CharField(max_length=10, choices=Verdict)
    ground = models.CharField(max_length=15, choices=Ground, blank=True)
    tests = models.JSONField(default=dict)
    reasons = models.TextField()
    whom = models.CharField(max_length=300, blank=True, help_text="Who should be told: what they are to whoever is at risk, never a name.")
    sharing = models.ForeignKey(SharingDecision, on_delete=models.PROTECT, null=True, related_name="+")
    proposed_by = models.ForeignKey(WHO, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField(db_default=Now(), editable=False)
    decided_by = models.ForeignKey(WHO, on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    agreed = models.BooleanField(null=True, help_text="False: returned.")
    words = models.TextField(blank=True, help_text="Why whoever decided agreed, or not.")
    lapsed_at = models.DateTimeField(null=True)
    why_lapsed = models.CharField(max_length=300, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ("-pk",)
        constraints = (
            models.UniqueConstraint(fields=["application"], condition=Q(lapsed_at__isnull=True), name="scheme_decision_one_stands"),
            models.CheckConstraint(condition=~Q(reasons="") & Q(verdict__in=Verdict.values), name="scheme_decision_with_reasons"),
            models.CheckConstraint(condition=~Q(decided_by=F("proposed_by")), name="scheme_decision_by_another"),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True, decided_at__isnull=True, agreed__isnull=True, words="")
                | Q(decided_by__isnull=False, decided_at__isnull=False, agreed__isnull=False) & ~Q(words=""),
                name="scheme_decision_decided_wholly",
            ),
            models.CheckConstraint(condition=~Q(agreed=False) | Q(lapsed_at__isnull=False), name="scheme_decision_returned_lapses"),
            models.CheckConstraint(condition=~Q(verdict="disclose") | ~Q(ground=""), name="scheme_decision_to_disclose_has_a_ground"),
        )


class SchemeDisclosure(ApplicationPart):
    """Somebody is told, face to face. Prepared first; told once. The database refuses the telling without a decision that stands."""

    application = models.OneToOneField(Application, on_delete=models.CASCADE, related_name="disclosure")
    decision = models.ForeignKey(SchemeDecision, on_delete=models.PROTECT, related_name="+")
    protector = models.ForeignKey(Party, on_delete=models.PROTECT, null=True, related_name="+", help_text="Who is told.")
    script = models.TextField(blank=True, help_text="What is said, word by word.")
    safety_plan = models.TextField(blank=True)
    undertaking = models.CharField(max_length=10, choices=Undertaking, blank=True)
    undertaking_words = models.CharField(max_length=300, blank=True)
    release = models.ForeignKey(Release, on_delete=models.PROTECT, null=True, related_name="+")
    told_at = models.DateTimeField(null=True)
    told_by = models.ForeignKey(WHO, on_delete=models.PROTECT, null=True, related_name="+")
    second_officer = models.CharField(max_length=150, blank=True)
    place = models.CharField(max_length=200, blank=True)
    how_taken = models.TextField(blank=True, help_text="How they took it, and what they mean to do.")
    copies = models.PositiveSmallIntegerField(default=0, help_text="How many papers were printed for it; each has a number of its own.")
    written_by = models.ForeignKey(WHO, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(told_at__isnull=True, told_by__isnull=True)
                | Q(told_at__isnull=False, told_by__isnull=False, protector__isnull=False)
                & ~Q(script="") & ~Q(safety_plan="") & ~Q(undertaking="") & ~Q(place=""),
                name="scheme_told_wholly",
            ),
        )  # fmt: skip


class NeutralAnswer(ApplicationPart):
    """The answer that looks the same whether there is nothing or it is held back: the words as they went, and how."""

    application = models.OneToOneField(Application, on_delete=models.CASCADE, related_name="neutral_answer")
    text = models.TextField()
    way = models.CharField(max_length=10, choices=ContactWay)
    sent_at = models.DateTimeField(db_default=Now(), editable=False)
    sent_by = models.ForeignKey(WHO, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = (models.CheckConstraint(condition=~Q(text=""), name="neutral_answer_says_something"),)


auditlog.register(Forum, mask_fields=["said", "why_none"], exclude_fields=["version"])
auditlog.register(Representations, mask_fields=["said", "considered", "why_not"], exclude_fields=["version"])
auditlog.register(SchemeDecision, mask_fields=["reasons", "words"], exclude_fields=["version"])
auditlog.register(SchemeDisclosure, mask_fields=["script", "safety_plan", "how_taken", "undertaking_words"], exclude_fields=["version"])
auditlog.register(NeutralAnswer, mask_fields=["text"])
