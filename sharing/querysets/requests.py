"""Which requests of agencies somebody may see: the agency its own, a unit those that are its or nobody's yet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db.models import Q

from accounts.access import ScopedQuerySet
from accounts.permissions import Perm
from audit.references import known_to
from sharing.rules.requests import OPEN, State

if TYPE_CHECKING:
    from accounts.models import User
    from accounts.permissions import Scope


class QueueQuerySet(ScopedQuerySet):
    """Things that came to a force from an agency."""

    def of_queue(self, user: User) -> Self:
        """Of the user's unit, or of the force while no unit has them; none on a record of which the user may not know."""
        mine = Q(unit__isnull=True) | Q(unit=user.unit_id) if user.unit_id else Q(pk__in=[])
        known = Q(nominal__isnull=True) | Q(nominal__in=known_to(user).values("pk"))
        return self.filter(mine & known, force=user.organisation_id)


class RequestQuerySet(QueueQuerySet):
    """Requests."""

    def visible_to(self, user: User, perm: Perm, scopes: frozenset[Scope]) -> Self:
        """An agency sees all of its own; a unit its queue."""
        return self.filter(agency=user.organisation_id) if perm == Perm.ASK_POLICE else self.of_queue(user)

    def waiting(self) -> Self:
        """Neither answered nor refused."""
        return self.filter(state__in=OPEN)

    def for_police(self) -> Self:
        """Those on which the police must act next."""
        return self.filter(state__in=[State.RECEIVED, State.TAKEN])
