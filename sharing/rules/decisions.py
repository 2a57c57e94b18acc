"""How a decision to share moves: each state with the states that may follow, and who moves it. Pure."""

from __future__ import annotations

from enum import StrEnum


class State(StrEnum):
    """Where a decision stands."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    APPROVED = "approved"
    REFUSED = "refused"
    ENDED = "ended"


class Side(StrEnum):
    """Who moves it."""

    WRITER = "writer"
    AUTHORITY = "authority"


MOVES: dict[tuple[State, State], Side] = {
    (State.DRAFT, State.SUBMITTED): Side.WRITER,
    (State.DRAFT, State.ENDED): Side.WRITER,  # given up
    (State.SUBMITTED, State.DRAFT): Side.WRITER,  # edited again: the seal is broken. Returned by the authority likewise
    (State.SUBMITTED, State.APPROVED): Side.AUTHORITY,
    (State.SUBMITTED, State.REFUSED): Side.AUTHORITY,
    (State.APPROVED, State.DRAFT): Side.WRITER,  # edited again: the approval lapses
    (State.APPROVED, State.ENDED): Side.WRITER,
    (State.REFUSED, State.DRAFT): Side.WRITER,
}
SEALED = frozenset({State.SUBMITTED, State.APPROVED, State.REFUSED})
# Kinds of actions about a decision; the first two rest on it as it was sealed.
DECIDE, REVIEW, ADVICE = "sharing-decide", "sharing-review", "sharing-advice"
ROUTE = "sharing:decision-list"  # where what is to be done about a decision or release is done: the record's page of sharing


def may_move(before: State, after: State) -> bool:
    """Say whether a decision may go from one state to the other."""
    return (before, after) in MOVES
