"""Pages of the plan; an operational officer reports without seeing the case file."""

from datetime import datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate

from accounts.choices import Role
from audit.models import Event
from offenders.choices.risk import SignOff
from offenders.models import PlanAction, PlanReport, RiskPlan
from offenders.timeline.risk import risk_entries
from tests.factories import make_exclusion, make_nominal, make_user
from tests.offenders.making_risk import PLAN_WORDS, make_assessment, make_plan, make_plan_action, turn_of

pytestmark = pytest.mark.django_db


def day(name, when):
    return {f"{name}_{part}": getattr(when, part) for part in ("day", "month", "year")}


REPORT = {"text": "Two boys near the gate", "is_concern": "yes", "is_done": "yes", **day("happened_on", localdate())}


@pytest.fixture
def officer():
    return make_user()


@pytest.fixture
def nominal(officer):
    return make_nominal(offender_manager=officer, surname="Quillfeather")


@pytest.fixture
def patrol(officer):
    return make_user(Role.OPERATIONAL, organisation=officer.organisation)


def url(name, nominal, *rows):
    return reverse(f"offenders:{name}", args=[nominal.reference, *(row.public_id for row in rows)])


def test_a_plan_is_written_handed_in_and_approved_in_the_browser(officer, nominal, client):
    client.force_login(officer)
    assert "There is no plan yet" in client.get(url("plan", nominal)).content.decode()
    answer = client.post(url("plan-add", nominal))
    plan = RiskPlan.objects.get()
    assert answer["Location"] == url("plan-write", nominal, plan)
    page = client.post(url("plan-write", nominal, plan), {"supervision": "Weekly visits", "version": 1, "finish": "1"})
    assert page.status_code == 422
    assert "Victim safety: say what is done" in page.content.decode()
    sent = PLAN_WORDS | {"version": 1, "finish": "1"} | day("review_on", localdate() + timedelta(days=90))
    assert client.post(url("plan-write", nominal, plan), sent).status_code == 302
    boss = make_user(Role.SUPERVISOR, unit=officer.unit)
    client.force_login(boss)
    plan.refresh_from_db()
    assert client.post(url("plan-decide", nominal, plan), {"decision": "approve", "version": plan.version}).status_code == 302
    page = client.get(url("plan", nominal)).content.decode()
    assert "What we do about supervision" in page
    assert "Change the plan: a new approval is needed" in page


def test_an_action_is_added_for_an_operational_officer(officer, nominal, patrol, client):
    client.force_login(officer)
    sent = {
        "part": "monitoring",
        "what": "Walk past",
        "officer": patrol.pk,
        "every": 2,
        "every_unit": "weeks",
        **day("due_on", localdate()),
    }
    assert client.post(url("plan-action-add", nominal), sent).status_code == 302
    planned = PlanAction.objects.get()
    assert (planned.who, planned.rhythm) == (patrol.display_name, "Every 2 weeks")
    both = client.post(url("plan-action-add", nominal), sent | {"partner": "Probation"})
    assert both.status_code == 422
    assert "Choose one" in both.content.decode()
    stranger = client.post(url("plan-action-add", nominal), sent | {"officer": make_user().pk})
    assert stranger.status_code == 422


def test_an_operational_officer_reports_and_sees_no_case_file(officer, nominal, patrol, client):
    make_plan(nominal, SignOff.APPROVED)
    planned = make_plan_action(nominal, officer=patrol, what="Walk past the gate")
    action = turn_of(planned)
    page = reverse("offenders:plan-report", args=[action.public_id])
    client.force_login(patrol)
    for name in ("plan", "assessment-list", "use-list"):
        assert client.get(url(name, nominal)).status_code in {302, 403}
    listed = client.get(url("plan-turn-list", nominal)).content.decode()
    assert page in listed
    shown = client.get(page).content.decode()
    for text in (listed, shown):
        assert "Walk past the gate" in text
        assert nominal.reference in text
        assert "Quillfeather" not in text
        assert "What we do about" not in text
    assert client.post(page, {"text": ""}).status_code == 422
    assert client.post(page, REPORT)["Location"] == url("plan-turn-list", nominal)
    assert "There is nothing left to report" in client.get(page).content.decode()
    assert client.post(page, REPORT).status_code == 409
    client.force_login(officer)
    text = client.get(url("plan", nominal)).content.decode()
    assert "Two boys near the gate" in text
    assert "Concern</strong>" in text
    assert PlanReport.objects.get().reported_by == patrol


def test_others_find_no_action_to_report_on(officer, nominal, patrol, client):
    action = turn_of(make_plan_action(nominal, officer=patrol))
    page = reverse("offenders:plan-report", args=[action.public_id])
    client.force_login(make_user(Role.OPERATIONAL, organisation=officer.organisation))
    assert client.get(page).status_code == 404
    client.force_login(patrol)
    assert client.get(page).status_code == 200
    make_exclusion(nominal=nominal, user=patrol)
    assert client.get(page).status_code == 404


def test_late_actions_and_late_reviews_show(officer, nominal, client):
    make_plan_action(nominal, due_on=localdate() - timedelta(days=1))
    make_plan(nominal, SignOff.APPROVED, review_on=localdate() - timedelta(days=1))
    client.force_login(officer)
    page = client.get(url("plan", nominal)).content.decode()
    assert "Overdue</strong>" in page
    assert "Review overdue</strong>" in page


def test_the_plan_prints_as_a_recorded_pdf_without_a_name(officer, nominal, client):
    plan = make_plan(nominal, SignOff.APPROVED)
    make_plan_action(nominal)
    client.force_login(officer)
    paper = client.post(url("plan-print", nominal, plan))
    assert paper["Content-Type"] == "application/pdf"
    assert paper["Content-Disposition"] == f'attachment; filename="plan-{nominal.reference}-1.pdf"'
    assert paper.content.startswith(b"%PDF")
    assert b"Quillfeather" not in paper.content
    assert Event.objects.filter(verb="printed", subject_id=plan.pk, nominal=nominal.pk, actor=officer).exists()
    assert client.get(url("plan-print", nominal, plan)).status_code == 405


def test_the_line_of_time_tells_of_approvals_and_reports(officer, nominal):
    make_assessment(nominal, SignOff.APPROVED)
    make_assessment(nominal, SignOff.DRAFT, "arms")
    make_plan(nominal, SignOff.APPROVED)
    planned = make_plan_action(nominal)
    PlanReport.objects.create(
        nominal=nominal, plan_action=planned, action=turn_of(planned), reported_by=officer, text="Seen", happened_on=localdate(),
        is_concern=True, is_done=False,
    )  # fmt: skip
    soon = timezone.now() + timedelta(minutes=1)
    told = list(risk_entries(officer, nominal, soon, 10))
    assert {entry.title for entry in told} == {
        "Risk assessment approved",
        "Risk management plan approved",
        "Concern reported under the plan",
    }
    assert [entry.at for entry in told] == sorted((entry.at for entry in told), reverse=True)
    assert len(list(risk_entries(officer, nominal, soon, 1))) == 1
    assert list(risk_entries(officer, nominal, datetime(2020, 1, 1, tzinfo=soon.tzinfo), 10)) == []
    assert list(risk_entries(make_user(), nominal, soon, 10)) == []
