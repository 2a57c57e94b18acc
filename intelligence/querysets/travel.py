"""Which sources, messages and reports from the border somebody may see, and which of the people they may be about."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db.models import Q

from accounts.access import ScopedQuerySet
from accounts.permissions import Perm, Scope
from offenders.querysets import PartQuerySet

if TYPE_CHECKING:
    from accounts.models import User


class AlertSourceQuerySet(ScopedQuerySet):
    """Ways by which reports come in."""

    def visible_to(self, user: User, perm: Perm, scopes: frozenset[Scope]) -> Self:
        """Those of one's own force: a source says nothing of any person."""
        return self.filter(force=user.organisation_id)


class OfSourceQuerySet(ScopedQuerySet):
    """Messages and reports: of the unit that keeps the queue, or of the whole force."""

    def visible_to(self, user: User, perm: Perm, scopes: frozenset[Scope]) -> Self:
        """They belong to a queue, not to a record; a report that is filed is seen on the record besides."""
        reached = Q(pk__in=[])
        if Scope.UNIT in scopes and user.unit_id:
            reached |= Q(unit=user.unit_id)
        if Scope.FORCE in scopes:
            reached |= Q(force=user.organisation_id)
        return self.filter(reached)


class AlertPartQuerySet(PartQuerySet):
    """People whom a report may be about: only those of whom the reader may know."""
