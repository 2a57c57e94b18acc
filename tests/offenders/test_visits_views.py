"""Pages of visits: three clicks from home, drafts that survive, who is kept out."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import localdate, localtime, now

from accounts.choices import Role
from actions.models import Action
from audit.models import Event
from offenders.models import ReactiveManagement, Visit
from offenders.services.operational import add_condition, add_warning
from offenders.services.visits_due import raise_visits
from offenders.timeline.visits import visits
from tests.factories import make_exclusion, make_nominal, make_user
from tests.offenders.making_visits import PLANNED, make_planned, make_reactive, make_visit

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(client):
    user = make_user()
    client.force_login(user)
    return user


@pytest.fixture
def nominal(officer):
    return make_nominal(offender_manager=officer)


def url(page, nominal, visit=None):
    return reverse(f"offenders:{page}", args=[nominal.reference, *([visit.public_id] if visit else [])])


def typed(officer, **values):
    """What the record form shows at first, and what somebody types into it."""
    at = localtime() - timedelta(hours=1)
    day = {"on_day": at.day, "on_month": at.month, "on_year": at.year, "time": f"{at:%H:%M}"}
    shown = {"state": "done", "officer": officer.pk, "notice": "unannounced", "purpose": "routine", "risk": "unchanged"}
    return {**day, **shown, "seen": "The person", "others_present": "A duty officer", **values}


def test_three_clicks_from_home_save_a_visit(client, officer, nominal):
    pages = [client.get("/")]
    link = re.search(r'href="([^"]+)">Record visit', pages[-1].content.decode()).group(1)
    pages.append(client.get(link))
    form = pages[-1].context["form"]
    prefilled = {"state": "done", "officer": officer.pk, "notice": "unannounced"}
    assert "risk" not in form.initial  # a judgement is never filled in for anybody
    assert prefilled.items() <= form.initial.items()
    assert len(pages[-1].context["short"]) <= 10
    pages.append(client.post(link, typed(officer)))
    assert (len(pages), pages[-1].status_code, pages[-1].url) == (3, 302, url("visit-list", nominal))
    assert Visit.objects.get().state == "done"


def test_a_draft_is_kept_when_something_is_wrong(client, officer, nominal):
    sent = typed(officer, seen="", said="He spoke of a new job", home="Tidy", concerns="A child's shoe", time="quarter past")
    response = client.post(url("visit-record", nominal), sent)
    text = response.content.decode()
    assert response.status_code == 422
    assert all(words in text for words in ("He spoke of a new job", "Tidy", "A child&#x27;s shoe", "like 14:30 or 2:30pm"))
    response = client.post(url("visit-record", nominal), {**sent, "time": "0:01", "others_present": "", "seen": "Him"})
    assert response.status_code == 409
    assert "why one officer went alone" in response.content.decode()
    assert "He spoke of a new job" in response.content.decode()
    assert not Visit.objects.exists()


def test_a_visit_planned_for_today_is_taken_up_so_that_nothing_is_typed_twice(client, officer, nominal):
    make_planned(nominal=nominal)
    assert client.get(url("visit-record", nominal)).status_code == 200
    visit = make_planned(nominal=nominal, planned_for=now(), place="14 Quay Road")
    assert client.get(url("visit-record", nominal)).url == url("visit-planned-record", nominal, visit)
    page = client.get(url("visit-planned-record", nominal, visit))
    assert "14 Quay Road" in page.content.decode()
    client.post(url("visit-planned-record", nominal, visit), typed(officer, version=1))
    visit.refresh_from_db()
    assert (visit.state, visit.version) == ("done", 2)


def test_the_second_of_two_who_record_a_planned_visit_is_told(client, officer, nominal):
    visit = make_planned(nominal=nominal, planned_for=now())
    address = url("visit-planned-record", nominal, visit)
    assert client.post(address, typed(officer, version=1)).status_code == 302
    response = client.post(address, typed(officer, version=1, said="Second hand"))
    assert response.status_code == 409
    assert "Second hand" in response.content.decode()
    assert "What is stored now" in response.content.decode()


def test_a_changed_risk_leads_to_the_level(client, officer, nominal):
    assert client.post(url("visit-record", nominal), typed(officer, risk="changed")).url == url("risk-change", nominal)


def test_planning_moving_cancelling_and_correcting(client, officer, nominal):
    plan = {"on_day": 6, "on_month": 5, "on_year": 2031, "time": "9.30am", "officer": officer.pk}
    plan |= {"notice": "announced", "purpose": "devices"}
    assert client.post(url("visit-plan", nominal), plan).status_code == 302
    visit = Visit.objects.get()
    assert localtime(visit.planned_for).strftime("%H:%M %d") == "09:30 06"
    assert client.get(url("visit-move", nominal, visit)).context["form"]["time"].value() == localtime(visit.planned_for).time()
    client.post(url("visit-move", nominal, visit), {**plan, "time": "2pm", "version": 1})
    client.post(url("visit-cancel", nominal, visit), {"reason": "In custody"})
    visit.refresh_from_db()
    assert (visit.state, visit.cancel_reason, localtime(visit.planned_for).hour) == ("cancelled", "In custody", 14)
    made = make_visit(nominal=nominal, at=datetime(2026, 5, 1, 9, tzinfo=UTC))
    client.post(url("visit-correct", nominal, made), typed(officer, version=1, reason="Wrong address", place="9 Chapel Row"))
    made.refresh_from_db()
    assert made.place == "9 Chapel Row"
    for each in (visit, made):
        assert client.get(url("visit", nominal, each)).status_code == 200


def test_the_list_says_when_and_why_and_overdue(client, officer, nominal):
    make_visit(nominal=nominal, at=now() - timedelta(days=365))
    assert "has not been set yet" in client.get(url("visit-list", nominal)).content.decode()
    raise_visits(actor=None, today=localdate())
    text = client.get(url("visit-list", nominal)).content.decode()
    assert "days overdue" in text
    assert "Visit: high risk" in text
    make_reactive(nominal=nominal, since=localdate())
    assert "No visit falls due" in client.get(url("visit-list", nominal)).content.decode()
    assert Event.objects.filter(verb="viewed", nominal=nominal.pk, detail__page="VisitList").count() == 3


def test_cancelled_visits_stand_among_the_others_by_their_day(client, officer, nominal):
    old = make_planned(nominal=nominal, planned_for=now() - timedelta(days=9), state="cancelled", cancel_reason="Ill")
    new = make_visit(nominal=nominal, at=now() - timedelta(days=1))
    assert list(client.get(url("visit-list", nominal)).context["past"]) == [new, old]


def test_what_changed_since_the_last_visit_stands_beside_the_form(client, officer, nominal):
    add_warning(actor=officer, nominal=nominal, kind="dog", note="Before")
    assert "No visit has been carried out yet" in client.get(url("visit-record", nominal)).content.decode()
    make_visit(nominal=nominal, at=now())
    assert "are as they were" in client.get(url("visit-record", nominal)).content.decode()
    add_condition(actor=officer, nominal=nominal, kind="licence", text="Not to enter Millbrook Park")
    text = client.get(url("visit-record", nominal)).content.decode()
    assert "Not to enter Millbrook Park" in text
    assert "Before" not in text.split("Since the last visit")[1]


def test_a_supervisor_authorises_and_reviews_reactive_management(client, officer, nominal):
    assert client.get(url("reactive-start", nominal)).status_code == 403
    boss = make_user(Role.SUPERVISOR, unit=officer.unit)
    client.force_login(boss)
    assert client.get(url("reactive-review", nominal)).url == url("visit-list", nominal)
    day = {"review_on_day": 1, "review_on_month": 1, "review_on_year": 2031}
    client.post(url("reactive-start", nominal), {"reason": "Settled", **day})
    row = ReactiveManagement.objects.get()
    assert row.authorised_by == boss
    stale = client.post(url("reactive-review", nominal), {"keeps": "no", "reason": "New partner", "version": 0})
    assert stale.status_code == 409
    client.post(url("reactive-review", nominal), {"keeps": "no", "reason": "New partner", "version": 1})
    row.refresh_from_db()
    assert row.end_reason == "New partner"


def test_a_hidden_record_has_no_visits_and_another_records_visit_is_not_found(client, officer, nominal):
    other = make_nominal(offender_manager=officer)
    visit = make_visit(nominal=other, at=now())
    assert client.get(url("visit", other, visit)).status_code == 200
    assert client.get(url("visit", nominal, visit)).status_code == 404
    make_exclusion(nominal=other, user=officer)
    assert client.get(url("visit", other, visit)).status_code == 404
    assert client.get(url("visit-list", other)).status_code == 404
    client.force_login(make_user(Role.CONTROL_ROOM, organisation=nominal.force))
    assert client.get(url("visit-list", nominal)).status_code == 403


def test_the_action_opens_the_form_and_names_nobody(client, officer, nominal):
    raise_visits(actor=None, today=localdate())
    action = Action.objects.get(kind="visit")
    assert client.get(reverse(action.route, args=[nominal.reference])).status_code == 200
    assert "Sample" not in action.title + action.detail


def test_the_line_of_time_tells_what_the_reader_may_see(officer, nominal):
    for days in (1, 2, 3):
        make_visit(nominal=nominal, at=now() - timedelta(days=days), said=f"Told {days}")
    make_planned(nominal=nominal, planned_for=PLANNED)
    assert [entry.text for entry in visits(officer, nominal, now(), 2)] == ["Told 1", "Told 2"]
    assert list(visits(make_user(Role.CONTROL_ROOM), nominal, now(), 2)) == []
