"""Which actions and notifications somebody may see, and which wait."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Self

from django.db.models import Q

from accounts.access import ScopedQuerySet
from accounts.permissions import Perm, Scope
from actions.choices import ActionState
from audit.references import known_to

if TYPE_CHECKING:
    from accounts.models import User


class ActionQuerySet(ScopedQuerySet):
    """Things that somebody must do."""

    def visible_to(self, user: User, perm: Perm, scopes: frozenset[Scope]) -> Self:
        """One's own (by name, unit or role) and those that one's unit answers for; none about a record that one must not know of."""
        reached = Q(owner=user) | Q(owner_role__in=user.roles, force=user.organisation_id)
        if user.unit_id:
            reached |= Q(owner_unit=user.unit_id)
            if Scope.UNIT in scopes:
                reached |= Q(unit=user.unit_id)
        return self.filter(reached & (Q(nominal__isnull=True) | Q(nominal__in=known_to(user).values("pk"))))

    def waiting(self) -> Self:
        """Not done and not cancelled."""
        return self.filter(state=ActionState.OPEN)

    def late(self, now: datetime) -> Self:
        """Waiting, past their time."""
        return self.waiting().filter(late_from__lte=now)


class NotificationQuerySet(ScopedQuerySet):
    """What people were told."""

    def visible_to(self, user: User, perm: Perm, scopes: frozenset[Scope]) -> Self:
        """One's own; what is about a record that one may no longer know of stays away."""
        return self.filter(Q(recipient=user) & (Q(nominal__isnull=True) | Q(nominal__in=known_to(user).values("pk"))))

    def unread(self) -> Self:
        """Not opened yet."""
        return self.filter(read_at__isnull=True)


class RuleQuerySet(ScopedQuerySet):
    """Clock rules and bank holidays."""

    def visible_to(self, user: User, perm: Perm, scopes: frozenset[Scope]) -> Self:
        """Everybody who works with clocks may read how they count."""
        return self.all()

    def on(self, day: date) -> Self:
        """Rules that hold on this day."""
        return self.filter(period__contains=day)
