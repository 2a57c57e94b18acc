"""The trail as an auditor reads it."""

import csv
from datetime import timedelta
from io import StringIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.choices import Role
from audit.choices import Verb
from audit.context import Context, in_context
from audit.models import Event
from audit.services import record_event
from audit.viewer import EventList
from tests.factories import make_force, make_nominal, make_user
from ui.sheets import safe

pytestmark = pytest.mark.django_db


@pytest.fixture
def force():
    return make_force()


@pytest.fixture
def auditor(force):
    return make_user(Role.AUDITOR, organisation=force)


@pytest.fixture
def officer(force):
    return make_user(organisation=force)


def act(user, verb=Verb.VIEWED, subject=None, role="offender_manager", **detail):
    """Put an event of this person into the trail and return it."""
    with in_context(Context(user=user, acting_role=role, channel="web")):
        record_event(verb, subject, **detail)
    return Event.objects.latest("pk")


def listed(client, auditor, **query):
    """Return the keys of the events on the page, the auditor's own looks left out."""
    client.force_login(auditor)
    events = client.get("/audit/", query).context["events"]
    return [event.pk for event in events if event.actor_id != auditor.pk]


def test_an_auditor_reads_what_people_of_the_own_force_did(client, auditor, officer):
    mine = act(officer, subject=make_nominal())
    act(make_user(), subject=make_nominal())
    assert listed(client, auditor) == [mine.pk]


def test_the_list_shows_references_and_no_case_content(client, auditor, officer):
    nominal = make_nominal(surname="Archer", offender_manager=officer)
    act(officer, subject=nominal, page="CardPage")
    act(officer, Verb.SEARCHED, terms="arther archur", ids=[nominal.pk])
    client.force_login(auditor)
    page = client.get("/audit/").content.decode()
    assert [word for word in (nominal.reference, officer.username, "Viewed: card", "Searched") if word not in page] == []
    assert [word for word in ("Archer", "archur", "Befriends") if word in page] == []


def test_search_terms_stand_on_the_events_own_page_and_that_look_is_recorded(client, auditor, officer):
    event = act(officer, Verb.SEARCHED, terms="arther archur", ids=[1, 2])
    client.force_login(auditor)
    page = client.get(f"/audit/{event.pk}/").content.decode()
    assert [word for word in ("arther archur", "1, 2", str(event.request_id)) if word not in page] == []
    looks = Event.objects.filter(actor=auditor, verb=Verb.VIEWED, subject_type="audit.event").values_list("subject_id", flat=True)
    assert list(looks) == [event.pk]


def test_reading_the_list_is_recorded_with_its_filter(client, auditor, officer):
    event = act(officer)
    client.force_login(auditor)
    client.get("/audit/", {"username": officer.username})
    recorded = Event.objects.filter(actor=auditor, verb=Verb.LISTED).latest("pk")
    assert (recorded.detail["ids"], recorded.detail["filter"]) == ([event.pk], {"username": officer.username})


def test_each_filter_narrows_and_all_add_up(client, auditor, officer, force):
    nominal, other = make_nominal(), make_nominal()
    colleague = make_user(Role.SUPERVISOR, organisation=force)
    first = act(officer, subject=nominal)
    second = act(officer, Verb.PRINTED, subject=other)
    third = act(colleague, Verb.PRINTED, subject=nominal, role="supervisor")
    today = timezone.localdate()
    tomorrow = today + timedelta(days=1)
    wanted = [
        ({"verb": "printed"}, [third, second]),
        ({"role": "supervisor"}, [third]),
        ({"username": officer.username.upper()}, [second, first]),
        ({"reference": nominal.reference.lower()}, [third, first]),
        ({"reference": "V-999999"}, []),
        ({"verb": "printed", "reference": nominal.reference}, [third]),
        ({"since_day": today.day, "since_month": today.month, "since_year": today.year}, [third, second, first]),
        ({"since_day": tomorrow.day, "since_month": tomorrow.month, "since_year": tomorrow.year}, []),
        ({"until_day": today.day, "until_month": today.month, "until_year": today.year}, [third, second, first]),
        ({"until_day": 31, "until_month": 12, "until_year": 9999}, [third, second, first]),
        ({"until_day": 1, "until_month": 1, "until_year": 2020}, []),
    ]
    for query, events in wanted:
        assert listed(client, auditor, **query) == [event.pk for event in events], query


@pytest.mark.parametrize(
    "query",
    [{"verb": "nonsense"}, {"since_day": "31", "since_month": "2", "since_year": "2026"}, {"username": "x\x00"}, {"reference": "x" * 5000}],
)
def test_a_filter_with_a_mistake_says_so_and_shows_nothing(client, auditor, officer, query):
    act(officer)
    client.force_login(auditor)
    response = client.get("/audit/", query)
    assert "There is a problem" in response.content.decode()
    assert response.context["events"] == []


def test_an_event_of_another_force_is_not_found(client, auditor, officer):
    client.force_login(auditor)
    assert client.get(f"/audit/{act(officer).pk}/").status_code == 200
    assert client.get(f"/audit/{act(make_user()).pk}/").status_code == 404
    assert client.get("/audit/999999999/").status_code == 404
    assert client.get("/audit/99999999999999999999999/").status_code == 404


@pytest.mark.parametrize("role", [role for role in Role if role != Role.AUDITOR])
def test_nobody_but_auditors_reads_it(client, role, force):
    client.force_login(make_user(role, **({} if role == Role.PARTNER else {"organisation": force})))
    assert client.get("/audit/").status_code == 403


