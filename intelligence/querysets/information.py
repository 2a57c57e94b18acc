"""Who may read what of intelligence reports: their author while they are new, the bureau, readers of the case file once released."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self, cast

from django.apps import apps
from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.access import ScopedQuerySet
from accounts.permissions import Perm, Scope
from audit.references import known_to
from intelligence.rules.information import OPEN_TO_AUTHOR, State
from offenders.querysets import PartQuerySet, kept_from

if TYPE_CHECKING:
    from accounts.models import User

OF_BUREAU = {Perm.VIEW_REPORT, Perm.EVALUATE_REPORT}


def rows(model: str, app: str = "intelligence") -> Any:
    """Return all rows of a model; looked up late, because models import this module."""
    return apps.get_model(app, model)._default_manager.all()


def names_unknown(user: User, report: str = "report") -> Exists:
    """Whether the report of a row names a record of which the user may not know; `report` is the way from the row to it."""
    named = rows("ReportSubject").filter(report=OuterRef(report), nominal__isnull=False)
    return Exists(named.exclude(nominal__in=known_to(user).values("pk")))


def kept_apart_from(user: User) -> QuerySet:
    """Keys of the reports that name a record that the user must not know of."""
    return cast("QuerySet", rows("ReportSubject").filter(nominal__in=kept_from(user)).values("report"))


class ReportQuerySet(ScopedQuerySet):
    """Intelligence reports, whole."""

    def visible_to(self, user: User, perm: Perm, scopes: frozenset[Scope]) -> Self:
        """Their author until they are evaluated; once sent, the bureau of the force, without whoever must not know of somebody named.

        The bureau evaluates what others wrote, never its own.
        """
        if perm not in OF_BUREAU:
            return self.filter(author=user, state__in=OPEN_TO_AUTHOR)
        if Scope.FORCE not in scopes:
            return self.none()
        sent = self.filter(force=user.organisation_id, submitted_at__isnull=False).exclude(pk__in=kept_apart_from(user))
        return sent.exclude(author=user) if perm == Perm.EVALUATE_REPORT else sent

    def waiting(self) -> Self:
        """For the bureau to evaluate or release."""
        return self.filter(state__in=[State.SUBMITTED, State.EVALUATED])


class GiverQuerySet(ScopedQuerySet):
    """Who gave information; the database enforces the same by row security."""

    def visible_to(self, user: User, perm: Perm, scopes: frozenset[Scope]) -> Self:
        """The report's author until it is sent; afterwards the bureau, and never the author again."""
        reports = rows("InformationReport").visible_to(user, perm, scopes)
        if perm in OF_BUREAU:
            return self.filter(report__in=reports.exclude(author=user))
        return self.filter(report__in=reports.filter(submitted_at__isnull=True))


class SourceReviewQuerySet(ScopedQuerySet):
    """Reviews of relationships with people who give information; the database enforces the same by row security."""

    def visible_to(self, user: User, perm: Perm, scopes: frozenset[Scope]) -> Self:
        """The bureau of the force, without whoever wrote the report that led to it, or must not know of somebody it names."""
        return self.filter(force=user.organisation_id).exclude(author=user).exclude(report__in=kept_apart_from(user))


class ReleaseQuerySet(ScopedQuerySet):
    """Sanitised texts as they were released."""

    def visible_to(self, user: User, perm: Perm, scopes: frozenset[Scope]) -> Self:
        """The bureau with the report; readers of the case file of somebody whom it concerns, while it is not withdrawn.

        It stays away from whoever may not know of one of the people named.
        """
        if perm in OF_BUREAU:
            return self.filter(report__in=rows("InformationReport").visible_to(user, perm, scopes))
        routes = rows("ReportRoute").visible_to(user, perm, scopes).exclude(is_about=False)
        return self.filter(report__in=routes.values("report")).exclude(report__state=State.WITHDRAWN).exclude(names_unknown(user))


class RouteQuerySet(PartQuerySet):
    """Reports brought to whoever manages a person."""

    def visible_to(self, user: User, perm: Perm, scopes: frozenset[Scope]) -> Self:
        """With the record; to the bureau with the report, as far as it may know of the record."""
        if perm in OF_BUREAU:
            reports = rows("InformationReport").visible_to(user, perm, scopes)
            return self.filter(report__in=reports, nominal__in=known_to(user).values("pk"))
        return super().visible_to(user, perm, scopes)


class DisseminationQuerySet(ScopedQuerySet):
    """Released reports that were sent to people and units."""

    def visible_to(self, user: User, perm: Perm, scopes: frozenset[Scope]) -> Self:
        """What was sent to the user or their unit, while it holds and names nobody unknown to them; to the bureau with the report."""
        if perm in OF_BUREAU:
            return self.filter(report__in=rows("InformationReport").visible_to(user, perm, scopes))
        mine = Q(user=user) | Q(unit=user.unit_id) if user.unit_id else Q(user=user)
        return self.filter(mine).exclude(report__state=State.WITHDRAWN).exclude(names_unknown(user))
