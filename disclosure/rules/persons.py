"""When two people in applications are one and the same, as far as names and days of birth tell. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from intelligence.rules.information import TITLES
from offenders.rules.leaks import words_of


def marks_of_name(name: str) -> list[str]:
    """Return the plain marks of a name: two names that share one are the same but for case, accents, spaces, hyphens or order."""
    words = [word.text for word in words_of(name) if word.text not in TITLES]
    return sorted({" ".join(sorted(words)), "".join(words)}) if words else []


def is_same_person(names: Iterable[str], days: Iterable[date | None]) -> bool:
    """Whether two people go by the same name, and are not known to be born on different days."""
    one, other = (set(marks_of_name(name)) for name in names)
    return bool(one & other) and len(set(days) - {None}) < 2
