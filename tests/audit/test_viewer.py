"""The trail as an auditor reads it."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.choices import Role
from audit.choices import Verb
from audit.context import Context, in_context
from audit.models import Event
from audit.services import record_event
from tests.factories import make_force, make_nominal, make_user

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
    assert [client.post(path).status_code for path in ("/audit/", f"/audit/{event.pk}/")] == [405, 405]
