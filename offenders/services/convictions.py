"""Convictions and cautions: each one entered or corrected reckons registration anew."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext_noop

from accounts.access import authorise
from accounts.errors import DomainError
from accounts.models import User
from accounts.permissions import Perm
from actions.services import complete_actions_about
from audit.choices import Verb
from audit.services import record_event
from offenders.choices.registration import DutyKind, DutyState
from offenders.guards.registration import (
    require_known_age,
    require_length,
    require_not_after,
    require_order_of,
    require_release_in_custody,
)
from offenders.models import Conviction, DateOfBirth, Nominal
from offenders.rules.notifying import annual_base, state_when_notified
from offenders.rules.registration import IN_CUSTODY, was_under_18
from offenders.services.duties import create_duty, must_notify
from offenders.services.records import lock_nominal
from offenders.services.registration import lock_row, reckon_registration, save_row


def checked(nominal: Nominal, facts: dict[str, Any]) -> dict[str, Any]:
    """Return the columns of a conviction from what was typed, or raise words that say what does not fit."""
    today, on, disposal = localdate(), facts["convicted_on"], facts["disposal"]
    require_not_after(on, today, "convicted_on")
    require_order_of(facts.get("offence_on"), on, gettext_noop("The conviction must not be before the offence."), "convicted_on")
    require_order_of(on, facts.get("released_on"), gettext_noop("The release must not be before the conviction."), "released_on")
    require_release_in_custody(disposal, facts.get("released_on"))
    require_length(disposal, facts.get("length_quantity"))
    if facts.get("requires_notification") and not facts.get("is_sexual"):
        raise DomainError("Only a sexual offence makes somebody notify. Tick that it is sexual too.", field="is_sexual")
    young = require_known_age(facts.pop("was_under_18", None) if facts.get("was_under_18") is not None else age_by_record(nominal, on))
    unit = facts.get("length_unit", "") if facts.get("length_quantity") else ""
    return {**facts, "was_under_18": young, "length_unit": unit}


def age_by_record(nominal: Nominal, day: date) -> bool | None:
    """Say from the date of birth on the record whether the person was under 18."""
    birth = DateOfBirth.objects.filter(nominal=nominal, is_primary=True).first()
    return was_under_18((birth.year, birth.month, birth.day) if birth else None, day)


@transaction.atomic
def add_conviction(*, actor: User, nominal: Nominal, first_notified_on: date | None = None, **facts: Any) -> Conviction:
    """Enter a conviction or caution. Where it makes the person notify, the period and the first notification follow at once.

    `was_under_18` None: by the date of birth on the record. `first_notified_on`: where that was done already.
    """
    authorise(actor, Perm.CHANGE_RECORD, nominal)
    locked = lock_nominal(nominal)
    conviction = Conviction.objects.create(nominal=locked, recorded_by=actor, **checked(locked, facts))
    record_event(Verb.CREATED, conviction, act="Conviction or caution added", disposal=conviction.disposal)
    if conviction.requires_notification:
        reckon_registration(locked, actor)
        start_notifying(locked, actor, conviction, first_notified_on)
    return conviction


def start_notifying(nominal: Nominal, actor: User, conviction: Conviction, first_notified_on: date | None) -> None:
    """Store the first notification, due or done; for somebody in custody the clock starts on the day of release."""
    is_held = conviction.disposal in IN_CUSTODY
    starts_on = conviction.released_on if is_held else conviction.convicted_on
    if first_notified_on is not None:
        store_first(nominal, actor, starts_on or conviction.convicted_on, first_notified_on)
    elif starts_on is not None and starts_on <= localdate() and must_notify(nominal, localdate()):
        create_duty(nominal, actor, DutyKind.INITIAL, starts_on)


def store_first(nominal: Nominal, actor: User, starts_on: date, notified_on: date) -> None:
    """Store a first notification that was made before the record was."""
    require_not_after(notified_on, localdate(), "first_notified_on")
    require_order_of(starts_on, notified_on,
        gettext_noop("The first notification cannot be before conviction or release."), "first_notified_on",
    )  # fmt: skip
    duty = create_duty(nominal, actor, DutyKind.INITIAL, starts_on)
    state = state_when_notified(notified_on, duty.due_on)
    save_row(duty, state=state, notified_on=notified_on, what_was_notified="Made before this was recorded")
    complete_actions_about(actor=actor, subject=duty, outcome=str(DutyState(duty.state).label))
    reckon_registration(nominal, actor)
    if must_notify(nominal, localdate()):
        create_duty(nominal, actor, DutyKind.ANNUAL, annual_base(notified_on, None, localdate()))


@transaction.atomic
def correct_conviction(*, actor: User, conviction: Conviction, version: int, reason: str, **facts: Any) -> Conviction:
    """Correct what was entered, or add the day of release; registration is reckoned anew and the change log keeps what it was."""
    authorise(actor, Perm.CHANGE_RECORD, conviction)
    nominal = lock_nominal(conviction.nominal)
    locked = lock_row(conviction, version)
    was_released, was_required = locked.released_on, locked.requires_notification
    values = checked(nominal, facts)
    changed = sorted(name for name, value in values.items() if getattr(locked, name) != value)
    save_row(locked, **values)
    record_event(Verb.CHANGED, locked, reason=reason, act="Conviction or caution corrected", fields=changed)
    reckon_registration(nominal, actor)
    is_new = locked.requires_notification and not was_required
    if is_new or (locked.requires_notification and locked.released_on and not was_released):
        start_notifying(nominal, actor, locked, None)
    return locked
