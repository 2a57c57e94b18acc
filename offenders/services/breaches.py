"""Breaches of notification requirements and of orders, and each decision about them."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext_noop

from accounts.access import authorise
from accounts.errors import DomainError
from accounts.models import User
from accounts.permissions import Perm
from actions.choices import Happening
from actions.services import Owner, complete_actions_about, raise_action
from actions.services.occurrences import note_occurrence
from audit.choices import Verb
from audit.services import record_event
from offenders.choices.registration import BreachOf, BreachState, DutyState
from offenders.guards.registration import require_in_force, require_move, require_not_after, require_order_of
from offenders.models import Breach, BreachStep, CourtOrder, Nominal, NotificationDuty
from offenders.reports.registration import noon
from offenders.rules.notifying import BREACH_MOVES, DUTY_MOVES
from offenders.services.records import lock_nominal
from offenders.services.registration import PAGE, lock_row, save_row

DECISION = "breach-decision"


@transaction.atomic
def record_breach(
    *,
    actor: User,
    nominal: Nominal,
    what_happened: str,
    discovered_on: date,
    happened_on: date | None = None,
    excuse: str = "",
    duty: NotificationDuty | None = None,
    order: CourtOrder | None = None,
) -> Breach:
    """Record that a notification requirement or an order was broken; a decision is due by the clock."""
    authorise(actor, Perm.CHANGE_RECORD, nominal)
    locked = lock_nominal(nominal)
    require_not_after(discovered_on, localdate(), "discovered_on")
    require_order_of(happened_on, discovered_on, gettext_noop("It cannot be discovered before it happened."), "discovered_on")
    if duty is not None and order is not None:
        raise DomainError("Choose a notification or an order, not both.", field="order")
    if order is not None:
        require_in_force(order, happened_on or discovered_on, "happened_on" if happened_on else "discovered_on")
    if duty is not None:
        mark_breached(duty)
    breach = Breach.objects.create(
        nominal=locked, of=BreachOf.ORDER if order else BreachOf.NOTIFICATION, duty=duty, order=order, what_happened=what_happened,
        happened_on=happened_on, discovered_on=discovered_on, excuse=excuse, state_since=discovered_on, recorded_by=actor,
    )  # fmt: skip
    record_event(Verb.CREATED, breach, act="Breach recorded", of=breach.of)
    note_occurrence(actor=actor, kind=Happening.BREACH, nominal=locked, subject=breach, route=PAGE)
    raise_action(
        actor=actor, kind=DECISION, title=gettext_noop("Decide on the breach"), owner=Owner(user=locked.offender_manager), nominal=locked,
        subject=breach, route=PAGE, rule=DECISION, starts_at=noon(discovered_on), key=f"{DECISION}-{breach.pk}",
    )  # fmt: skip
    return breach


def mark_breached(duty: NotificationDuty) -> None:
    """Say on the notification that it was broken. Its action goes on while the person has still to notify."""
    locked = lock_row(duty)
    if locked.state == DutyState.DUE and locked.due_on >= localdate():
        raise DomainError("This notification is not late yet. Record the breach once its last day has passed.", field="duty")
    require_move(DUTY_MOVES, DutyState(locked.state), DutyState.BREACHED, "duty")
    save_row(locked, state=DutyState.BREACHED)


@transaction.atomic
def decide_breach(
    *, actor: User, breach: Breach, version: int, state: BreachState | str, on: date, reason: str, excuse: str = ""
) -> Breach:
    """Record a decision on a breach, or what a prosecution came to; the first decision closes the action."""
    authorise(actor, Perm.CHANGE_RECORD, breach)
    lock_nominal(breach.nominal)
    locked = lock_row(breach, version)
    state = BreachState(state)
    require_move(BREACH_MOVES, BreachState(locked.state), state)
    require_not_after(on, localdate(), "on")
    require_order_of(locked.state_since, on, gettext_noop("The date must not be before the step that it follows."), "on")
    save_row(locked, state=state, state_since=on, excuse=excuse or locked.excuse)
    BreachStep.objects.create(nominal=locked.nominal, breach=locked, state=state, on=on, reason=reason, recorded_by=actor)
    complete_actions_about(actor=actor, subject=locked, kind=DECISION, outcome=str(state.label))
    record_event(Verb.CHANGED, locked, act=f"Breach: {str(state.label).lower()}", on=on.isoformat())
    return locked
