"""Which pairs of records somebody may see."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from django.apps import apps
from django.db.models import Q

from accounts.access import ScopedQuerySet
from accounts.permissions import Perm, Scope
from intelligence.choices.duplicates import PairState

if TYPE_CHECKING:
    from accounts.models import User


class DuplicatePairQuerySet(ScopedQuerySet):
    """Pairs of records that may be one person."""

    def visible_to(self, user: User, perm: Perm, scopes: frozenset[Scope]) -> Self:
        """The user leads one of the records and may know of both."""
        records: Any = apps.get_model("offenders", "Nominal")._default_manager
        led = records.for_user(user, perm).values("pk")
        known = records.for_user(user, Perm.VIEW_MARKER).values("pk")
        return self.filter(Q(one__in=led) | Q(other__in=led), one__in=known, other__in=known)

    def waiting(self) -> Self:
        """Not refused."""
        return self.filter(state=PairState.OPEN)
