"""The plan, what others are asked to do under it, what they report; uses of material."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils.timezone import localdate

from accounts.choices import Role
from accounts.errors import DomainError, NotPermitted, StaleRecord
from actions.models import Action, Notification
from audit.models import Event
from offenders.choices.risk import SignOff
from offenders.models import PlanAction, RiskPlan
from offenders.services.plan_actions import add_plan_action, end_plan_action, report_on_plan
from offenders.services.plans import decide_plan, save_plan, start_plan, take_back_plan, withdraw_plan
from tests.factories import make_exclusion, make_nominal, make_unit, make_user
from tests.offenders.making_risk import PLAN_WORDS, make_plan, make_plan_action, make_submitted_plan, turn_of

pytestmark = pytest.mark.django_db
WEEK = timedelta(days=7)


@pytest.fixture
def officer():
    return make_user()


@pytest.fixture
def boss(officer):
    return make_user(Role.SUPERVISOR, unit=officer.unit)


@pytest.fixture
def nominal(officer):
    return make_nominal(offender_manager=officer)


def ask(manager, nominal, **values):
    defaults = {"part": "monitoring", "what": "Walk past the ground", "due_on": localdate()}
    return add_plan_action(actor=manager, nominal=nominal, **{**defaults, **values})


def report(actor, planned, **values):
    defaults = {"text": "Nobody there", "happened_on": localdate(), "is_done": True, "is_concern": False}
    return report_on_plan(actor=actor, action=turn_of(planned), **{**defaults, **values})


def test_a_plan_is_approved_by_somebody_else_and_reviewed_in_time(officer, boss, nominal):
    plan = make_submitted_plan(nominal)
    plan = decide_plan(actor=boss, plan=plan, version=plan.version, decision="approve")
    [review] = Action.objects.waiting().filter(kind="plan-review")
    assert (plan.state, review.owner, review.due.date()) == (SignOff.APPROVED, officer, plan.review_on)
    nxt = start_plan(actor=officer, nominal=nominal)
    assert (nxt.number, nxt.supervision, nxt.replaces) == (2, plan.supervision, plan)
    with pytest.raises(DomainError, match="at work"):
        start_plan(actor=boss, nominal=nominal)
    nxt = save_plan(actor=officer, plan=nxt, version=1, is_submitted=True, **PLAN_WORDS, review_on=localdate() + WEEK)
    decide_plan(actor=boss, plan=nxt, version=nxt.version, decision="approve")
    assert list(RiskPlan.objects.values_list("number", "state")) == [(2, SignOff.APPROVED), (1, SignOff.SUPERSEDED)]
    assert [action.due.date() for action in Action.objects.waiting().filter(kind="plan-review")] == [localdate() + WEEK]


def test_an_incomplete_plan_waits_as_a_draft(officer, nominal):
    plan = start_plan(actor=officer, nominal=nominal)
    words = PLAN_WORDS | {"victim_safety": ""}
    plan = save_plan(actor=officer, plan=plan, version=1, review_on=None, **words)
    with pytest.raises(DomainError) as error:
        save_plan(actor=officer, plan=plan, version=2, is_submitted=True, review_on=localdate() + WEEK, **words)
    assert error.value.field == "victim_safety"
    with pytest.raises(StaleRecord):
        save_plan(actor=officer, plan=plan, version=1, review_on=None, **words)
    assert withdraw_plan(actor=officer, plan=plan, reason="Not needed").state == SignOff.WITHDRAWN


def test_nobody_approves_their_own_plan_and_old_copies_decide_nothing(officer, boss, nominal):
    plan = make_submitted_plan(nominal, author=boss)
    with pytest.raises(DomainError, match="somebody else"):
        decide_plan(actor=boss, plan=plan, version=plan.version, decision="approve")
    with pytest.raises(NotPermitted):
        decide_plan(actor=officer, plan=plan, version=plan.version, decision="approve")
    take_back_plan(actor=boss, plan=plan)
    with pytest.raises(StaleRecord):
        decide_plan(actor=make_user(Role.SUPERVISOR, unit=boss.unit), plan=plan, version=plan.version, decision="approve")


def test_the_database_refuses_what_a_plan_can_never_be(nominal):
    plan = make_plan(nominal, SignOff.APPROVED)
    for values, name in (
        ({"decided_by": plan.author}, "riskplan_not_decided_by_its_author"),
        ({"approved_hash": ""}, "riskplan_approved_wholly"),
        ({"state": "lost"}, "riskplan_state_known"),
    ):
        with pytest.raises(IntegrityError, match=name), transaction.atomic():
            RiskPlan.objects.filter(pk=plan.pk).update(**values)
    with pytest.raises(IntegrityError, match="risk_plan_one_approved"), transaction.atomic():
        make_plan(nominal, SignOff.APPROVED, number=2)
    planned = make_plan_action(nominal)
    for values, name in (
        ({"partner": "Probation"}, "plan_action_has_one_owner"),
        ({"every": 3}, "plan_action_repeats_wholly"),
        ({"part": "other"}, "plan_action_part_known"),
    ):
        with pytest.raises(IntegrityError, match=name), transaction.atomic():
            PlanAction.objects.filter(pk=planned.pk).update(**values)


def test_an_approved_plan_that_says_something_else_has_lapsed(nominal):
    plan = make_plan(nominal, SignOff.APPROVED)
    assert not plan.has_lapsed
    plan.monitoring = "Something else"
    assert plan.has_lapsed


def test_an_operational_officer_is_asked_and_reports_without_the_case_file(officer, nominal):
    patrol = make_user(Role.OPERATIONAL, organisation=officer.organisation)
    planned = ask(officer, nominal, officer=patrol)
    action = turn_of(planned)
    assert (action.owner, action.title, action.detail, action.nominal) == (patrol, "Plan action", "Walk past the ground", nominal.pk)
    made = report(patrol, planned, is_concern=True, text="Talked to two boys")
    assert (made.reported_by, made.is_concern) == (patrol, True)
    planned.refresh_from_db()
    assert (planned.end_reason, Action.objects.waiting().filter(kind="plan").count()) == ("Done", 0)
    told = Notification.objects.filter(recipient=officer).values_list("text", flat=True)
    assert "A concern was reported under the plan" in told
    assert "boys" not in " ".join(told)


def test_what_comes_again_goes_on_until_it_is_ended(officer, nominal):
    planned = ask(officer, nominal, officer=officer, every=1, every_unit="weeks")
    report(officer, planned, is_done=False)
    assert turn_of(planned).due.date() == localdate()
    report(officer, planned)
    assert turn_of(planned).due.date() == localdate() + WEEK
    with pytest.raises(DomainError) as error:
        report(officer, planned, happened_on=localdate() + WEEK)
    assert error.value.field == "happened_on"
    end_plan_action(actor=officer, planned=planned, reason="Moved away")
    assert not Action.objects.waiting().filter(kind="plan").exists()
    with pytest.raises(DomainError):
        end_plan_action(actor=officer, planned=planned, reason="Again")


def test_exactly_one_who_may_know_is_asked(officer, nominal):
    kept_out = make_user(organisation=officer.organisation)
    make_exclusion(nominal=nominal, user=kept_out)
    for values, field in (
        ({}, "officer"),
        ({"officer": officer, "partner": "Probation"}, "officer"),
        ({"officer": kept_out}, "officer"),
        ({"officer": make_user()}, "officer"),
        ({"unit": make_unit()}, "unit"),
        ({"officer": officer, "due_on": date(2020, 1, 1)}, "due_on"),
        ({"officer": officer, "every": 2}, "every_unit"),
    ):
        with pytest.raises(DomainError) as error:
            ask(officer, nominal, **values)
        assert error.value.field == field
    assert turn_of(ask(officer, nominal, unit=officer.unit)).owner_unit == officer.unit
    assert turn_of(ask(officer, nominal, partner="Probation")).owner == officer


def test_strangers_neither_ask_nor_report(officer, nominal):
    planned, stranger = make_plan_action(nominal, officer=officer), make_user()
    before = Event.objects.count()
    other_officer = make_user(Role.OPERATIONAL, organisation=officer.organisation)
    for act in (
        lambda: report(stranger, planned),
        lambda: report(other_officer, planned),
        lambda: ask(stranger, nominal, officer=officer),
        lambda: end_plan_action(actor=other_officer, planned=planned, reason="x"),
        lambda: start_plan(actor=other_officer, nominal=nominal),
    ):
        with pytest.raises(NotPermitted):
            act()
    assert Event.objects.count() == before
