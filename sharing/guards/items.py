"""What must hold of the things that would go before they go."""

from __future__ import annotations

from collections.abc import Sequence

from accounts.errors import DomainError, SeveralErrors
from sharing.choices.decisions import Removed
from sharing.models import DecisionItem, SharingDecision
from sharing.rules.decisions import State
from sharing.rules.passages import is_anything_left, is_undecided, needs_second_person


def require_ready_items(items: Sequence[DecisionItem]) -> None:
    """Something goes, every passage is decided, and a second person has looked where one must."""
    if not items:
        raise DomainError("Choose what would go.")
    open_ones = [item.label for item in items if is_undecided(item.passages)]
    if open_ones:
        raise DomainError("Decide about each passage of: {items}.", items="; ".join(open_ones))
    unchecked = [
        item.label
        for item in items
        if item.checked_by_id is None and needs_second_person(item.data_class, item.passages, item.concerns_others)
    ]
    if unchecked:
        raise DomainError("A second person must look at: {items}.", items="; ".join(unchecked))
    if not is_anything_left(items):
        raise DomainError("Nothing would go: every passage was removed or left out.")


def require_codes(keeps: Sequence[tuple[bool | None, str]], passages: int) -> None:
    """Each passage has an answer of its own; one that goes out says why."""
    if len(keeps) != passages:
        raise DomainError("The passages changed meanwhile. Open the page again.")
    for number, (keep, code) in enumerate(keeps, 1):
        if keep is False and code not in Removed.values:
            raise DomainError("Say why passage {number} is removed.", number=number, field=f"code_{number}")


def require_draft(decision: SharingDecision) -> None:
    """The second look is part of what is sealed, so it comes before the decision is sent."""
    if decision.state != State.DRAFT:
        raise DomainError("This decision was sent already. Whoever wrote it must open it again first.")


def require_gate(reason: str, blocked: Sequence[DomainError]) -> None:
    """What stands behind a gate goes with a reason, and with the consent of whoever gave it."""
    require_consents(blocked)
    if not reason.strip():
        raise DomainError("Say why this must go.", field="reason")


def require_consents(blocked: Sequence[DomainError]) -> None:
    """Nothing is chosen whose giver has not agreed."""
    if blocked:
        once = {str(each): each for each in blocked}
        raise DomainError("This must not go yet. {why}", why=SeveralErrors(list(once.values())), field="keys")
