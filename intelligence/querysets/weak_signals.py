"""Who may see what somebody said of reports that pile up."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db.models import Exists, OuterRef, Q

from accounts.access import ScopedQuerySet
from accounts.permissions import Perm, Scope
from audit.references import known_to
from intelligence.querysets.information import rows

if TYPE_CHECKING:
    from accounts.models import User


class SignalLookQuerySet(ScopedQuerySet):
    """Looks at reports that pile up."""

    def visible_to(self, user: User, perm: Perm, scopes: frozenset[Scope]) -> Self:
        """The bureau of the force, whoever may know the record and read every report that was there."""
        reports = rows("InformationReport").for_user(user, Perm.VIEW_REPORT).values("pk")
        unread = Exists(rows("SignalReport").filter(look=OuterRef("pk")).exclude(report__in=reports))
        known = Q(nominal__isnull=True) | Q(nominal__in=known_to(user).values("pk"))
        return self.filter(known, force=user.organisation_id).exclude(unread)
