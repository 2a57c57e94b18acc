"""Pages of assessments and approvals, as people use them."""

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from accounts.choices import Role
from audit.models import Event
from offenders.choices.risk import SignOff
from offenders.models import Assessment, RiskPeriod
from offenders.services.assessments import decide_assessment, save_assessment, take_back_assessment
from tests.factories import make_nominal, make_user
from tests.offenders.making_risk import a_tool, good_content, make_assessment, make_submitted, make_submitted_plan

pytestmark = pytest.mark.django_db
TODAY = {f"assessed_on_{part}": getattr(localdate(), part) for part in ("day", "month", "year")}


@pytest.fixture
def officer():
    return make_user()


@pytest.fixture
def boss(officer):
    return make_user(Role.SUPERVISOR, unit=officer.unit)


@pytest.fixture
def nominal(officer):
    return make_nominal(offender_manager=officer)


def url(name, nominal, *rows):
    return reverse(f"offenders:{name}", args=[nominal.reference, *(row.public_id for row in rows)])


def written(row, **values):
    """What the browser sends for a whole assessment with OSP/C."""
    sent = {
        "occasion": "periodic", "level_proposed": 3, "at_risk": ["children"], "rationale": "Drinks again", "sources": ["visits"],
        "difference_reason": "", "score_points": 30, "score_band": 3, "version": row.version,
    }  # fmt: skip
    return sent | TODAY | values


def test_from_start_to_approval_in_the_browser(officer, boss, nominal, client):
    client.force_login(officer)
    assert "Nothing has been assessed" in client.get(url("assessment-list", nominal)).content.decode()
    sent = {"tool": a_tool("osp-c").pk, "occasion": "periodic", **TODAY}
    answer = client.post(url("assessment-add", nominal), sent)
    row = Assessment.objects.get()
    write = url("assessment-write", nominal, row)
    assert answer["Location"] == write
    assert "A whole number from 0 to 64" in client.get(write).content.decode()
    assert client.post(write, written(row, rationale="", level_proposed="")).status_code == 302
    row.refresh_from_db()
    assert client.post(write, written(row, finish="1")).status_code == 302
    row.refresh_from_db()
    assert (row.state, row.scores) == (SignOff.SUBMITTED, {"points": 30, "band": 3})

    client.force_login(boss)
    decide = url("assessment-decide", nominal, row)
    assert decide in client.get(reverse("offenders:approval-list")).content.decode()
    page = client.get(decide).content.decode()
    assert "checked" not in page
    assert "Drinks again" in page
    answer = client.post(decide, {"decision": "approve", "reasons": "", "version": row.version})
    assert answer["Location"] == reverse("offenders:approval-list")
    assert RiskPeriod.objects.get(period__contains=localdate()).set_by == boss
    history = client.get(url("mappa", nominal)).content.decode()
    assert url("assessment", nominal, row) in history
    assert "None: set directly" in history


def test_everything_that_is_missing_is_said_at_once(officer, nominal, client):
    row = make_assessment(nominal, tool="osp-c", author=officer)
    client.force_login(officer)
    empty = {"score_points": 65, "score_band": "", "version": row.version, "occasion": "periodic", "finish": "1", **TODAY}
    page = client.post(url("assessment-write", nominal, row), empty)
    text = page.content.decode()
    assert page.status_code == 422
    for words in (
        "Points must be a whole number from 0 to 64",
        "Band: enter one of: low, medium, high, very high",
        "Select the level that you propose",
        "Enter your reasons",
        "Select to whom the risk is",
        "Select what you drew on",
    ):
        assert words in text
    row.refresh_from_db()
    assert row.state == SignOff.DRAFT


