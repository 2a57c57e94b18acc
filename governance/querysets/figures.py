"""Which closed figures somebody may see."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from accounts.access import ScopedQuerySet

if TYPE_CHECKING:
    from accounts.models import User
    from accounts.permissions import Perm, Scope


class ClosedYearQuerySet(ScopedQuerySet):
    """Years whose figures are frozen."""

    def visible_to(self, user: User, perm: Perm, scopes: frozenset[Scope]) -> Self:
        """Those of one's own force."""
        return self.filter(force=user.organisation_id)
