"""Reminders before the time, and going up after it: once each, at any moment, in any order."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils.timezone import localdate, now

from accounts.choices import Role
from actions.models import Action, ClockRule, Notification
from actions.services import Owner, extend_clock, hand_over_action
from actions.services.reminding import escalate_actions, remind_owners
from audit.models import Event
from tests.factories import make_exclusion, make_nominal, make_user
from tests.safety.things.actions import make_action, make_clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def boss():
    return make_user(Role.SUPERVISOR)


@pytest.fixture
def officer(boss):
    return make_user(unit=boss.unit)


@pytest.fixture
def nominal(officer):
    return make_nominal(offender_manager=officer)


def told(user):
    return [row.text for row in Notification.objects.filter(recipient=user).exclude(text__startswith="New action")]


def at(action, **delta):
    """A moment counted from the first one at which the action is late."""
    return action.late_from + timedelta(**delta)


def test_the_owner_is_reminded_once_within_the_days_of_the_rule(officer, nominal):
    action = make_action(nominal=nominal, days=10)  # a given date: 3 days before
    assert remind_owners(actor=None, now=at(action, days=-3, seconds=-1)) == 0
    assert remind_owners(actor=None, now=at(action, days=-3)) == 1
    assert remind_owners(actor=None, now=at(action, days=-2)) == 0
    assert told(officer) == ["Due soon: Ring the hostel"]


def test_a_rule_without_reminder_reminds_nobody(officer, nominal):
    action = make_clock(nominal=nominal, rule="notice-answer")
    assert remind_owners(actor=None, now=at(action, hours=-1)) == 0
    assert told(officer) == []


def test_what_is_done_late_or_stands_still_is_not_reminded_of(nominal):
    action = make_action(nominal=nominal, days=1)
    assert remind_owners(actor=None, now=at(action, seconds=1)) == 0
    Action.objects.update(late_from=None)
    assert remind_owners(actor=None, now=now()) == 0


def test_a_moved_date_reminds_again(boss, nominal):
    action = make_clock(nominal=nominal)
    assert remind_owners(actor=None, now=at(action, hours=-1)) == 1
    extend_clock(actor=boss, action=action, quantity=5, unit="working_days", reason="The report is late")
    action.refresh_from_db()
    assert action.warned_at is None
    assert remind_owners(actor=None, now=at(action, hours=-1)) == 1


def test_what_is_late_goes_up_one_rank_for_each_number(boss, officer, nominal):
    super_ = make_user(Role.DISCLOSURE_AUTHORITY, organisation=boss.organisation)
    action = make_clock(nominal=nominal)  # approval: at once, and after 5 days
    assert escalate_actions(actor=None, now=at(action, seconds=-1)) == 0
    assert escalate_actions(actor=None, now=at(action)) == 1
    assert (len(told(officer)), len(told(boss)), len(told(super_))) == (1, 1, 0)
    assert escalate_actions(actor=None, now=at(action, days=4)) == 0
    assert escalate_actions(actor=None, now=at(action, days=5)) == 1
    assert (len(told(officer)), len(told(boss)), len(told(super_))) == (2, 2, 1)
    assert escalate_actions(actor=None, now=at(action, days=400)) == 0
    assert [event.detail["rank"] for event in Event.objects.filter(detail__act="Overdue action went up").order_by("pk")] == [1, 2]


def test_after_a_long_silence_it_goes_up_in_one_step(boss, officer, nominal):
    action = make_clock(nominal=nominal)
    assert escalate_actions(actor=None, now=at(action, days=30)) == 1
    assert Action.objects.get().escalation == 2
    assert told(boss) == ["Overdue: Approve the assessment"]


def test_without_a_supervisor_the_first_rank_goes_to_the_superintendents():
    officer = make_user()
    super_ = make_user(Role.DISCLOSURE_AUTHORITY, organisation=officer.organisation)
    elsewhere = make_user(Role.DISCLOSURE_AUTHORITY)
    action = make_clock(nominal=make_nominal(offender_manager=officer))
    escalate_actions(actor=None, now=at(action))
    assert (len(told(super_)), told(elsewhere)) == (1, [])


def test_who_must_not_know_of_the_record_is_not_told(boss, officer, nominal):
    other = make_user(Role.SUPERVISOR, unit=boss.unit)
    make_exclusion(nominal=nominal, user=other)
    action = make_clock(nominal=nominal)
    escalate_actions(actor=None, now=at(action))
    assert (len(told(boss)), told(other)) == (1, [])


def test_everybody_of_an_owning_unit_or_role_is_told(boss, officer, nominal):
    intelligence = make_user(Role.INTELLIGENCE, organisation=boss.organisation)
    make_user(Role.INTELLIGENCE)
    action = make_clock(nominal=nominal, owner=Owner(unit=boss.unit))
    by_role = make_action(nominal=nominal, owner=Owner(role=Role.INTELLIGENCE), days=0)
    escalate_actions(actor=None, now=max(at(action), at(by_role)))
    assert len(told(officer)) == 1
    assert len(told(intelligence)) == 1
    assert {row.recipient_id for row in Notification.objects.filter(action=by_role)} == {intelligence.pk, boss.pk}


def test_more_time_takes_it_down_so_that_it_goes_up_anew(boss, nominal):
    action = make_clock(nominal=nominal)
    Action.objects.update(escalation=2, late_from=now() - timedelta(days=20))
    extend_clock(actor=boss, action=action, quantity=60, unit="days", reason="Waits for the court")
    action.refresh_from_db()
    assert action.escalation == 0
    assert escalate_actions(actor=None, now=at(action)) == 1


def test_the_rule_in_force_on_the_day_says_when_it_goes_up(nominal):
    action = make_clock(nominal=nominal)
    ClockRule.objects.filter(code="approval").update(escalate_days=[])
    assert escalate_actions(actor=None, now=at(action, days=9)) == 0


def test_a_new_owner_is_told_of_the_next_rank(boss, officer, nominal):
    action = make_clock(nominal=nominal)
    taker = make_user(unit=boss.unit)
    hand_over_action(actor=boss, action=action, owner=Owner(user=taker), reason="On leave")
    escalate_actions(actor=None, now=at(action))
    assert (told(officer), len(told(taker))) == ([], 2)


def test_the_number_of_queries_grows_with_people_and_rows_only_as_far_as_writing_needs(nominal, django_assert_max_num_queries):
    for _ in range(30):
        make_action(nominal=nominal, days=0)
    with django_assert_max_num_queries(30 * 2 + 25):
        assert escalate_actions(actor=None, now=now() + timedelta(days=2)) == 30


def test_the_command_runs_for_the_end_of_a_day(nominal, capsys):
    make_clock(nominal=nominal)
    make_action(nominal=nominal, days=32)
    call_command("escalate_actions", "--date", str(localdate() + timedelta(days=30)))
    call_command("escalate_actions", "--date", str(localdate() + timedelta(days=30)))
    assert capsys.readouterr().out == "1 reminders, 1 overdue actions went up.\n0 reminders, 0 overdue actions went up.\n"
