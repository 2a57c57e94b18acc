"""The moves of a merge."""

from __future__ import annotations

from offenders.choices.merging import MergeState

# From each state to the states that may follow it.
MERGE_MOVES: dict[MergeState, frozenset[MergeState]] = {
    MergeState.OFFERED: frozenset({MergeState.MERGED, MergeState.REFUSED, MergeState.WITHDRAWN}),
    MergeState.MERGED: frozenset({MergeState.UNDONE}),
    MergeState.REFUSED: frozenset(),
    MergeState.WITHDRAWN: frozenset(),
    MergeState.UNDONE: frozenset(),
}
