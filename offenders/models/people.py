"""Who stands around the person: associates, and the children and adults whom the plan must protect."""

from typing import ClassVar

from auditlog.registry import auditlog
from django.db import models
from django.db.models import F, Q

from accounts.permissions import Perm
from offenders.choices.case_file import AgeClass, AssociateKind, ProtectedKind
from offenders.models.case_file import FilePart
from offenders.models.nominal import Nominal
from offenders.querysets.people import AssociateQuerySet


class Associate(FilePart):
    """Somebody close to the person: another record, for readers who may know of it, or a name."""

    nominal = models.ForeignKey(Nominal, on_delete=models.CASCADE, related_name="associates")
    kind = models.CharField(max_length=15, choices=AssociateKind)
    other = models.ForeignKey(Nominal, on_delete=models.CASCADE, null=True, blank=True, related_name="named_as_associate")
    name = models.CharField(max_length=150, blank=True)

    shown_name = ""  # put here for a reader who may know the name of the other record
    read_permission: ClassVar[Perm] = Perm.VIEW_CASE_FILE
    objects = AssociateQuerySet.as_manager()

    class Meta(FilePart.Meta):
        verbose_name = "associate"
        constraints = (
            *FilePart.Meta.constraints,
            models.CheckConstraint(
                condition=Q(other__isnull=False, name="") | (Q(other__isnull=True) & ~Q(name="")), name="associate_is_record_or_name"
            ),
            models.CheckConstraint(condition=Q(other__isnull=True) | ~Q(other=F("nominal")), name="associate_is_somebody_else"),
        )


class ProtectedPerson(FilePart):
    """A child or adult at risk from the person. Never shown on the card, which says classes of people only."""

    nominal = models.ForeignKey(Nominal, on_delete=models.CASCADE, related_name="protected_people")
    kind = models.CharField(max_length=10, choices=ProtectedKind)
    name = models.CharField(max_length=150)
    relation = models.CharField(max_length=100, blank=True)
    age = models.CharField(max_length=10, choices=AgeClass, default=AgeClass.UNKNOWN)
    whereabouts = models.CharField(max_length=200, blank=True)
    protection = models.TextField(blank=True)
    agency_told = models.CharField(max_length=100, blank=True)
    told_on = models.DateField(null=True, blank=True)

    class Meta(FilePart.Meta):
        verbose_name = "child or adult at risk"
        constraints = (
            *FilePart.Meta.constraints,
            models.CheckConstraint(condition=~Q(name=""), name="protected_person_has_name"),
            models.CheckConstraint(condition=Q(told_on__isnull=True) | ~Q(agency_told=""), name="protected_person_told_names_agency"),
            models.CheckConstraint(condition=~Q(kind="child", age="adult"), name="protected_child_is_no_adult"),
        )


auditlog.register(Associate, exclude_fields=["version"])
auditlog.register(ProtectedPerson, exclude_fields=["version"], mask_fields=["name", "whereabouts", "protection", "note"])
