"""Which agreements and contacts a user may see."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db.models import Q
from django.utils.timezone import localdate

from accounts.access import ScopedQuerySet
from accounts.permissions import Perm

if TYPE_CHECKING:
    from datetime import date

    from accounts.models import User
    from accounts.permissions import Scope


class AgreementQuerySet(ScopedQuerySet):
    """Agreements with agencies."""

    def visible_to(self, user: User, perm: Perm, scopes: frozenset[Scope]) -> Self:
        """A force sees its own; an agency those that it is a side of, to read."""
        if user.organisation.is_force:
            return self.filter(force=user.organisation_id)
        return self.filter(agency=user.organisation_id) if perm == Perm.VIEW_AGREEMENT else self.none()

    def in_force(self, on: date | None = None) -> Self:
        """Agreements that hold on a day, today unless given, with agencies that are not closed."""
        return self.filter(period__contains=on or localdate(), suspended_at__isnull=True, agency__is_active=True)

    def news(self, told: str) -> Self:
        """Those of which this column (what was told or mailed last) no longer says whether they are in force."""
        holding = self.in_force().order_by().values("pk")
        return self.filter(Q(pk__in=holding, **{told: False}) | (Q(**{told: True}) & ~Q(pk__in=holding)))

    def to_review(self, until: date) -> Self:
        """Those not over whose review falls on this day or before."""
        return self.filter(review_on__lte=until, period__endswith__gt=localdate())


class ContactQuerySet(ScopedQuerySet):
    """Whom a force reaches at agencies."""

    def visible_to(self, user: User, perm: Perm, scopes: frozenset[Scope]) -> Self:
        """Of one's own force."""
        return self.filter(force=user.organisation_id)

    def live(self) -> Self:
        """Those who are still to be reached."""
        return self.filter(Q(ended_on__isnull=True) | Q(ended_on__gt=localdate()))
