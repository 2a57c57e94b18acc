"""Which decisions to share a user may see."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from django.apps import apps

from accounts.access import ScopedQuerySet
from offenders.querysets import PartQuerySet
from sharing.rules.decisions import State

if TYPE_CHECKING:
    from accounts.models import User
    from accounts.permissions import Perm, Scope


class DecisionQuerySet(PartQuerySet):
    """Decisions, by the record that they are about."""

    def waiting(self) -> Self:
        """Sent to whoever decides."""
        return self.filter(state=State.SUBMITTED)


class DecisionPartQuerySet(ScopedQuerySet):
    """Rows that are read with their decision."""

    def visible_to(self, user: User, perm: Perm, scopes: frozenset[Scope]) -> Self:
        """Those of decisions on which the user holds the permission."""
        decisions: Any = apps.get_model("sharing", "SharingDecision")._default_manager
        return self.filter(decision__in=decisions.for_user(user, perm))
