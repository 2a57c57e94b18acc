"""How a referral for covert techniques moves: each state with the states that may follow, and who moves it."""

from __future__ import annotations

from enum import StrEnum


class State(StrEnum):
    """Where a referral stands."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    MORE_ASKED = "more_asked"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    CLOSED = "closed"


class Side(StrEnum):
    """Who moves it."""

    OWNER = "owner"
    DEPARTMENT = "department"


MOVES: dict[tuple[State, State], Side] = {
    (State.DRAFT, State.SUBMITTED): Side.OWNER,
    (State.DRAFT, State.CLOSED): Side.OWNER,
    (State.SUBMITTED, State.ACCEPTED): Side.DEPARTMENT,
    (State.SUBMITTED, State.DECLINED): Side.DEPARTMENT,
    (State.SUBMITTED, State.MORE_ASKED): Side.DEPARTMENT,
    (State.MORE_ASKED, State.SUBMITTED): Side.OWNER,
    (State.MORE_ASKED, State.CLOSED): Side.OWNER,
    (State.DECLINED, State.CLOSED): Side.OWNER,
    (State.ACCEPTED, State.CLOSED): Side.DEPARTMENT,
}
WRITABLE = frozenset({State.DRAFT, State.MORE_ASKED})  # the owner may change the words
DECISIONS = (State.ACCEPTED, State.DECLINED, State.MORE_ASKED)


def may_move(before: State, after: State, side: Side) -> bool:
    """Say whether this side may move a referral from one state to the other."""
    return MOVES.get((before, after)) == side
