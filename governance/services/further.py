"""Serious further offences with which people under MAPPA were charged."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils.timezone import localdate

from accounts.access import authorise
from accounts.errors import DomainError
from accounts.models import User
from accounts.permissions import Perm
from audit.choices import Verb
from audit.services import record_event
from governance.models import FurtherCharge
from offenders.guards.registration import require_not_after
from offenders.models import Nominal
from offenders.services.records import lock_nominal


@transaction.atomic
def record_charge(*, actor: User, nominal: Nominal, kind: str, charged_on: date) -> FurtherCharge:
    """Record that the person was charged with a serious further offence; the annual figures count it."""
    authorise(actor, Perm.CHANGE_RECORD, nominal)
    locked = lock_nominal(nominal)
    require_not_after(charged_on, localdate(), "charged_on")
    if FurtherCharge.objects.filter(nominal=locked, kind=kind, charged_on=charged_on, withdrawn_on__isnull=True).exists():
        raise DomainError("This charge is recorded already. Several charges of one kind and day count as one.", field="kind")
    charge = FurtherCharge.objects.create(nominal=locked, kind=kind, charged_on=charged_on, recorded_by=actor)
    record_event(Verb.CREATED, charge, act="Serious further offence recorded")
    return charge


@transaction.atomic
def withdraw_charge(*, actor: User, charge: FurtherCharge, reason: str) -> FurtherCharge:
    """Take back a charge that was recorded by mistake; it stays on the page, and counts no more."""
    authorise(actor, Perm.CHANGE_RECORD, charge)
    lock_nominal(charge.nominal)
    charge.refresh_from_db()
    if charge.withdrawn_on:
        raise DomainError("This charge was taken back already.")
    charge.withdrawn_on, charge.withdraw_reason = localdate(), reason
    charge.save(update_fields=["withdrawn_on", "withdraw_reason"])
    record_event(Verb.CHANGED, charge, reason=reason, act="Serious further offence taken back")
    return charge
