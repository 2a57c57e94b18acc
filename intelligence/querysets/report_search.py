"""Whose searches of reports somebody may open: their own alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self, cast

from django.db.models import Q
from django.utils.timezone import now

from accounts.access import ScopedQuerySet
from accounts.permissions import Perm, Scope

if TYPE_CHECKING:
    from accounts.models import User


class ReportSearchQuerySet(ScopedQuerySet):
    """What people look for in reports."""

    def visible_to(self, user: User, perm: Perm, scopes: frozenset[Scope]) -> Self:
        """The user's own, while they are kept."""
        return self.filter(user=user).exclude(self.too_old())

    def too_old(self) -> Q:
        """Not kept and typed hours ago, or kept and not opened for long."""
        model = cast(Any, self.model)
        gone = Q(name="", at__lte=now() - model.KEPT_FOR)
        return gone | Q(opened_at__lte=now() - model.KEPT_UNOPENED)

    def kept(self) -> Self:
        """Kept under a name."""
        return self.exclude(name="")

    def telling(self) -> Self:
        """Whose owners want to be told of new results and have not left."""
        return self.filter(tells=True, user__is_active=True).exclude(self.too_old())
