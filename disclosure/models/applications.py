"""Applications under the disclosure schemes: what was asked, who is who in it, how it is safe to reach them, what was done.

Who applied and who may be at risk, how to reach them and what they said stand behind row security (tier 4): whoever manages the person
asked about reads that an application exists, and only where it was decided to let them know.
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
from disclosure.choices.applications import (
    CheckResult,
    CheckStage,
    ContactWay,
    IdentityProof,
    PartyRole,
    Received,
    Route,
    Scheme,
)
from disclosure.querysets.applications import ApplicationPartQuerySet, ApplicationQuerySet
from disclosure.rules.applications import State
from offenders.models import Nominal
from offenders.models.nominal import NominalPart
from ui.languages import Language

WHO = settings.AUTH_USER_MODEL
STATES = (
    (State.FIRST_CONTACT.value, _("First contact and first checks")),
    (State.INTERVIEW.value, _("Face to face")),
    (State.FULL_CHECKS.value, _("Full checks and forum")),
    (State.DECISION.value, _("Waits for the decision")),
    (State.DECIDED.value, _("Decided: to be told or answered")),
    (State.SAFEGUARDING.value, _("Stopped: somebody is in danger")),
    (State.WITHDRAWN.value, _("Withdrawn")),
    (State.CLOSED.value, _("Closed")),
)


class Application(models.Model):
    """Somebody asks, or the police learned, whether a person is a danger to somebody. Holds nothing about who asked.

    `nominal` is the record of the person asked about, once somebody said so; `has_no_record` that there is none. Who is in it is known
    again by keyed digests alone: `asker_…` of the applicant, or where nobody applied of whoever is at risk, `subject_…` of the person
    asked about.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    reference = models.CharField(max_length=16, unique=True, editable=False)
    scheme = models.CharField(max_length=10, choices=Scheme)
    route = models.CharField(max_length=15, choices=Route)
    force = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", help_text="Which deals with it.")
    officer = models.ForeignKey(WHO, on_delete=models.PROTECT, null=True, related_name="+", help_text="Who deals with it.")
    language = models.CharField(
        max_length=5, choices=Language, default=Language.ENGLISH, db_default=Language.ENGLISH, help_text="In which letters are written.",
    )  # fmt: skip
    received_by = models.CharField(max_length=10, choices=Received)
    received_at = models.DateTimeField()
    taken_by = models.ForeignKey(WHO, on_delete=models.PROTECT, related_name="+")
    taken_at = models.DateTimeField(db_default=Now(), editable=False)
    state = models.CharField(max_length=15, choices=STATES, default=State.FIRST_CONTACT.value)
    stood_at = models.CharField(max_length=15, choices=STATES, blank=True, help_text="Where it goes on when nobody is in danger any more.")
    in_danger = models.BooleanField(null=True, help_text="Whether somebody was in immediate danger at first contact; empty: not asked yet.")
    nominal = models.ForeignKey(Nominal, on_delete=models.PROTECT, null=True, related_name="+")
    has_no_record = models.BooleanField(default=False)
    twin_of = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+", help_text="An earlier one like it.")
    why_another = models.CharField(max_length=500, blank=True, help_text="Why it is not the same as an earlier one.")
    is_malicious = models.BooleanField(default=False, help_text="Made to harm or to pry, somebody found.")
    asker_marks = ArrayField(models.CharField(max_length=64), default=list, editable=False, help_text="Keyed digests of the name.")
    asker_born = models.CharField(max_length=64, blank=True, editable=False, help_text="A keyed digest; empty: not known.")
    subject_marks = ArrayField(models.CharField(max_length=64), default=list, editable=False)
    subject_born = models.CharField(max_length=64, blank=True, editable=False)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(WHO, on_delete=models.PROTECT, null=True, related_name="+")
    end_reason = models.CharField(max_length=500, blank=True)
    version = models.PositiveIntegerField(default=1)

    read_permission: ClassVar[Perm] = Perm.VIEW_APPLICATION
    is_kept_from_record: ClassVar[bool] = True  # the trail names the application: the record's managers read what names the record
    objects = ApplicationQuerySet.as_manager()

    class Meta:
        ordering = ("-pk",)
        constraints = (
            models.CheckConstraint(
                condition=Q(state__in=[state.value for state in State], scheme__in=Scheme.values, route__in=Route.values),
                name="application_known",
            ),
            models.CheckConstraint(
                condition=Q(state="safeguarding") & ~Q(stood_at="") | ~Q(state="safeguarding") & Q(stood_at=""),
                name="application_knows_where_it_goes_on",
            ),
            models.CheckConstraint(condition=Q(nominal__isnull=True) | Q(has_no_record=False), name="application_record_or_none"),
            models.CheckConstraint(
                condition=Q(state__in=["withdrawn", "closed"], ended_at__isnull=False, ended_by__isnull=False)
                | ~Q(state__in=["withdrawn", "closed"]) & Q(ended_at__isnull=True, ended_by__isnull=True),
                name="application_ended_wholly",
            ),
            models.CheckConstraint(condition=~Q(state="withdrawn") | ~Q(end_reason=""), name="application_withdrawn_with_a_reason"),
            models.CheckConstraint(
                condition=Q(state__in=["first_contact", "safeguarding", "withdrawn"]) | Q(officer__isnull=False),
                name="application_is_somebodys",
            ),
        )
        indexes = (
            models.Index(fields=["unit", "-id"], name="application_by_unit"),
            models.Index(fields=["officer", "-id"], name="application_by_officer"),
            models.Index(fields=["nominal"], name="application_by_nominal"),
            GinIndex(fields=["asker_marks"], name="application_by_asker"),
            GinIndex(fields=["subject_marks"], name="application_by_subject"),
        )

    def __str__(self) -> str:
        return self.reference

    @property
    def is_open(self) -> bool:
        """Whether there is still something to do about it."""
        return self.ended_at is None


