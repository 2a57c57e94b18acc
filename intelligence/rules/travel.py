"""How a crossing of the border compares with what the person notified, and when two reports are the same. Reads no database, no clock."""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from actions.rules import Line
from intelligence.choices.travel import AlertState, Direction, Finding
from intelligence.rules.places import country_of, name_of

# Which way a report may go. What is filed or set aside comes back to the queue only by somebody's decision, with a reason.
MOVES: dict[AlertState, frozenset[AlertState]] = {
    AlertState.RECEIVED: frozenset({AlertState.TRIAGE, AlertState.FILED, AlertState.NO_MATCH}),
    AlertState.TRIAGE: frozenset({AlertState.FILED, AlertState.NOT_OURS, AlertState.REJECTED}),
    AlertState.NO_MATCH: frozenset({AlertState.TRIAGE}),
    AlertState.FILED: frozenset({AlertState.TRIAGE}),
    AlertState.NOT_OURS: frozenset({AlertState.TRIAGE}),
    AlertState.REJECTED: frozenset({AlertState.TRIAGE}),
}
MAY_BE_BREACH = (
    Finding.BANNED, Finding.NOT_NOTIFIED, Finding.NO_JOURNEY_OUT, Finding.LATE_RETURN, Finding.OTHER_DETAILS, Finding.LATE,
)  # fmt: skip
WORST_FIRST = (*MAY_BE_BREACH, Finding.CONSISTENT)


@dataclass(frozen=True)
class Crossing:
    """What the border saw. `elsewhere` is the place on the other side, in the words of the report; it may be empty."""

    on: date
    direction: Direction
    elsewhere: str = ""


@dataclass(frozen=True)
class Notified:
    """A journey that the person notified."""

    key: int
    notified_on: date
    leaves_on: date
    returns_on: date | None
    countries: tuple[str, ...]
    is_in_time: bool


@dataclass(frozen=True)
class Ban:
    """Days on which foreign travel is prohibited; None: without beginning or end."""

    starts_on: date | None
    ends_on: date | None

    def holds_on(self, day: date) -> bool:
        """Whether it is in force on a day."""
        return (self.starts_on is None or self.starts_on <= day) and (self.ends_on is None or day <= self.ends_on)


@dataclass(frozen=True)
class Comparison:
    """What came of it, which notified journey it belongs to, and each step in words."""

    finding: Finding
    journey: int | None
    lines: list[Line] = field(default_factory=list)


def compare_travel(
    crossing: Crossing, journeys: Sequence[Notified], bans: Sequence[Ban], others: Sequence[Crossing], *,
    is_required: bool, tolerance_days: int, nearby_days: int,
) -> Comparison:  # fmt: skip
    """Say how a crossing compares with what was notified.

    A day within `tolerance_days` of the notified one is the same day (a crossing around midnight, a time zone); a journey within
    `nearby_days` is taken to be the one that was meant, with other dates; an arrival near none ends the journey on which the border saw
    the person leave, found among its `others`. Where no notification is required nothing is held against the person but a prohibition
    of travel. The worst finding counts; every line is told.
    """
    lines = [Line(f"Seen at the border: {crossing.direction.label.lower()}", crossing.on.isoformat())]
    findings = {Finding.CONSISTENT}
    if any(ban.holds_on(crossing.on) for ban in bans):
        findings.add(Finding.BANNED)
        lines.append(Line("A prohibition of foreign travel is in force on that day: read its words", ""))
    left = leaving_before(crossing, others)
    journey = nearest(crossing, journeys, nearby_days) or (nearest(left, journeys, nearby_days) if left else None)
    if journey is not None:
        findings |= compare_details(crossing, journey, tolerance_days, lines)
    elif is_required:
        lines.append(Line(f"No journey within {nearby_days} days of it was notified", ""))
        findings.add(name_unnotified(crossing, left, lines))
    if not is_required:
        lines.append(Line("On that day the person did not have to notify foreign travel", ""))
        return Comparison(Finding.BANNED if Finding.BANNED in findings else Finding.NOT_REQUIRED, journey.key if journey else None, lines)
    return Comparison(next(each for each in WORST_FIRST if each in findings), journey.key if journey else None, lines)


def day_of(crossing: Crossing, journey: Notified) -> date | None:
    """Return the notified day that a crossing is compared with: the return for an arrival, else the leaving."""
    return journey.returns_on if crossing.direction == Direction.IN else journey.leaves_on


