"""Which agreements and contacts a user may see."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.utils.timezone import localdate

from accounts.access import ScopedQuerySet

if TYPE_CHECKING:
    from datetime import date

    from accounts.models import User
    from accounts.permissions import Perm, Scope


class AgreementQuerySet(ScopedQuerySet):
    """Agreements with agencies."""

    def visible_to(self, user: User, perm: Perm, scopes: frozenset[Scope]) -> Self:
        """A force sees its own; an agency those that it is a side of."""
        return self.filter(force=user.organisation_id) if user.organisation.is_force else self.filter(agency=user.organisation_id)

    def in_force(self, on: date | None = None) -> Self:
        """Agreements that hold on a day, today unless given, with agencies that are not closed."""
        return self.filter(period__contains=on or localdate(), suspended_at__isnull=True, agency__is_active=True)


class ContactQuerySet(ScopedQuerySet):
    """Whom a force reaches at agencies."""

    def visible_to(self, user: User, perm: Perm, scopes: frozenset[Scope]) -> Self:
        """Of one's own force."""
        return self.filter(force=user.organisation_id)
