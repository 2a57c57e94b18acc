"""How the offer of a record ends; for services that hold the record's lock."""

from __future__ import annotations

from django.utils.timezone import now

from accounts.models import User
from actions.services import cancel_actions_about
from offenders.choices.custody import TransferState
from offenders.guards.custody import require_transfer_move
from offenders.models import Nominal, Transfer


def decide(transfer: Transfer, actor: User | None, state: TransferState, reason: str, **values: object) -> Transfer:
    """Store what became of an offer; the caller holds its lock."""
    require_transfer_move(transfer, state)
    changes = {"state": state, "decided_by": actor, "decided_at": now(), "decision_reason": reason, **values}
    for name, value in changes.items():
        setattr(transfer, name, value)
    transfer.save(update_fields=list(changes))
    return transfer


def lapse_offers(nominal: Nominal, actor: User) -> None:
    """End open offers of a record that its force moved to another unit meanwhile; the caller holds the record's lock."""
    for transfer in nominal.transfers.select_for_update(of=("self",)).filter(state=TransferState.OFFERED):
        decide(transfer, actor, TransferState.LAPSED, "The record moved to another unit of its force")
        cancel_actions_about(actor=actor, subject=transfer, reason="The offer lapsed.")
