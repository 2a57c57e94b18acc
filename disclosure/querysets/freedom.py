"""Which requests for information of the force a user may see."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from django.apps import apps

from accounts.access import ScopedQuerySet
from accounts.permissions import Perm, Scope
from disclosure.choices.freedom import Ending

if TYPE_CHECKING:
    from accounts.models import User


class FreedomQuerySet(ScopedQuerySet):
    """Requests."""

    def visible_to(self, user: User, perm: Perm, scopes: frozenset[Scope]) -> Self:
        """The force's own."""
        return self.filter(force=user.organisation_id) if Scope.FORCE in scopes else self.none()

    def open(self) -> Self:
        """Neither answered nor withdrawn."""
        return self.filter(ending=Ending.OPEN)


class FreedomPartQuerySet(ScopedQuerySet):
    """Rows that are read with their request."""

    path = "request"

    def visible_to(self, user: User, perm: Perm, scopes: frozenset[Scope]) -> Self:
        """Those of requests on which the user holds the permission."""
        requests: Any = apps.get_model("disclosure", "FreedomRequest")._default_manager
        return self.filter(**{f"{self.path}__in": requests.for_user(user, perm)})


class FreedomReviewQuerySet(FreedomPartQuerySet):
    """Internal reviews, read with the request of their reply."""

    path = "reply__request"
