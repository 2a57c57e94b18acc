"""Whom a record can be offered to, who can take it, and which authorities can be told."""

from __future__ import annotations

from django.db.models import QuerySet

from accounts.choices import OrganisationKind
from accounts.models import Organisation, Unit, User
from accounts.permissions import ROLE_RIGHTS, Perm
from offenders.models import Nominal


def roles_with(perm: Perm) -> list[str]:
    """Return the roles that hold a permission."""
    return [str(role) for role, rights in ROLE_RIGHTS.items() if perm in rights]


def units_to_offer(nominal: Nominal) -> QuerySet[Unit]:
    """Return the units of every force, the record's own left out, where somebody can accept records."""
    able = User.objects.filter(is_active=True, groups__name__in=roles_with(Perm.RECEIVE_RECORD)).values("unit")
    units = Unit.objects.filter(organisation__kind=OrganisationKind.FORCE, pk__in=able).exclude(pk=nominal.unit_id)
    return units.select_related("organisation").order_by("organisation__name", "name")


def managers_of(unit: Unit) -> QuerySet[User]:
    """Return the officers of a unit who can manage records."""
    return User.objects.filter(unit=unit, is_active=True, groups__name__in=roles_with(Perm.CHANGE_RECORD)).distinct()


def authorities_to_tell() -> QuerySet[Organisation]:
    """Return the agencies."""
    return Organisation.objects.exclude(kind=OrganisationKind.FORCE).order_by("name")
