"""Which thresholds of matching hold."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Self

from accounts.access import ScopedQuerySet
from accounts.permissions import Perm, Scope

if TYPE_CHECKING:
    from accounts.models import User


class MatchingThresholdQuerySet(ScopedQuerySet):
    """Thresholds of matching."""

    def visible_to(self, user: User, perm: Perm, scopes: frozenset[Scope]) -> Self:
        """Everybody who works with dated data may read them: they say nothing of any person."""
        return self.all()

    def on(self, day: date) -> Self:
        """The thresholds in force on this day: one row, or none."""
        return self.filter(period__contains=day)