def test_pages_follow_each_other_keep_the_filter_and_cost_the_same(client, auditor, officer):
    act(officer, subject=make_nominal())
    client.force_login(auditor)
    client.get("/audit/")
    with CaptureQueriesContext(connection) as few:
        client.get("/audit/", {"verb": "viewed"})
    for _ in range(55):
        act(officer, subject=make_nominal(unit=officer.unit, offender_manager=officer))
    with CaptureQueriesContext(connection) as many:
        first = client.get("/audit/", {"verb": "viewed"})
    assert len(many) == len(few)
    assert "verb=viewed" in first.content.decode()
    second = client.get("/audit/", {"verb": "viewed", "before": first.context["next_before"]})
    assert len(first.context["events"]) == 50
    assert max(event.pk for event in second.context["events"]) < min(event.pk for event in first.context["events"])


def test_there_is_no_way_to_change_anything(client, auditor, officer):
    event = act(officer)
    client.force_login(auditor)
    paths = ("/audit/", f"/audit/{event.pk}/")
    assert [client.delete(path).status_code for path in paths] + [client.post(paths[1]).status_code] == [405, 405, 405]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"verb": "any refusal"}, ["refused", "missing"]),
        ({"kind": "offenders.nominal"}, ["opened"]),
        ({"channel": "api"}, ["called"]),
        ({"request_id": "REQUEST"}, ["called"]),
        ({"request_id": "no identifier"}, []),
    ],
)
def test_it_is_narrowed_by_kind_way_request_and_refusals_in_one_click(client, auditor, officer, query, found):
    events = {
        "opened": act(officer, subject=make_nominal(offender_manager=officer)),
        "refused": act(officer, Verb.REFUSED),
        "missing": act(officer, Verb.NOT_FOUND),
    }
    with in_context(Context(user=officer, channel="api")) as context:
        record_event(Verb.CHANGED)
    events["called"] = Event.objects.latest("pk")
    query = {name: str(context.request_id) if value == "REQUEST" else value for name, value in query.items()}
    assert set(listed(client, auditor, **query)) == {events[name].pk for name in found}


def test_words_of_reasons_are_posted_and_leave_no_trace_of_themselves(client, auditor, officer):
    meant = act(officer, Verb.STATED_REASON, reason="Incident: a call from Hollowway at the door")
    act(officer, Verb.STATED_REASON, reason="Incident: a call from somebody else")
    act(officer, Verb.CHANGED, reason="A call from Hollowway at the door")
    client.force_login(auditor)
    page = client.post("/audit/?verb=stated reason", {"words": "hollowway CALL"})
    assert [event.pk for event in page.context["events"]] == [meant.pk]
    recorded = Event.objects.filter(actor=auditor, verb=Verb.LISTED).latest("pk")
    assert recorded.detail["filter"] == {"verb": "stated reason", "words_in_reason": True}
    assert "hollowway" not in str(recorded.detail).lower()


def test_words_of_reasons_go_on_to_older_entries(client, auditor, officer, monkeypatch):
    monkeypatch.setattr(EventList, "page_size", 1)
    older, newer = act(officer, reason="A call at the door"), act(officer, reason="Another call")
    client.force_login(auditor)
    first = client.post("/audit/", {"words": "call"})
    assert ([event.pk for event in first.context["events"]], "Older entries" in first.content.decode()) == ([newer.pk], True)
    second = client.post(f"/audit/?before={newer.pk}", {"words": "call"})
    assert [event.pk for event in second.context["events"]] == [older.pk]


def test_an_export_holds_what_is_narrowed_runs_no_formula_and_is_recorded(client, auditor, officer):
    nominal = make_nominal(surname="Archer", offender_manager=officer)
    act(officer, subject=nominal, reason="=HYPERLINK(0)", page="CardPage")
    act(officer, Verb.SEARCHED, terms="arther archur")
    act(make_user(), subject=nominal)
    client.force_login(auditor)
    response = client.post(f"/audit/export/?username={officer.username}")
    lines = list(csv.DictReader(StringIO(response.content.decode())))
    assert [line["What"] for line in lines] == ["Searched", "Viewed"]
    assert (lines[1]["Record"], lines[1]["Page"], lines[1]["Reason"]) == (nominal.reference, "card", "'=HYPERLINK(0)")
    assert [word for word in ("Archer", "archur") if word in response.content.decode()] == []
    recorded = Event.objects.get(actor=auditor, verb=Verb.EXPORTED)
    assert (recorded.detail["filter"], recorded.detail["lines"]) == ({"username": officer.username}, 2)
    client.force_login(officer)
    assert (client.post("/audit/export/").status_code, client.get("/audit/export/").status_code) == (403, 403)


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@A1", "\t=1", "  =1"])
def test_a_cell_that_begins_like_a_formula_is_text(text):
    assert safe(text) == f"'{text}"
    assert (safe("V-000417"), safe(-3)) == ("V-000417", -3)


def test_the_list_leads_to_who_could_have_seen_records_of_the_own_force_only(client, auditor, officer):
    own, other = make_nominal(offender_manager=officer), make_nominal()
    act(officer, subject=own)
    act(officer, subject=other)
    client.force_login(auditor)
    page = client.get("/audit/").content.decode()
    assert (f"/nominals/{own.reference}/who-could-see/" in page, f"/nominals/{other.reference}/who-could-see/" in page) == (True, False)

