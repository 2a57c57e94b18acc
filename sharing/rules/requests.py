"""How a request of an agency moves, and by whom. Pure."""

from __future__ import annotations

from enum import StrEnum


class State(StrEnum):
    """Where a request stands."""

    RECEIVED = "received"
    TAKEN = "taken"
    QUESTION = "question"
    ANSWERED = "answered"
    REFUSED = "refused"


class Side(StrEnum):
    """Who moves it."""

    UNIT = "unit"
    AGENCY = "agency"


MOVES: dict[tuple[State, State], frozenset[Side]] = {
    (State.RECEIVED, State.TAKEN): frozenset({Side.UNIT}),
    (State.TAKEN, State.RECEIVED): frozenset({Side.UNIT}),  # given back to all units of the force
    (State.TAKEN, State.QUESTION): frozenset({Side.UNIT}),
    (State.QUESTION, State.TAKEN): frozenset({Side.AGENCY, Side.UNIT}),  # answered in writing, or by telephone
    (State.TAKEN, State.ANSWERED): frozenset({Side.UNIT}),
    (State.TAKEN, State.REFUSED): frozenset({Side.UNIT}),
    (State.QUESTION, State.REFUSED): frozenset({Side.UNIT}),
}
OPEN = (State.RECEIVED, State.TAKEN, State.QUESTION)


def may_move(before: State, after: State, side: Side) -> bool:
    """Say whether this side may move a request from one state to the other."""
    return side in MOVES.get((before, after), frozenset())
