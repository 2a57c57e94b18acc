"""Raising something to do about a record by hand."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils.timezone import localdate

from accounts.access import authorise
from accounts.errors import DomainError
from accounts.models import User
from accounts.permissions import Perm
from actions.guards import require_able_owner
from actions.models import Action
from actions.services import Owner, raise_action
from offenders.models import Nominal


@transaction.atomic
def raise_by_hand(*, actor: User, nominal: Nominal, title: str, owner: Owner, due_on: date, detail: str = "") -> Action:
    """Say what somebody must do about a record, and by which day."""
    authorise(actor, Perm.CHANGE_RECORD, nominal)
    if due_on < localdate():
        raise DomainError("The date must be today or later.", field="due_on")
    if owner.user:
        require_able_owner(owner.user, nominal.pk)
    return raise_action(
        actor=actor, kind="by-hand", title=title, detail=detail, owner=owner, nominal=nominal, due_on=due_on, route="offenders:actions"
    )
