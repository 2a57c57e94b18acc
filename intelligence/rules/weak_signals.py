"""When reports of which none is strong by itself pile up about one person or thing, and how much that weighs. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from intelligence.rules.information import State


@dataclass(frozen=True)
class Pile:
    """How many weak reports within how many days are worth a look, and up to how many strong ones beside them, from a day on."""

    since: date
    reports: int
    days: int
    most_strong: int
    source: str


PILES = (Pile(date(2020, 1, 1), 3, 365, 1, "Practice of bureaus; to be confirmed by the force"),)


def pile_on(day: date) -> Pile:
    """Return what counts on this day."""
    return max((each for each in PILES if each.since <= day), key=lambda each: each.since)


STRONG_SOURCES, STRONG_ASSESSMENTS = frozenset({1, 2}), frozenset({"A", "B"})
GRADED = frozenset({State.EVALUATED, State.RELEASED})


def is_strong(state: str, source: int | None, assessment: str) -> bool:
    """Say whether a report counts for itself: evaluated, not closed, from a source that is not unreliable, known or corroborated."""
    return state in GRADED and source in STRONG_SOURCES and assessment in STRONG_ASSESSMENTS


WEIGHT_WORDS = (
    "Each weak report weighs one; so does each further unit whose officers wrote one, and each of the six questions answered with yes."
)


def weight_of(reports: int, units: Iterable[object], questions: Iterable[str]) -> int:
    """Return how much a pile weighs."""
    return reports + max(0, len(set(units)) - 1) + len(set(questions))
