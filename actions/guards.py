"""What must hold before an action changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from accounts.errors import DomainError, StaleRecord
from actions.choices import ActionState
from audit.references import known_to

if TYPE_CHECKING:
    from accounts.models import User
    from actions.models import Action


def require_open(action: Action) -> None:
    """The action is neither done nor cancelled."""
    if action.state != ActionState.OPEN:
        raise DomainError("This action is closed already. Open it to read how it ended.")


def require_unchanged(action: Action, version: int | None) -> None:
    """Nobody changed the action since the actor saw it; without a version nothing is compared."""
    if version is not None and action.version != version:
        raise StaleRecord("Somebody else changed this action while you worked on it. Look at it again and repeat your change.")


def require_able_owner(user: User, nominal: int | None) -> None:
    """The person has not left and may know of the record; the words do not tell one obstacle from another."""
    if not can_own(user, nominal):
        raise DomainError("This person cannot take this action. Choose somebody else.", field="owner")


def can_own(user: User, nominal: int | None) -> bool:
    """Whether somebody who has not left may know of the record."""
    return user.is_active and (nominal is None or known_to(user).filter(pk=nominal).exists())
