"""Which releases a user may see: the force by the record, an agency what was sent to it and is not over."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from django.apps import apps
from django.utils.timezone import localdate

from accounts.access import ScopedQuerySet
from accounts.permissions import Perm
from sharing.choices.decisions import Channel

if TYPE_CHECKING:
    from accounts.models import User
    from accounts.permissions import Scope


def table(model: str) -> Any:
    """Return the rows of a model of this app; looked up late, because models import this module."""
    return apps.get_model("sharing", model)._default_manager


class ReleaseQuerySet(ScopedQuerySet):
    """What left."""

    def visible_to(self, user: User, perm: Perm, scopes: frozenset[Scope]) -> Self:
        """Police by their rights on the decision; an agency what stands for it now."""
        if perm == Perm.VIEW_SHARED:
            return self.for_agency(user.organisation_id)
        return self.filter(decision__in=table("SharingDecision").for_user(user, perm))

    def for_agency(self, agency: int) -> Self:
        """What an agency may read now: sent to it online, not withdrawn, not past its last day, from a force with an agreement in force.

        Sealed under an agreement, it stands only while that very agreement holds.
        """
        agreed = table("Agreement").in_force().filter(agency=agency)
        return self.filter(
            agency=agency, channel=Channel.ONLINE, withdrawn_at__isnull=True, expires_on__gte=localdate(),
            force__in=agreed.values("force"), decision__agreement__in=agreed.values("pk"),
        )  # fmt: skip


class ChangeQuerySet(ScopedQuerySet):
    """What changed for agencies."""

    def visible_to(self, user: User, perm: Perm, scopes: frozenset[Scope]) -> Self:
        """Those of the user's agency. They hold keys only, so they stay when an agreement has ended: that too is a change."""
        return self.filter(agency=user.organisation_id)


class ReleasePartQuerySet(ScopedQuerySet):
    """Rows that are read with their release."""

    def visible_to(self, user: User, perm: Perm, scopes: frozenset[Scope]) -> Self:
        """Those of releases on which the user holds the permission."""
        return self.filter(release__in=table("Release").for_user(user, perm))
