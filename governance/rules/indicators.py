"""Quarterly indicators: of what fell due in a quarter, how much was done in time, how much late, how much not. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from accounts.permissions import Perm
from actions.choices import ActionState
from governance.rules.figures import Entry, Shape, Table, first_of
from governance.rules.ledger import LONDON, ONE_DAY, Known, end_of
from ui.templatetags.ui import uk_date

IN_TIME, LATE, UNDONE = "in-time", "late", "undone"
COLUMNS = ((IN_TIME, _("In time")), (LATE, _("Late")), (UNDONE, _("Not done")))


@dataclass(frozen=True)
class Indicator:
    """What is measured, by which kinds of action."""

    code: str
    name: str
    kinds: tuple[str, ...]


INDICATORS = (
    Indicator("visits", _("Visits"), ("visit",)),
    Indicator("assessments", _("Risk assessments"), ("assessment-due", "assessment-after-change")),
    Indicator("flags", _("Reviews of flags"), ("flag-review",)),
    Indicator("alerts", _("Events of flags acknowledged"), ("flag-event",)),
    Indicator("travel", _("Travel alerts looked at and evaluated"), ("travel-triage", "travel-evaluation")),
    Indicator("plans", _("Actions under risk plans"), ("plan",)),
    Indicator("applications", _("Disclosure applications, the whole time"), ("domestic-whole", "child-whole")),
    Indicator("access", _("Requests for one's own data"), ("subject-access",)),
    Indicator("freedom", _("Freedom of information"), ("freedom-of-information",)),
    Indicator("receipts", _("Recipients confirmed what was shared"), ("sharing-receipt", "briefing-receipt")),
)
KINDS = {kind: indicator.code for indicator in INDICATORS for kind in indicator.kinds}


@dataclass(frozen=True)
class Quarter:
    """Three months of a year."""

    number: int
    first: date
    last: date

    @property
    def shape(self) -> Shape:
        """The table of the quarter."""
        title = gettext("Quarter %(number)s: %(first)s to %(last)s")
        parts = {"number": self.number, "first": uk_date(self.first), "last": uk_date(self.last)}
        rows = [(indicator.code, indicator.name) for indicator in INDICATORS]
        return Shape(f"quarter-{self.number}", title % parts, _("What fell due in the quarter."), rows, COLUMNS, Perm.VIEW_ACTION)


def quarters_of(year: int) -> list[Quarter]:
    """Return the four quarters of a year."""
    starts = [first_of(year) + relativedelta(months=3 * number) for number in range(5)]
    return [Quarter(number, starts[number - 1], starts[number] - ONE_DAY) for number in range(1, 5)]


def outcome_of(action: Known, as_at: date) -> str | None:
    """Return how an action stood at the end of a day; None where it was not due yet, was not needed, or stands still."""
    late_from, closed_at, end = action.moment("late_from"), action.moment("closed_at"), end_of(as_at)
    if late_from is None or late_from > end:
        return None
    if closed_at is None or closed_at >= end:
        return UNDONE
    if action.values["state"] != ActionState.DONE:
        return None
    return IN_TIME if closed_at < late_from else LATE


def tables_of(quarters: Iterable[Quarter], actions: Iterable[Known], as_at: date) -> list[Table]:
    """Count actions in the quarter in which they fell due."""
    tables = {quarter: Table(quarter.shape, {}) for quarter in quarters}
    for action in actions:
        late_from, outcome = action.moment("late_from"), outcome_of(action, as_at)
        if late_from is None or outcome is None:
            continue
        last_day = (late_from.astimezone(LONDON) - timedelta(microseconds=1)).date()
        if quarter := next((each for each in tables if each.first <= last_day <= each.last), None):
            place = KINDS[action.values["kind"]], outcome
            tables[quarter].cells.setdefault(place, []).append(Entry(action.nominal or 0, action.row))
    return list(tables.values())


def share_in_time(tables: Iterable[Table], code: str) -> int | None:
    """Return how many of a hundred were done in time; None where nothing fell due."""
    tables = list(tables)
    due = sum(table.number(code, "total") for table in tables)
    return round(100 * sum(table.number(code, IN_TIME) for table in tables) / due) if due else None
