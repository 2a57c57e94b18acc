"""Which merges of records somebody may see."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db.models import Q

from accounts.access import ScopedQuerySet
from accounts.permissions import Perm, Scope
from offenders.choices.merging import MergeState
from offenders.querysets import rows

if TYPE_CHECKING:
    from accounts.models import User


class MergeQuerySet(ScopedQuerySet):
    """Merges and offers of merges."""

    def visible_to(self, user: User, perm: Perm, scopes: frozenset[Scope]) -> Self:
        """Of records that the user leads, one at least, and both must be known to exist; a merged one is known by the one that stays."""
        led = rows("Nominal").for_user(user, perm).values("pk")
        known = rows("Nominal").for_user(user, Perm.VIEW_MARKER).values("pk")
        reached = self.filter(Q(survivor__in=led) | Q(merged__in=led), survivor__in=known)
        return reached.filter(Q(merged__in=known) | Q(state=MergeState.MERGED))

    def standing(self) -> Self:
        """Merged, and not undone."""
        return self.filter(state=MergeState.MERGED)
