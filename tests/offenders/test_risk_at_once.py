"""Two people at the same assessment or plan action at the same moment: one wins, the other is told."""

import pytest
from django.utils.timezone import localdate

from accounts.choices import Role
from actions.models import Action
from offenders.models import Assessment, PlanReport, RiskPeriod
from offenders.services.assessments import decide_assessment, start_assessment
from offenders.services.plan_actions import report_on_plan
from tests.factories import make_nominal, make_user
from tests.offenders.making_risk import a_tool, make_plan_action, make_submitted, turn_of
from tests.offenders.test_services_at_once import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_approvals_leave_one():
    officer = make_user()
    bosses = [make_user(Role.SUPERVISOR, unit=officer.unit) for _ in range(2)]
    row = make_submitted(make_nominal(offender_manager=officer), level=4)
    ends = at_once(
        *(lambda boss=boss: decide_assessment(actor=boss, assessment=row, version=row.version, decision="approve") for boss in bosses)
    )
    assert ends == ["StaleRecord", "done"]
    assert RiskPeriod.objects.filter(period__contains=localdate()).get().set_by == Assessment.objects.get().decided_by
    assert Action.objects.waiting().filter(kind="assessment-due").count() == 1


def test_two_who_start_with_one_tool_leave_one():
    officer = make_user()
    colleague, nominal = make_user(unit=officer.unit), make_nominal(offender_manager=officer)
    ends = at_once(
        *(
            lambda who=who: start_assessment(actor=who, nominal=nominal, tool=a_tool(), assessed_on=localdate(), occasion="first")
            for who in (officer, colleague)
        )
    )
    assert ends == ["DomainError", "done"]
    assert Assessment.objects.count() == 1


def test_two_reports_raise_one_next_turn():
    officer = make_user()
    planned = make_plan_action(make_nominal(offender_manager=officer), officer=officer, every=1, every_unit="weeks")
    turn, boss = turn_of(planned), make_user(Role.SUPERVISOR, unit=officer.unit)
    ends = at_once(
        *(
            lambda who=who: report_on_plan(actor=who, action=turn, text="Seen", happened_on=localdate(), is_done=True, is_concern=False)
            for who in (officer, boss)
        )
    )
    assert ends == ["DomainError", "done"]
    assert (PlanReport.objects.count(), Action.objects.waiting().filter(kind="plan").count()) == (1, 1)
