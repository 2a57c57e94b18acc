"""Asking for what records lack: once, for any day."""

from datetime import date, timedelta

import pytest
from django.core.management import call_command
from django.utils.timezone import localdate

from actions.models import Action
from actions.services.work import complete_actions_about
from offenders.models import RiskPeriod
from offenders.services.assessment_dues import ask_for_assessment, raise_missing_assessments
from offenders.services.operational import set_risk
from offenders.services.plan_actions import raise_missing_turns
from offenders.tasks import raise_assessments
from tests.factories import make_nominal
from tests.offenders.making_risk import make_assessment, make_plan_action, turn_of

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 24)


def dues():
    return [(action.nominal, action.kind, localdate(action.starts_at)) for action in Action.objects.waiting().order_by("nominal")]


def test_each_record_is_asked_for_once_from_its_last_assessment_or_level():
    levelled, assessed, bare = make_nominal(), make_nominal(), make_nominal()
    row = make_assessment(assessed, "approved")
    RiskPeriod.objects.filter(nominal=bare).delete()
    assert raise_missing_assessments(actor=None, today=TODAY) == 3
    assert dues() == [
        (levelled.pk, "assessment-due", date(2025, 1, 1)),
        (assessed.pk, "assessment-due", min(row.assessed_on, TODAY)),
        (bare.pk, "assessment-after-change", localdate()),
    ]
    assert raise_missing_assessments(actor=None, today=TODAY) == 0
    assert raise_missing_assessments(actor=None, today=TODAY + timedelta(days=400)) == 0
    assert Action.objects.count() == 3


def test_a_request_that_was_closed_without_an_assessment_comes_back():
    nominal = make_nominal()
    raise_missing_assessments(actor=None, today=TODAY)
    complete_actions_about(actor=None, subject=nominal, outcome="By mistake")
    assert raise_missing_assessments(actor=None, today=TODAY + timedelta(days=1)) == 1
    assert len(dues()) == 1


def test_a_second_change_gives_no_more_time_and_a_recall_asks_sooner():
    nominal = make_nominal()
    officer = nominal.offender_manager
    for level in (4, 3):
        set_risk(actor=officer, nominal=nominal, level=level, at_risk=["public"], reason="x", starts_on=localdate())
    assert [action.rule_code for action in Action.objects.waiting()] == ["risk-after-change"]
    ask_for_assessment(actor=officer, nominal=nominal, rule="risk-after-recall")
    first, second = Action.objects.waiting().order_by("pk")
    assert second.late_from < first.late_from


def test_turns_that_were_closed_elsewhere_go_on():
    nominal = make_nominal()
    again, once = make_plan_action(nominal, every=2, every_unit="weeks"), make_plan_action(nominal)
    for planned in (again, once):
        complete_actions_about(actor=None, subject=planned, outcome="Done")
    today = localdate() + timedelta(days=3)
    assert raise_missing_turns(actor=None, today=today) == 2
    assert raise_missing_turns(actor=None, today=today) == 0
    again.refresh_from_db()
    once.refresh_from_db()
    assert (again.due_on, bool(once.ended_at)) == (localdate() + timedelta(days=14), True)
    assert turn_of(again).due.date() == again.due_on


def test_the_task_and_the_command_do_the_same(capsys):
    make_nominal()
    raise_assessments()
    call_command("raise_assessments", "--date", "2026-11-24")
    assert "0 assessments and 0 plan actions raised" in capsys.readouterr().out
    assert Action.objects.count() == 1
