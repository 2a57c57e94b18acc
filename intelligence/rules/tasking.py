"""Taskings: how they move and by whom, and which means need a written authority. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum


class State(StrEnum):
    """Where a tasking stands."""

    DRAFT = "draft"
    LIVE = "live"
    REVIEWED = "reviewed"
    EXTENDED = "extended"
    ENDED = "ended"


class Side(StrEnum):
    """Who moves it."""

    RAISER = "raiser"
    REVIEWER = "reviewer"  # the bureau, never whoever raised it
    ENDER = "ender"  # whoever raised it, or the bureau
    SYSTEM = "system"


LIVE = (State.LIVE, State.REVIEWED, State.EXTENDED)  # whoever is tasked reads it
MOVES: dict[tuple[State, State], frozenset[Side]] = {
    (State.DRAFT, State.LIVE): frozenset({Side.RAISER}),
    (State.DRAFT, State.ENDED): frozenset({Side.RAISER}),
    **{(before, after): frozenset({Side.REVIEWER}) for before in LIVE for after in (State.REVIEWED, State.EXTENDED)},
    **{(before, State.ENDED): frozenset({Side.ENDER, Side.SYSTEM}) for before in LIVE},
}


def may_move(before: State, after: State, side: Side) -> bool:
    """Say whether this side may move a tasking from one state to the other."""
    return side in MOVES.get((before, after), frozenset())


@dataclass(frozen=True)
class AuthorityRule:
    """Which means need a written authority, from a day on."""

    since: date
    means: frozenset[str]
    source: str


AUTHORITY_RULES = (
    AuthorityRule(
        date(2000, 9, 25),
        frozenset({"surveillance", "cctv_directed"}),
        "Regulation of Investigatory Powers Act 2000, section 28 (in Scotland RIP(S)A 2000, section 6)",
    ),
    AuthorityRule(
        date(2018, 8, 15),
        frozenset({"surveillance", "cctv_directed", "online"}),
        "The same, with the code of practice on covert surveillance of August 2018; to be confirmed by the force",
    ),
)


def authority_rule_on(day: date) -> AuthorityRule:
    """Return the rule that holds on this day."""
    return max((rule for rule in AUTHORITY_RULES if rule.since <= day), key=lambda rule: rule.since)


def means_needing_authority(means: Iterable[str], day: date) -> list[str]:
    """Return those of the means that need a written authority on this day, in their order."""
    needing = authority_rule_on(day).means
    return [each for each in means if each in needing]


MOST_DAYS = 31  # so many days are put on briefing sheets at once
MOST_RECORDS = 20


def days_between(first: date, last: date) -> list[date]:
    """Return each day from the first to the last."""
    return [first + timedelta(days=number) for number in range((last - first).days + 1)]
