"""Which meetings, and which restricted parts of minutes, a user may see."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db.models import Exists, OuterRef, Q

from accounts.access import ScopedQuerySet
from accounts.permissions import Perm, Scope
from offenders.querysets import PartQuerySet, rows

if TYPE_CHECKING:
    from accounts.models import User


class MeetingQuerySet(ScopedQuerySet):
    """Meeting days, each of which may cover several people."""

    def visible_to(self, user: User, perm: Perm, scopes: frozenset[Scope]) -> Self:
        """To read: those with somebody on the agenda whom the user may read of; for the force's coordinators empty ones too.

        To arrange: for the force's coordinators the same; for others only where all on the agenda are theirs.
        """
        reach = rows("Nominal").for_user(user, perm)
        agenda = rows("AgendaItem").filter(meeting=OuterRef("pk"))
        known = Exists(agenda.filter(nominal__in=reach))
        if Scope.FORCE in scopes:
            return self.filter(Q(known) | (Q(force=user.organisation_id) & ~Exists(agenda)))
        if perm == Perm.ARRANGE_MEETING:
            return self.filter(known, ~Exists(agenda.exclude(nominal__in=reach)))
        return self.filter(known)


class RestrictedItemQuerySet(PartQuerySet):
    """Parts of minutes that are not for every recipient."""

    def visible_to(self, user: User, perm: Perm, scopes: frozenset[Scope]) -> Self:
        """To read: whoever arranges or chairs for the record, and people who are named as recipients."""
        reached = super().visible_to(user, perm, scopes)
        if perm != Perm.VIEW_MEETING:
            return reached
        nominals = rows("Nominal")
        keeps = Q(nominal__in=nominals.for_user(user, Perm.ARRANGE_MEETING)) | Q(nominal__in=nominals.for_user(user, Perm.CHAIR_MEETING))
        named = rows("Invitation").filter(user=user, restricteditem=OuterRef("pk"))
        return reached.filter(keeps | Q(Exists(named)))
