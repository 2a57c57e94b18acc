"""How applications under the disclosure schemes went, in numbers: for the annual return. About nobody."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import astuple, dataclass, fields
from datetime import date, timedelta
from itertools import product

from django.db.models import Count, DurationField, Exists, ExpressionWrapper, F, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils.timezone import now
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.access import row_security
from accounts.models import User
from accounts.permissions import Perm
from actions.choices import ActionState
from actions.models import Action
from disclosure.choices.applications import Route, Scheme, Verdict
from disclosure.models import Application, SchemeDecision
from disclosure.rules.applications import CLOCKS, State
from disclosure.rules.outcomes import safe_cell

FIRST_MONTH = 4  # the year of the return begins on 1 April
WHOLE = [clocks[State.DECIDED] for clocks in CLOCKS.values()]
HEADINGS = (
    _("Scheme"), _("Route"), _("Asked"), _("Withdrawn"), _("Disclosed"), _("Not disclosed"), _("Nothing to disclose"),
    _("Answered in time"), _("Late"), _("Days to answer, on average"),
)  # fmt: skip


@dataclass(frozen=True)
class Figures:
    """The numbers of one scheme and route."""

    scheme: str
    route: str
    asked: int = 0
    withdrawn: int = 0
    disclosed: int = 0
    withheld: int = 0
    nothing: int = 0
    in_time: int = 0
    late: int = 0
    answered: int = 0
    taken: timedelta = timedelta()

    @property
    def days(self) -> str:
        """How many days it took to tell or to answer, on average."""
        return f"{self.taken / self.answered / timedelta(days=1):.1f}" if self.answered else ""

    @property
    def cells(self) -> list[str | int]:
        """What a table shows of it."""
        return [*astuple(self)[: len(HEADINGS) - 1], self.days]


NUMBERS = [field.name for field in fields(Figures) if field.name not in {"scheme", "route"}]


def year_of(day: date) -> tuple[date, date]:
    """Return the first and last day of the last year of the return that is over."""
    last = date(day.year if day.month >= FIRST_MONTH else day.year - 1, 3, 31)
    return date(last.year - 1, FIRST_MONTH, 1), last


def figures_of(user: User, first: date, last: date) -> list[Figures]:
    """Return the numbers of what came in between two days, as far as the user decides on applications; the last row is the sum."""
    received = Application.objects.for_user(user, Perm.DECIDE_APPLICATION).filter(received_at__date__range=(first, last))
    clock = Action.objects.filter(subject_type=Application._meta.label_lower, subject_id=OuterRef("pk"), rule_code__in=WHOLE)
    standing = SchemeDecision.objects.filter(application=OuterRef("pk"), agreed=True, lapsed_at__isnull=True)
    rows = received.annotate(
        verdict=Subquery(standing.values("verdict")[:1]),
        answered_at=Coalesce("disclosure__told_at", "neutral_answer__sent_at"),
        was_in_time=Exists(clock.filter(state=ActionState.DONE, closed_at__lt=F("late_from"))),
        is_late=Exists(
            clock.filter(Q(state=ActionState.DONE, closed_at__gte=F("late_from")) | Q(state=ActionState.OPEN, late_from__lte=now()))
        ),
    )
    counted = (
        rows.order_by()
        .values("scheme", "route")
        .annotate(
            asked=Count("pk"),
            withdrawn=Count("pk", filter=Q(state=State.WITHDRAWN)),
            disclosed=Count("pk", filter=Q(disclosure__told_at__isnull=False)),
            withheld=Count("pk", filter=Q(verdict=Verdict.WITHHOLD)),
            nothing=Count("pk", filter=Q(verdict=Verdict.NOTHING)),
            in_time=Count("pk", filter=Q(was_in_time=True)),
            late=Count("pk", filter=Q(is_late=True)),
            answered=Count("answered_at"),
            taken=Coalesce(Sum(ExpressionWrapper(F("answered_at") - F("received_at"), DurationField())), timedelta()),
        )
    )
    with row_security(user):
        found = {(row["scheme"], row["route"]): row for row in counted}
    table = [in_words(scheme, route, found.get((scheme, route), {})) for scheme, route in product(Scheme, Route)]
    return [*table, total_of(table)]


def in_words(scheme: Scheme, route: Route, row: dict[str, int]) -> Figures:
    """Return one row of the table."""
    return Figures(str(scheme.label), str(route.label), **{name: row[name] for name in NUMBERS if name in row})


def total_of(table: Iterable[Figures]) -> Figures:
    """Return the sum of all rows."""
    rows = list(table)
    sums = {name: sum((getattr(row, name) for row in rows), start=timedelta() if name == "taken" else 0) for name in NUMBERS}
    return Figures(gettext("Both schemes"), gettext("All routes"), **sums)


def lines_of(table: Iterable[Figures], first: date, last: date) -> list[list[str | int]]:
    """Return the lines of a file for spreadsheets: no cell of it is a formula."""
    lines: list[list[str | int]] = [["Received from", first.isoformat(), "to", last.isoformat()], list(map(str, HEADINGS))]
    lines += [row.cells for row in table]
    return [[safe_cell(cell) for cell in line] for line in lines]