class ApplicationMarker(NominalPart):
    """That an application about a record exists, for whoever manages the record; written where it was decided to let them know."""

    application = models.OneToOneField(Application, on_delete=models.CASCADE, related_name="marker")
    nominal = models.ForeignKey(Nominal, on_delete=models.CASCADE, related_name="application_markers")
    reason = models.CharField(max_length=500, help_text="Why the managers of the record may know.")
    told_by = models.ForeignKey(WHO, on_delete=models.PROTECT, related_name="+")
    told_at = models.DateTimeField(db_default=Now(), editable=False)

    read_permission: ClassVar[Perm] = Perm.VIEW_CASE_FILE

    class Meta:
        ordering = ("-pk",)
        constraints = (models.CheckConstraint(condition=~Q(reason=""), name="application_marker_with_a_reason"),)


class ApplicationPart(models.Model):
    """A row that belongs to an application and is read with it."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="%(class)ss")

    read_permission: ClassVar[Perm] = Perm.VIEW_APPLICATION
    objects = ApplicationPartQuerySet.as_manager()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"


class Party(ApplicationPart):
    """Somebody in an application. Behind row security."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="parties")
    role = models.CharField(max_length=10, choices=PartyRole)
    name = models.CharField(max_length=150)
    born_on = models.DateField(null=True, blank=True)
    address = models.TextField(blank=True)
    phone = models.CharField(max_length=30, blank=True)
    email = models.EmailField(blank=True)
    relationship = models.CharField(max_length=200, blank=True, help_text="To the person asked about, or to whoever is at risk.")
    notes = models.TextField(blank=True)
    identity = models.CharField(max_length=20, choices=IdentityProof, blank=True)
    identity_detail = models.CharField(max_length=200, blank=True, help_text="Which document, never its number.")
    identity_seen_by = models.ForeignKey(WHO, on_delete=models.PROTECT, null=True, related_name="+")
    identity_seen_on = models.DateField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(
                fields=["application", "role"], condition=Q(role__in=["applicant", "subject", "protector"]), name="party_one_of_a_role"
            ),
            models.CheckConstraint(condition=~Q(name="") & Q(role__in=PartyRole.values), name="party_named"),
            models.CheckConstraint(
                condition=Q(identity="", identity_seen_by__isnull=True, identity_seen_on__isnull=True)
                | ~Q(identity="") & Q(identity_seen_by__isnull=False, identity_seen_on__isnull=False),
                name="party_identity_seen_wholly",
            ),
        )


