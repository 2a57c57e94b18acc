"""What may become of a notification, a breach, a review; when the next notification is due; whether travel was notified in time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from dateutil.relativedelta import relativedelta
from django.utils.translation import gettext_noop

from actions.choices import TimeUnit
from actions.rules import LONDON, Length, Line
from offenders.choices.registration import BreachState, DutyKind, DutyState, ReviewState
from offenders.rules.registration import day_after

DUTY_MOVES: dict[DutyState, frozenset[DutyState]] = {
    DutyState.DUE: frozenset({DutyState.COMPLIED, DutyState.LATE, DutyState.BREACHED, DutyState.EXCUSED}),
    DutyState.COMPLIED: frozenset(),
    DutyState.LATE: frozenset({DutyState.BREACHED}),
    DutyState.BREACHED: frozenset({DutyState.LATE}),
    DutyState.EXCUSED: frozenset(),
}
BREACH_MOVES: dict[BreachState, frozenset[BreachState]] = {
    BreachState.OPEN: frozenset(
        {BreachState.NO_ACTION, BreachState.WARNED, BreachState.ARRESTED, BreachState.CHARGED, BreachState.CAUTIONED}
    ),
    BreachState.ARRESTED: frozenset({BreachState.NO_ACTION, BreachState.WARNED, BreachState.CHARGED, BreachState.CAUTIONED}),
    BreachState.CHARGED: frozenset({BreachState.CONVICTED, BreachState.ACQUITTED, BreachState.DISCONTINUED}),
    BreachState.NO_ACTION: frozenset(),
    BreachState.WARNED: frozenset(),
    BreachState.CAUTIONED: frozenset(),
    BreachState.CONVICTED: frozenset(),
    BreachState.ACQUITTED: frozenset(),
    BreachState.DISCONTINUED: frozenset(),
}
REVIEW_MOVES: dict[ReviewState, frozenset[ReviewState]] = {
    ReviewState.RECEIVED: frozenset({ReviewState.GRANTED, ReviewState.REFUSED}),
    ReviewState.REFUSED: frozenset({ReviewState.APPEALED}),
    ReviewState.APPEALED: frozenset({ReviewState.APPEAL_ALLOWED, ReviewState.APPEAL_DISMISSED}),
    ReviewState.GRANTED: frozenset(),
    ReviewState.APPEAL_ALLOWED: frozenset(),
    ReviewState.APPEAL_DISMISSED: frozenset(),
}
ENDS_REQUIREMENT = frozenset({ReviewState.GRANTED, ReviewState.APPEAL_ALLOWED})
RECURRING = frozenset({DutyKind.ANNUAL, DutyKind.NO_FIXED_ADDRESS})
ONE_AT_A_TIME = RECURRING | {DutyKind.INITIAL}
DUTY_RULES: dict[DutyKind, str] = {
    DutyKind.INITIAL: "notify-initial",
    DutyKind.ANNUAL: "notify-annual",
    DutyKind.CHANGE: "notify-change",
    DutyKind.BANK: "notify-bank",
    DutyKind.PASSPORT: "notify-passport",
    DutyKind.HOUSEHOLD_CHILD: "notify-household-child",
    DutyKind.NO_FIXED_ADDRESS: "notify-no-fixed-address",
}


def state_when_notified(done_on: date, due_on: date) -> DutyState:
    """In time up to and with the last day."""
    return DutyState.COMPLIED if done_on <= due_on else DutyState.LATE


def annual_base(start: date, last_notified: date | None, today: date) -> date:
    """Return the day from which the year counts: the last time that everything was notified.

    Where nothing is recorded, as after an import, the latest anniversary of the start: nobody is called late for want of an entry.
    """
    if last_notified is not None:
        return last_notified
    base = start
    for years in range(1, today.year - start.year + 1):
        anniversary = day_after(start, Length(years, TimeUnit.YEARS))
        base = anniversary if anniversary <= today else base
    return base


@dataclass(frozen=True)
class Timeliness:
    """Whether travel was notified in time, line by line."""

    is_in_time: bool
    lines: tuple[Line, ...]


def judge_travel(
    *,
    notified_at: datetime,
    leaves_at: datetime,
    ahead: Length,
    late_plans: Length,
    is_late_plan: bool,
    leaves_words: str = gettext_noop("Leaves"),
    notified_words: str = gettext_noop("Notified"),
) -> Timeliness:
    """Say whether travel was notified long enough before leaving.

    `ahead` counts whole days back from the day of leaving. With a good reason for late plans the hours of `late_plans` count instead.
    """
    last_day = back(leaves_at.astimezone(LONDON).date(), ahead)
    notified_on = notified_at.astimezone(LONDON).date()
    lines = [
        Line(leaves_words, leaves_at.astimezone(LONDON).isoformat(timespec="minutes")),
        Line(f"{ahead} before leaving", last_day.isoformat()),
        Line(notified_words, notified_at.astimezone(LONDON).isoformat(timespec="minutes")),
    ]
    if notified_on <= last_day:
        return Timeliness(is_in_time=True, lines=(*lines, Line(gettext_noop("In time"), "")))
    if not is_late_plan:
        return Timeliness(is_in_time=False, lines=(*lines, Line(gettext_noop("Late: no reason for late plans was accepted"), "")))
    last_moment = leaves_at - timedelta(hours=late_plans.quantity)
    moment = last_moment.astimezone(LONDON).isoformat(timespec="minutes")
    lines.append(Line(f"Plans were late with good reason: {late_plans} before leaving", moment))
    is_in_time = notified_at <= last_moment
    return Timeliness(is_in_time, (*lines, Line(gettext_noop("In time") if is_in_time else gettext_noop("Late"), "")))


def back(day: date, length: Length) -> date:
    """Return the day that lies this long before another."""
    match length.unit:
        case TimeUnit.CALENDAR_DAYS:
            return day - timedelta(days=length.quantity)
        case TimeUnit.WEEKS:
            return day - timedelta(weeks=length.quantity)
        case TimeUnit.MONTHS:
            return day - relativedelta(months=length.quantity)
        case TimeUnit.YEARS:
            return day - relativedelta(years=length.quantity)
    raise ValueError(f"{length.unit} are not counted back in days")
