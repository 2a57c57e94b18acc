"""Who may read a tasking: whoever raised it, the bureau of the force, and while it is live whoever is tasked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from django.apps import apps
from django.db.models import Exists, OuterRef, Q
from django.utils.timezone import localdate

from accounts.access import ScopedQuerySet
from accounts.permissions import Perm, Scope
from audit.references import known_to
from intelligence.rules.tasking import LIVE, State

if TYPE_CHECKING:
    from datetime import date

    from accounts.models import User


def names_unknown(user: User) -> Exists:
    """Whether the tasking of a row names a record of which the user may not know."""
    subjects: Any = apps.get_model("intelligence", "TaskingSubject")._default_manager
    return Exists(subjects.filter(tasking=OuterRef("pk")).exclude(nominal__in=known_to(user).values("pk")))


class TaskingQuerySet(ScopedQuerySet):
    """Taskings."""

    def visible_to(self, user: User, perm: Perm, scopes: frozenset[Scope]) -> Self:
        """Of one's own force, and none that names a record of which one may not know."""
        reached = Q()
        if Scope.OWN in scopes:
            reached |= Q(raised_by=user)
        if Scope.FORCE in scopes:
            reached |= Q(raised_by=user) | ~Q(state=State.DRAFT)
        if Scope.GRANTED in scopes and perm == Perm.VIEW_TASKING:
            reached |= tasked(user) & running(localdate())
        return self.filter(reached, force=user.organisation_id).exclude(names_unknown(user)) if reached else self.none()

    def for_doing_by(self, user: User) -> Self:
        """What the user, or the user's unit, is to find out now."""
        return self.for_user(user, Perm.VIEW_TASKING).filter(tasked(user) & running(localdate()))

    def past_their_end(self, today: date) -> Self:
        """Live though their last day has passed."""
        return self.filter(state__in=LIVE, ends_on__lt=today)


def tasked(user: User) -> Q:
    """Taskings of the user or the user's unit."""
    return Q(officer=user) | Q(unit=user.unit_id) if user.unit_id else Q(officer=user)


def running(today: date) -> Q:
    """Taskings that are live and whose last day has not passed."""
    return Q(state__in=LIVE, ends_on__gte=today)