def test_a_stale_copy_is_shown_beside_what_is_stored(officer, nominal, client):
    row = make_assessment(nominal, tool="osp-c", author=officer)
    save_assessment(actor=officer, assessment=row, version=1, **good_content(row.tool, rationale="From another window"))
    client.force_login(officer)
    page = client.post(url("assessment-write", nominal, row), written(row, rationale="From this window"))
    assert page.status_code == 409
    assert "From another window" in page.content.decode()
    assert "From this window" in page.content.decode()
    row.refresh_from_db()
    assert client.post(url("assessment-write", nominal, row), written(row)).status_code == 302


def test_a_supervisor_with_a_stale_copy_reads_again(officer, boss, nominal, client):
    row = make_submitted(nominal)
    seen = row.version
    row = take_back_assessment(actor=officer, assessment=row)
    row = save_assessment(actor=officer, assessment=row, version=row.version, is_submitted=True, **good_content(row.tool, rationale="New"))
    client.force_login(boss)
    page = client.post(url("assessment-decide", nominal, row), {"decision": "approve", "reasons": "", "version": seen})
    text = page.content.decode()
    assert page.status_code == 409
    assert "It was changed while you read" in text
    assert f'value="{row.version}"' in text
    row.refresh_from_db()
    assert row.state == SignOff.SUBMITTED


def test_the_decision_shows_what_changed_since_the_last(officer, boss, nominal, client):
    first = make_submitted(nominal)
    decide_assessment(actor=boss, assessment=first, version=first.version, decision="approve")
    second = make_submitted(nominal, rationale="Has stopped drinking")
    client.force_login(boss)
    text = client.get(url("assessment-decide", nominal, second)).content.decode()
    assert text.count("Changed</strong>") == 1
    assert "Has stopped drinking" in text
    assert "Settled, but drinks again." in text


def test_ones_own_waits_without_a_way_to_decide(boss, nominal, client):
    row = make_submitted(nominal, author=boss)
    client.force_login(boss)
    page = client.get(reverse("offenders:approval-list")).content.decode()
    assert "You wrote this" in page
    assert url("assessment-decide", nominal, row) not in page
    assert "somebody else must decide" in client.get(url("assessment-decide", nominal, row)).content.decode()


def test_the_queue_is_oldest_first_and_recorded(boss, nominal, client):
    client.force_login(boss)
    assert "Nothing to decide" in client.get(reverse("offenders:approval-list")).content.decode()
    assessment, plan = make_submitted(nominal), make_submitted_plan(nominal)
    text = client.get(reverse("offenders:approval-list")).content.decode()
    assert text.index(url("assessment-decide", nominal, assessment)) < text.index(url("plan-decide", nominal, plan))
    assert Event.objects.filter(verb="listed", detail__ids=[assessment.pk], actor=boss).exists()


def test_a_lapsed_approval_and_a_change_say_so(officer, nominal, client):
    row = make_assessment(nominal, SignOff.APPROVED)
    client.force_login(officer)
    answer = client.post(url("assessment-revise", nominal, row))
    draft = Assessment.objects.get(state=SignOff.DRAFT)
    assert answer["Location"] == url("assessment-write", nominal, draft)
    assert "The earlier approval does not cover it" in client.get(url("assessment", nominal, draft)).content.decode()
    assert "Approval lapsed" not in client.get(url("assessment", nominal, row)).content.decode()
    Assessment.objects.filter(pk=row.pk).update(rationale="Other")
    assert "Approval lapsed" in client.get(url("assessment", nominal, row)).content.decode()


def test_another_author_is_sent_to_the_page_that_tells(boss, nominal, client):
    row = make_assessment(nominal)
    client.force_login(boss)
    assert client.get(url("assessment-write", nominal, row))["Location"] == url("assessment", nominal, row)


def test_the_row_of_another_record_is_not_found(officer, nominal, client):
    row = make_assessment(make_nominal(offender_manager=officer))
    client.force_login(officer)
    assert client.get(url("assessment", row.nominal, row)).status_code == 200
    assert client.get(url("assessment", nominal, row)).status_code == 404
