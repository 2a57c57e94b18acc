"""Which offers of a record somebody may see."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from accounts.permissions import Perm, Scope
from offenders.querysets import PartQuerySet, kept_from

if TYPE_CHECKING:
    from accounts.models import User


class TransferQuerySet(PartQuerySet):
    """Offers of records to other units."""

    def visible_to(self, user: User, perm: Perm, scopes: frozenset[Scope]) -> Self:
        """To decide: offers to the user's unit, of a record that the user is not excluded from. Else with the record."""
        if perm != Perm.RECEIVE_RECORD:
            return super().visible_to(user, perm, scopes)
        return self.filter(to_unit=user.unit_id).exclude(nominal__in=kept_from(user))
