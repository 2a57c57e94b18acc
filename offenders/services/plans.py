"""The risk management plan: written in its four parts, submitted, approved, reviewed in time."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.timezone import localdate
from django.utils.translation import gettext_noop

from accounts.access import authorise
from accounts.errors import DomainError
from accounts.models import User
from accounts.permissions import Perm
from actions.services.work import Owner, complete_actions_about, raise_action
from audit.choices import Verb
from audit.services import record_event
from offenders.choices.risk import Decision, PlanPart, SignOff
from offenders.guards.risk import require_author, require_move, require_no_problem
from offenders.models import Nominal, RiskPlan
from offenders.rules.risk import BEING_WRITTEN, check_plan
from offenders.services.records import lock_nominal
from offenders.services.signing import decide, lock_signed, move, submit, supersede, take_back

REVIEW = "plan-review"


@transaction.atomic
def start_plan(*, actor: User, nominal: Nominal) -> RiskPlan:
    """Begin the next version of the plan, with the words of the approved one to start from."""
    authorise(actor, Perm.CHANGE_RECORD, nominal)
    lock_nominal(nominal)
    plans = RiskPlan.objects.filter(nominal=nominal)
    if standing := plans.filter(state__in=[*BEING_WRITTEN, SignOff.SUBMITTED]).select_related("author").first():
        raise DomainError(
            "{person} has version {number} at work. Open it instead.", person=standing.author.display_name, number=standing.number
        )
    approved = plans.filter(state=SignOff.APPROVED).first()
    words = {part.value: getattr(approved, part.value) if approved else "" for part in PlanPart}
    number = (plans.aggregate(last=Max("number"))["last"] or 0) + 1
    row = RiskPlan.objects.create(nominal=nominal, number=number, author=actor, replaces=approved, **words)
    record_event(Verb.CREATED, row, act="Risk management plan started", number=number)
    return row


@transaction.atomic
def save_plan(*, actor: User, plan: RiskPlan, version: int, is_submitted: bool = False, **content: Any) -> RiskPlan:
    """Store what was written; with `is_submitted` hand it in for approval, for which no part may be empty."""
    authorise(actor, Perm.CHANGE_RECORD, plan)
    row = lock_signed(plan, version)
    require_author(row, actor)
    require_move(row, SignOff.SUBMITTED)
    for name, value in content.items():
        setattr(row, name, value)
    if is_submitted:
        require_no_problem(check_plan(row.content(), row.review_on, localdate()))
        return submit(row, actor)
    row.version += 1
    row.save()
    record_event(Verb.CHANGED, row, act="Risk management plan written")
    return row


@transaction.atomic
def take_back_plan(*, actor: User, plan: RiskPlan, version: int | None = None) -> RiskPlan:
    """Change what waits for approval."""
    authorise(actor, Perm.CHANGE_RECORD, plan)
    return take_back(lock_signed(plan, version), actor)


@transaction.atomic
def withdraw_plan(*, actor: User, plan: RiskPlan, reason: str) -> RiskPlan:
    """Give up a version that was not approved."""
    authorise(actor, Perm.CHANGE_RECORD, plan)
    row = move(lock_signed(plan, None), SignOff.WITHDRAWN)
    record_event(Verb.CHANGED, row, reason=reason, act="Risk management plan withdrawn")
    return row


@transaction.atomic
def decide_plan(*, actor: User, plan: RiskPlan, version: int, decision: Decision | str, reasons: str = "") -> RiskPlan:
    """Approve a version of the plan, which then holds until its review, or return it with reasons."""
    authorise(actor, Perm.APPROVE_RISK, plan)
    row = lock_signed(plan, version)
    if decision == Decision.APPROVE:
        for earlier in RiskPlan.objects.filter(nominal=row.nominal, state=SignOff.APPROVED):
            supersede(earlier, actor)
    decide(row, actor, decision, reasons)
    if row.state == SignOff.APPROVED:
        ask_for_review(row, actor)
    return row


def ask_for_review(plan: RiskPlan, actor: User) -> None:
    """Close the request that led to this version, and ask for the next review on the day that was approved."""
    nominal, approved = plan.nominal, f"Version {plan.number} approved by {actor.display_name}"
    complete_actions_about(actor=actor, subject=nominal, kind=REVIEW, outcome=approved)
    raise_action(
        actor=actor, kind=REVIEW, title=gettext_noop("Review the risk management plan"), owner=Owner(user=nominal.offender_manager),
        nominal=nominal, subject=nominal, route="offenders:plan", due_on=plan.review_on, key=f"{REVIEW}:{plan.pk}",
    )  # fmt: skip
