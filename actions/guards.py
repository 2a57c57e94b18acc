"""What must hold before an action changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.timezone import now

from accounts.access import may, scopes_of
from accounts.errors import DomainError, NotPermitted, StaleRecord
from accounts.permissions import Perm, Scope
from actions.choices import ActionState
from actions.reports import asks_why_late
from audit.references import known_to

if TYPE_CHECKING:
    from accounts.models import User
    from actions.models import Action


def require_open(action: Action) -> None:
    """The action is neither done nor cancelled."""
    if action.state != ActionState.OPEN:
        raise DomainError("This action is closed already. Open it to read how it ended.")


def require_reason_when_late(action: Action, late_reason: str) -> None:
    """Where its rule asks, what is late is closed with the reason why it was."""
    if not late_reason.strip() and asks_why_late(action, now()):
        raise DomainError("The time is over. Say why it was late.", field="late_reason")


def require_unchanged(action: Action, version: int | None) -> None:
    """Nobody changed the action since the actor saw it; without a version nothing is compared."""
    if version is not None and action.version != version:
        raise StaleRecord("Somebody else changed this action while you worked on it. Look at it again and repeat your change.")


def require_able_owner(user: User, nominal: int | None) -> None:
    """The person has not left and may know of the record; the words do not tell one obstacle from another."""
    if not can_own(user, nominal):
        raise DomainError("This person cannot take this action. Choose somebody else.", field="owner")


def can_own(user: User, nominal: int | None) -> bool:
    """Whether somebody who has not left works with actions and may know of the record."""
    return may(user, Perm.VIEW_ACTION) and (nominal is None or known_to(user).filter(pk=nominal).exists())


def require_not_owner(actor: User, action: Action) -> None:
    """Somebody else than whoever must do it gives more time."""
    if is_owner(actor, action):
        raise DomainError("You own this action. Ask your supervisor for more time.")


def is_owner(user: User, action: Action) -> bool:
    """Whether it is the user's to do, by name, role or unit; what a unit must do is not its supervisor's own."""
    leads = Scope.UNIT in scopes_of(user, Perm.ASSIGN_ACTION)
    of_my_unit = action.owner_unit_id is not None and action.owner_unit_id == user.unit_id and not leads
    return action.owner_id == user.pk or of_my_unit or action.owner_role in user.roles


def require_force(actor: User) -> None:
    """Agencies work with the clocks of forces and do not change them."""
    if not actor.organisation.is_force:
        raise NotPermitted(Perm.CHANGE_RULES)
