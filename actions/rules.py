"""When something is due, and how that was worked out. Nothing here reads the database or a clock."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from dateutil.relativedelta import relativedelta
from django.utils.translation import gettext, ngettext, ngettext_lazy

from actions.choices import TimeUnit
from ui.templatetags.ui import uk_date, uk_time

LONDON = ZoneInfo("Europe/London")
ONE_DAY = timedelta(days=1)
SATURDAY = 5
ANEW = "The time begins anew"


COUNTED = {
    TimeUnit.HOURS: ngettext_lazy("%(number)s hour", "%(number)s hours", "number"),
    TimeUnit.CALENDAR_DAYS: ngettext_lazy("%(number)s day", "%(number)s days", "number"),
    TimeUnit.WORKING_DAYS: ngettext_lazy("%(number)s working day", "%(number)s working days", "number"),
    TimeUnit.WEEKS: ngettext_lazy("%(number)s week", "%(number)s weeks", "number"),
    TimeUnit.MONTHS: ngettext_lazy("%(number)s month", "%(number)s months", "number"),
    TimeUnit.YEARS: ngettext_lazy("%(number)s year", "%(number)s years", "number"),
}


@dataclass(frozen=True)
class Length:
    """A quantity of time: 5 working days, 12 months."""

    quantity: int
    unit: TimeUnit

    def __str__(self) -> str:
        return COUNTED[TimeUnit(self.unit)] % {"number": self.quantity}


@dataclass(frozen=True)
class Pause:
    """Days on which a clock stood still: from the first, up to and without the last; `until` None while it still stands."""

    since: date
    until: date | None
    why: str
    kind: str = ""


@dataclass(frozen=True)
class Extension:
    """Time added by somebody with authority."""

    length: Length
    why: str


@dataclass(frozen=True)
class Line:
    """One step of an explanation: what was counted, and the day or moment that it led to."""

    words: str
    day: str  # ISO date, or date and time for clocks in hours; empty while the clock stands still


@dataclass(frozen=True)
class Due:
    """The first moment at which it is late (None while the clock stands still), with each step of the reckoning."""

    late_from: datetime | None
    lines: list[Line] = field(default_factory=list)


def is_working(day: date, holidays: Collection[date]) -> bool:
    """Whether the day is neither at a weekend nor a bank holiday."""
    return day.weekday() < SATURDAY and day not in holidays


def add_days(start: date, length: Length, holidays: Collection[date]) -> date:
    """Return the last day of a period that begins the day after `start`. Months and years keep the day of the month, or its last."""
    match length.unit:
        case TimeUnit.CALENDAR_DAYS:
            return start + timedelta(days=length.quantity)
        case TimeUnit.WEEKS:
            return start + timedelta(weeks=length.quantity)
        case TimeUnit.MONTHS:
            return start + relativedelta(months=length.quantity)
        case TimeUnit.YEARS:
            return start + relativedelta(years=length.quantity)
        case TimeUnit.WORKING_DAYS:
            return add_working_days(start, length.quantity, holidays)
    raise ValueError(f"{length.unit} are not counted in days")


def add_working_days(start: date, days: int, holidays: Collection[date]) -> date:
    """Return the n-th working day after `start`."""
    day = start
    while days > 0:
        day += ONE_DAY
        days -= is_working(day, holidays)
    return day


def skipped_holidays(start: date, end: date, holidays: Collection[date]) -> list[date]:
    """Return the bank holidays on weekdays after `start` up to `end`."""
    return sorted(day for day in holidays if start < day <= end and day.weekday() < SATURDAY)


def start_of(day: date) -> datetime:
    """Return the first moment of a local day."""
    return datetime.combine(day, time.min, LONDON)


def end_of(day: date) -> datetime:
    """Return the first moment after a local day."""
    return datetime.combine(day + ONE_DAY, time.min, LONDON)


def reckon(
    start: datetime, length: Length, holidays: Collection[date] = (), pauses: Sequence[Pause] = (), extensions: Sequence[Extension] = (),
    *, anew_after: str = "",
) -> Due:  # fmt: skip
    """Return when something that starts at this moment is due, with pauses and extensions in the order given.

    `start` is aware. A pause stops the clock for its days: calendar days for clocks in days or longer, working days for clocks
    in working days, 24 hours a day for clocks in hours. After a pause of the kind `anew_after` that began in time, the whole
    time begins anew.
    """
    if length.unit == TimeUnit.HOURS:
        return reckon_hours(start, length, holidays, pauses, extensions, anew_after=anew_after)
    first = start.astimezone(LONDON).date()
    lines = [Line("The clock starts", first.isoformat())]
    due = add_days(first, length, holidays)
    lines.append(Line(in_words(first, due, length, holidays), due.isoformat()))
    for pause in pauses:
        if pause.until is None:
            return Due(None, [*lines, Line(f"Stopped since {uk_date(pause.since)}: {pause.why}", "")])
        if begins_anew(pause, due, anew_after):
            due = add_days(pause.until, length, holidays)
            anew = f"{ANEW}: {in_words(pause.until, due, length, holidays)}"
            lines += [Line(stood_still(pause), pause.until.isoformat()), Line(anew, due.isoformat())]
        else:
            due = after_pause(due, pause, length.unit, holidays)
            lines.append(Line(stood_still(pause), due.isoformat()))
    for extension in extensions:
        due = add_days(due, extension.length, holidays)
        lines.append(Line(f"Extended by {extension.length}: {extension.why}", due.isoformat()))
    return Due(end_of(due), lines)


def reckon_hours(
    start: datetime, length: Length, holidays: Collection[date], pauses: Sequence[Pause], extensions: Sequence[Extension],
    *, anew_after: str,
) -> Due:  # fmt: skip
    """Return when a clock in hours runs out; extensions may be in any unit."""
    due = start + timedelta(hours=length.quantity)
    lines = [Line("The clock starts", start.isoformat()), Line(f"{length} later", due.isoformat())]
    for pause in pauses:
        if pause.until is None:
            return Due(None, [*lines, Line(f"Stopped since {uk_date(pause.since)}: {pause.why}", "")])
        if begins_anew(pause, due.astimezone(LONDON).date(), anew_after):
            due = start_of(pause.until) + timedelta(hours=length.quantity)
            lines += [Line(stood_still(pause), pause.until.isoformat()), Line(f"{ANEW}: {length} later", due.isoformat())]
        else:
            due += pause.until - pause.since
            lines.append(Line(stood_still(pause), due.isoformat()))
    for extension in extensions:
        more = extension.length
        in_hours = more.unit == TimeUnit.HOURS
        due = due + timedelta(hours=more.quantity) if in_hours else end_of(add_days(due.astimezone(LONDON).date(), more, holidays))
        lines.append(Line(f"Extended by {more}: {extension.why}", due.isoformat()))
    return Due(due, lines)


def stood_still(pause: Pause) -> str:
    """Say from when until when a clock stood still."""
    return f"Stood still from {uk_date(pause.since)} to {uk_date(pause.until)}: {pause.why}"


def begins_anew(pause: Pause, due: date, anew_after: str) -> bool:
    """Whether the whole time begins anew after a pause: one of that kind, which began before the time was over."""
    return bool(anew_after) and pause.kind == anew_after and pause.since <= due


def after_pause(due: date, pause: Pause, unit: TimeUnit, holidays: Collection[date]) -> date:
    """Return the due day moved on by the days on which the clock stood still."""
    until = pause.until or pause.since
    if unit == TimeUnit.WORKING_DAYS:
        stood = sum(is_working(pause.since + timedelta(days=each), holidays) for each in range((until - pause.since).days))
        return add_working_days(due, stood, holidays)
    return due + (until - pause.since)


def in_words(first: date, due: date, length: Length, holidays: Collection[date]) -> str:
    """Say what was counted, and which bank holidays were left out."""
    if length.unit != TimeUnit.WORKING_DAYS:
        return f"{length} later"
    skipped = skipped_holidays(first, due, holidays)
    left_out = f" and {len(skipped)} bank holiday{'s' * (len(skipped) != 1)}" if skipped else ""
    return f"{length} later, without weekends{left_out}"


class Urgency(StrEnum):
    """How near its time something is; the value is the colour of its tag."""

    LATE = "red"
    TODAY = "orange"
    SOON = "yellow"
    LATER = "blue"
    STANDS = "grey"


@dataclass(frozen=True)
class Standing:
    """Where something stands against its time, in words and as a tag."""

    words: str
    urgency: Urgency


SOON_DAYS = 7


def standing_of(late_from: datetime | None, now: datetime) -> Standing:
    """Say how long until something is due, or how long it has been late. `late_from` is the first moment at which it is late."""
    if late_from is None:
        return Standing(gettext("no date now"), Urgency.STANDS)
    last = (late_from - timedelta(microseconds=1)).astimezone(LONDON)
    days = (last.date() - now.astimezone(LONDON).date()).days
    if now >= late_from:
        overdue = ngettext("%(days)s day overdue", "%(days)s days overdue", -days) % {"days": -days}
        since = gettext("overdue since %(time)s") % {"time": uk_time(late_from)}
        return Standing(overdue if days else since, Urgency.LATE)
    if days == 0:
        is_whole_day = late_from.astimezone(LONDON).time() == time.min
        by_time = gettext("due today by %(time)s") % {"time": uk_time(late_from)}
        return Standing(gettext("due today") if is_whole_day else by_time, Urgency.TODAY)
    words = gettext("due tomorrow") if days == 1 else gettext("due in %(days)s days") % {"days": days}
    return Standing(words, Urgency.SOON if days <= SOON_DAYS else Urgency.LATER)


class NoVersion(LookupError):
    """A clock starts before any version of its rule holds."""


@dataclass(frozen=True)
class Version:
    """A version of a rule: from which day, and whether it counts for clocks that run already."""

    since: date
    counts_for_running: bool


def version_for(versions: Sequence[Version], start: date, today: date) -> int:
    """Return the place of the version that counts for a clock that starts on a day; NoVersion when none does.

    The version that holds on the first day of the clock counts, and instead of it the latest version begun by today that
    the force made count for running clocks. Versions follow each other without gap.
    """
    begun = [place for place, version in enumerate(versions) if version.since <= start]
    taken_over = [place for place, version in enumerate(versions) if start < version.since <= today and version.counts_for_running]
    places = sorted(begun + taken_over, key=lambda place: versions[place].since)
    if not places:
        raise NoVersion("No version of the rule holds on that day")
    return places[-1]
