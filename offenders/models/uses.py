"""What material of a case file is marked for, and whom one consulted before acting on it (tier 2)."""

import uuid
from typing import ClassVar

from auditlog.registry import auditlog
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from accounts.permissions import Perm
from offenders.choices.risk import MaterialKind, UsePurpose
from offenders.models.nominal import Nominal, NominalPart
from offenders.models.risk import Assessment


class MaterialUse(NominalPart):
    """A piece of material that is marked for evidence, an order, bail or a licence. Ended when it is no longer meant for it."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    nominal = models.ForeignKey(Nominal, on_delete=models.CASCADE, related_name="material_uses")
    purpose = models.CharField(max_length=20, choices=UsePurpose)
    kind = models.CharField(max_length=12, choices=MaterialKind)
    assessment = models.ForeignKey(Assessment, null=True, blank=True, on_delete=models.RESTRICT, related_name="uses")
    material = models.CharField(max_length=300, blank=True, help_text="By reference and date; not the content itself.")
    case_reference = models.CharField(max_length=60, blank=True)
    why = models.TextField()
    marked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    marked_at = models.DateTimeField(db_default=Now(), editable=False)
    ended_at = models.DateTimeField(null=True)
    end_reason = models.CharField(max_length=500, blank=True)

    read_permission: ClassVar[Perm] = Perm.VIEW_CASE_FILE

    class Meta:
        ordering = ("-pk",)
        constraints = (
            models.CheckConstraint(
                condition=Q(kind=MaterialKind.ASSESSMENT, assessment__isnull=False, material="")
                | (~Q(kind=MaterialKind.ASSESSMENT) & Q(assessment__isnull=True) & ~Q(material="")),
                name="material_use_names_its_material",
            ),
            models.CheckConstraint(condition=Q(purpose__in=UsePurpose.values), name="material_use_purpose_known"),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, end_reason="") | (Q(ended_at__isnull=False) & ~Q(end_reason="")),
                name="material_use_ended_wholly",
            ),
        )


class Consultation(NominalPart):
    """Another agency's view before an action is taken, or why there was no time to ask."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    nominal = models.ForeignKey(Nominal, on_delete=models.CASCADE, related_name="consultations")
    planned = models.CharField(max_length=300, help_text="The action that was planned.")
    agency = models.CharField(max_length=120, blank=True)
    person = models.CharField(max_length=120, blank=True)
    consulted_on = models.DateField()
    view = models.TextField(blank=True)
    urgent_because = models.TextField(blank=True, help_text="Why it was too urgent to ask anybody first.")
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)

    read_permission: ClassVar[Perm] = Perm.VIEW_CASE_FILE

    class Meta:
        ordering = ("-consulted_on", "-pk")
        constraints = (
            models.CheckConstraint(
                condition=(~Q(agency="") & ~Q(view="") & Q(urgent_because="")) | (Q(agency="", person="", view="") & ~Q(urgent_because="")),
                name="consultation_held_or_too_urgent",
            ),
        )


auditlog.register(MaterialUse)
auditlog.register(Consultation)
