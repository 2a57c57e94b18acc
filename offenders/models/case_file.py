"""What the case file holds (tier 2): where the person lives and works, what they use, and how the file is marked."""

import uuid
from typing import ClassVar

from auditlog.registry import auditlog
from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField, RangeOperators
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower, Now

from accounts.permissions import Perm
from offenders.choices.case_file import (
    MAIN_KINDS,
    PLACELESS_KINDS,
    AddressKind,
    AgeClass,
    ContactWith,
    DeviceKind,
    MarkingLevel,
    OccupationKind,
    OnlineKind,
    VehicleUse,
    VerifiedHow,
)
from offenders.models.identity import Identifier
from offenders.models.nominal import Nominal, NominalPart
from offenders.models.operational import DatedPart
from offenders.rules import format_identifier


class FilePart(NominalPart):
    """An entry of the case file: the days on which it holds, where it came from, who made sure of it and when."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    period = DateRangeField(help_text="First day included, last day excluded; open where a day is not known or not yet.")
    source = models.CharField(max_length=100, blank=True)
    note = models.TextField(blank=True)
    seen_on = models.DateField(null=True, blank=True)
    verified_on = models.DateField(null=True, blank=True)
    verified_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    verified_how = models.CharField(max_length=10, choices=VerifiedHow, blank=True)
    end_reason = models.CharField(max_length=500, blank=True)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField(db_default=Now(), editable=False)
    version = models.PositiveIntegerField(default=1)

    read_permission: ClassVar[Perm] = Perm.VIEW_CASE_FILE

    class Meta:
        abstract = True
        ordering = ("-period", "-pk")
        constraints = (
            models.CheckConstraint(condition=Q(period__isempty=False), name="%(class)s_period_has_days"),
            models.CheckConstraint(
                condition=Q(verified_on__isnull=True, verified_by__isnull=True, verified_how="")
                | (Q(verified_on__isnull=False, verified_by__isnull=False) & ~Q(verified_how="")),
                name="%(class)s_verified_wholly",
            ),
        )


class Address(FilePart):
    """Where the person lives, stays or works, or that they are away. Main addresses follow each other without overlap."""

    nominal = models.ForeignKey(Nominal, on_delete=models.CASCADE, related_name="addresses")
    kind = models.CharField(max_length=10, choices=AddressKind)
    is_main = models.BooleanField(default=False)
    line_1 = models.CharField(max_length=100, blank=True)
    line_2 = models.CharField(max_length=100, blank=True)
    town = models.CharField(max_length=60, blank=True)
    postcode = models.CharField(max_length=8, blank=True)
    country = models.CharField(max_length=60, blank=True)
    schools_near = models.TextField(blank=True)

    class Meta(FilePart.Meta):
        verbose_name = "address"
        constraints = (
            *FilePart.Meta.constraints,
            ExclusionConstraint(
                name="main_addresses_do_not_overlap",
                expressions=[("nominal", RangeOperators.EQUAL), ("period", RangeOperators.OVERLAPS)],
                condition=Q(is_main=True),
            ),
            models.CheckConstraint(
                condition=Q(is_main=False) | Q(kind__in=sorted(MAIN_KINDS), period__startswith__isnull=False),
                name="main_address_has_kind_and_start",
            ),
            models.CheckConstraint(condition=~Q(line_1="") | Q(kind__in=sorted(PLACELESS_KINDS)), name="address_says_where"),
        )
        indexes = (models.Index(fields=["postcode"], condition=~Q(postcode=""), name="address_by_postcode"),)

    @property
    def words(self) -> str:
        """The address on one line."""
        parts = (self.line_1, self.line_2, self.town, self.postcode, self.country)
        return ", ".join(filter(None, parts)) or str(self.get_kind_display())


class Household(FilePart):
    """Children who live or stay at an address."""

    nominal = models.ForeignKey(Nominal, on_delete=models.CASCADE, related_name="households")
    address = models.ForeignKey(Address, on_delete=models.CASCADE, related_name="households")
    children = models.PositiveSmallIntegerField()
    ages = ArrayField(models.CharField(max_length=10, choices=AgeClass), default=list)
    agency_told = models.CharField(max_length=100, blank=True)
    told_on = models.DateField(null=True, blank=True)

    class Meta(FilePart.Meta):
        verbose_name = "household with children"
        constraints = (
            *FilePart.Meta.constraints,
            models.CheckConstraint(condition=Q(children__gte=1, children__lte=30), name="household_has_children"),
            models.CheckConstraint(condition=Q(told_on__isnull=True) | ~Q(agency_told=""), name="household_told_names_agency"),
        )


class OnlineIdentity(FilePart):
    """A name or address under which the person is online."""

    nominal = models.ForeignKey(Nominal, on_delete=models.CASCADE, related_name="online_identities")
    kind = models.CharField(max_length=10, choices=OnlineKind)
    service = models.CharField(max_length=60, blank=True)
    handle = models.CharField(max_length=150)

    class Meta(FilePart.Meta):
        verbose_name = "online identity"
        constraints = (*FilePart.Meta.constraints, models.CheckConstraint(condition=~Q(handle=""), name="online_identity_has_name"))
        indexes = (models.Index(Lower("handle"), name="online_identity_by_name"),)


class Device(FilePart):
    """Something of the person's that goes online or holds pictures. `verified_on` is the day somebody looked into it."""

    nominal = models.ForeignKey(Nominal, on_delete=models.CASCADE, related_name="devices")
    kind = models.CharField(max_length=10, choices=DeviceKind)
    make = models.CharField(max_length=60, blank=True)
    identifier = models.CharField(max_length=60, blank=True)

    class Meta(FilePart.Meta):
        verbose_name = "device"


