"""Pages of actions: the list, one action, what may be done with it, and an officer's work."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import localdate, now

from accounts.choices import Role
from actions.models import Action
from actions.services import Owner, cancel_action, complete_action, extend_clock, hand_over_action, pause_clock
from audit.models import Event
from tests.factories import make_exclusion, make_nominal, make_unit, make_user
from tests.safety.things.actions import make_action, make_clock

pytestmark = pytest.mark.django_db
LIST = "/actions/"


@pytest.fixture
def boss():
    return make_user(Role.SUPERVISOR)


@pytest.fixture
def officer(boss):
    return make_user(unit=boss.unit)


@pytest.fixture
def nominal(officer):
    return make_nominal(offender_manager=officer)


@pytest.fixture
def action(nominal):
    return make_clock(nominal=nominal)


def url(name, action):
    return reverse(f"actions:{name}", args=[action.public_id])


def listed(client, **query):
    return [action for action, _ in client.get(LIST, query).context["rows"]]


def date_parts(name, day):
    return {f"{name}_{part}": getattr(day, part) for part in ("day", "month", "year")}


def test_the_list_shows_what_is_for_me_soonest_first(client, boss, officer, nominal):
    later, sooner = make_action(nominal=nominal, days=9), make_action(nominal=nominal, days=2)
    of_unit = make_action(nominal=nominal, owner=Owner(unit=boss.unit), days=4)
    by_role = make_action(nominal=nominal, owner=Owner(role=Role.OFFENDER_MANAGER), days=5)
    of_boss = make_action(nominal=nominal, owner=Owner(user=boss), days=1)
    make_action(nominal=make_nominal())
    client.force_login(officer)
    assert listed(client) == [sooner, of_unit, by_role, later]
    assert listed(client, whose="name") == [sooner, later]
    assert listed(client, whose="role") == [by_role]
    assert listed(client, whose="unit") == [of_boss, sooner, of_unit, by_role, later]
    assert Event.objects.filter(verb="listed", detail__page="ActionList").count() == 4


def test_the_list_is_filtered_by_time_and_shows_what_was_closed_lately(client, boss, officer, nominal):
    late, today, soon, later = (make_action(nominal=nominal, days=days) for days in (-2, 0, 7, 8))
    done, long_ago = make_action(nominal=nominal), make_action(nominal=nominal)
    complete_action(actor=officer, action=done, outcome="Rang them")
    cancel_action(actor=boss, action=long_ago, reason="Twice")
    Action.objects.filter(pk=long_ago.pk).update(closed_at=now() - timedelta(days=29))
    client.force_login(officer)
    assert listed(client) == [late, today, soon, later]
    assert listed(client, show="overdue") == [late]
    assert listed(client, show="soon") == [today, soon]
    assert listed(client, show="today") == [today]
    assert listed(client, show="done") == [done]
    assert "2 days overdue" in client.get(LIST).content.decode()


def test_the_list_goes_on_behind_the_last_action_and_what_stands_still_comes_last(client, boss, officer, nominal, monkeypatch):
    monkeypatch.setattr("actions.views.work.PAGE", 2)
    paused = make_clock(nominal=nominal)
    pause_clock(actor=boss, action=paused, kind="agency", reason="Waiting", since=localdate())
    rows = [make_action(nominal=nominal, days=days) for days in (1, 1, 2, 30)]
    client.force_login(officer)
    first = client.get(LIST)
    assert [row for row, _ in first.context["rows"]] == rows[:2]
    second = client.get(LIST + first.context["next_url"])
    assert [row for row, _ in second.context["rows"]] == rows[2:]
    third = client.get(LIST + second.context["next_url"])
    assert [row for row, _ in third.context["rows"]] == [paused]
    assert third.context["next_url"] == ""
    assert listed(client, after="x" * 36) == rows[:2]


@pytest.mark.parametrize("query", ["show=%00", "whose=9", "after=%F0", "after=00000000-0000-0000-0000-000000000000", f"after={'-' * 36}"])
def test_the_list_takes_any_query(client, officer, query):
    client.force_login(officer)
    assert client.get(f"{LIST}?{query}").status_code == 200


def test_an_empty_list_says_why(client, officer):
    client.force_login(officer)
    assert "Nothing waits for you." in client.get(LIST).content.decode()
    assert "No action fits the filter." in client.get(LIST, {"show": "overdue"}).content.decode()


def test_one_action_shows_how_its_date_was_worked_out_line_by_line(client, boss, officer, nominal, action):
    extend_clock(actor=boss, action=action, quantity=2, unit="weeks", reason="The report is late")
    client.force_login(officer)
    page = client.get(url("action", action)).content.decode()
    for words in ("Rule: Approval by a supervisor", "The clock starts", "5 working days later, without weekends", "Extended by 2 weeks"):
        assert words in page
    for words in ("The report is late", boss.display_name, officer.display_name, nominal.reference, "History", "Time added"):
        assert words in page
    assert reverse("offenders:nominal", args=[nominal.reference]) in page
    assert nominal.names.get().surname not in page
    assert Event.objects.filter(verb="viewed", subject_id=action.pk).count() == 1


def test_whoever_may_not_open_the_page_gets_the_card_instead(client, boss, nominal):
    dispatcher = make_user(Role.CONTROL_ROOM, organisation=boss.organisation)
    action = make_action(nominal=nominal, owner=Owner(user=dispatcher))
    client.force_login(dispatcher)
    page = client.get(url("action", action)).content.decode()
    assert reverse("offenders:card", args=[nominal.reference]) in page
    assert reverse("offenders:actions", args=[nominal.reference]) not in page


def test_an_action_about_a_hidden_record_is_not_there(client, officer, nominal, action):
    client.force_login(officer)
    assert client.get(url("action", action)).status_code == 200
    make_exclusion(nominal=nominal, user=officer)
    assert client.get(url("action", action)).status_code == 404
    assert listed(client) == []


def test_done_takes_an_outcome_and_a_fresh_copy(client, officer, action):
    client.force_login(officer)
    assert "Enter what was done" in client.post(url("action", action), {"version": 1}).content.decode()
    stale = client.post(url("action", action), {"outcome": "Approved on paper", "version": 7})
    assert stale.status_code == 409
    assert "Approved on paper" in stale.content.decode()
    assert client.post(url("action", action), {"outcome": "Approved", "version": 1}).status_code == 302
    action.refresh_from_db()
    assert (action.state, action.outcome, action.closed_by) == ("done", "Approved", officer)
    again = client.post(url("action", action), {"outcome": "Again", "version": 2})
    assert "closed already" in again.content.decode()


def test_a_colleague_of_the_unit_reads_and_does_but_does_not_give_away(client, boss, action):
    client.force_login(make_user(unit=boss.unit))
    page = client.get(url("action", action)).content.decode()
    assert "Say that it is done" in page
    assert "Hand it over" not in page
    assert client.get(url("hand-over", action)).status_code == 404


def test_handing_over_to_a_person_a_unit_or_a_role(client, boss, officer, action):
    other = make_unit(organisation=boss.organisation)
    client.force_login(boss)
    for owner, words in (
        (f"unit-{other.pk}", other.name),
        ("role-intelligence", "Any intelligence"),
        (f"user-{boss.pk}", boss.display_name),
    ):
        action.refresh_from_db()
        answer = client.post(url("hand-over", action), {"owner": owner, "reason": "On leave", "version": action.version})
        assert answer.status_code == 302, answer.content.decode()
        action.refresh_from_db()
        assert action.owner_words == words
    outside = client.post(url("hand-over", action), {"owner": f"user-{make_user().pk}", "reason": "x", "version": 4})
    assert outside.status_code == 422


def test_the_clock_is_stopped_and_goes_on(client, boss, action):
    client.force_login(boss)
    since = localdate()
    data = {"kind": "custody", "reason": "Arrested", "version": 1, **date_parts("since", since)}
    assert client.post(url("pause", action), data).status_code == 302
    page = client.get(url("action", action)).content.decode()
    assert "no date now" in page
    assert "Let the clock go on" in page
    assert client.post(url("resume", action), {"version": 2, **date_parts("until", since)}).status_code == 302
    assert "Clock goes on" in client.get(url("action", action)).content.decode()


def test_more_time_comes_from_somebody_else_than_the_owner(client, boss, officer, nominal, action):
    more = {"quantity": 2, "unit": "weeks", "reason": "Late report", "version": 1}
    client.force_login(officer)
    assert "Give more time" not in client.get(url("action", action)).content.decode()
    answer = client.post(url("extend", action), more)
    assert (answer.status_code, "Ask your supervisor for more time" in answer.content.decode()) == (409, True)
    client.force_login(boss)
    assert "Give more time" in client.get(url("action", action)).content.decode()
    assert client.post(url("extend", action), more).status_code == 302
    of_unit = make_clock(nominal=nominal, owner=Owner(unit=boss.unit))
    assert client.post(url("extend", of_unit), more).status_code == 302
    client.force_login(make_user(Role.INTELLIGENCE, organisation=boss.organisation))
    by_role = make_clock(nominal=nominal, owner=Owner(role=Role.INTELLIGENCE))
    assert client.post(url("extend", by_role), more).status_code == 409


def test_a_given_date_is_changed_by_who_raised_it_or_by_the_supervisor(client, boss, officer, nominal, action):
    own = make_action(nominal=nominal)
    new = {"reason": "They moved", "version": 1, **date_parts("due_on", localdate() + timedelta(days=40))}
    client.force_login(officer)
    assert client.post(url("change-date", own), new).status_code == 409
    Action.objects.filter(pk=own.pk).update(raised_by=officer)
    assert client.post(url("change-date", own), new).status_code == 302
    assert "A rule reckons this date" in client.post(url("change-date", action), new).content.decode()
    client.force_login(boss)
    past = new | date_parts("due_on", localdate() - timedelta(days=1)) | {"version": 2}
    assert "must be today or later" in client.post(url("change-date", own), past).content.decode()


def test_what_is_no_longer_needed_is_closed_with_a_reason(client, boss, action):
    client.force_login(boss)
    assert client.post(url("cancel", action), {"reason": "Raised twice", "version": 1}).status_code == 302
    page = client.get(url("action", action)).content.decode()
    assert "No longer needed" in page
    assert "Raised twice" in page
    assert "Something else" not in page


def test_a_supervisor_hands_over_the_work_of_somebody_who_leaves(client, boss, officer, nominal, action):
    taker = make_user(unit=boss.unit)
    client.force_login(boss)
    assert officer.last_name in client.get(reverse("actions:officers")).content.decode()
    page = reverse("actions:officer", args=[officer.pk])
    assert f"{action.title}, {nominal.reference}" in client.get(page).content.decode()
    answer = client.post(page, {"to": taker.pk, "reason": "Leaves"}, follow=True)
    assert "1 action handed over." in answer.content.decode()
    action.refresh_from_db()
    assert action.owner == taker
    assert client.get(page).status_code == 404


def test_the_work_of_an_officer_elsewhere_is_not_there(client, officer, action):
    client.force_login(make_user(Role.SUPERVISOR))
    assert client.get(reverse("actions:officer", args=[officer.pk])).status_code == 404
    assert "Nobody owns an open action" in client.get(reverse("actions:officers")).content.decode()


def test_an_action_is_raised_by_hand_on_a_record(client, boss, officer, nominal):
    client.force_login(officer)
    page = reverse("offenders:action-add", args=[nominal.reference])
    data = {"title": "Ring the hostel", "owner": f"user-{boss.pk}", "detail": "", **date_parts("due_on", localdate())}
    assert client.post(page, data).status_code == 302
    action = Action.objects.get()
    assert (action.owner, action.raised_by, action.due.date(), action.nominal) == (boss, officer, localdate(), nominal.pk)
    assert "due today" in client.get(reverse("offenders:actions", args=[nominal.reference])).content.decode()
    past = client.post(page, data | date_parts("due_on", localdate() - timedelta(days=1)))
    assert (past.status_code, Action.objects.count()) == (409, 1)
    excluded = make_user(unit=boss.unit)
    make_exclusion(nominal=nominal, user=excluded)
    assert "cannot take this action" in client.post(page, data | {"owner": f"user-{excluded.pk}"}).content.decode()


def test_the_page_of_a_record_shows_what_the_reader_answers_for(client, boss, officer, nominal):
    other = make_user(Role.INTELLIGENCE, organisation=boss.organisation)
    mine, theirs = make_action(nominal=nominal), make_action(nominal=nominal, owner=Owner(user=other))
    hand_over_action(actor=boss, action=theirs, owner=Owner(role=Role.INTELLIGENCE), reason="Anybody")
    client.force_login(officer)
    assert {row for row, _ in client.get(reverse("offenders:actions", args=[nominal.reference])).context["rows"]} == {mine, theirs}
