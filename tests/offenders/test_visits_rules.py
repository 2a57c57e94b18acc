"""Rules of visits and of workload."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.choices import TimeUnit
from actions.models import ClockRule
from actions.rules import Length, add_days, end_of, reckon
from offenders.choices import RiskLevel
from offenders.choices.visits import VisitState
from offenders.rules.visits import Cycle, cycle_for, days_overdue, may_move, rule_for
from offenders.rules.workload import MEASURES, NOT_SET, Load, measure_on

ALLOWED = {("planned", "done"), ("planned", "no_reply"), ("planned", "cancelled")}
DAY = date(2026, 3, 1)
DAYS = st.dates(date(2000, 1, 1), date(2090, 1, 1))


@pytest.mark.parametrize(("before", "after"), list(product(VisitState, VisitState)))
def test_a_visit_moves_only_as_the_table_says(before, after):
    assert may_move(before, after) == ((before, after) in ALLOWED)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("level", "quantity"),
    [(RiskLevel.VERY_HIGH, 1), (RiskLevel.HIGH, 3), (RiskLevel.MEDIUM, 6), (RiskLevel.LOW, 12), (None, 1)],
)
def test_each_level_has_its_frequency_as_a_dated_rule(level, quantity):
    rule = ClockRule.objects.on(DAY).get(code=rule_for(level))
    assert rule.length == Length(quantity, TimeUnit.MONTHS)
    assert rule.source


@pytest.mark.parametrize(
    ("start", "due"),
    [
        (date(2027, 1, 31), date(2027, 2, 28)),
        (date(2028, 1, 31), date(2028, 2, 29)),
        (date(2026, 11, 30), date(2026, 12, 30)),
        (date(2026, 12, 31), date(2027, 1, 31)),
    ],
)
def test_a_month_from_the_end_of_a_month_ends_with_the_next(start, due):
    assert add_days(start, Length(1, TimeUnit.MONTHS), ()) == due


def cycle(**values):
    return cycle_for(**{"level": 3, "registered": DAY, "last_visit": None, "suspended_until": None, "is_suspended": False, **values})


def test_it_counts_from_registration_until_a_first_visit():
    assert cycle() == Cycle("visit-high", DAY)
    assert cycle(last_visit=date(2026, 5, 2)) == Cycle("visit-high", date(2026, 5, 2))
    assert cycle(is_suspended=True) is None
    assert cycle(last_visit=date(2026, 5, 2), suspended_until=date(2026, 9, 1)).start == date(2026, 9, 1)
    assert cycle(last_visit=date(2026, 9, 5), suspended_until=date(2026, 9, 1)).start == date(2026, 9, 5)


@given(DAYS, st.none() | DAYS, st.none() | DAYS, st.sampled_from([None, 1, 2, 3, 4]))
def test_a_clock_never_starts_before_the_last_visit_or_the_end_of_reactive_management(registered, last, until, level):
    found = cycle(registered=registered, last_visit=last, suspended_until=until, level=level)
    assert found.start in {registered, last, until}
    assert found.start >= (last or registered)
    assert until is None or found.start >= until


@given(DAYS, DAYS)
def test_a_later_visit_is_never_due_earlier(one, other):
    first, second = sorted((one, other))
    months = Length(3, TimeUnit.MONTHS)
    assert reckon(Cycle("visit-high", first).starts_at, months).late_from <= reckon(Cycle("visit-high", second).starts_at, months).late_from


def test_days_overdue_begin_after_the_last_day():
    late_from = end_of(DAY)
    assert days_overdue(None, late_from) == 0
    assert days_overdue(late_from, late_from - timedelta(microseconds=1)) == 0
    assert days_overdue(late_from, late_from) == 1
    assert days_overdue(late_from, datetime(2026, 3, 11, 12, tzinfo=UTC)) == 10


def test_a_load_counts_points_against_a_dated_ceiling():
    measure = measure_on(DAY)
    assert all(row.source for row in MEASURES)
    assert Load({RiskLevel.LOW: 50}, measure).state == "within"
    assert Load({RiskLevel.LOW: 51}, measure).state == "above"
    assert Load({RiskLevel.LOW: 100}, measure).state == "too many"
    assert Load({RiskLevel.VERY_HIGH: 13}, measure).state == "above"
    assert (Load({RiskLevel.VERY_HIGH: 2, NOT_SET: 1}, measure).points, Load({}, measure).percent) == (36, 0)


LEVELS = st.dictionaries(st.sampled_from([*RiskLevel, NOT_SET]), st.integers(0, 60))


@given(LEVELS, LEVELS)
def test_moving_cases_keeps_the_sum(have, moved):
    load = Load(have, measure_on(DAY))
    after = load.with_cases(moved)
    assert after.points == load.points + Load(moved, load.measure).points
    assert after.with_cases(moved, -1).points == load.points
