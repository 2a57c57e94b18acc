"""Which prosecutions, and what of their unused material, a user may see."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from django.apps import apps
from django.db.models import Prefetch, Q

from accounts.access import ScopedQuerySet, scopes_of
from accounts.permissions import Perm, Scope
from audit.references import known_to

if TYPE_CHECKING:
    from accounts.models import User


def rows(model: str) -> Any:
    """Return all rows of a model; looked up late, because models import this module."""
    return apps.get_model("disclosure", model)._default_manager.all()


class ProsecutionQuerySet(ScopedQuerySet):
    """Prosecutions."""

    def visible_to(self, user: User, perm: Perm, scopes: frozenset[Scope]) -> Self:
        """Those in which the user is named; those of the unit or the force. None about a record of which the user must not know."""
        reached = Q(pk=None)
        if Scope.OWN in scopes:
            reached |= Q(officer=user) | Q(disclosure_officer=user) | Q(deputy=user)
        if Scope.UNIT in scopes and user.unit_id:
            reached |= Q(unit=user.unit_id)
        if Scope.FORCE in scopes:
            reached |= Q(force=user.organisation_id)
        return self.filter(reached).filter(Q(nominal__isnull=True) | Q(nominal__in=known_to(user).values("pk")))

    def whole_for(self, user: User) -> Self:
        """Those of which the user sees sensitive material: its disclosure officer, deputy, supervisor, and information governance."""
        scopes = scopes_of(user, Perm.SCHEDULE_MATERIAL)
        reached = Q(pk=None)
        if Scope.OWN in scopes:
            reached |= Q(disclosure_officer=user) | Q(deputy=user)
        if Scope.UNIT in scopes and user.unit_id:
            reached |= Q(unit=user.unit_id)
        if Scope.FORCE in scopes:
            reached |= Q(force=user.organisation_id)
        return self.for_user(user, Perm.SCHEDULE_MATERIAL).filter(reached)


class CasePartQuerySet(ScopedQuerySet):
    """Rows that are read with their prosecution."""

    def visible_to(self, user: User, perm: Perm, scopes: frozenset[Scope]) -> Self:
        """Those of prosecutions on which the user holds the permission."""
        return self.filter(prosecution__in=rows("Prosecution").for_user(user, perm))


class SealedPartQuerySet(CasePartQuerySet):
    """Rows about sensitive material: what the court is asked."""

    def visible_to(self, user: User, perm: Perm, scopes: frozenset[Scope]) -> Self:
        """Those of prosecutions of which the user sees sensitive material."""
        return super().visible_to(user, perm, scopes).filter(prosecution__in=rows("Prosecution").whole_for(user))


class ItemQuerySet(CasePartQuerySet):
    """Items of unused material."""

    def visible_to(self, user: User, perm: Perm, scopes: frozenset[Scope]) -> Self:
        """With the prosecution; sensitive ones only to whoever sees sensitive material of it."""
        whole = Q(is_sensitive=False) | Q(prosecution__in=rows("Prosecution").whole_for(user))
        return super().visible_to(user, perm, scopes).filter(whole)

    def with_latest(self) -> Self:
        """Fetch the assessment that counts, as the only one in `looks`, and the rulings of the court."""
        newest = rows("Assessment").select_related("by", "examined_by").order_by("item_id", "-pk").distinct("item_id")
        ruled = rows("ImmunityApplication").order_by("-pk")
        return self.select_related("added_by", "disclosed_by").prefetch_related(
            Prefetch("assessments", newest, to_attr="looks"), Prefetch("applications", ruled, to_attr="asked")
        )


class ItemPartQuerySet(ScopedQuerySet):
    """Rows that are read with their item."""

    def visible_to(self, user: User, perm: Perm, scopes: frozenset[Scope]) -> Self:
        """Those of items that the user may see."""
        return self.filter(item__in=rows("UnusedItem").for_user(user, perm))


class AssessmentQuerySet(ItemPartQuerySet):
    """Looks at an item."""

    def visible_to(self, user: User, perm: Perm, scopes: frozenset[Scope]) -> Self:
        """With the item; one that found it sensitive only to whoever sees sensitive material, though the item be open now."""
        whole = Q(is_sensitive=False) | Q(item__prosecution__in=rows("Prosecution").whole_for(user))
        return super().visible_to(user, perm, scopes).filter(whole)


class ScheduleQuerySet(CasePartQuerySet):
    """Schedules as they were issued."""

    def visible_to(self, user: User, perm: Perm, scopes: frozenset[Scope]) -> Self:
        """That of non-sensitive material with the prosecution; the others to whoever sees sensitive material of it."""
        whole = Q(kind="mg6c") | Q(prosecution__in=rows("Prosecution").whole_for(user))
        return super().visible_to(user, perm, scopes).filter(whole)


class CopyQuerySet(ScopedQuerySet):
    """Copies of schedules."""

    def visible_to(self, user: User, perm: Perm, scopes: frozenset[Scope]) -> Self:
        """Those of schedules that the user may see."""
        return self.filter(schedule__in=rows("Schedule").for_user(user, perm))
