"""Which applications under the disclosure schemes a user may see; the database guards who applied by the same rule."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from django.apps import apps
from django.db.models import Q

from accounts.access import ScopedQuerySet
from accounts.permissions import Perm, Scope
from disclosure.rules.applications import ENDED, State
from offenders.querysets import kept_from

if TYPE_CHECKING:
    from accounts.models import User


class ApplicationQuerySet(ScopedQuerySet):
    """Applications."""

    def visible_to(self, user: User, perm: Perm, scopes: frozenset[Scope]) -> Self:
        """One's own to deal with; what one took, until somebody deals with it; what came to the unit that one leads.

        Never one about a record that one manages, or from which one is excluded: who applied is sealed from them.
        """
        reached = Q(pk=None)
        if Scope.OWN in scopes:
            is_first = Q(state=State.FIRST_CONTACT) | Q(stood_at=State.FIRST_CONTACT)
            reached |= Q(officer=user) | Q(taken_by=user, officer=None) & is_first
        if Scope.UNIT in scopes and user.unit_id:
            reached |= Q(unit=user.unit_id)
        rows = self.filter(reached).exclude(nominal__offender_manager=user)
        return rows.exclude(nominal__in=kept_from(user))

    def open(self) -> Self:
        """Not ended."""
        return self.exclude(state__in=ENDED)


class ApplicationPartQuerySet(ScopedQuerySet):
    """Rows that are read with their application."""

    def visible_to(self, user: User, perm: Perm, scopes: frozenset[Scope]) -> Self:
        """Those of applications on which the user holds the permission."""
        applications: Any = apps.get_model("disclosure", "Application")._default_manager
        return self.filter(application__in=applications.for_user(user, perm))