class Vehicle(FilePart):
    """A vehicle that the person keeps or uses. Its registration mark stands in the identity alone, where every search finds it."""

    nominal = models.ForeignKey(Nominal, on_delete=models.CASCADE, related_name="vehicles")
    identifier = models.ForeignKey(
        Identifier, null=True, blank=True, on_delete=models.RESTRICT, related_name="vehicles", verbose_name="registration mark"
    )
    make = models.CharField(max_length=60, blank=True)
    model_name = models.CharField("model", max_length=60, blank=True)
    colour = models.CharField(max_length=40, blank=True)
    use = models.CharField(max_length=10, choices=VehicleUse)
    kept_at = models.CharField("where it is kept", max_length=200, blank=True)

    class Meta(FilePart.Meta):
        verbose_name = "vehicle"
        constraints = (
            *FilePart.Meta.constraints,
            ExclusionConstraint(
                name="vehicle_once_at_a_time", expressions=[("identifier", RangeOperators.EQUAL), ("period", RangeOperators.OVERLAPS)]
            ),
            models.CheckConstraint(condition=Q(identifier__isnull=False) | ~Q(make=""), name="vehicle_has_mark_or_make"),
            models.CheckConstraint(condition=Q(use__in=VehicleUse.values), name="vehicle_use_known"),
        )

    @property
    def mark(self) -> str:
        """The registration mark as people write it; empty while it is not known."""
        return format_identifier(self.identifier.kind, self.identifier.value) if self.identifier else ""


class Occupation(FilePart):
    """Work, education or another regular activity, and whom it brings the person together with."""

    nominal = models.ForeignKey(Nominal, on_delete=models.CASCADE, related_name="occupations")
    kind = models.CharField(max_length=15, choices=OccupationKind)
    organisation = models.CharField(max_length=100)
    role = models.CharField(max_length=100, blank=True)
    contact_with = models.CharField(max_length=10, choices=ContactWith)
    told_on = models.DateField(null=True, blank=True)

    class Meta(FilePart.Meta):
        verbose_name = "occupation"
        constraints = (*FilePart.Meta.constraints, models.CheckConstraint(condition=~Q(organisation=""), name="occupation_says_where"))


class Marking(DatedPart):
    """How the case file is marked for a time. A change adds a row."""

    nominal = models.ForeignKey(Nominal, on_delete=models.CASCADE, related_name="markings")
    level = models.CharField(max_length=20, choices=MarkingLevel)
    handling = models.CharField(max_length=200, blank=True)

    read_permission: ClassVar[Perm] = Perm.VIEW_CASE_FILE

    class Meta:
        constraints = (
            ExclusionConstraint(
                name="markings_do_not_overlap", expressions=[("nominal", RangeOperators.EQUAL), ("period", RangeOperators.OVERLAPS)]
            ),
            models.CheckConstraint(condition=Q(level__in=MarkingLevel.values), name="marking_level_known"),
            models.CheckConstraint(condition=Q(period__startswith__isnull=False, period__isempty=False), name="marking_period_starts"),
        )

    @property
    def words(self) -> str:
        """The marking as it stands on pages and papers."""
        return ". ".join(filter(None, (str(self.get_level_display()), self.handling)))


for model in (Address, Household, OnlineIdentity, Device, Vehicle, Occupation):
    auditlog.register(model, exclude_fields=["version"])
auditlog.register(Marking)
