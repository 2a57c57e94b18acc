"""What must hold before a transfer, a licence or a recall changes."""

from __future__ import annotations

from datetime import datetime

from django.utils.timezone import now

from accounts.errors import DomainError, StaleRecord
from accounts.models import Unit
from offenders.choices.custody import RecallState, TransferState
from offenders.models import Custody, Licence, Nominal, Recall, Transfer
from offenders.rules.custody import RECALL_MOVES, TRANSFER_MOVES
from ui.templatetags.ui import date_words, moment_words, words_in_sentence


def require_transfer_move(transfer: Transfer, to: TransferState) -> None:
    """The offer still stands."""
    if to not in TRANSFER_MOVES[TransferState(transfer.state)]:
        state = words_in_sentence(TransferState(transfer.state).label)
        raise StaleRecord("This offer was {state} on {moment}. Nothing was changed.", state=state, moment=moment_words(transfer.decided_at))


def require_other_unit(nominal: Nominal, unit: Unit) -> None:
    """A record is offered to a unit that does not hold it."""
    if nominal.unit_id == unit.pk:
        raise DomainError("This unit holds the record already. Choose another unit.", field="to_unit")


def require_no_open_offer(nominal: Nominal) -> None:
    """A record is offered to one unit at a time."""
    standing = nominal.transfers.filter(state=TransferState.OFFERED).select_related("to_unit").first()
    if standing:
        raise DomainError("The record is on offer to {unit} already. Withdraw that offer first.", unit=standing.to_unit.name)


def require_recall_move(recall: Recall, to: RecallState) -> None:
    """The recall may go on to this state from where it stands."""
    if to not in RECALL_MOVES[RecallState(recall.state)]:
        state = words_in_sentence(RecallState(recall.state).label)
        raise StaleRecord("This recall stands at “{state}”. Look at it again.", state=state)


def require_past(at: datetime, field: str, after: datetime | None = None) -> None:
    """A time that is recorded has come, and lies after what went before it."""
    if at > now():
        raise DomainError("The time must not be in the future.", field=field)
    if after is not None and at < after:
        raise DomainError(
            "The time must be {moment} or later: that is when the step before it happened.", moment=moment_words(after), field=field
        )


def require_no_running_recall(nominal: Nominal) -> None:
    """One recall runs at a time."""
    if nominal.recalls.filter(state__in=[RecallState.REQUESTED, RecallState.REVOKED, RecallState.ARRESTED]).exists():
        raise DomainError("A recall is running already. Go on with that one.")


def require_no_overlap(rows: list[Licence] | list[Custody], closed: str, open_ended: str) -> None:
    """Periods of one kind do not overlap. The words name the days of the other one, which ends or does not."""
    if rows:
        other = rows[0].period
        first, last = date_words(other.lower), date_words(other.upper)
        raise DomainError(closed if other.upper else open_ended, first=first, last=last, field="starts_on")
