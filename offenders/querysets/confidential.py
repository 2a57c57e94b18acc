"""Which rows that hang on confidential sections a user may see."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from accounts.access import ScopedQuerySet
from offenders.querysets import rows

if TYPE_CHECKING:
    from accounts.models import User
    from accounts.permissions import Perm, Scope


class SectionVersionQuerySet(ScopedQuerySet):
    """Earlier texts of sections."""

    def visible_to(self, user: User, perm: Perm, scopes: frozenset[Scope]) -> Self:
        """Those of the sections that the user may see."""
        return self.filter(section__in=rows("ConfidentialSection").for_user(user, perm))
