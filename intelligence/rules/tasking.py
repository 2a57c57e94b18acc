"""Taskings: how they move and by whom. Pure."""

from __future__ import annotations

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


MOST_DAYS = 31  # so many days are put on briefing sheets at once
MOST_RECORDS = 20


def days_between(first: date, last: date) -> list[date]:
    """Return each day from the first to the last."""
    return [first + timedelta(days=number) for number in range((last - first).days + 1)]