class SafeContact(ApplicationPart):
    """Whether a way to reach whoever is at risk is safe, and how. The latest answer for a way counts. Behind row security."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="safe_contacts")
    way = models.CharField(max_length=10, choices=ContactWay)
    is_safe = models.BooleanField()
    how = models.CharField(max_length=300, blank=True, help_text="When, what to say, a word to know each other by.")
    who_must_not_know = models.CharField(max_length=200, blank=True)
    asked_by = models.ForeignKey(WHO, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        ordering = ("pk",)
        constraints = (models.CheckConstraint(condition=Q(way__in=ContactWay.values), name="safe_contact_way_known"),)


class Check(ApplicationPart):
    """A search of a system for an application, and its result."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="checks")
    stage = models.CharField(max_length=5, choices=CheckStage)
    system = models.SlugField(max_length=30)
    result = models.CharField(max_length=10, choices=CheckResult)
    found = models.TextField(blank=True, help_text="What is held, as far as it matters here.")
    done_at = models.DateTimeField()
    by = models.ForeignKey(WHO, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("pk",)
        verbose_name = "check of an application"
        constraints = (
            models.CheckConstraint(condition=Q(stage__in=CheckStage.values, result__in=CheckResult.values), name="application_check_known"),
            models.CheckConstraint(condition=~Q(result="trace") | ~Q(found=""), name="application_check_says_what_is_held"),
        )


class Interview(ApplicationPart):
    """A meeting with the applicant, face to face: what they said. Behind row security."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="interviews")
    held_at = models.DateTimeField()
    place = models.CharField(max_length=200)
    by = models.ForeignKey(WHO, on_delete=models.PROTECT, related_name="+")
    second_officer = models.CharField(max_length=150, blank=True)
    account = models.TextField(help_text="What they said and why they are worried.")
    risk = models.TextField(help_text="What follows for their safety.")

    class Meta:
        ordering = ("pk",)
        constraints = (models.CheckConstraint(condition=~Q(account="") & ~Q(risk=""), name="interview_says_something"),)


class Safeguarding(ApplicationPart):
    """A time in which somebody was in danger: the wizard stops, and protecting comes first."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="safeguardings")
    began_at = models.DateTimeField(db_default=Now(), editable=False)
    began_by = models.ForeignKey(WHO, on_delete=models.PROTECT, related_name="+")
    danger = models.TextField(help_text="What the danger is.")
    done = models.TextField(blank=True, help_text="What was done to protect.")
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(WHO, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(fields=["application"], condition=Q(ended_at__isnull=True), name="safeguarding_one_at_a_time"),
            models.CheckConstraint(condition=~Q(danger=""), name="safeguarding_names_the_danger"),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_by__isnull=True)
                | Q(ended_at__isnull=False, ended_by__isnull=False, ended_at__gte=F("began_at")) & ~Q(done=""),
                name="safeguarding_ended_wholly",
            ),
        )


auditlog.register(Application, exclude_fields=["version", "asker_marks", "asker_born", "subject_marks", "subject_born"])
auditlog.register(ApplicationMarker)
auditlog.register(Check, mask_fields=["found"])
auditlog.register(Safeguarding, mask_fields=["danger", "done"])
