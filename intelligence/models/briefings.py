"""Packs for investigators, and who received them."""

import uuid
from typing import ClassVar

from auditlog.registry import auditlog
from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models.functions import Now

from accounts.permissions import Perm
from intelligence.models.information import InformationRelease
from intelligence.querysets.briefings import BriefingQuerySet, BriefingReportQuerySet
from offenders.models import Nominal
from offenders.models.nominal import NominalPart

WHO = settings.AUTH_USER_MODEL


class Briefing(NominalPart):
    """What investigators of a suspected offence were told about a person, as it stood when it was made."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    nominal = models.ForeignKey(Nominal, on_delete=models.CASCADE, related_name="briefings")
    offence = models.CharField(max_length=200)
    crime_reference = models.CharField(max_length=40)
    handling = models.CharField(max_length=300)
    contents = models.JSONField(encoder=DjangoJSONEncoder, help_text="Parts with their heading and lines, as they were shown.")
    made_by = models.ForeignKey(WHO, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(db_default=Now(), editable=False)
    valid_until = models.DateField(help_text="The last day on which the named readers may open it.")

    read_permission: ClassVar[Perm] = Perm.VIEW_BRIEFING
    objects = BriefingQuerySet.as_manager()

    class Meta:
        ordering = ("-pk",)


class BriefingRecipient(models.Model):
    """Somebody who received a briefing, and when it was read."""

    briefing = models.ForeignKey(Briefing, on_delete=models.CASCADE, related_name="recipients")
    user = models.ForeignKey(WHO, on_delete=models.PROTECT, related_name="briefings_received")
    added_by = models.ForeignKey(WHO, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField(db_default=Now(), editable=False)
    read_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("pk",)
        constraints = (models.UniqueConstraint(fields=["briefing", "user"], name="briefing_reaches_a_person_once"),)

    def __str__(self) -> str:
        return f"Recipient {self.pk}"


class BriefingReport(models.Model):
    """Released intelligence in a pack. The release never changes, so it reads as it stood; readers see what has become of it since."""

    briefing = models.ForeignKey(Briefing, on_delete=models.CASCADE, related_name="reports")
    release = models.ForeignKey(InformationRelease, on_delete=models.PROTECT, related_name="+")
    conditions = models.CharField(max_length=500, blank=True, help_text="Under which conditions it was passed on.")

    read_permission: ClassVar[Perm] = Perm.VIEW_BRIEFING
    objects = BriefingReportQuerySet.as_manager()

    class Meta:
        ordering = ("pk",)
        constraints = (models.UniqueConstraint(fields=["briefing", "release"], name="briefing_holds_a_release_once"),)

    def __str__(self) -> str:
        return f"Report {self.pk}"


auditlog.register(Briefing, mask_fields=["contents"])
auditlog.register(BriefingRecipient)
