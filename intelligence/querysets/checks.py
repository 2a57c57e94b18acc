"""Which sources of system checks there are, and how the checks of a record are fetched."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Self

from accounts.access import ScopedQuerySet
from accounts.permissions import Perm, Scope

if TYPE_CHECKING:
    from accounts.models import User


class CheckSourceQuerySet(ScopedQuerySet):
    """Systems that can be asked about a person."""

    def visible_to(self, user: User, perm: Perm, scopes: frozenset[Scope]) -> Self:
        """Everybody who works with dated data may read which systems there are: it says nothing of any person."""
        return self.all()

    def on(self, day: date) -> Self:
        """Sources that can be asked on this day."""
        return self.filter(period__contains=day)
