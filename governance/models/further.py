"""Serious further offences with which people under MAPPA were charged: the annual figures count them (tier 2)."""

import uuid
from typing import ClassVar

from auditlog.registry import auditlog
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from accounts.permissions import Perm
from governance.choices.figures import FurtherKind
from offenders.models import Nominal
from offenders.models.nominal import NominalPart


class FurtherCharge(NominalPart):
    """A charge. One that was recorded by mistake, or dropped, is withdrawn; it is never removed."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    nominal = models.ForeignKey(Nominal, on_delete=models.CASCADE, related_name="further_charges")
    kind = models.CharField(max_length=20, choices=FurtherKind)
    charged_on = models.DateField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)
    withdrawn_on = models.DateField(null=True, blank=True)
    withdraw_reason = models.CharField(max_length=500, blank=True)

    read_permission: ClassVar[Perm] = Perm.VIEW_CASE_FILE

    class Meta:
        verbose_name = "serious further offence"
        ordering = ("-charged_on", "-pk")
        constraints = (
            models.CheckConstraint(condition=Q(kind__in=FurtherKind.values), name="further_kind_known"),
            models.CheckConstraint(
                condition=Q(withdrawn_on__isnull=True, withdraw_reason="")
                | (Q(withdrawn_on__gte=F("charged_on")) & ~Q(withdraw_reason="")),
                name="further_withdrawn_wholly",
            ),
        )


auditlog.register(FurtherCharge, exclude_fields=["recorded_at"])
