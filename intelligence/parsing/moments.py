"""Dates, times and dates of birth as senders write them; nothing is guessed that could mean two things."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

from offenders.rules import EARLIEST_BIRTH_YEAR
from offenders.search.births import MONTH, MONTHS, NTH, Birth

HOME = ZoneInfo("Europe/London")
# Names of zones that mean one thing in reports from this country; any other is refused rather than guessed.
ZONES: dict[str, tzinfo] = {
    "": HOME,
    "LOCAL": HOME,
    "UK": HOME,
    "Z": UTC,
    "UTC": UTC,
    "GMT": UTC,
    "BST": timezone(timedelta(hours=1)),
    "CET": timezone(timedelta(hours=1)),
    "CEST": timezone(timedelta(hours=2)),
}
WEEKDAY = r"(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*,?\s+)?"
DATES = tuple(
    re.compile(WEEKDAY + pattern, re.IGNORECASE)
    for pattern in (
        r"(?P<year>\d{4})(?P<by>[-/.])(?P<month>\d{1,2})(?P=by)(?P<day>\d{1,2})(?!\d)",
        r"(?P<day>\d{1,2})(?P<by>[-/.])(?P<month>\d{1,2})(?P=by)(?P<year>\d{4})(?!\d)",
        r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})(?!\d)",
        rf"(?P<day>\d{{1,2}}){NTH}(?:\s+|\s*-\s*)(?:of\s+)?(?P<month>{MONTH})\.?,?(?:\s+|\s*-\s*)(?P<year>\d{{4}})(?!\d)",
        rf"(?P<month>{MONTH})\.?\s+(?P<day>\d{{1,2}}){NTH},?\s+(?P<year>\d{{4}})(?!\d)",
    )
)
PARTS_OF_BIRTH = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"(?:00[-/.]){0,2}(?P<year>\d{4})(?:[-/.]00){0,2}",
        r"(?P<year>\d{4})[-/.](?P<month>\d{1,2})(?:[-/.]00)?",
        r"(?:00[-/.])?(?P<month>\d{1,2})[-/.](?P<year>\d{4})",
        rf"(?P<month>{MONTH})\.?,?[\s-]+(?P<year>\d{{4}})",
    )
)
TIME = re.compile(
    r"(?P<four>\d{4})(?!\d)|"
    r"(?P<hour>\d{1,2})(?:[:.h](?P<minute>\d{2})(?:[:.](?P<second>\d{2})(?:[.,]\d+)?)?)?\s*(?P<half>[ap]\.?m\.?)?",
    re.IGNORECASE,
)
OFFSET = re.compile(r"(?:UTC|GMT)?\s*(?P<sign>[+-])(?P<hours>\d{1,2}):?(?P<minutes>\d{2})?", re.IGNORECASE)
ZONE_NAME = re.compile(r"[A-Za-z]+/[A-Za-z_]+(?:/[A-Za-z_]+)?")
JOIN = re.compile(r"[\s,]*(?:T|at)?\s*", re.IGNORECASE)
HOURS = re.compile(r"\s*(?:hours|hrs|h)\b\.?", re.IGNORECASE)
EARLIEST, LATEST = 1990, 2100


def read_moment(text: str, more: str = "") -> tuple[datetime | None, bool]:
    """Return when something happens, aware, and whether a time was given: without one it is noon, without a zone it is London's time.

    `more` is a time, a zone, or both, from fields of their own. None when it is unclear.
    """
    text, more = " ".join(text.split()), " ".join(more.split())
    for pattern in DATES:
        if found := pattern.match(text):
            day = as_date(found.groupdict())
            rest = text[found.end() :]
            after = rest[JOIN.match(rest).end() :]  # type: ignore[union-attr]  # matches the empty text too
            time = f"{after} {more}".strip()
            return (at(day, time) if day and EARLIEST <= day.year <= LATEST else None), bool(time) and time[0].isdigit()
    return None, False


def as_date(parts: dict[str, str | None]) -> date | None:
    """Return the day, or None for one that does not exist."""
    month = (parts["month"] or "").lower()
    try:
        return date(int(parts["year"] or 0), MONTHS.get(month) or int(month), int(parts["day"] or 0))
    except ValueError:
        return None


def at(day: date, text: str) -> datetime | None:
    """Return the moment on that day; None when the time or the zone is unclear."""
    if not text[:1].isdigit():
        zone = read_zone(text)
        return datetime(day.year, day.month, day.day, 12, tzinfo=zone) if zone else None
    found = TIME.match(text)
    zone = read_zone(HOURS.sub("", text[found.end() :], count=1).strip(" ()")) if found else None
    if found is None or zone is None:
        return None
    four = found["four"]
    hour, minute = (int(four[:2]), int(four[2:])) if four else (int(found["hour"]), int(found["minute"] or 0))
    half = (found["half"] or "").lower().replace(".", "")
    if half and not 1 <= hour <= 12:
        return None
    if half:
        hour = hour % 12 + (12 if half == "pm" else 0)
    try:
        return datetime(day.year, day.month, day.day, hour, minute, int(found["second"] or 0), tzinfo=zone)
    except ValueError:
        return None


def read_zone(text: str) -> tzinfo | None:
    """Return the zone that the text names; None for a name that is not known."""
    if (known := ZONES.get(text.upper())) is not None:
        return known
    if found := OFFSET.fullmatch(text):
        minutes = int(found["hours"]) * 60 + int(found["minutes"] or 0)
        return timezone(timedelta(minutes=-minutes if found["sign"] == "-" else minutes)) if minutes <= 14 * 60 else None
    if ZONE_NAME.fullmatch(text):
        try:
            return ZoneInfo(text)
        except (ValueError, OSError, LookupError):
            return None
    return None


def read_born(text: str, today: date) -> Birth | None:
    """Return a date of birth, whole or in part; None for one that cannot be, and for years of two digits, which mean two things."""
    text = " ".join(text.split())
    for pattern in DATES:
        if (found := pattern.fullmatch(text)) and (day := as_date(found.groupdict())):
            return Birth(day.year, day.month, day.day) if is_possible(day.year, today) and day <= today else None
    for pattern in PARTS_OF_BIRTH:
        if found := pattern.fullmatch(text):
            return part_of_birth(found.groupdict(), today)
    return None


def part_of_birth(parts: dict[str, str | None], today: date) -> Birth | None:
    """Return a year, or a year and a month."""
    year, word = int(parts["year"] or 0), (parts.get("month") or "").lower()
    month = (MONTHS.get(word) or int(word)) if word else None
    return Birth(year, month) if is_possible(year, today) and month in {None, *range(1, 13)} else None


def is_possible(year: int, today: date) -> bool:
    """Whether somebody who travels can be born in the year."""
    return EARLIEST_BIRTH_YEAR <= year <= today.year
