"""Decisions to share or not to share: what was asked and answered, who advised, what would go, who decided."""

import uuid
from typing import ClassVar

from auditlog.registry import auditlog
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from accounts.models import Delegation, Organisation
from accounts.permissions import Perm
from offenders.models import ConfidentialSection, Minutes, Nominal
from offenders.models.nominal import NominalPart
from sharing.choices.agreements import DataClass, Purpose
from sharing.choices.decisions import AdviceKind, Authority, Channel, Choice, Known, RecipientKind, Template, Verdict
from sharing.models.agreements import Agreement
from sharing.models.practice import AuthorityRule
from sharing.querysets.decisions import DecisionPartQuerySet, DecisionQuerySet
from sharing.rules.decisions import State
from sharing.rules.passages import kept_of

WHO = settings.AUTH_USER_MODEL
STATES = (
    (State.DRAFT.value, _("Draft")),
    (State.SUBMITTED.value, _("Waits for whoever decides")),
    (State.APPROVED.value, _("Approved")),
    (State.REFUSED.value, _("Refused")),
    (State.ENDED.value, _("Ended")),
)
OPEN = Q(state__in=["draft", "ended"])


class SharingDecision(NominalPart):
    """Whether to share information about a person, what and with whom. A draft may be incomplete.

    Sealed by a hash of its content when it is sent to whoever decides; editing it breaks the seal and lapses every approval.
    Who receives it, where that is a victim or somebody at risk, stands in a confidential section, never here.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    reference = models.CharField(max_length=16, unique=True, editable=False)
    nominal = models.ForeignKey(Nominal, on_delete=models.CASCADE, related_name="sharing_decisions")
    template = models.CharField(max_length=20, choices=Template, default=Template.GENERAL)
    recipient_kind = models.CharField(max_length=10, choices=RecipientKind, blank=True)
    agency = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    recipient = models.CharField(max_length=200, blank=True, help_text="The post or body; never the name of somebody at risk.")
    recipient_section = models.ForeignKey(
        ConfidentialSection, on_delete=models.PROTECT, null=True, blank=True, related_name="+", help_text="Who it is, kept apart."
    )
    purpose = models.CharField(max_length=20, choices=Purpose, blank=True)
    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    powers = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    own_basis = models.TextField(blank=True, help_text="Why it is lawful without an agreement.")
    channel = models.CharField(max_length=10, choices=Channel, blank=True)
    handling = models.TextField(blank=True, help_text="How the recipient must keep it.")
    must_not = models.TextField(blank=True, help_text="What the recipient must not do with it.")
    expected_action = models.TextField(blank=True)
    expires_on = models.DateField(null=True, blank=True, help_text="The last day on which the recipient may see it.")
    review_on = models.DateField(null=True, blank=True, help_text="When a decision not to share is looked at again.")
    choice = models.CharField(max_length=10, choices=Choice, blank=True)
    reasons = models.TextField(blank=True)
    state = models.CharField(max_length=10, choices=STATES, default=State.DRAFT.value)
    content_hash = models.CharField(max_length=64, blank=True)
    authority = models.CharField(max_length=25, choices=Authority, blank=True, help_text="Who decides, as computed when it was sent.")
    authority_rule = models.ForeignKey(AuthorityRule, on_delete=models.PROTECT, null=True, related_name="+")
    drafted_by = models.ForeignKey(WHO, on_delete=models.PROTECT, related_name="+")
    drafted_at = models.DateTimeField(db_default=Now(), editable=False)
    edited_by = models.ForeignKey(WHO, on_delete=models.PROTECT, related_name="+")
    submitted_by = models.ForeignKey(WHO, on_delete=models.PROTECT, null=True, related_name="+")
    submitted_at = models.DateTimeField(null=True)
    end_reason = models.CharField(max_length=500, blank=True)
    version = models.PositiveIntegerField(default=1)

    read_permission: ClassVar[Perm] = Perm.VIEW_SHARING
    objects = DecisionQuerySet.as_manager()

    class Meta:
        ordering = ("-pk",)
        constraints = (
            models.CheckConstraint(condition=Q(state__in=[state.value for state in State]), name="sharing_state_known"),
            models.CheckConstraint(
                condition=OPEN
                | (
                    Q(submitted_by__isnull=False, submitted_at__isnull=False, authority_rule__isnull=False)
                    & ~Q(content_hash="")
                    & ~Q(authority="")
                    & ~Q(choice="")
                    & ~Q(reasons="")
                    & ~Q(recipient_kind="")
                ),
                name="sharing_sealed_wholly",
            ),
            models.CheckConstraint(
                condition=Q(recipient_kind="agency") | Q(agency__isnull=True), name="sharing_agency_only_as_recipient"
            ),
            models.CheckConstraint(
                condition=OPEN | ~Q(recipient_kind="agency") | Q(agency__isnull=False), name="sharing_with_an_agency_names_it"
            ),
            models.CheckConstraint(
                condition=OPEN | Q(choice="do_not") | Q(agreement__isnull=False) | ~Q(own_basis=""), name="sharing_has_a_basis"
            ),
        )
        indexes = (
            models.Index(fields=["nominal", "-id"], name="sharing_by_nominal"),
            models.Index(fields=["authority", "id"], condition=Q(state="submitted"), name="sharing_to_decide"),
        )

    def __str__(self) -> str:
        return self.reference

    @property
    def to_whom(self) -> str:
        """The recipient in words; nobody at risk is named here."""
        return self.agency.name if self.agency else self.recipient or str(self.get_recipient_kind_display())


class DecisionPart(models.Model):
    """A row that belongs to a decision and is read with it."""

    decision = models.ForeignKey(SharingDecision, on_delete=models.CASCADE, related_name="%(class)ss")

    read_permission: ClassVar[Perm] = Perm.VIEW_SHARING
    objects = DecisionPartQuerySet.as_manager()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"


class Answer(DecisionPart):
    """What was answered to one thing that a decision asks (a code of sharing.rules.questions)."""

    decision = models.ForeignKey(SharingDecision, on_delete=models.CASCADE, related_name="answers")
    code = models.SlugField(max_length=40)
    verdict = models.CharField(max_length=20, blank=True, help_text="Yes, no, not applicable, or what the question offers.")
    text = models.TextField(blank=True)
    answered_by = models.ForeignKey(WHO, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ("pk",)
        constraints = (models.UniqueConstraint(fields=["decision", "code"], name="sharing_answered_once"),)


class Advice(DecisionPart):
    """Advice that was sought, and what it was."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    decision = models.ForeignKey(SharingDecision, on_delete=models.CASCADE, related_name="advice")
    kind = models.CharField(max_length=20, choices=AdviceKind)
    adviser = models.ForeignKey(WHO, on_delete=models.PROTECT, null=True, blank=True, related_name="+", help_text="A colleague.")
    from_whom = models.CharField(max_length=200, blank=True, help_text="Somebody outside: post and agency.")
    question = models.TextField(blank=True)
    asked_by = models.ForeignKey(WHO, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(db_default=Now(), editable=False)
    given_on = models.DateField(null=True, blank=True)
    text = models.TextField(blank=True)
    is_followed = models.BooleanField(null=True)
    why_not = models.TextField(blank=True)

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.CheckConstraint(
                condition=Q(adviser__isnull=False, from_whom="") | (Q(adviser__isnull=True) & ~Q(from_whom="")),
                name="sharing_advice_of_somebody",
            ),
            models.CheckConstraint(
                condition=Q(given_on__isnull=True, text="") | (Q(given_on__isnull=False) & ~Q(text="")), name="sharing_advice_given_wholly"
            ),
        )


