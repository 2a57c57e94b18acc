"""Work with the media: enquiries, the record that a unit links to one, strategies, agencies consulted, statements, proactive releases.

Whoever may read an enquiry may not know whether there is a record: the link stands in a table of its own, read by rights on the record.
"""

import uuid
from typing import ClassVar

from auditlog.registry import auditlog
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_noop

from accounts.models import Organisation, Unit
from accounts.permissions import Perm
from offenders.models import Nominal
from offenders.models.nominal import NominalPart
from sharing.choices.media import EnquiryKind, Outcome, Outlet, Received
from sharing.models.decisions import DecisionPart, SharingDecision
from sharing.querysets.media import EnquiryPartQuerySet, EnquiryQuerySet

WHO = settings.AUTH_USER_MODEL


class MediaEnquiry(models.Model):
    """What somebody of the media asked, in their words, and what the unit that was asked lets the press office say."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    reference = models.CharField(max_length=16, unique=True, editable=False)
    force = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=EnquiryKind)
    outlet = models.CharField(max_length=100)
    journalist = models.CharField(max_length=100, blank=True)
    received_by = models.CharField(max_length=15, choices=Received)
    received_at = models.DateTimeField()
    question = models.TextField()
    wanted_on = models.DateField(null=True, blank=True, help_text="By when the journalist wants an answer.")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", help_text="The unit that is asked.")
    taken_by = models.ForeignKey(WHO, on_delete=models.PROTECT, related_name="+")
    taken_at = models.DateTimeField(db_default=Now(), editable=False)
    unit_says = models.TextField(blank=True, help_text="What the unit lets the press office know.")
    is_record_told = models.BooleanField(default=False, help_text="The unit lets the press office know that there is a record.")
    unit_said_by = models.ForeignKey(WHO, on_delete=models.PROTECT, null=True, related_name="+")
    unit_said_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=10, choices=Outcome, default=Outcome.OPEN)
    outcome_words = models.TextField(blank=True, help_text="What was answered, or why nothing was.")
    closed_by = models.ForeignKey(WHO, on_delete=models.PROTECT, null=True, related_name="+")
    closed_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    read_permission: ClassVar[Perm] = Perm.VIEW_MEDIA
    objects = EnquiryQuerySet.as_manager()

    class Meta:
        ordering = ("-pk",)
        verbose_name = "media enquiry"
        constraints = (
            models.UniqueConstraint(fields=["id", "kind"], name="media_enquiry_with_kind"),
            models.CheckConstraint(condition=Q(kind__in=EnquiryKind.values, outcome__in=Outcome.values), name="media_enquiry_known"),
            models.CheckConstraint(condition=~Q(kind=EnquiryKind.GENERAL) | Q(is_record_told=False), name="media_general_tells_of_nobody"),
            models.CheckConstraint(
                condition=Q(unit_says="", unit_said_by__isnull=True, unit_said_at__isnull=True, is_record_told=False)
                | (~Q(unit_says="") & Q(unit_said_by__isnull=False, unit_said_at__isnull=False)),
                name="media_unit_said_wholly",
            ),
            models.CheckConstraint(
                condition=Q(outcome=Outcome.OPEN, outcome_words="", closed_by__isnull=True, closed_at__isnull=True)
                | (~Q(outcome=Outcome.OPEN) & ~Q(outcome_words="") & Q(closed_by__isnull=False, closed_at__isnull=False)),
                name="media_enquiry_closed_with_words",
            ),
        )
        indexes = (
            models.Index(fields=["force", "-id"], name="media_enquiry_by_force"),
            models.Index(fields=["unit", "-id"], name="media_enquiry_by_unit"),
        )

    def __str__(self) -> str:
        return self.reference

    @property
    def is_open(self) -> bool:
        """Whether there is still something to do about it."""
        return self.outcome == Outcome.OPEN

    @property
    def is_general(self) -> bool:
        """Whether it names nobody."""
        return self.kind == EnquiryKind.GENERAL


class EnquiryRecord(NominalPart):
    """The record that a specific enquiry is about, says the unit. The database refuses one for a general enquiry."""

    enquiry = models.OneToOneField(MediaEnquiry, on_delete=models.CASCADE, related_name="record")
    kind = models.CharField(
        max_length=10, default=EnquiryKind.SPECIFIC, editable=False, help_text="The kind of the enquiry, for the database."
    )
    nominal = models.ForeignKey(Nominal, on_delete=models.CASCADE, related_name="media_enquiries")
    linked_by = models.ForeignKey(WHO, on_delete=models.PROTECT, related_name="+")
    linked_at = models.DateTimeField(db_default=Now(), editable=False)

    read_permission: ClassVar[Perm] = Perm.VIEW_SHARING

    class Meta:
        constraints = (models.CheckConstraint(condition=Q(kind=EnquiryKind.SPECIFIC), name="media_record_of_a_specific_enquiry"),)


class EnquiryPart(models.Model):
    """A row that belongs to an enquiry and is read with it."""

    enquiry = models.ForeignKey(MediaEnquiry, on_delete=models.CASCADE, related_name="%(class)ss")

    read_permission: ClassVar[Perm] = Perm.VIEW_MEDIA
    objects = EnquiryPartQuerySet.as_manager()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"


class MediaStrategy(EnquiryPart):
    """How the enquiry is handled, and the lines to take; holds once the unit has agreed."""

    enquiry = models.OneToOneField(MediaEnquiry, on_delete=models.CASCADE, related_name="strategy")
    text = models.TextField()
    lines = ArrayField(models.CharField(max_length=30), default=list, help_text="Codes of messages for the media.")
    own_lines = models.TextField(blank=True)
    written_by = models.ForeignKey(WHO, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    agreed_by = models.ForeignKey(WHO, on_delete=models.PROTECT, null=True, related_name="+")
    agreed_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=~Q(text=""), name="media_strategy_says_something"),
            models.CheckConstraint(condition=~Q(lines=[]) | ~Q(own_lines=""), name="media_strategy_has_lines"),
            models.CheckConstraint(
                condition=Q(agreed_by__isnull=True, agreed_at__isnull=True) | Q(agreed_by__isnull=False, agreed_at__isnull=False),
                name="media_strategy_agreed_wholly",
            ),
            models.CheckConstraint(condition=~Q(agreed_by=F("written_by")), name="media_strategy_agreed_by_another"),
        )


class MediaConsultation(EnquiryPart):
    """An agency that is asked before something is said."""

    enquiry = models.ForeignKey(MediaEnquiry, on_delete=models.CASCADE, related_name="consultations")
    agency = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    is_required = models.BooleanField(help_text="The unit says that nothing is said before it has answered.")
    added_by = models.ForeignKey(WHO, on_delete=models.PROTECT, related_name="+")
    asked_on = models.DateField(null=True)
    answered_on = models.DateField(null=True)
    said = models.TextField(blank=True)

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(fields=["enquiry", "agency"], name="media_agency_once"),
            models.CheckConstraint(
                condition=Q(answered_on__isnull=True, said="")
                | (Q(answered_on__isnull=False, asked_on__isnull=False, answered_on__gte=F("asked_on")) & ~Q(said="")),
                name="media_agency_answered_wholly",
            ),
        )


class MediaStatement(EnquiryPart):
    """A version of what is said. Drafts are kept; what was agreed is what goes out; what identifies a person rests on a decision."""

    enquiry = models.ForeignKey(MediaEnquiry, on_delete=models.CASCADE, related_name="statements")
    number = models.PositiveSmallIntegerField()
    text = models.TextField()
    identifies = models.BooleanField(help_text="It names a person, or lets one be found out.")
    written_by = models.ForeignKey(WHO, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField(db_default=Now(), editable=False)
    agreed_by = models.ForeignKey(WHO, on_delete=models.PROTECT, null=True, related_name="+")
    agreed_at = models.DateTimeField(null=True)
    issued_by = models.ForeignKey(WHO, on_delete=models.PROTECT, null=True, related_name="+")
    issued_at = models.DateTimeField(null=True)
    decision = models.ForeignKey(SharingDecision, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ("-number",)
        constraints = (
            models.UniqueConstraint(fields=["enquiry", "number"], name="media_statement_numbered_once"),
            models.CheckConstraint(condition=~Q(text=""), name="media_statement_says_something"),
            models.CheckConstraint(
                condition=Q(agreed_by__isnull=True, agreed_at__isnull=True) | Q(agreed_by__isnull=False, agreed_at__isnull=False),
                name="media_statement_agreed_wholly",
            ),
            models.CheckConstraint(condition=~Q(agreed_by=F("written_by")), name="media_statement_agreed_by_another"),
            models.CheckConstraint(
                condition=Q(issued_by__isnull=True, issued_at__isnull=True)
                | Q(issued_by__isnull=False, issued_at__isnull=False, agreed_at__isnull=False),
                name="media_statement_issued_once_agreed",
            ),
            models.CheckConstraint(
                condition=Q(issued_at__isnull=True) | Q(identifies=False) | Q(decision__isnull=False), name="media_identifies_by_a_decision"
            ),
        )

    @property
    def state(self) -> str:
        """Where it stands: draft, agreed or issued."""
        return gettext_noop("issued") if self.issued_at else gettext_noop("agreed") if self.agreed_at else gettext_noop("draft")


class ProactiveRelease(DecisionPart):
    """What a decision to tell the media or the public on the force's own initiative rests on besides."""

    decision = models.OneToOneField(SharingDecision, on_delete=models.CASCADE, related_name="proactive")
    risk_assessment = models.TextField(help_text="Of the release itself: for the person, for others, for the work.")
    press_officer = models.ForeignKey(WHO, on_delete=models.PROTECT, related_name="+", help_text="Who took part in assessing the risk.")
    took_part_on = models.DateField()
    outlets = ArrayField(models.CharField(max_length=15, choices=Outlet))
    plan = models.TextField(help_text="Who says what, when and where, and who answers afterwards.")
    written_by = models.ForeignKey(WHO, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=~Q(risk_assessment="") & ~Q(plan="") & Q(outlets__len__gt=0), name="proactive_release_thought_through"
            ),
        )

    @property
    def outlet_words(self) -> list[str]:
        """How it goes out, in words."""
        return [str(Outlet(each).label) for each in self.outlets]


auditlog.register(MediaEnquiry, mask_fields=["question", "unit_says", "outcome_words"], exclude_fields=["version"])
auditlog.register(MediaStrategy, mask_fields=["text", "own_lines"], exclude_fields=["version"])
auditlog.register(MediaConsultation, mask_fields=["said"])
auditlog.register(MediaStatement, mask_fields=["text"])
auditlog.register(EnquiryRecord)
auditlog.register(ProactiveRelease, mask_fields=["risk_assessment", "plan"])
