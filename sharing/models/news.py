"""What agencies tell the police without being asked."""

import uuid
from typing import ClassVar

from auditlog.registry import auditlog
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation, Unit
from accounts.permissions import Perm
from intelligence.models import InformationReport
from offenders.choices.confidential import Consent
from offenders.models import Nominal
from sharing.choices.news import NewsKind
from sharing.models.releases import Release
from sharing.querysets.news import NewsQuerySet
from sharing.rules.news import State

WHO = settings.AUTH_USER_MODEL
STATES = ((State.RECEIVED.value, _("New")), (State.TAKEN.value, _("Being looked at")), (State.CLOSED.value, _("Dealt with")))


class PartnerNews(models.Model):
    """Intelligence or an event that an agency gave, word for word, and what was done about it.

    Intelligence becomes a report of the bureau. While the agency keeps control of it, that stands on the news and in the report.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    reference = models.CharField(max_length=16, unique=True, editable=False)
    force = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, related_name="+")
    kind = models.CharField(max_length=12, choices=NewsKind)
    given_by = models.ForeignKey(WHO, on_delete=models.PROTECT, related_name="+")
    given_for = models.CharField(max_length=100, blank=True, help_text="Who at the agency gave it.")
    given_at = models.DateTimeField(db_default=Now(), editable=False)
    happened_on = models.DateField()
    subject_name = models.CharField(max_length=200, blank=True)
    subject_birth = models.CharField(max_length=40, blank=True)
    subject_number = models.CharField(max_length=40, blank=True, help_text="A number of the agency or of the police, as it was given.")
    release = models.ForeignKey(Release, on_delete=models.PROTECT, null=True, related_name="+", help_text="What was shared before.")
    text = models.TextField()
    how_known = models.CharField(max_length=500, blank=True)
    needs_consent = models.BooleanField(default=False, help_text="It may not go on without the agency's consent.")
    consent = models.CharField(max_length=10, choices=Consent, default=Consent.NOT_ASKED, help_text="Whether the agency lets it go on.")
    asked_on = models.DateField(null=True, blank=True)
    answered_on = models.DateField(null=True, blank=True)
    consent_words = models.CharField(max_length=500, blank=True, help_text="Who at the agency answered, and under which conditions.")
    state = models.CharField(max_length=10, choices=STATES, default=State.RECEIVED.value)
    nominal = models.ForeignKey(Nominal, on_delete=models.SET_NULL, null=True, related_name="+", help_text="As the unit found.")
    report = models.OneToOneField(InformationReport, on_delete=models.SET_NULL, null=True, related_name="+")
    taken_by = models.ForeignKey(WHO, on_delete=models.PROTECT, null=True, related_name="+")
    outcome = models.TextField(blank=True)
    closed_by = models.ForeignKey(WHO, on_delete=models.PROTECT, null=True, related_name="+")
    closed_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    read_permission: ClassVar[Perm] = Perm.VIEW_REQUEST
    objects = NewsQuerySet.as_manager()

    class Meta:
        ordering = ("-pk",)
        constraints = (
            models.CheckConstraint(condition=Q(state__in=[state.value for state in State]), name="news_state_known"),
            models.CheckConstraint(
                condition=(~Q(state="closed") & Q(closed_at__isnull=True, closed_by__isnull=True, outcome=""))
                | (Q(state="closed", closed_at__isnull=False, closed_by__isnull=False) & ~Q(outcome="")),
                name="news_closed_wholly",
            ),
            models.CheckConstraint(condition=~Q(subject_name="") | Q(release__isnull=False), name="news_says_of_whom"),
            models.CheckConstraint(condition=~Q(text=""), name="news_says_something"),
            models.CheckConstraint(
                condition=Q(consent=Consent.NOT_ASKED, asked_on__isnull=True, answered_on__isnull=True)
                | Q(needs_consent=True, consent=Consent.ASKED, asked_on__isnull=False, answered_on__isnull=True)
                | Q(needs_consent=True, consent__in=[Consent.GIVEN, Consent.REFUSED], answered_on__gte=F("asked_on")),
                name="news_consent_has_its_dates",
            ),
        )
        indexes = (models.Index(fields=["force", "-id"], condition=~Q(state="closed"), name="news_waiting"),)

    def __str__(self) -> str:
        return self.reference


auditlog.register(
    PartnerNews,
    mask_fields=["subject_name", "subject_birth", "subject_number", "text", "how_known", "outcome", "consent_words"],
    exclude_fields=["version"],
)