class DecisionItem(DecisionPart):
    """One thing that would go, as it stood when it was chosen: whole, and passage by passage what stays and what is removed and why.

    `passages` is a list of objects with `text`, `keep` (null while undecided) and `code` (a Removed value where it does not stay).
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    decision = models.ForeignKey(SharingDecision, on_delete=models.CASCADE, related_name="items")
    position = models.PositiveSmallIntegerField()
    key = models.CharField(max_length=100, help_text="Which item of the record it is, in the words of sharing.reports.items.")
    data_class = models.CharField(max_length=20, choices=DataClass)
    heading = models.CharField(max_length=100)
    label = models.CharField(max_length=200)
    passages = models.JSONField(encoder=DjangoJSONEncoder)
    known = models.CharField(max_length=10, choices=Known, default=Known.NOT_KNOWN)
    concerns_others = models.BooleanField(default=False, help_text="About a victim or somebody who gave information.")
    gate_reason = models.CharField(max_length=500, blank=True, help_text="Why something sensitive or confidential must go.")
    chosen_by = models.ForeignKey(WHO, on_delete=models.PROTECT, related_name="+")
    checked_by = models.ForeignKey(WHO, on_delete=models.PROTECT, null=True, related_name="+", help_text="The second person.")
    checked_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("position", "pk")
        constraints = (
            models.UniqueConstraint(fields=["decision", "key"], name="sharing_item_once"),
            models.CheckConstraint(condition=~Q(checked_by=F("chosen_by")), name="sharing_item_checked_by_another"),
            models.CheckConstraint(
                condition=~Q(data_class__in=["sensitive", "confidential"]) | ~Q(gate_reason=""), name="sharing_item_passed_its_gate"
            ),
        )

    @property
    def kept(self) -> str:
        """What would go of it: the passages that stay, in order, with a mark where others were."""
        return kept_of(self.passages)


class Approval(DecisionPart):
    """What somebody with the authority said about a decision as it was sealed. Lapses when the decision is edited."""

    decision = models.ForeignKey(SharingDecision, on_delete=models.CASCADE, related_name="approvals")
    content_hash = models.CharField(max_length=64)
    verdict = models.CharField(max_length=10, choices=Verdict)
    authority = models.CharField(max_length=25, choices=Authority)
    delegation = models.ForeignKey(Delegation, on_delete=models.PROTECT, null=True, related_name="+")
    minutes = models.ForeignKey(Minutes, on_delete=models.PROTECT, null=True, related_name="+")
    reasons = models.TextField()
    author = models.ForeignKey(WHO, on_delete=models.PROTECT, related_name="+", help_text="Who sent the decision.")
    by = models.ForeignKey(WHO, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(db_default=Now(), editable=False)
    lapsed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-pk",)
        constraints = (
            models.UniqueConstraint(
                fields=["decision"], condition=Q(lapsed_at__isnull=True) & ~Q(verdict="returned"), name="sharing_one_live_verdict"
            ),
            models.CheckConstraint(condition=~Q(by=F("author")), name="sharing_not_approved_by_its_author"),
            models.CheckConstraint(condition=~Q(reasons=""), name="sharing_verdict_with_reasons"),
            models.CheckConstraint(
                condition=~Q(authority="chair", verdict="approved") | Q(minutes__isnull=False), name="sharing_chair_decides_in_minutes"
            ),
        )


auditlog.register(SharingDecision, exclude_fields=["version"])
auditlog.register(Answer)
auditlog.register(Advice)
auditlog.register(DecisionItem, mask_fields=["passages"])
auditlog.register(Approval)
