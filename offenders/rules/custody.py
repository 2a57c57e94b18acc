"""The moves of a transfer and of a recall."""

from __future__ import annotations

from offenders.choices.custody import RecallState, TransferState

# From each state to the states that may follow it.
TRANSFER_MOVES: dict[TransferState, frozenset[TransferState]] = {
    TransferState.OFFERED: frozenset(
        {TransferState.ACCEPTED, TransferState.REFUSED, TransferState.WITHDRAWN, TransferState.LAPSED},
    ),
    TransferState.ACCEPTED: frozenset(),
    TransferState.REFUSED: frozenset(),
    TransferState.WITHDRAWN: frozenset(),
    TransferState.LAPSED: frozenset(),
}
RECALL_MOVES: dict[RecallState, frozenset[RecallState]] = {
    RecallState.REQUESTED: frozenset({RecallState.REVOKED, RecallState.RESCINDED}),
    RecallState.REVOKED: frozenset({RecallState.ARRESTED, RecallState.RESCINDED}),
    RecallState.ARRESTED: frozenset({RecallState.RETURNED, RecallState.RESCINDED}),
    RecallState.RETURNED: frozenset(),
    RecallState.RESCINDED: frozenset(),
}
RUNNING = frozenset({RecallState.REQUESTED, RecallState.REVOKED, RecallState.ARRESTED})
