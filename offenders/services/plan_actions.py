"""What others are asked to do under a plan: each turn is an action; who did it reports back; the next turn follows."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils.timezone import localdate, now
from django.utils.translation import gettext_noop

from accounts.access import authorise
from accounts.errors import DomainError
from accounts.models import Unit, User
from accounts.permissions import Perm
from actions.guards import require_able_owner, require_open
from actions.models import Action
from actions.services.telling import tell
from actions.services.work import Owner, cancel_actions_about, complete_action, raise_action
from audit.choices import Verb
from audit.services import record_event
from offenders.choices.risk import PlanPart, RepeatUnit
from offenders.guards.risk import require_live_action, require_no_problem
from offenders.models import Nominal, PlanAction, PlanReport
from offenders.rules.risk import check_rhythm, next_turn
from offenders.services.records import lock_nominal

PLAN = "plan"
PAGE = "offenders:plan"


@transaction.atomic
def add_plan_action(
    *,
    actor: User,
    nominal: Nominal,
    part: PlanPart | str,
    what: str,
    due_on: date,
    officer: User | None = None,
    unit: Unit | None = None,
    partner: str = "",
    every: int | None = None,
    every_unit: RepeatUnit | str = "",
) -> PlanAction:
    """Ask an officer, a unit or a partner for something, once or again and again, and raise the first turn."""
    authorise(actor, Perm.CHANGE_RECORD, nominal)
    lock_nominal(nominal)
    require_one_asked(nominal, officer, unit, partner)
    if due_on < localdate():
        raise DomainError("The day must be today or later", field="due_on")
    require_no_problem(check_rhythm(every, every_unit))
    planned = PlanAction.objects.create(
        nominal=nominal, part=part, what=what, officer=officer, unit=unit, partner=partner, due_on=due_on,
        every=every, every_unit=every_unit, added_by=actor,
    )  # fmt: skip
    raise_turn(planned, actor, due_on)
    record_event(Verb.CREATED, planned, act="Plan action added", part=str(part))
    return planned


def require_one_asked(nominal: Nominal, officer: User | None, unit: Unit | None, partner: str) -> None:
    """Exactly one is asked; an officer or a unit is of the force that holds the record."""
    if sum(map(bool, (officer, unit, partner))) != 1:
        raise DomainError("Choose one: an officer, a unit or a partner.", field="officer")
    if officer:
        require_colleague(officer, nominal)
    if unit and unit.organisation_id != nominal.force_id:
        raise DomainError("Choose a unit of the force that holds the record.", field="unit")


def require_colleague(officer: User, nominal: Nominal) -> None:
    """Whoever is asked works for the force and may know of the record; the words tell nothing of an exclusion."""
    if officer.organisation_id != nominal.force_id:
        raise DomainError("Choose an officer of the force that holds the record.", field="officer")
    try:
        require_able_owner(officer, nominal.pk)
    except DomainError as error:
        raise error.on("officer") from error


def raise_turn(planned: PlanAction, actor: User | None, due_on: date) -> Action:
    """Raise one turn; what a partner does, the manager sees to."""
    nominal = planned.nominal
    if planned.officer:
        owner = Owner(user=planned.officer)
    else:
        owner = Owner(unit=planned.unit) if planned.unit else Owner(user=nominal.offender_manager)
    detail = f"{planned.partner}: {planned.what}" if planned.partner else planned.what
    return raise_action(
        actor=actor, kind=PLAN, title=gettext_noop("Plan action"), detail=detail, owner=owner, nominal=nominal, subject=planned,
        route="offenders:plan-turn-list", due_on=due_on, key=f"{PLAN}:{planned.pk}:{due_on.isoformat()}",
    )  # fmt: skip


@transaction.atomic
def report_on_plan(*, actor: User, action: Action, text: str, happened_on: date, is_done: bool, is_concern: bool) -> PlanReport:
    """Say what was done or seen. Whoever may work the action reports, without the case file; a concern reaches the manager at once."""
    authorise(actor, Perm.WORK_ACTION, action)
    locked = Action.objects.select_for_update(of=("self",)).get(pk=action.pk)
    require_open(locked)
    planned = PlanAction.objects.select_for_update(of=("self",)).select_related(*PEOPLE).get(pk=locked.subject_id or 0)
    if happened_on > localdate():
        raise DomainError("The day must be today or earlier", field="happened_on")
    report = PlanReport.objects.create(
        nominal=planned.nominal, plan_action=planned, action=locked, reported_by=actor, text=text, happened_on=happened_on,
        is_done=is_done, is_concern=is_concern,
    )  # fmt: skip
    record_event(Verb.CREATED, report, act="Report on the plan", concern=is_concern)
    if is_done:
        complete_action(actor=actor, action=locked, outcome="Reported on the plan")
        go_on(planned, actor, localdate(), "Done")
    words = gettext_noop("A concern was reported under the plan") if is_concern else gettext_noop("Somebody reported under the plan")
    tell(actor=actor, people=[planned.nominal.offender_manager], text=words, nominal=planned.nominal_id, route=PAGE)
    return report


PEOPLE = ("nominal__force", "nominal__unit", "nominal__offender_manager", "officer", "unit")


def go_on(planned: PlanAction, actor: User | None, today: date, outcome: str) -> None:
    """After a turn is over: raise the next of what comes again; what was asked once has ended."""
    if planned.ended_at is not None:
        return
    if not planned.every:
        planned.ended_at, planned.end_reason = now(), outcome
        planned.save(update_fields=["ended_at", "end_reason"])
        return
    planned.due_on = next_turn(planned.due_on, planned.every, planned.every_unit, today)
    planned.save(update_fields=["due_on"])
    raise_turn(planned, actor, planned.due_on)


@transaction.atomic
def end_plan_action(*, actor: User, planned: PlanAction, reason: str) -> PlanAction:
    """Ask for it no longer; what was reported stays."""
    authorise(actor, Perm.CHANGE_RECORD, planned)
    locked = PlanAction.objects.select_for_update().get(pk=planned.pk)
    require_live_action(locked)
    locked.ended_at, locked.end_reason = now(), reason
    locked.save(update_fields=["ended_at", "end_reason"])
    cancel_actions_about(actor=actor, subject=locked, kind=PLAN, reason=reason)
    record_event(Verb.CHANGED, locked, reason=reason, act="Plan action ended")
    return locked


def raise_missing_turns(*, actor: User | None, today: date) -> int:
    """Go on with what waits nowhere, because its action was closed elsewhere; return how many. Safe to run again, for any day."""
    waiting = Action.objects.waiting().filter(kind=PLAN)
    idle = PlanAction.objects.filter(ended_at__isnull=True).exclude(pk__in=waiting.values("subject_id"))
    found = 0
    for key in idle.values_list("pk", flat=True):
        with transaction.atomic():
            planned = PlanAction.objects.select_for_update(of=("self",)).select_related(*PEOPLE).get(pk=key)
            if planned.ended_at is None and not waiting.filter(subject_id=key).exists():
                go_on(planned, actor, today, "Closed among the actions")
                found += 1
    return found
