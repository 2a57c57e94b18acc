"""Dates of birth in what somebody typed, and how well one agrees with a date on record."""
from __future__ import annotations

import calendar
import re
from datetime import date
from typing import NamedTuple

from django.utils.translation import gettext_lazy as _

from offenders.rules import EARLIEST_BIRTH_YEAR, check_birth
from ui.languages import StrOrPromise

YOUNGEST = 10  # the age of criminal responsibility
MONTHS = {name.lower(): number for names in (calendar.month_name, calendar.month_abbr) for number, name in enumerate(names) if name}
MONTHS["sept"] = 9
MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
BEFORE, AFTER = r"(?<![\w/.-])", r"(?![\w/-])"
NTH = r"(?:st|nd|rd|th)?"
PATTERNS = tuple(
    re.compile(f"{BEFORE}{pattern}{AFTER}", re.IGNORECASE)
    for pattern in (
        r"(?P<day>\d{1,2})(?P<by>[/.-])(?P<month>\d{1,2})(?P=by)(?P<year>\d{4}|\d{2})",
        r"(?P<year>\d{4})(?P<by>[/.-])(?P<month>\d{1,2})(?P=by)(?P<day>\d{1,2})",
        rf"(?P<day>\d{{1,2}}){NTH}[\s-]*(?:of\s+)?(?P<month>{MONTH})\.?,?[\s-]+(?P<year>\d{{4}})",
        rf"(?P<month>{MONTH})\.?\s+(?P<day>\d{{1,2}}){NTH},?\s+(?P<year>\d{{4}})",
        rf"(?P<month>{MONTH})\.?,?[\s-]+(?P<year>\d{{4}})",
        r"(?P<month>\d{1,2})/(?P<year>\d{4})",
        r"(?P<year>\d{4})(?!\.\d)",
    )
)


class Birth(NamedTuple):
    """A date of birth of which month and day may be unknown."""

    year: int
    month: int | None = None
    day: int | None = None

    @property
    def swapped(self) -> Birth | None:
        """The same date with day and month taken for each other, if there is such a date."""
        if self.day is None or self.month is None or self.day > 12 or self.day == self.month:
            return None
        return Birth(self.year, self.day, self.month)


class Agreement(NamedTuple):
    """How much a date speaks for a person (against, below zero), and in which words."""

    weight: float
    reason: StrOrPromise


def find_birth(text: str, today: date) -> tuple[Birth | None, str]:
    """Return the date of birth in the text, and the text without it; ValueError when it is not a possible date."""
    for pattern in PATTERNS:
        found = pattern.search(text)
        if found and (birth := read_birth(found.groupdict(), today)):
            return birth, f"{text[: found.start()]} {text[found.end() :]}"
    return None, text


def read_birth(parts: dict[str, str | None], today: date) -> Birth | None:
    """Make a date of the parts; a bare year that nobody can be born in is no date."""
    year = birth_year(parts["year"] or "", today)
    if "month" not in parts:
        return Birth(year) if EARLIEST_BIRTH_YEAR <= year <= today.year else None
    word = (parts["month"] or "").lower()
    month = MONTHS.get(word) or int(word)
    day = int(typed) if (typed := parts.get("day")) else None
    if day is not None and month > 12 >= day:  # written in the American order
        day, month = month, day
    check_birth(year, month, day, today)
    return Birth(year, month, day)


def birth_year(digits: str, today: date) -> int:
    """Return the year in full. Two digits mean the latest such year in which somebody old enough to be on record was born."""
    if len(digits) != 2:
        return int(digits)
    latest = today.year - YOUNGEST
    return latest - (latest - int(digits)) % 100


EQUAL = {
    1: Agreement(0.5, _("Year of birth equal")),
    2: Agreement(0.75, _("Month and year of birth equal")),
    3: Agreement(1.0, _("Date of birth equal")),
}
DIFFERS = (
    _("Date of birth differs in the year only"),
    _("Date of birth differs in the month only"),
    _("Date of birth differs in the day only"),
)


def compare_births(asked: Birth, held: list[Birth]) -> Agreement:
    """Return the best agreement with any date on record; none on record says nothing."""
    return max((compare(asked, birth) for birth in held), default=Agreement(0, ""))


def compare(asked: Birth, held: Birth) -> Agreement:
    """Say how well two dates agree."""
    both = [(one, other) for one, other in zip(asked, held, strict=True) if one is not None and other is not None]
    if all(one == other for one, other in both):
        return EQUAL[len(both)]
    if asked.swapped == held:
        return Agreement(0.85, _("Date of birth with day and month swapped"))
    return nearly(asked, held)


def nearly(asked: Birth, held: Birth) -> Agreement:
    """One part wrong, or a year or two out; otherwise the dates speak against each other."""
    equal = [one == other and one is not None for one, other in zip(asked, held, strict=True)]
    if sum(equal) == 2:
        return Agreement(0.6, DIFFERS[equal.index(False)])
    if asked.day is None and abs(asked.year - held.year) <= 1 and (asked.month == held.month or asked.month is None):
        return Agreement(0.25, _("Year of birth one out"))
    if equal[0]:
        return Agreement(0.2, _("Year of birth equal"))
    return Agreement(-0.5, "")
