"""Who of the reader's own force can help."""

from __future__ import annotations

from dataclasses import dataclass

from accounts.choices import Role
from accounts.models import User
from accounts.querysets import UserQuerySet

AT_MOST = 5


@dataclass(frozen=True)
class Helper:
    """Somebody to ask: the name, and a number."""

    name: str
    phone: str


def people(rows: UserQuerySet) -> list[Helper]:
    """Return the first of these people, each with the number of their unit, or their own where it has none."""
    shown = rows.select_related("unit")[:AT_MOST]
    return [Helper(each.display_name, (each.unit.phone if each.unit else "") or each.phone) for each in shown]


def with_role(user: User, role: Role) -> UserQuerySet:
    """Return the reader's colleagues in a role. Agencies learn of nobody."""
    return User.objects.colleagues_of(user).filter(groups__name=role).exclude(pk=user.pk)


def supervisors_of(user: User) -> list[Helper]:
    """Return the supervisors of the reader's own unit."""
    return people(with_role(user, Role.SUPERVISOR).filter(unit=user.unit_id)) if user.unit_id else []


def administrators_of(user: User) -> list[Helper]:
    """Return the administrators of the force."""
    return people(with_role(user, Role.ADMINISTRATOR))


def governance_units_of(user: User) -> list[Helper]:
    """Return the units in which the force's information governance works."""
    rows = User.objects.colleagues_of(user).filter(groups__name=Role.INFORMATION_GOVERNANCE, unit__isnull=False)
    found = rows.order_by("unit__name").values_list("unit__name", "unit__phone").distinct()[:AT_MOST]
    return [Helper(name, phone) for name, phone in found]
