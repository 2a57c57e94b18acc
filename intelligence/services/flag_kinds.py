"""Kinds of events and usual flags as a force changes them: new rows from a day on, never an older one overwritten."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from accounts.access import authorise
from accounts.choices import Role
from accounts.models import User
from accounts.permissions import Perm
from actions.guards import require_force
from actions.services.periods import end_before, hold_latest, require_not_past
from audit.choices import Verb
from audit.services import record_event
from intelligence.choices.flags import Audience
from intelligence.guards.flags import require_kind, require_role_reads
from intelligence.models import EventType, UsualFlag


@transaction.atomic
def change_event_type(*, actor: User, event: EventType, starts_on: date, reason: str, **values: Any) -> EventType:
    """Let a kind of event be told in another way from a day on. `event` is its latest row, as the actor saw it."""
    authorise(actor, Perm.CHANGE_RULES, event)
    locked = hold_latest(event)
    end_before(locked, starts_on)
    new = EventType.objects.create(code=locked.code, period=DateRange(starts_on, None), **values)
    record_event(Verb.CHANGED, new, reason=reason, act="Kind of event changed", kind=new.code, starts_on=starts_on.isoformat())
    return new


@transaction.atomic
def add_usual_flag(*, actor: User, starts_on: date, reason: str, **values: Any) -> UsualFlag:
    """Propose a flag on records of a registration and risk from a day on."""
    authorise(actor, Perm.CHANGE_RULES)
    require_force(actor)
    require_not_past(starts_on)
    new = UsualFlag.objects.create(period=DateRange(starts_on, None), **stated(values, starts_on))
    record_event(Verb.CREATED, new, reason=reason, act="Usual flag added", kind=new.kind, starts_on=starts_on.isoformat())
    return new


@transaction.atomic
def change_usual_flag(*, actor: User, usual: UsualFlag, starts_on: date, reason: str, **values: Any) -> UsualFlag:
    """Propose something else instead of a usual flag from a day on; flags that were set by it stay."""
    authorise(actor, Perm.CHANGE_RULES, usual)
    locked = hold_latest(usual)
    end_before(locked, starts_on)
    new = UsualFlag.objects.create(period=DateRange(starts_on, None), channel=locked.channel, **stated(values, starts_on))
    record_event(Verb.CHANGED, new, reason=reason, act="Usual flag changed", kind=new.kind, starts_on=starts_on.isoformat())
    return new


@transaction.atomic
def end_usual_flag(*, actor: User, usual: UsualFlag, starts_on: date, reason: str) -> UsualFlag:
    """Propose a usual flag no more from a day on; flags that were set by it stay."""
    authorise(actor, Perm.CHANGE_RULES, usual)
    locked = hold_latest(usual)
    end_before(locked, starts_on)
    record_event(Verb.CHANGED, locked, reason=reason, act="Usual flag ended", kind=locked.kind, starts_on=starts_on.isoformat())
    return locked


def stated(values: dict[str, Any], day: date) -> dict[str, Any]:
    """Return the values of a usual flag: with a role it tells that role, which can read such events, else the managing officer."""
    event = require_kind(values["kind"], day)
    if values["role"]:
        require_role_reads(event, Role(values["role"]))
    return {**values, "audience": Audience.ROLE if values["role"] else Audience.MANAGER}
