"""Who may see how the system is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from accounts.access import ScopedQuerySet
from accounts.permissions import Perm, Scope

if TYPE_CHECKING:
    from accounts.models import User


class JobRunQuerySet(ScopedQuerySet):
    """Last runs of jobs."""

    def visible_to(self, user: User, perm: Perm, scopes: frozenset[Scope]) -> Self:
        """All of them: they are about nobody."""
        return self if Scope.ALL in scopes else self.none()
