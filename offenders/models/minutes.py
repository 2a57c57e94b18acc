"""Minutes of a MAPP meeting about one person: versions, what agencies said, restricted parts, actions, numbered copies."""

from auditlog.registry import auditlog
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation
from offenders.choices import MappaCategory, MappaLevel
from offenders.choices.meetings import DisclosureDecision, MinutesState
from offenders.models.meetings import AgendaItem, Invitation, MeetingPart
from offenders.models.nominal import Nominal
from offenders.querysets.meetings import RestrictedItemQuerySet

PERSON = settings.AUTH_USER_MODEL
LEAVES_MAPPA = 0  # as a decided level: the person is no longer under MAPPA


class Minutes(MeetingPart):
    """One version of the minutes. A draft may be incomplete; an approved version never changes: the next is a new row."""

    nominal = models.ForeignKey(Nominal, on_delete=models.CASCADE, related_name="minutes")
    item = models.ForeignKey(AgendaItem, on_delete=models.CASCADE, related_name="minutes")
    number = models.PositiveSmallIntegerField(default=1)
    state = models.CharField(max_length=10, choices=MinutesState, default=MinutesState.DRAFT)
    confidentiality_read = models.BooleanField(default=False)
    background = models.TextField(blank=True)
    risk_assessment = models.TextField(blank=True)
    risk_management_plan = models.TextField(blank=True)
    victim_issues = models.TextField(blank=True, help_text="General words only.")
    disclosure = models.CharField(max_length=10, choices=DisclosureDecision, blank=True)
    disclosure_to = models.TextField(blank=True)
    disclosure_how = models.TextField(blank=True)
    disclosure_reasons = models.TextField(blank=True)
    human_rights = models.TextField(blank=True)
    diversity = models.TextField(blank=True)
    media_strategy = models.TextField(blank=True)
    decided_category = models.PositiveSmallIntegerField(choices=MappaCategory, null=True, blank=True)
    decided_level = models.PositiveSmallIntegerField(
        choices=[*MappaLevel.choices, (LEAVES_MAPPA, _("Leaves MAPPA"))], null=True, blank=True
    )
    level_reasons = models.TextField(blank=True)
    next_review_on = models.DateField(null=True, blank=True)

    drafted_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    edited_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    edited_at = models.DateTimeField(auto_now=True)
    return_reason = models.TextField(blank=True, help_text="Why the chair sent the draft back.")
    approved_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, null=True, related_name="+")
    approved_at = models.DateTimeField(null=True)
    content_hash = models.CharField(max_length=64, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ("-number",)
        constraints = (
            models.UniqueConstraint(fields=["item", "number"], name="minutes_numbered_once"),
            models.UniqueConstraint(fields=["item"], condition=Q(state__in=["draft", "submitted"]), name="minutes_one_version_in_work"),
            models.UniqueConstraint(fields=["item"], condition=Q(state="approved"), name="minutes_one_version_approved"),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "submitted"], approved_by__isnull=True, approved_at__isnull=True, content_hash="")
                | (Q(state__in=["approved", "superseded"], approved_by__isnull=False, approved_at__isnull=False) & ~Q(content_hash="")),
                name="minutes_approved_wholly",
            ),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | (~Q(approved_by=F("drafted_by")) & ~Q(approved_by=F("edited_by"))),
                name="minutes_not_approved_by_their_author",
            ),
        )


class AgencyInformation(MeetingPart):
    """What one agency told the meeting."""

    nominal = models.ForeignKey(Nominal, on_delete=models.CASCADE, related_name="+")
    minutes = models.ForeignKey(Minutes, on_delete=models.CASCADE, related_name="information")
    agency = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    text = models.TextField(blank=True)

    class Meta:
        ordering = ("agency__name",)
        constraints = (models.UniqueConstraint(fields=["minutes", "agency"], name="agency_information_once"),)


class RestrictedItem(MeetingPart):
    """A part of the minutes for named recipients only; it stands in nobody else's copy."""

    nominal = models.ForeignKey(Nominal, on_delete=models.CASCADE, related_name="+")
    minutes = models.ForeignKey(Minutes, on_delete=models.CASCADE, related_name="restricted_items")
    text = models.TextField()
    reason = models.CharField(max_length=500, help_text="Why it is kept from the others.")
    recipients = models.ManyToManyField(Invitation)
    added_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")

    objects = RestrictedItemQuerySet.as_manager()

    class Meta:
        ordering = ("pk",)


class MeetingAction(MeetingPart):
    """What a meeting asked somebody to do. How it ended stands with the action that was raised for it."""

    nominal = models.ForeignKey(Nominal, on_delete=models.CASCADE, related_name="meeting_actions")
    item = models.ForeignKey(AgendaItem, on_delete=models.CASCADE, related_name="actions")
    text = models.TextField()
    owner = models.ForeignKey(PERSON, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    agency_owner = models.ForeignKey(Invitation, on_delete=models.RESTRICT, null=True, blank=True, related_name="+")
    due_on = models.DateField()
    set_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("due_on", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(owner__isnull=False, agency_owner__isnull=True) | Q(owner__isnull=True, agency_owner__isnull=False),
                name="meeting_action_has_one_owner",
            ),
        )

    @property
    def who(self) -> str:
        """Who must do it."""
        return self.owner.display_name if self.owner else self.agency_owner.who if self.agency_owner else ""


class MinutesCopy(MeetingPart):
    """A numbered copy of approved minutes that was handed to one recipient."""

    nominal = models.ForeignKey(Nominal, on_delete=models.CASCADE, related_name="+")
    minutes = models.ForeignKey(Minutes, on_delete=models.CASCADE, related_name="copies")
    recipient = models.ForeignKey(Invitation, on_delete=models.RESTRICT, related_name="copies")
    number = models.PositiveSmallIntegerField()
    of = models.PositiveSmallIntegerField(help_text="How many recipients there were when it was issued.")
    issued_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    issued_at = models.DateTimeField(db_default=Now(), editable=False)
    sha256 = models.CharField(max_length=64, help_text="Of the PDF as it was handed over.")

    class Meta:
        ordering = ("number",)
        constraints = (
            models.UniqueConstraint(fields=["minutes", "number"], name="minutes_copy_numbered_once"),
            models.CheckConstraint(condition=Q(number__gt=0, number__lte=F("of")), name="minutes_copy_number_within"),
        )


auditlog.register(Minutes, exclude_fields=["version", "edited_at"])
auditlog.register(AgencyInformation)
auditlog.register(RestrictedItem, mask_fields=["text"], m2m_fields={"recipients"})
auditlog.register(MeetingAction)
auditlog.register(MinutesCopy)
