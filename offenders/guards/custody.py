"""What must hold before a transfer, a licence or a recall changes."""

from __future__ import annotations

from datetime import datetime

from django.utils.timezone import now

from accounts.errors import DomainError, StaleRecord
from accounts.models import Unit
from offenders.choices.custody import RecallState, TransferState
from offenders.models import Custody, Licence, Nominal, Recall, Transfer
from offenders.rules.custody import RECALL_MOVES, TRANSFER_MOVES
from ui.templatetags.ui import uk_date, uk_datetime


def require_transfer_move(transfer: Transfer, to: TransferState) -> None:
    """The offer still stands."""
    if to not in TRANSFER_MOVES[TransferState(transfer.state)]:
        state = transfer.get_state_display().lower()
        raise StaleRecord(f"This offer was {state} on {uk_datetime(transfer.decided_at)}. Nothing was changed.")


def require_other_unit(nominal: Nominal, unit: Unit) -> None:
    """A record is offered to a unit that does not hold it."""
    if nominal.unit_id == unit.pk:
        raise DomainError("This unit holds the record already. Choose another unit.", field="to_unit")


def require_no_open_offer(nominal: Nominal) -> None:
    """A record is offered to one unit at a time."""
    standing = nominal.transfers.filter(state=TransferState.OFFERED).select_related("to_unit").first()
    if standing:
        raise DomainError(f"The record is on offer to {standing.to_unit.name} already. Withdraw that offer first.")


def require_recall_move(recall: Recall, to: RecallState) -> None:
    """The recall may go on to this state from where it stands."""
    if to not in RECALL_MOVES[RecallState(recall.state)]:
        raise StaleRecord(f"This recall stands at “{recall.get_state_display().lower()}”. Look at it again.")


def require_past(at: datetime, field: str, after: datetime | None = None) -> None:
    """A time that is recorded has come, and lies after what went before it."""
    if at > now():
        raise DomainError("The time must not be in the future.", field=field)
    if after is not None and at < after:
        raise DomainError(f"The time must be {uk_datetime(after)} or later: that is when the step before it happened.", field=field)


def require_no_running_recall(nominal: Nominal) -> None:
    """One recall runs at a time."""
    if nominal.recalls.filter(state__in=[RecallState.REQUESTED, RecallState.REVOKED, RecallState.ARRESTED]).exists():
        raise DomainError("A recall is running already. Go on with that one.")


def require_no_overlap(nominal: Nominal, rows: list[Licence] | list[Custody], what: str) -> None:
    """Periods of one kind do not overlap."""
    if rows:
        other = rows[0].period
        until = f"to {uk_date(other.upper)}" if other.upper else "until further notice"
        days = f"{what} from {uk_date(other.lower)} {until}"
        raise DomainError(f"These days overlap {days}. End that one first, or choose other days.", field="starts_on")
