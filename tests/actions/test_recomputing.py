"""Rules and bank holidays as dated data, and what their change does to clocks that run."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.timezone import localdate
from hypothesis import given
from hypothesis import strategies as st

from accounts.choices import Role
from accounts.errors import DomainError, NotPermitted, StaleRecord
from actions.models import Action, BankHoliday, ClockRule, Notification
from actions.reports import rule_on
from actions.rules import LONDON, Version, end_of, version_for
from actions.services import complete_action, extend_clock, pause_clock
from actions.services.dated import add_holiday, change_rule, confirm_rule, remove_holiday, withdraw_version
from actions.services.recomputing import recompute_clocks
from audit.models import Event
from tests.factories import make_nominal, make_user
from tests.safety.things.actions import make_clock

pytestmark = pytest.mark.django_db
TUESDAY = datetime(2026, 11, 24, 12, tzinfo=LONDON)
TODAY = TUESDAY.date()


@pytest.fixture(autouse=True)
def noon():
    with time_machine.travel(TUESDAY, tick=False):
        yield


@pytest.fixture
def admin():
    return make_user(Role.ADMINISTRATOR)


@pytest.fixture
def officer():
    return make_user()


@pytest.fixture
def action(officer):
    return make_clock(nominal=make_nominal(offender_manager=officer))  # 5 working days: 1 December


def change(admin, code="approval", starts_on=TODAY, **values):
    rule = ClockRule.objects.filter(code=code).order_by("-period").first()
    return change_rule(actor=admin, rule=rule, starts_on=starts_on, reason="Force policy 12", **values)


def due(action):
    action.refresh_from_db()
    return action.due.date()


def changed(user):
    return Notification.objects.filter(recipient=user, text__startswith="The date of an action changed").count()


def test_a_new_version_closes_the_one_before_and_overwrites_nothing(admin):
    old = rule_on("approval", TODAY)
    new = change(admin, quantity=3)
    old.refresh_from_db()
    assert (old.quantity, old.period) == (5, DateRange(date(1997, 9, 1), TODAY))
    assert (new.quantity, new.unit, new.period, new.name) == (3, "working_days", DateRange(TODAY, None), old.name)
    assert rule_on("approval", TODAY - timedelta(days=1)) == old
    assert Event.objects.get(detail__act="Clock rule changed").reason == "Force policy 12"


def test_a_version_counts_for_what_starts_on_its_first_day_or_later(admin, officer, action):
    change(admin, starts_on=TODAY + timedelta(days=1), quantity=2)
    assert recompute_clocks(actor=None, today=TODAY + timedelta(days=1)) == 0
    with time_machine.travel(TUESDAY + timedelta(days=1), tick=False):
        later = make_clock(nominal=make_nominal(offender_manager=officer))
    assert (due(action), due(later)) == (date(2026, 12, 1), date(2026, 11, 27))


def test_with_the_tick_it_counts_for_running_clocks_from_its_first_day_on(admin, officer, action):
    change(admin, starts_on=TODAY + timedelta(days=1), quantity=2, counts_for_running=True)
    assert recompute_clocks(actor=None, today=TODAY) == 0
    assert recompute_clocks(actor=None, today=TODAY + timedelta(days=1)) == 1
    assert recompute_clocks(actor=None, today=TODAY + timedelta(days=1)) == 0
    assert due(action) == date(2026, 11, 26)
    assert changed(officer) == 1
    event = Event.objects.get(detail__act="Date of an action changed")
    assert (event.subject_id, event.nominal) == (action.pk, action.nominal)


def test_a_change_is_left_to_the_worker_after_the_commit(admin, action, monkeypatch, django_capture_on_commit_callbacks):
    sent = []
    monkeypatch.setattr("actions.tasks.recompute_clocks.delay", lambda *keys: sent.append(keys))
    with django_capture_on_commit_callbacks(execute=True):
        change(admin, quantity=2)
        assert sent == []
    assert sent == [("approval", "")]


def test_pauses_and_extensions_stay_in_the_new_reckoning(admin, action):
    boss = make_user(Role.SUPERVISOR, unit=action.unit)
    extend_clock(actor=boss, action=action, quantity=1, unit="working_days", reason="Late report")
    change(admin, quantity=2, counts_for_running=True)
    recompute_clocks(actor=None, today=TODAY)
    assert due(action) == date(2026, 11, 27)
    assert "Late report" in str(action.explanation)


def test_what_stands_still_or_is_closed_keeps_its_date(admin, officer, action):
    other = make_clock(nominal=make_nominal(offender_manager=officer))
    pause_clock(actor=make_user(Role.SUPERVISOR, unit=action.unit), action=action, kind="agency", reason="Waiting", since=TODAY)
    complete_action(actor=officer, action=other, outcome="Approved")
    change(admin, quantity=2, counts_for_running=True)
    assert recompute_clocks(actor=None, today=TODAY) == 0
    action.refresh_from_db()
    assert (action.late_from, due(other)) == (None, date(2026, 12, 1))


def test_a_bank_holiday_moves_clocks_of_its_nation_and_their_owners_are_told(admin, officer, action):
    scot = make_user()
    scot.organisation.nation = "SCT"
    scot.organisation.save()
    theirs = make_clock(nominal=make_nominal(offender_manager=scot))
    extra = add_holiday(actor=admin, nation="ENG", day=date(2026, 11, 27), name="Extra day", source="Proclamation")
    assert recompute_clocks(actor=None, today=TODAY, nation="ENG") == 1
    assert (due(action), due(theirs)) == (date(2026, 12, 2), date(2026, 12, 2))  # St Andrew is Scotland's own
    assert (changed(officer), changed(scot)) == (1, 0)
    remove_holiday(actor=admin, holiday=extra, reason="Entered by mistake")
    assert recompute_clocks(actor=None, today=TODAY) == 1
    assert due(action) == date(2026, 12, 1)


def test_a_holiday_counts_for_an_extension_in_working_days_of_another_clock(officer):
    action = make_clock(nominal=make_nominal(offender_manager=officer), rule="minutes-level-2")
    Action.objects.filter(pk=action.pk).update(rule_code="notify-change")  # 3 days: 27 November
    recompute_clocks(actor=None, today=TODAY)
    BankHoliday.objects.create(nation="ENG", day=date(2026, 11, 30), name="Extra day")
    extend_clock(actor=make_user(Role.SUPERVISOR, unit=action.unit), action=action, quantity=1, unit="working_days", reason="x")
    assert due(action) == date(2026, 12, 1)


def test_rules_are_refused_where_they_cannot_be(admin):
    rule = rule_on("approval", TODAY)
    for values in ({"starts_on": date(1997, 9, 1)}, {"starts_on": date(1990, 1, 1)}):
        with pytest.raises(DomainError) as error:
            change(admin, quantity=3, **values)
        assert error.value.field == "starts_on"
    change(admin, quantity=3)
    with pytest.raises(StaleRecord):
        change_rule(actor=admin, rule=rule, starts_on=TODAY + timedelta(days=9), reason="x", quantity=9)


def test_a_version_is_withdrawn_until_the_day_after_it_began(admin, action):
    first = rule_on("approval", TODAY)
    with pytest.raises(DomainError, match="only version"):
        withdraw_version(actor=admin, rule=first, reason="x")
    wrong = change(admin, quantity=50, counts_for_running=True)
    recompute_clocks(actor=None, today=TODAY)
    assert withdraw_version(actor=admin, rule=wrong, reason="A slip").period.upper is None
    assert recompute_clocks(actor=None, today=TODAY) == 1
    assert due(action) == date(2026, 12, 1)
    again = change(admin, quantity=4)
    with time_machine.travel(TUESDAY + timedelta(days=1), tick=False), pytest.raises(DomainError, match="has counted since"):
        withdraw_version(actor=admin, rule=again, reason="x")


def test_a_rule_is_confirmed_once(admin):
    rule = rule_on("approval", TODAY)
    assert not rule.is_confirmed
    assert confirm_rule(actor=admin, rule=rule).is_confirmed
    with pytest.raises(DomainError):
        confirm_rule(actor=admin, rule=rule)


def test_only_administrators_of_a_force_change_rules(admin):
    agency = make_user(Role.ADMINISTRATOR, organisation=make_user(Role.PARTNER).organisation)
    rule, holiday = rule_on("approval", TODAY), BankHoliday.objects.filter(day__gt=TODAY).first()
    for actor in (agency, make_user(Role.SUPERVISOR), make_user(Role.AUDITOR)):
        for act in (
            lambda actor=actor: change_rule(actor=actor, rule=rule, starts_on=TODAY, reason="x", quantity=1),
            lambda actor=actor: confirm_rule(actor=actor, rule=rule),
            lambda actor=actor: withdraw_version(actor=actor, rule=rule, reason="x"),
            lambda actor=actor: add_holiday(actor=actor, nation="ENG", day=date(2027, 5, 5), name="x", source="x"),
            lambda actor=actor: remove_holiday(actor=actor, holiday=holiday, reason="x"),
        ):
            with pytest.raises(NotPermitted):
                act()


def test_bank_holidays_are_refused_twice_and_in_the_past(admin):
    add_holiday(actor=admin, nation="ENG", day=date(2027, 5, 5), name="Extra day", source="Proclamation")
    with pytest.raises(DomainError) as error:
        add_holiday(actor=admin, nation="ENG", day=date(2027, 5, 5), name="Extra day", source="Proclamation")
    assert error.value.field == "day"
    with pytest.raises(DomainError):
        remove_holiday(actor=admin, holiday=BankHoliday.objects.filter(day__lt=TODAY).first(), reason="x")


def test_the_database_refuses_overlapping_and_empty_versions():
    rule = rule_on("approval", TODAY)
    for period in (DateRange(TODAY, None), DateRange(TODAY, TODAY)):
        with pytest.raises(IntegrityError), transaction.atomic():
            ClockRule.objects.create(code="approval", name="x", quantity=1, unit="days", period=period, source="x")
    assert ClockRule.objects.get(code=rule.code) == rule


def test_recomputing_many_takes_few_queries_when_nothing_moved(officer, django_assert_max_num_queries):
    nominal = make_nominal(offender_manager=officer)
    for _ in range(40):
        make_clock(nominal=nominal)
    with django_assert_max_num_queries(8):
        assert recompute_clocks(actor=None, today=localdate()) == 0


def test_the_command_says_how_many_moved(admin, action, capsys):
    change(admin, quantity=2, counts_for_running=True)
    call_command("recompute_clocks", "--rule", "approval")
    assert capsys.readouterr().out == "1 dates moved.\n"


DAYS = st.dates(date(2020, 1, 1), date(2030, 1, 1))


@given(st.lists(st.tuples(DAYS, st.booleans()), min_size=1, max_size=6, unique_by=lambda pair: pair[0]), DAYS, DAYS)
def test_exactly_one_version_counts_and_without_ticks_it_is_that_of_the_first_day(pairs, start, today):
    versions = [Version(*pair) for pair in sorted(pairs)]
    if start < versions[0].since and not any(v.counts_for_running and v.since <= today for v in versions):
        with pytest.raises(LookupError):
            version_for(versions, start, today)
        return
    chosen = versions[version_for(versions, start, today)]
    assert chosen.since <= max(start, today)
    later = [v for v in versions if v.since > chosen.since and v.since <= max(start, today)]
    assert all(v.since > start and not v.counts_for_running for v in later)


def test_due_dates_end_with_their_day(action):
    assert action.late_from == end_of(date(2026, 12, 1))


def test_hours_cannot_be_added_to_a_clock_that_ends_with_a_day(action):
    boss = make_user(Role.SUPERVISOR, unit=action.unit)
    late_from = action.late_from
    with pytest.raises(DomainError, match="ends with a day"):
        extend_clock(actor=boss, action=action, quantity=3, unit="hours", reason="The report is late")
    action.refresh_from_db()
    assert (action.late_from, action.extensions.count()) == (late_from, 0)