def nearest(crossing: Crossing, journeys: Sequence[Notified], nearby_days: int) -> Notified | None:
    """Return the journey that was meant, if any: the nearest by its day; for an arrival also one that is under way."""

    def apart(journey: Notified) -> int | None:
        day = day_of(crossing, journey)
        if day is not None and abs((day - crossing.on).days) <= nearby_days:
            return abs((day - crossing.on).days)
        is_under_way = journey.leaves_on <= crossing.on and (journey.returns_on is None or crossing.on <= journey.returns_on)
        return nearby_days if crossing.direction != Direction.OUT and is_under_way else None

    found = [(days, -journey.leaves_on.toordinal(), journey.key, journey) for journey in journeys if (days := apart(journey)) is not None]
    return min(found)[-1] if found else None


def leaving_before(crossing: Crossing, others: Sequence[Crossing]) -> Crossing | None:
    """Return the crossing by which somebody who arrives had left, if the border saw it and no return from it."""
    if crossing.direction != Direction.IN:
        return None
    left = [each for each in others if each.direction == Direction.OUT and each.on <= crossing.on]
    last = max(left, key=lambda each: each.on, default=None)
    if last is None or any(each.direction == Direction.IN and last.on <= each.on < crossing.on for each in others):
        return None
    return last


def name_unnotified(crossing: Crossing, left: Crossing | None, lines: list[Line]) -> Finding:
    """Tell a return whose journey out nobody knows from travel that was not notified; add the step to the lines."""
    if crossing.direction != Direction.IN:
        return Finding.NOT_NOTIFIED
    if left is None:
        lines.append(Line("No journey out is known: none was notified, and the border saw none", ""))
        return Finding.NO_JOURNEY_OUT
    lines.append(Line("The border saw the person leave", left.on.isoformat()))
    return Finding.NOT_NOTIFIED


def compare_details(crossing: Crossing, journey: Notified, tolerance_days: int, lines: list[Line]) -> set[Finding]:
    """Compare the day, the country and the time of notifying with those of one journey; add the steps to the lines."""
    found = compare_day(crossing, journey, tolerance_days, lines) | compare_country(crossing, journey, lines)
    lines.append(Line("Notified in time" if journey.is_in_time else "Notified late", journey.notified_on.isoformat()))
    if not journey.is_in_time:
        found.add(Finding.LATE)
    if journey.notified_on > crossing.on:
        found.add(Finding.LATE)
        lines.append(Line("It was notified only after the crossing", ""))
    return found


def compare_day(crossing: Crossing, journey: Notified, tolerance_days: int, lines: list[Line]) -> set[Finding]:
    """Compare the day with the notified one. Coming back late is a thing of its own; coming back early is another day."""
    day = day_of(crossing, journey)
    if day is None:
        lines.append(Line("The day of the return was not notified", ""))
        return set()
    what = "return" if crossing.direction == Direction.IN else "leaving"
    if abs((crossing.on - day).days) <= tolerance_days:
        lines.append(Line(f"Notified day of {what}: the same", day.isoformat()))
        return set()
    if crossing.direction == Direction.IN and crossing.on > day:
        lines += [Line("Notified back by", day.isoformat()), Line("Came back late", crossing.on.isoformat())]
        return {Finding.LATE_RETURN}
    lines.append(Line(f"Notified day of {what}: another", day.isoformat()))
    return {Finding.OTHER_DETAILS}


def compare_country(crossing: Crossing, journey: Notified, lines: list[Line]) -> set[Finding]:
    """Compare the country on the other side with the notified ones. What is not known is said and held against nobody."""
    seen = country_of(crossing.elsewhere) if crossing.elsewhere else ""
    notified = {country_of(words) for words in journey.countries} - {""}
    if not seen or not notified:
        lines.append(Line("The country could not be compared: look at the words of the report and of the notification", ""))
        return set()
    if seen in notified:
        lines.append(Line(f"Country as notified: {name_of(seen)}", ""))
        return set()
    lines.append(Line(f"Another country: the border saw {name_of(seen)}, notified was {', '.join(sorted(map(name_of, notified)))}", ""))
    return {Finding.OTHER_DETAILS}


def fingerprint(facts: dict[str, str | int | datetime | None]) -> str:
    """Return what two reports of the same crossing share, whatever the mail, the spelling of spaces and capitals, or the time zone."""
    return hashlib.sha256(json.dumps({name: plain(value) for name, value in sorted(facts.items())}).encode()).hexdigest()


def plain(value: str | int | datetime | None) -> str:
    """Return one fact in one form."""
    if isinstance(value, datetime):
        return str(int(value.timestamp()))
    return " ".join(unicodedata.normalize("NFKC", str(value or "")).casefold().split())

