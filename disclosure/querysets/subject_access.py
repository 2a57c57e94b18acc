"""Which requests for one's own data a user may see."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from django.apps import apps
from django.db.models import Q

from accounts.access import ScopedQuerySet
from accounts.permissions import Perm, Scope
from audit.references import known_to
from disclosure.choices.subject_access import State
from offenders.querysets import kept_from

if TYPE_CHECKING:
    from accounts.models import User

ENDED = (State.ANSWERED, State.REFUSED, State.WITHDRAWN)


class SubjectRequestQuerySet(ScopedQuerySet):
    """Requests."""

    def visible_to(self, user: User, perm: Perm, scopes: frozenset[Scope]) -> Self:
        """Those of the force for whoever keeps its data protection, and those with which one's unit was asked to help.

        To the unit only where one may know of the record that a request is about.
        """
        reached = Q(pk=None)
        if Scope.FORCE in scopes:
            reached |= Q(force=user.organisation_id)
        if Scope.UNIT in scopes and user.unit_id:
            reached |= Q(unit=user.unit_id) & (Q(nominal__isnull=True) | Q(nominal__in=known_to(user).values("pk")))
        return self.filter(reached).exclude(nominal__in=kept_from(user))

    def open(self) -> Self:
        """Not ended."""
        return self.exclude(state__in=ENDED)


class SubjectRequestPartQuerySet(ScopedQuerySet):
    """Rows that are read with their request."""

    def visible_to(self, user: User, perm: Perm, scopes: frozenset[Scope]) -> Self:
        """Those of requests on which the user holds the permission."""
        requests: Any = apps.get_model("disclosure", "SubjectRequest")._default_manager
        return self.filter(request__in=requests.for_user(user, perm))
