"""The one waiting action of each record that says when its next visit is due, and the sweep that raises what is missing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Count
from django.utils.timezone import localdate
from django.utils.translation import gettext_noop

from accounts.models import User
from actions.models import Action, ClockRule
from actions.reports import holidays_around
from actions.rules import Due, Line, reckon
from actions.services.work import Owner, cancel_actions_about, complete_actions_about, raise_action
from audit.choices import Verb
from audit.models import Event
from audit.references import known_to
from audit.services import describe_event
from offenders.models import Nominal
from offenders.reports.visits import KIND, cycle_of, with_cycle
from offenders.rules.visits import Cycle

TITLE = gettext_noop("Visit due")
ROUTE = "offenders:visit-record"
RISK_KIND = "risk-after-visit"
BATCH = 500
SUBJECT = "offenders.nominal"


def fits(action: Action, wanted: Cycle | None, *, keeps_given_date: bool) -> bool:
    """Whether an action says what it should; a date that somebody gave by hand holds for the cycle that it was given in."""
    if wanted is None or localdate(action.starts_at) != wanted.start:
        return False
    return action.rule_code == wanted.rule or (keeps_given_date and not action.rule_code)


def standing_visits(nominal: Nominal) -> list[Action]:
    """Hold the waiting action of a record until the transaction ends; there is one at most."""
    rows = Action.objects.waiting().filter(kind=KIND, subject_type=SUBJECT, subject_id=nominal.pk)
    return list(rows.select_for_update(of=("self",)).order_by("pk"))


@transaction.atomic
def renew_visit(
    *, actor: User | None, nominal: Nominal, reason: str, is_done: bool = False, keeps_given_date: bool = True, today: date | None = None
) -> None:
    """Let the waiting action say when the next visit is due now. The caller has authorised the actor and holds the record's lock.

    What stood is closed as done after a visit, else as no longer needed.
    """
    wanted = cycle_of(with_cycle(Nominal.objects.filter(pk=nominal.pk), today or localdate()).get())
    standing = standing_visits(nominal)
    if standing and fits(standing[0], wanted, keeps_given_date=keeps_given_date):
        return
    if is_done:
        complete_actions_about(actor=actor, subject=nominal, kind=KIND, outcome=reason)
    else:
        cancel_actions_about(actor=actor, subject=nominal, kind=KIND, reason=reason)
    if wanted:
        number = count_cycles([nominal.pk]).get(nominal.pk, 0)
        raise_action(
            actor=actor, kind=KIND, title=TITLE, owner=Owner(user=nominal.offender_manager), nominal=nominal, subject=nominal,
            route=ROUTE, rule=wanted.rule, starts_at=wanted.starts_at, key=key_for(nominal.pk, number),
        )  # fmt: skip


@transaction.atomic
def follow_risk(*, actor: User, nominal: Nominal) -> None:
    """After the level of risk was set: reckon a waiting visit anew, and close what a visit asked for. The caller holds the lock."""
    if standing_visits(nominal):
        renew_visit(actor=actor, nominal=nominal, reason="The level of risk was set", keeps_given_date=False)
    complete_actions_about(actor=actor, subject=nominal, kind=RISK_KIND, outcome="The level of risk was set")


def count_cycles(keys: Sequence[int]) -> dict[int, int]:
    """Return how many actions about visits each record has had."""
    rows = Action.objects.filter(kind=KIND, subject_type=SUBJECT, subject_id__in=keys).order_by().values("subject_id")
    counted = rows.annotate(number=Count("pk")).values_list("subject_id", "number")
    return {key: number for key, number in counted if key is not None}


def key_for(nominal: int, number: int) -> str:
    """Return the key of a record's next action: each cycle has its own."""
    return f"visit-{nominal}-{number + 1}"


def raise_visits(*, actor: User | None, today: date) -> int:
    """Give every record that lacks it the action that says when its next visit is due; return how many were raised or reckoned anew.

    Batches of records by manager, each in a transaction of its own. Running it twice raises nothing twice. A record that
    somebody holds at this moment waits for the next run.
    """
    keys = list(Nominal.objects.standing().order_by("offender_manager_id", "pk").values_list("pk", flat=True))
    return sum(raise_batch(actor, keys[start : start + BATCH], today) for start in range(0, len(keys), BATCH))


@transaction.atomic
def raise_batch(actor: User | None, keys: Sequence[int], today: date) -> int:
    """Do it for some records."""
    held = Nominal.objects.filter(pk__in=keys).select_for_update(of=("self",), skip_locked=True)
    rows: list[Any] = list(with_cycle(held.select_related("force", "unit", "offender_manager"), today))
    waiting = {
        action.subject_id: action for action in Action.objects.waiting().filter(kind=KIND, subject_type=SUBJECT, subject_id__in=keys)
    }
    wrong = [row for row in rows if (action := waiting.get(row.pk)) and not fits(action, cycle_of(row), keeps_given_date=True)]
    for row in wrong:
        renew_visit(actor=actor, nominal=row, reason="Reckoned anew", today=today)
    lacking = [(row, cycle) for row in rows if row.pk not in waiting and (cycle := cycle_of(row))]
    store_actions(actor, lacking)
    return len(wrong) + len(lacking)


def store_actions(actor: User | None, lacking: Sequence[tuple[Any, Cycle]]) -> None:
    """Store the actions of many records and an event for each. Nobody is told one by one: they stand in each officer's list."""
    if not lacking:
        return
    rows = [row for row, _ in lacking]
    rules = list(ClockRule.objects.filter(code__startswith="visit-"))
    known, numbers = known_rows(rows), count_cycles([row.pk for row in rows])
    raised = Action.objects.bulk_create(
        Action(
            key=key_for(row.pk, numbers.get(row.pk, 0)), kind=KIND, title=TITLE, nominal=row.pk, route=ROUTE, force=row.force,
            unit=row.unit, raised_by=actor, subject_type=SUBJECT, subject_id=row.pk, rule_code=cycle.rule, starts_at=cycle.starts_at,
            **(Owner(user=row.offender_manager) if row.pk in known else Owner(unit=row.unit)).fields, **clock_fields(row, cycle, rules),
        )
        for row, cycle in lacking
    )  # fmt: skip
    Event.objects.bulk_create(describe_event(Verb.CREATED, action, "", {"act": "Action raised", "kind": KIND}) for action in raised)


def known_rows(rows: Sequence[Any]) -> set[int]:
    """Return the records whose manager has not left and may know of them."""
    by_manager: dict[User, list[int]] = {}
    for row in rows:
        by_manager.setdefault(row.offender_manager, []).append(row.pk)
    able = {manager: keys for manager, keys in by_manager.items() if manager.is_active}
    return {key for manager, keys in able.items() for key in known_to(manager).filter(pk__in=keys).values_list("pk", flat=True)}


def clock_fields(row: Any, cycle: Cycle, rules: Sequence[ClockRule]) -> dict[str, Any]:
    """Return the columns of an action that say when it is late and why, by the rule that holds on the first day."""
    rule = next((rule for rule in rules if rule.code == cycle.rule and cycle.start in rule.period), None)
    if rule is None:
        raise ClockRule.DoesNotExist(f"No rule {cycle.rule} on {cycle.start}")
    due = Due(None, [Line("This has no end", "")])
    if rule.length:
        due = reckon(cycle.starts_at, rule.length, holidays_around(rule.length, row.force.nation, cycle.start))
        due = Due(due.late_from, [Line(f"Rule: {rule.name} ({rule.source})", str(rule.period.lower)), *due.lines])
    return {"late_from": due.late_from, "explanation": [asdict(line) for line in due.lines]}

