"""Which rows about other people a user may see."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db.models import Q

from accounts.permissions import Perm, Scope
from offenders.querysets import PartQuerySet, rows

if TYPE_CHECKING:
    from accounts.models import User


class AssociateQuerySet(PartQuerySet):
    """Associates, who may be on record themselves."""

    def visible_to(self, user: User, perm: Perm, scopes: frozenset[Scope]) -> Self:
        """Rows of nominals that the user may read, except those that name a record which the user must not know of."""
        known = rows("Nominal").for_user(user, Perm.VIEW_MARKER)
        return super().visible_to(user, perm, scopes).filter(Q(other__isnull=True) | Q(other__in=known))
