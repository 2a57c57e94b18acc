"""The record itself: who holds it. What is known of the person stands in tables of its own, by tier."""

from typing import ClassVar

from auditlog.registry import auditlog
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from accounts.models import Organisation, Unit
from accounts.permissions import Perm
from offenders.choices import Registration
from offenders.querysets import NominalQuerySet, PartQuerySet


class Nominal(models.Model):
    """A person managed under MAPPA, or a potentially dangerous person. Holds the marker only (tier 0)."""

    reference = models.CharField(max_length=16, unique=True, editable=False)
    registration = models.CharField(max_length=20, choices=Registration)
    force = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="nominals")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="nominals")
    offender_manager = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="managed_nominals")
    is_restricted = models.BooleanField(
        default=False, help_text="Only the managing officer, the unit's supervisors and named people may know of it."
    )
    local_reference = models.CharField(
        max_length=40, blank=True, help_text="The force's own reference: an import finds the record again by it."
    )
    merged_into = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, editable=False, related_name="merged_records",
        help_text="The record of the same person that stands instead of this one.",
    )  # fmt: skip
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(db_default=Now(), editable=False)

    read_permission: ClassVar[Perm] = Perm.VIEW_MARKER
    objects = NominalQuerySet.as_manager()

    class Meta:
        ordering = ("-pk",)
        constraints = (
            models.UniqueConstraint(
                fields=["force", "local_reference"], condition=~Q(local_reference=""), name="nominal_local_reference_once_in_a_force"
            ),
            models.CheckConstraint(condition=Q(registration__in=Registration.values), name="nominal_registration_known"),
            models.CheckConstraint(condition=~Q(merged_into=F("id")), name="nominal_not_merged_into_itself"),
        )
        indexes = (
            models.Index(fields=["unit", "-id"], name="nominal_by_unit"),
            models.Index(fields=["force", "-id"], name="nominal_by_force"),
            models.Index(fields=["offender_manager", "-id"], name="nominal_by_manager"),
        )
        permissions = (
            ("view_card", "May read the operational card"),
            ("view_case_file", "May read the case file"),
            ("view_sensitive", "May read sensitive material"),
        )

    def __str__(self) -> str:
        return self.reference

    def get_additional_data(self) -> dict[str, int]:
        """Tie entries of the change log to the nominal."""
        return {"nominal": self.pk}

    @property
    def every_key(self) -> list[int]:
        """Its key, and those of the records that were merged into it: the trail and the change log name them for ever."""
        return [self.pk, *self.merged_records.order_by("pk").values_list("pk", flat=True)]


class NominalPart(models.Model):
    """A row that belongs to one nominal, readable by whoever holds the row's permission on the nominal."""

    nominal = models.ForeignKey(Nominal, on_delete=models.PROTECT, related_name="%(class)ss")
    read_permission: ClassVar[Perm]
    objects = PartQuerySet.as_manager()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"

    def get_additional_data(self) -> dict[str, int]:
        """Tie entries of the change log to the nominal."""
        return {"nominal": self.nominal_id}


class Partnership(NominalPart):
    """Another force that works with the record; with a unit, that unit reads the case file too."""

    nominal = models.ForeignKey(Nominal, on_delete=models.CASCADE, related_name="partnerships")
    force = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="partnerships")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="partnerships")
    reason = models.CharField(max_length=500)
    since = models.DateTimeField(db_default=Now(), editable=False)
    ended_at = models.DateTimeField(null=True, blank=True)

    read_permission: ClassVar[Perm] = Perm.VIEW_CARD

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["nominal", "force"], condition=Q(ended_at__isnull=True), name="partnership_one_live_for_a_force"
            ),
        )
        indexes = (
            models.Index(fields=["force", "nominal"], condition=Q(ended_at__isnull=True), name="partnership_by_force"),
            models.Index(fields=["unit", "nominal"], condition=Q(ended_at__isnull=True), name="partnership_by_unit"),
        )


auditlog.register(Nominal, exclude_fields=["version"])
auditlog.register(Partnership)
