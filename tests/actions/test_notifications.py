"""Notifications: the list, reading, the counters that pages fetch by themselves, and the home pages."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import now

from accounts.choices import Role
from accounts.models import SignIn
from actions.models import Action, Notification
from actions.services import Owner, tell
from audit.models import Event
from tests.factories import make_exclusion, make_nominal, make_user
from tests.safety.things.actions import make_action

pytestmark = pytest.mark.django_db
LIST = "/notifications/"


@pytest.fixture
def officer():
    return make_user()


@pytest.fixture
def nominal(officer):
    return make_nominal(offender_manager=officer)


def told(client):
    return [row for row, _, _ in client.get(LIST).context["told"]]


def test_the_list_shows_ones_own_newest_first_and_nothing_of_hidden_records(client, officer, nominal):
    first, second = (tell(actor=None, people=[officer], text=text, nominal=nominal.pk)[0] for text in ("One", "Two"))
    tell(actor=None, people=[make_user()], text="Not mine")
    client.force_login(officer)
    assert told(client) == [second, first]
    assert nominal.reference in client.get(LIST).content.decode()
    make_exclusion(nominal=nominal, user=officer)
    assert told(client) == []
    assert "You have no notifications." in client.get(LIST).content.decode()
    assert client.post(reverse("actions:notification-open", args=[first.pk])).status_code == 404


def test_opening_marks_it_as_read_and_leads_to_the_action(client, officer, nominal):
    action = make_action(nominal=nominal)
    row = Notification.objects.get()
    client.force_login(officer)
    answer = client.post(reverse("actions:notification-open", args=[row.pk]))
    assert answer.url == reverse("actions:action", args=[action.public_id])
    row.refresh_from_db()
    assert row.read_at is not None
    assert client.get(reverse("actions:notification-open", args=[row.pk])).status_code == 405


@pytest.mark.parametrize(
    ("route", "leads_to"), [("offenders:mappa", "offenders:mappa"), ("offenders:nothing", "offenders:nominal"), ("", "offenders:nominal")]
)
def test_without_an_action_it_leads_to_the_page_or_the_record(client, officer, nominal, route, leads_to):
    row = tell(actor=None, people=[officer], text="News", nominal=nominal.pk, route=route)[0]
    client.force_login(officer)
    assert client.post(reverse("actions:notification-open", args=[row.pk])).url == reverse(leads_to, args=[nominal.reference])


def test_somebody_elses_is_not_there(client, officer):
    row = tell(actor=None, people=[make_user()], text="News")[0]
    client.force_login(officer)
    assert client.post(reverse("actions:notification-open", args=[row.pk])).status_code == 404
    row.refresh_from_db()
    assert row.read_at is None


def test_all_that_was_shown_is_marked_and_what_came_since_stays(client, officer):
    shown = tell(actor=None, people=[officer], text="Shown")[0]
    later, other = tell(actor=None, people=[officer], text="Later")[0], tell(actor=None, people=[make_user()], text="x")[0]
    client.force_login(officer)
    client.post(reverse("actions:notifications-read"), {"up_to": shown.pk})
    assert set(Notification.objects.filter(read_at__isnull=True)) == {later, other}
    for nonsense in ("", "x", "9" * 30, "²"):
        assert client.post(reverse("actions:notifications-read"), {"up_to": nonsense}).status_code == 302


@pytest.mark.parametrize("name", ["actions:unread", "actions:counters"])
def test_polls_keep_no_session_alive_and_leave_no_trace(client, officer, nominal, name):
    make_action(nominal=nominal)
    client.force_login(officer)
    client.get(LIST)
    events = Event.objects.count()
    SignIn.objects.update(last_seen_at=now() - timedelta(minutes=10))
    before = SignIn.objects.get().last_seen_at
    answer = client.get(reverse(name), headers={"HX-Request": "true"})
    assert answer.status_code == 200
    assert SignIn.objects.get().last_seen_at == before
    assert Event.objects.count() == events
    client.get(LIST)
    assert SignIn.objects.get().last_seen_at > before


def test_the_header_counts_what_is_unread_for_whoever_works_with_actions(client, officer, nominal):
    for _ in range(3):
        tell(actor=None, people=[officer], text="News", nominal=nominal.pk)
    client.force_login(officer)
    assert '3<span class="govuk-visually-hidden"> unread</span>' in client.get("/").content.decode()
    client.force_login(make_user(Role.AUDITOR))
    assert 'id="unread"' not in client.get("/audit/").content.decode()


def counts(client, address="/"):
    numbers = client.get(address).context["counts"]
    return numbers.late, numbers.today, numbers.soon, numbers.open


def test_my_work_counts_and_shows_the_next_action_of_each_case_soonest_first(client, officer, nominal):
    quiet, urgent = make_nominal(offender_manager=officer), make_nominal(offender_manager=officer)
    for days in (8, 0, 7, 1):
        make_action(nominal=nominal, days=days)
    late = make_action(nominal=urgent, days=-1)
    make_action(nominal=urgent, days=-3, owner=Owner(user=make_user(Role.INTELLIGENCE, organisation=officer.organisation)))
    client.force_login(officer)
    assert counts(client) == (1, 1, 3, 5)
    rows = client.get("/").context["rows"]
    assert [row.reference for row in rows] == [urgent.reference, nominal.reference, quiet.reference]
    assert rows[2].next_action is None
    assert rows[0].next_action.late_from < late.late_from  # what the unit answers for hides from nobody in it
    page = client.get("/").content.decode()
    assert "3 days overdue" in page
    assert "due today" in page


def test_what_is_about_a_hidden_record_is_not_counted(client, officer, nominal):
    make_action(nominal=nominal, days=-1)
    client.force_login(officer)
    assert (counts(client), client.get("/").context["unread"]) == ((1, 0, 0, 1), 1)
    make_exclusion(nominal=nominal, user=officer)
    assert (counts(client), client.get("/").context["unread"]) == ((0, 0, 0, 0), 0)


def test_the_team_board_counts_what_the_unit_answers_for(client, officer, nominal):
    make_action(nominal=nominal, days=-1)
    make_action(nominal=make_nominal(), days=-1)
    client.force_login(make_user(Role.SUPERVISOR, unit=officer.unit))
    assert counts(client) == (1, 0, 0, 1)
    assert counts(client, reverse("actions:counters") + "?whose=unit") == (1, 0, 0, 1)
    assert counts(client, reverse("actions:counters")) == (0, 0, 0, 0)


def test_other_roles_see_their_actions_above_all_and_the_control_room_never(client, officer, nominal):
    for role, shows in ((Role.INTELLIGENCE, True), (Role.CONTROL_ROOM, False)):
        user = make_user(role, organisation=officer.organisation)
        client.force_login(user)
        assert "My actions" not in client.get("/find/").content.decode()
        make_action(nominal=nominal, owner=Owner(user=user))
        assert ("My actions" in client.get("/find/").content.decode()) is shows


def test_how_an_action_stands_today_is_shown_while_one_may_see_it(client, officer, nominal):
    action = make_action(nominal=nominal)
    Action.objects.filter(pk=action.pk).update(late_from=now() - timedelta(days=3))
    client.force_login(officer)
    assert "3 days overdue" in client.get(LIST).content.decode()
    tell(actor=None, people=[officer], text="Of somebody else", action=make_action(nominal=make_nominal()))
    assert [action for _, _, action in client.get(LIST).context["told"]] == [None, action]
