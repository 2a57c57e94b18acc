"""Who of a unit carries how much."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext, ngettext

from accounts.models import User
from accounts.permissions import ROLE_RIGHTS, Perm
from actions.models import Action
from offenders.querysets import NominalQuerySet
from offenders.reports.visits import overdue_visits
from offenders.rules.workload import NOT_SET, Load, measure_on


@dataclass(frozen=True)
class Officer:
    """One line of the board."""

    user: User
    load: Load
    late_actions: int
    late_visits: int

    @property
    def lapsed(self) -> list[str]:
        """What keeps somebody who has not left from opening case files."""
        return self.user.lapsed_qualifications if self.user.is_active else []

    @property
    def words(self) -> str:
        """Who it is, for a list to choose from."""
        parts = {"person": self.user.display_name, "number": self.load.cases, "lapsed": gettext(" and ").join(self.lapsed)}
        if self.lapsed:
            one = gettext("%(person)s, %(number)s case, %(lapsed)s has run out")
            return (one if self.load.cases == 1 else gettext("%(person)s, %(number)s cases, %(lapsed)s has run out")) % parts
        return ngettext("%(person)s, %(number)s case", "%(person)s, %(number)s cases", self.load.cases) % parts


def levels_by_officer(cases: NominalQuerySet, today: date) -> dict[int, Counter[int]]:
    """Return how many cases of each level each officer has, in one query."""
    rows = cases.with_level(today).order_by().values("offender_manager", "risk_level").annotate(number=Count("pk"))
    found: dict[int, Counter[int]] = defaultdict(Counter)
    for row in rows:
        found[row["offender_manager"]][row["risk_level"] or NOT_SET] += row["number"]
    return found


def load_of(levels: Counter[int] | None, today: date) -> Load:
    """Return a load."""
    return Load(dict(levels or {}), measure_on(today))


def people_of(user: User, cases: NominalQuerySet) -> QuerySet[User]:
    """Return who manages these cases, people who have left too, and who of the user's unit could."""
    roles = [role for role, rights in ROLE_RIGHTS.items() if Perm.CHANGE_RECORD in rights]
    able = User.objects.colleagues_of(user).filter(unit=user.unit_id, groups__name__in=roles)
    return User.objects.filter(Q(pk__in=cases.order_by().values("offender_manager")) | Q(pk__in=able.values("pk"))).select_related("unit")


def officers_of(user: User, cases: NominalQuerySet, moment: datetime, today: date) -> list[Officer]:
    """Return everybody of a unit who manages cases or could, the heaviest load first; a handful of queries for any number."""
    actions, people = Action.objects.for_user(user), people_of(user, cases)
    levels = levels_by_officer(cases, today)
    late = dict(actions.late(moment).order_by().values_list("owner").annotate(Count("pk")))
    visits = Counter(overdue_visits(cases, moment).order_by().values_list("offender_manager", flat=True))
    found = [Officer(user, load_of(levels.get(user.pk), today), late.get(user.pk, 0), visits[user.pk]) for user in people]
    return sorted(found, key=lambda officer: (-officer.load.points, officer.user.last_name, officer.user.pk))
