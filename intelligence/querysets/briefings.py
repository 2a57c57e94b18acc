"""Which briefings somebody may read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db.models import Q
from django.utils.timezone import localdate

from accounts.access import ScopedQuerySet
from accounts.permissions import Perm, Scope
from intelligence.querysets.information import names_unknown, rows
from offenders.models import Nominal

if TYPE_CHECKING:
    from accounts.models import User


class BriefingQuerySet(ScopedQuerySet):
    """Packs for investigators."""

    def visible_to(self, user: User, perm: Perm, scopes: frozenset[Scope]) -> Self:
        """With the record for those who work on it; for others while they are named as a reader, the pack holds and they may know of it."""
        with_record = Q(nominal__in=Nominal.objects.for_user(user, perm))
        if perm != Perm.VIEW_BRIEFING:
            return self.filter(with_record)
        named = Q(recipients__user=user, valid_until__gte=localdate(), nominal__in=Nominal.objects.for_user(user, Perm.VIEW_MARKER))
        return self.filter(with_record | named).distinct()


class BriefingReportQuerySet(ScopedQuerySet):
    """Released intelligence in packs."""

    def visible_to(self, user: User, perm: Perm, scopes: frozenset[Scope]) -> Self:
        """With the pack, but nothing that names somebody of whom the reader may not know."""
        packs = rows("Briefing").visible_to(user, perm, scopes)
        return self.filter(briefing__in=packs.values("pk")).exclude(names_unknown(user, "release__report"))
