"""Visits: planned, recorded, put off, called off, corrected. Each holds the record first, so that a visit has one outcome."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate, now
from django.utils.translation import gettext_noop

from accounts.access import authorise
from accounts.choices import Role
from accounts.models import User
from accounts.permissions import Perm
from actions.choices import Happening
from actions.services.occurrences import note_occurrence
from actions.services.telling import tell
from actions.services.work import Owner, cancel_actions_about, complete_actions_about, raise_action
from audit.choices import Verb
from audit.services import record_event
from offenders.choices.visits import RiskSeen, VisitState
from offenders.guards import require_unchanged
from offenders.guards.visits import (
    require_ahead,
    require_answers,
    require_company,
    require_free_time,
    require_happened,
    require_move,
    require_next_try,
    require_officers,
    require_recorded,
)
from offenders.models import Nominal, Visit
from offenders.services.records import lock_nominal
from offenders.services.visits_due import RISK_KIND, renew_visit

PLANNED_KIND, CONCERN_KIND = "visit-planned", "visit-concern"
PLANNED_WORDS = ("notice", "purpose", "place", "others_present")
ACTS = {VisitState.DONE: "Visit carried out", VisitState.NO_REPLY: "Visit met no reply"}


def lock_visit(visit: Visit, version: int | None) -> Visit:
    """Hold a visit until the transaction ends."""
    locked = Visit.objects.select_for_update(of=("self",)).select_related("recorded_by").get(pk=visit.pk)
    require_unchanged(locked, version)
    return locked


@transaction.atomic
def plan_visit(
    *, actor: User, nominal: Nominal, planned_for: datetime, officer: User, second_officer: User | None = None, **words: str
) -> Visit:
    """Put a visit into the calendar; the officers are told and the first of them owns it."""
    authorise(actor, Perm.CHANGE_RECORD, nominal)
    locked = lock_nominal(nominal)
    require_ahead(planned_for, now())
    require_officers(locked, officer, second_officer)
    visit = Visit.objects.create(nominal=locked, planned_for=planned_for, officer=officer, second_officer=second_officer, **words)
    record_event(Verb.CHANGED, visit, act="Visit planned")
    expect_visit(actor, locked, visit)
    return visit


def expect_visit(actor: User, nominal: Nominal, visit: Visit) -> None:
    """Raise the action of a planned visit, and tell the second officer."""
    raise_action(
        actor=actor, kind=PLANNED_KIND, title=gettext_noop("Planned visit: record it"), owner=Owner(user=visit.officer), nominal=nominal,
        subject=visit, route="offenders:visit-list", due_on=localdate(visit.planned_for), key=f"{PLANNED_KIND}-{visit.pk}-{visit.version}",
    )  # fmt: skip
    if visit.second_officer:
        tell(
            actor=actor,
            people=[visit.second_officer],
            text=gettext_noop("You are to go on a visit"),
            nominal=nominal.pk,
            route="offenders:visit-list",
        )


@transaction.atomic
def move_visit(
    *, actor: User, visit: Visit, version: int, planned_for: datetime, officer: User, second_officer: User | None = None, **words: str
) -> Visit:
    """Plan a visit for another time or with other officers."""
    authorise(actor, Perm.CHANGE_RECORD, visit)
    nominal = lock_nominal(visit.nominal)
    locked = lock_visit(visit, version)
    require_move(locked, VisitState.DONE)
    require_ahead(planned_for, now())
    require_officers(nominal, officer, second_officer)
    put(locked, {"planned_for": planned_for, "officer": officer, "second_officer": second_officer, **words})
    record_event(Verb.CHANGED, locked, act="Visit planned anew")
    cancel_actions_about(actor=actor, subject=locked, kind=PLANNED_KIND, reason="Planned anew")
    expect_visit(actor, nominal, locked)
    return locked


@transaction.atomic
def cancel_visit(*, actor: User, visit: Visit, reason: str, version: int | None = None) -> Visit:
    """Call a planned visit off."""
    authorise(actor, Perm.CHANGE_RECORD, visit)
    lock_nominal(visit.nominal)
    locked = lock_visit(visit, version)
    require_move(locked, VisitState.CANCELLED)
    put(locked, {"state": VisitState.CANCELLED, "cancel_reason": reason})
    record_event(Verb.CHANGED, locked, reason=reason, act="Visit cancelled")
    cancel_actions_about(actor=actor, subject=locked, kind=PLANNED_KIND, reason="The visit was cancelled")
    return locked


@transaction.atomic
def record_visit(
    *,
    actor: User,
    nominal: Nominal,
    state: VisitState | str,
    happened_at: datetime,
    visit: Visit | None = None,
    version: int | None = None,
    next_at: datetime | None = None,
    **words: Any,
) -> Visit:
    """Say what came of a visit, planned before or not. A visit carried out starts the clock of the next; one without reply does not."""
    authorise(actor, Perm.CHANGE_RECORD, nominal)
    locked = lock_nominal(nominal)
    row = lock_visit(visit, version) if visit else Visit(nominal=locked, version=0)
    require_move(row, VisitState(state))
    require_next_try(VisitState(state), localdate(next_at) if next_at else None)
    require_told(locked, row, VisitState(state), happened_at, words)
    put(row, {**words, "state": state, "happened_at": happened_at, "recorded_by": actor, "recorded_at": now()})
    record_event(Verb.CHANGED, row, act=ACTS[VisitState(state)], outcome=str(state))
    follow_up(actor, locked, row, next_at)
    if row.state == VisitState.NO_REPLY:
        note_occurrence(
            actor=actor, kind=Happening.MISSED_VISIT, nominal=locked, subject=row, route="offenders:visit-list", at=happened_at
        )
    return row


@transaction.atomic
def correct_visit(*, actor: User, visit: Visit, version: int, reason: str, happened_at: datetime, **words: Any) -> Visit:
    """Put right what a recorded visit says; the history keeps what it said before, and the clock follows the right day."""
    authorise(actor, Perm.CHANGE_RECORD, visit)
    nominal = lock_nominal(visit.nominal)
    locked = lock_visit(visit, version)
    require_recorded(locked)
    require_told(nominal, locked, VisitState(locked.state), happened_at, words)
    put(locked, {**words, "happened_at": happened_at})
    record_event(Verb.CHANGED, locked, reason=reason, act="Visit corrected")
    renew_visit(actor=actor, nominal=nominal, reason="A visit was corrected")
    return locked


def require_told(nominal: Nominal, row: Visit, state: VisitState, happened_at: datetime, words: dict[str, Any]) -> None:
    """What is said of a visit is whole."""
    require_happened(happened_at, now())
    require_free_time(nominal, happened_at, row)
    require_officers(nominal, words["officer"], words.get("second_officer"))
    if state == VisitState.DONE:
        require_company(words.get("second_officer"), words.get("others_present", ""), words.get("lone_reason", ""))
    require_answers(state, words.get("seen", ""), words.get("risk", ""))


def put(row: Visit, values: dict[str, Any]) -> None:
    """Store values on a visit, as a new version."""
    for name, value in values.items():
        setattr(row, name, value)
    row.version += 1
    row.save()


def follow_up(actor: User, nominal: Nominal, visit: Visit, next_at: datetime | None) -> None:
    """Close what waited for this visit and raise what follows from it."""
    complete_actions_about(actor=actor, subject=visit, kind=PLANNED_KIND, outcome=ACTS[VisitState(visit.state)])
    if visit.state == VisitState.DONE:
        renew_visit(actor=actor, nominal=nominal, reason="Visit carried out", is_done=True)
    if next_at:
        require_ahead(next_at, now(), "next_on")
        planned = {name: getattr(visit, name) for name in PLANNED_WORDS}
        plan_visit(
            actor=actor, nominal=nominal, planned_for=next_at, officer=visit.officer, second_officer=visit.second_officer, **planned
        )
    if visit.risk == RiskSeen.CHANGED:
        raise_action(
            actor=actor, kind=RISK_KIND, title=gettext_noop("Assess the risk: a visit found that it has changed"), nominal=nominal,
            subject=nominal, owner=Owner(user=nominal.offender_manager), route="offenders:risk-change", rule="risk-after-change",
            key=f"{RISK_KIND}-{visit.pk}",
        )  # fmt: skip
    if visit.concerns.strip():
        raise_concern(actor, nominal, visit)


def raise_concern(actor: User, nominal: Nominal, visit: Visit) -> None:
    """Put a concern before the unit's supervisor; where the unit has none but the actor, before the unit."""
    boss = User.objects.filter(unit=nominal.unit, is_active=True, groups__name=Role.SUPERVISOR).exclude(pk=actor.pk).order_by("pk").first()
    raise_action(
        actor=actor, kind=CONCERN_KIND, title=gettext_noop("Concern after a visit: read it and decide"),
        owner=Owner(user=boss) if boss else Owner(unit=nominal.unit), nominal=nominal, subject=visit, route="offenders:visit-list",
        rule="visit-concern", key=f"{CONCERN_KIND}-{visit.pk}",
    )  # fmt: skip
