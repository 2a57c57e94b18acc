"""Which referrals for covert techniques a user may see; the database enforces the same by row security."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db.models import Q

from accounts.access import ScopedQuerySet
from accounts.choices import Role
from intelligence.rules.covert import State
from offenders.querysets import kept_from

if TYPE_CHECKING:
    from accounts.models import User
    from accounts.permissions import Perm, Scope


class CovertReferralQuerySet(ScopedQuerySet):
    """Referrals for covert techniques."""

    def visible_to(self, user: User, perm: Perm, scopes: frozenset[Scope]) -> Self:
        """One's own; once sent, those sent to the unit in which one does intelligence work. Never about a record kept from one."""
        reached = Q(owner=user)
        if user.unit_id and Role.INTELLIGENCE in user.roles:
            reached |= Q(unit=user.unit_id) & ~Q(state=State.DRAFT)
        return self.filter(reached).exclude(nominal__in=kept_from(user))
