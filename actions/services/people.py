"""Who is told of an action: its owners, and whoever answers for it, rank by rank."""

from __future__ import annotations

from accounts.choices import Role
from accounts.models import User
from accounts.permissions import ROLE_RIGHTS, Perm, Scope
from actions.models import Action

# Whoever may hand over what a unit answers for leads the unit; above a unit stands whoever holds a superintendent's authority.
LEADS = [role for role, rights in ROLE_RIGHTS.items() if Scope.UNIT in rights.get(Perm.ASSIGN_ACTION, ())]
SENIOR = [Role.DISCLOSURE_AUTHORITY]


class People:
    """Looks people up once for a whole batch of actions."""

    def __init__(self) -> None:
        self.found: dict[tuple[object, ...], list[User]] = {}

    def active(self, roles: list[Role], **where: int | None) -> list[User]:
        """Return active people of a unit or a force; with roles only those that hold one of them."""
        key = (*roles, *where.items())
        if key not in self.found:
            rows = User.objects.filter(is_active=True, **where).select_related("organisation").prefetch_related("groups").order_by("pk")
            self.found[key] = list(rows.filter(groups__name__in=roles).distinct() if roles else rows)
        return self.found[key]

    def owners(self, action: Action) -> list[User]:
        """Everybody who could be asked to do it."""
        if action.owner:
            return [action.owner]
        if action.owner_unit_id:
            return self.active([], unit=action.owner_unit_id)
        return self.active([Role(action.owner_role)], organisation=action.force_id)

    def leads(self, action: Action) -> list[User]:
        """The supervisors of the unit that answers for it."""
        return self.active(LEADS, unit=action.unit_id) if action.unit_id else []

    def of_rank(self, action: Action, rank: int) -> list[User]:
        """Return whom a rank of the ladder names: 1 the unit's supervisors, from 2 on also the force's superintendents.

        Without a supervisor the first rank goes to the superintendents at once, so that it always reaches somebody.
        """
        leads = self.leads(action)
        seniors = self.active(SENIOR, organisation=action.force_id) if rank > 1 or not leads else []
        return [*leads, *seniors]


def supervisors_of(action: Action) -> list[User]:
    """Return the supervisors of the unit that answers for an action."""
    return People().leads(action)
