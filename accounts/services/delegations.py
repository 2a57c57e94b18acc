"""Authority lent to another officer for a time, and taken back."""
from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.timezone import localdate, now

from accounts.access import authorise
from accounts.errors import DomainError
from accounts.models import Delegation, Unit, User
from accounts.permissions import Perm
from accounts.rules import check_delegation_period
from audit.choices import Verb
from audit.services import record_event


@transaction.atomic
def delegate_authority(
    *, actor: User, authority: str, delegate: User, first_day: date, last_day: date, unit: Unit | None, reason: str
) -> Delegation:
    """Lend authority to a colleague from the first to the last day, both included. Whoever lends it stays responsible."""
    authorise(actor, Perm.DELEGATE_AUTHORITY)
    check_delegate(actor, delegate, unit)
    check_delegation_period(first_day, last_day, localdate())
    period = DateRange(first_day, last_day + timedelta(days=1))
    delegation = Delegation.objects.create(
        authority=authority, delegator=actor, delegate=delegate, unit=unit, period=period, reason=reason
    )
    record_event(Verb.DELEGATED, delegation, reason=reason, delegate=delegate.pk, authority=authority)
    return delegation


def check_delegate(actor: User, delegate: User, unit: Unit | None) -> None:
    """Refuse oneself, people who are not active colleagues, and units of another force."""
    if delegate.pk == actor.pk:
        raise DomainError("Select another officer: you hold this authority already.", field="delegate")
    if not User.objects.colleagues_of(actor).filter(pk=delegate.pk).exists():
        raise DomainError("Select an active officer of your own force.", field="delegate")
    if unit and unit.organisation_id != actor.organisation_id:
        raise DomainError("Select a unit of your own force.", field="unit")


@transaction.atomic
def withdraw_delegation(*, actor: User, delegation: Delegation) -> None:
    """Take authority back at once; only whoever lent it may."""
    authorise(actor, Perm.DELEGATE_AUTHORITY, delegation)
    delegation = Delegation.objects.select_for_update().get(pk=delegation.pk)
    if delegation.withdrawn_at:
        raise DomainError("This delegation has been withdrawn already.")
    delegation.withdrawn_at, delegation.withdrawn_by = now(), actor
    delegation.save(update_fields=["withdrawn_at", "withdrawn_by"])
    record_event(Verb.REVOKED, delegation)
