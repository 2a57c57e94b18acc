"""Reports that pile up about somebody or something though none is strong by itself: who looked at them, and what followed."""

from typing import ClassVar

from auditlog.registry import auditlog
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from accounts.models import Organisation
from accounts.permissions import Perm
from intelligence.choices.suggesting import MarkKind
from intelligence.choices.weak_signals import Follow
from intelligence.models.information import InformationReport
from intelligence.models.links import Entity
from intelligence.querysets.weak_signals import SignalLookQuerySet
from offenders.models import Nominal

WHO = settings.AUTH_USER_MODEL


class SignalLook(models.Model):
    """Somebody looked at all reports about a record, an entity or a mark, and said what follows. Another report opens it again."""

    force = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    nominal = models.ForeignKey(Nominal, on_delete=models.CASCADE, null=True, related_name="+")
    entity = models.ForeignKey(Entity, on_delete=models.PROTECT, null=True, related_name="+")
    mark_kind = models.CharField(max_length=10, choices=MarkKind, blank=True)
    mark_value = models.CharField(max_length=150, blank=True)
    follows = models.CharField(max_length=10, choices=Follow)
    reason = models.CharField(max_length=500)
    by = models.ForeignKey(WHO, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(db_default=Now(), editable=False)

    read_permission: ClassVar[Perm] = Perm.LINK_INTELLIGENCE
    objects = SignalLookQuerySet.as_manager()

    class Meta:
        ordering = ("-pk",)
        constraints = (
            models.CheckConstraint(
                condition=Q(nominal__isnull=False, entity__isnull=True, mark_kind="", mark_value="")
                | Q(nominal__isnull=True, entity__isnull=False, mark_kind="", mark_value="")
                | (Q(nominal__isnull=True, entity__isnull=True) & ~Q(mark_kind="") & ~Q(mark_value="")),
                name="signal_look_at_one_thing",
            ),
            models.CheckConstraint(condition=Q(follows__in=Follow.values), name="signal_look_follows_known"),
            models.CheckConstraint(condition=~Q(reason=""), name="signal_look_says_why"),
            models.CheckConstraint(
                condition=~Q(follows__in=[Follow.MANAGER, Follow.ASSESSMENT]) | Q(nominal__isnull=False), name="signal_look_has_a_manager"
            ),
        )
        indexes = (models.Index(fields=["force", "-id"], name="signal_look_by_force"),)

    def __str__(self) -> str:
        return f"Look {self.pk}"


class SignalReport(models.Model):
    """One of the reports that were there when somebody looked."""

    look = models.ForeignKey(SignalLook, on_delete=models.CASCADE, related_name="reports")
    report = models.ForeignKey(InformationReport, on_delete=models.CASCADE, related_name="+")

    class Meta:
        ordering = ("pk",)
        constraints = (models.UniqueConstraint(fields=["look", "report"], name="signal_report_once"),)

    def __str__(self) -> str:
        return f"Report looked at {self.pk}"


auditlog.register(SignalLook, mask_fields=["reason", "mark_value"])
