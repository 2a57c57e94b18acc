"""How news of an agency moves. Pure."""

from __future__ import annotations

from enum import StrEnum

from django.utils.translation import gettext_noop


class State(StrEnum):
    """Where news stands."""

    RECEIVED = "received"
    TAKEN = "taken"
    CLOSED = "closed"


CONTROLLED = gettext_noop("An agency keeps control of this report: the intelligence bureau must record its consent first.")
MOVES = frozenset({(State.RECEIVED, State.TAKEN), (State.RECEIVED, State.CLOSED), (State.TAKEN, State.CLOSED)})


def may_move(before: State, after: State) -> bool:
    """Say whether news may go from one state to the other."""
    return (before, after) in MOVES
