"""Intelligence reports: how they move, what is asked about them, older grades, what a sanitised text gives away of its source. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import pairwise

from django.utils.translation import gettext_lazy as _

from offenders.rules.leaks import fixed_marks, fold, runs, words_of
from ui.languages import StrOrPromise


class State(StrEnum):
    """Where a report stands."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    EVALUATED = "evaluated"
    RELEASED = "released"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


class Side(StrEnum):
    """Who moves it."""

    AUTHOR = "author"
    BUREAU = "bureau"


MOVES: dict[tuple[State, State], Side] = {
    (State.DRAFT, State.SUBMITTED): Side.AUTHOR,
    (State.RETURNED, State.SUBMITTED): Side.AUTHOR,
    (State.SUBMITTED, State.RETURNED): Side.BUREAU,
    (State.SUBMITTED, State.EVALUATED): Side.BUREAU,
    (State.SUBMITTED, State.REJECTED): Side.BUREAU,
    (State.RETURNED, State.REJECTED): Side.BUREAU,
    (State.EVALUATED, State.EVALUATED): Side.BUREAU,  # graded or sanitised again before it is released
    (State.EVALUATED, State.RETURNED): Side.BUREAU,
    (State.EVALUATED, State.RELEASED): Side.BUREAU,
    (State.EVALUATED, State.REJECTED): Side.BUREAU,
    (State.RELEASED, State.EVALUATED): Side.BUREAU,  # a correction: what was released stands until the next release
    (State.RELEASED, State.WITHDRAWN): Side.BUREAU,
}
OPEN_TO_AUTHOR = frozenset({State.DRAFT, State.SUBMITTED, State.RETURNED})
WAITING = (State.SUBMITTED, State.EVALUATED)  # for the bureau


def may_move(before: State, after: State, side: Side) -> bool:
    """Say whether this side may move a report from one state to the other."""
    return MOVES.get((before, after)) == side


# The six questions: code, what is asked, and the same in a few words.
QUESTIONS: dict[str, tuple[StrOrPromise, StrOrPromise]] = {
    "harm": (_("Does it show that somebody could do serious harm?"), _("Serious harm")),
    "at_risk": (_("Does it raise concern for children or adults at risk?"), _("Children or adults at risk")),
    "trust": (_("Was a position of trust abused?"), _("Breach of trust")),
    "associations": (_("Does it show links to people who make harm likelier?"), _("Associations")),
    "substances": (_("Is there concern about drink or drugs?"), _("Drink or drugs")),
    "mental_state": (_("Is there concern that somebody's state of mind makes harm likelier?"), _("State of mind")),
}


@dataclass(frozen=True)
class OlderScheme:
    """How a grade of the older 5×5×5 reads in today's 3×5×2, from a day on. A report keeps the grade as it was given."""

    since: date
    sources: Mapping[str, int]
    assessments: Mapping[str, str]
    handlings: Mapping[str, str]
    source: str


OLDER_SCHEMES = (
    OlderScheme(
        date(2016, 4, 1),
        {"A": 1, "B": 1, "C": 2, "D": 3, "E": 2},
        {"1": "A", "2": "A", "3": "B", "4": "D", "5": "E"},
        {"1": "P", "2": "P", "3": "P", "4": "C", "5": "C"},
        "Reading of the older scheme in use by bureaus; to be confirmed by the force",
    ),
)
OLDER = re.compile(r"([A-E])\s*/?\s*([1-5])\s*/?\s*([1-5])")


def read_older_grade(given: str, day: date) -> tuple[int, str, str] | None:
    """Return how a grade such as B24 reads in today's scheme: source, assessment, handling; None when it is no such grade."""
    found = OLDER.fullmatch(given.strip().upper())
    schemes = [scheme for scheme in OLDER_SCHEMES if scheme.since <= day]
    if not found or not schemes:
        return None
    scheme = max(schemes, key=lambda each: each.since)
    return scheme.sources[found[1]], scheme.assessments[found[2]], scheme.handlings[found[3]]


TITLES = frozenset({"mr", "mrs", "ms", "miss", "mx", "dr", "sir"})
CAPITALISED = re.compile(r"\b[A-Z][^\W\d_]*(?:[’'-][^\W\d_]+)*(?: [A-Z][^\W\d_]*(?:[’'-][^\W\d_]+)*){1,3}")
MOST_NAMES = 40


def names_in(text: str) -> list[str]:
    """Return what looks like whole names in running text: two to four words in a row that begin with a capital, and each pair of them.

    A sentence may open with a capital that is no part of the name: the pair without it still is one.
    """
    found: dict[str, None] = {}
    for run in CAPITALISED.findall(text):
        found |= dict.fromkeys([run, *(f"{one} {other}" for one, other in pairwise(run.split()))])
    return list(found)[:MOST_NAMES]


def marks_of_giver(name: str, contact: str) -> list[str]:
    """Return the plain marks by which somebody who gives information is known again: each telephone number or address, and the name."""
    words = sorted(word.text for word in words_of(name) if word.text not in TITLES)
    marks = [f"name {' '.join(words)}"] if len(words) > 1 else []
    return [*marks, *sorted(set(fixed_marks(contact)))]


# Words that tell of a source, whoever it is.
TELLING = re.compile(
    r"\b(?:informants?|the source|my source|told (?:me|us|officers?)|(?:his|her|their) (?:wife|husband|partner|mother|father|sister|brother"
    r"|neighbour|landlord|girlfriend|boyfriend|ex)|a neighbour|rang in|asked (?:to|for) remain anonymous|does not want to be named)\b",
    re.IGNORECASE,
)
SHORTEST = 3


def source_clues(text: str, *, names: Iterable[str], details: Iterable[str]) -> list[str]:
    """Return, in words for the bureau, what a sanitised text repeats of its source.

    `names` are those of whoever gave it, passed it on or wrote it down; `details` is everything else said about them.
    """
    said = words_of(text)
    plain, numbers, phrases = {word.text for word in said}, set(fixed_marks(text)), set(runs(said))
    clues = [f"the name {word}" for name in names for word in dict.fromkeys(fold(each.text) for each in words_of(name))
             if len(word) >= SHORTEST and word not in TITLES and word in plain]  # fmt: skip
    for detail in details:
        clues += [mark for mark in fixed_marks(detail) if mark in numbers]
        clues += [f"the words “{run.removeprefix('run ')}”" for run in runs(words_of(detail)) if run in phrases]
    clues += [f"“{found}”" for found in TELLING.findall(text)]
    return list(dict.fromkeys(clues))
