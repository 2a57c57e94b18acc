"""Which enquiries of the media a user may see."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db.models import Q

from accounts.access import ScopedQuerySet, scopes_of
from accounts.permissions import Perm, Scope
from audit.references import known_to
from sharing.querysets.releases import table

if TYPE_CHECKING:
    from accounts.models import User


class EnquiryQuerySet(ScopedQuerySet):
    """What the media asked."""

    def visible_to(self, user: User, perm: Perm, scopes: frozenset[Scope]) -> Self:
        """The press office: its force's. A unit: those that it was asked about, without any about a record that the user may not know of.

        The press office is shown all the same whatever the unit links: an enquiry that went away would tell of a record.
        """
        reached = Q(force=user.organisation_id) if Scope.FORCE in scopes else Q(unit=user.unit_id, unit__isnull=False)
        if scopes_of(user, Perm.MANAGE_MEDIA):
            return self.filter(reached)
        hidden = table("EnquiryRecord").exclude(nominal__in=known_to(user).values("pk"))
        return self.filter(reached).exclude(pk__in=hidden.values("enquiry"))

    def asked_of(self, user: User) -> Self:
        """Those that the user's unit was asked about: the unit answers, links a record, and agrees to what is said."""
        if not user.unit_id or Scope.UNIT not in scopes_of(user, Perm.VIEW_MEDIA):
            return self.none()
        return self.filter(unit=user.unit_id)


class EnquiryPartQuerySet(ScopedQuerySet):
    """Rows that are read with their enquiry."""

    def visible_to(self, user: User, perm: Perm, scopes: frozenset[Scope]) -> Self:
        """Those of enquiries on which the user holds the permission."""
        return self.filter(enquiry__in=table("MediaEnquiry").for_user(user, perm))
