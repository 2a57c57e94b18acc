"""When things are due."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.choices import TimeUnit
from actions.rules import Extension, Length, Pause, add_days, end_of, is_working, reckon

CHRISTMAS = {date(2026, 12, 25), date(2026, 12, 28)}
START = datetime(2026, 12, 22, 9, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("length", "due"),
    [
        (Length(3, TimeUnit.CALENDAR_DAYS), date(2026, 12, 25)),
        (Length(3, TimeUnit.WORKING_DAYS), date(2026, 12, 29)),
        (Length(6, TimeUnit.WEEKS), date(2027, 2, 2)),
        (Length(2, TimeUnit.MONTHS), date(2027, 2, 22)),
        (Length(15, TimeUnit.YEARS), date(2041, 12, 22)),
    ],
)
def test_a_clock_ends_with_the_last_moment_of_its_last_day(length, due):
    assert reckon(START, length, CHRISTMAS).late_from == end_of(due)


def test_the_last_day_of_a_month_stays_one():
    assert add_days(date(2027, 1, 31), Length(1, TimeUnit.MONTHS), ()) == date(2027, 2, 28)


def test_hours_run_on_through_weekends():
    assert reckon(START, Length(24, TimeUnit.HOURS), CHRISTMAS).late_from == datetime(2026, 12, 23, 9, 30, tzinfo=UTC)


def test_a_clock_counts_local_days():
    late_evening = datetime(2026, 6, 30, 23, 30, tzinfo=UTC)  # 1 July in London
    assert reckon(late_evening, Length(1, TimeUnit.CALENDAR_DAYS)).late_from == end_of(date(2026, 7, 2))


def test_an_open_pause_stops_the_clock_and_a_closed_one_moves_it():
    length = Length(10, TimeUnit.CALENDAR_DAYS)
    assert reckon(START, length, (), [Pause(date(2026, 12, 24), None, "in hospital")]).late_from is None
    closed = Pause(date(2026, 12, 24), date(2026, 12, 27), "in hospital")
    assert reckon(START, length, (), [closed]).late_from == end_of(date(2027, 1, 4))


def test_a_pause_of_a_clock_in_working_days_counts_working_days():
    pause = Pause(date(2026, 12, 24), date(2026, 12, 29), "waiting")  # one working day, then holidays and a weekend
    assert reckon(START, Length(3, TimeUnit.WORKING_DAYS), CHRISTMAS, [pause]).late_from == end_of(date(2026, 12, 30))


@pytest.mark.parametrize(
    ("length", "kind", "since", "due"),
    [
        (Length(3, TimeUnit.WORKING_DAYS), "person", date(2026, 12, 24), end_of(date(2027, 1, 1))),  # three after Tuesday 29
        (Length(3, TimeUnit.WORKING_DAYS), "agency", date(2026, 12, 24), end_of(date(2026, 12, 30))),
        (Length(1, TimeUnit.WORKING_DAYS), "person", date(2026, 12, 24), end_of(date(2026, 12, 24))),  # asked after its time
        (Length(48, TimeUnit.HOURS), "person", date(2026, 12, 24), datetime(2026, 12, 31, tzinfo=UTC)),
        (Length(48, TimeUnit.HOURS), "agency", date(2026, 12, 24), datetime(2026, 12, 29, 9, 30, tzinfo=UTC)),
    ],
)
def test_the_time_begins_anew_after_a_pause_of_the_kind_of_its_rule(length, kind, since, due):
    reckoned = reckon(START, length, CHRISTMAS, [Pause(since, date(2026, 12, 29), "what is meant", kind)], anew_after="person")
    assert reckoned.late_from == due
    assert ("begins anew" in reckoned.lines[-1].words) == (kind == "person" and length.quantity > 1)
    more = [Extension(Length(1, TimeUnit.CALENDAR_DAYS), "x")]
    pauses = [Pause(date(2026, 12, 23), date(2026, 12, 23), "what is meant", "person")]
    assert reckon(START, Length(3, TimeUnit.CALENDAR_DAYS), (), pauses, more, anew_after="person").late_from == end_of(date(2026, 12, 27))


def test_an_extension_is_added_at_the_end_and_explained():
    due = reckon(START, Length(1, TimeUnit.CALENDAR_DAYS), (), (), [Extension(Length(2, TimeUnit.CALENDAR_DAYS), "agreed by the DI")])
    assert due.late_from == end_of(date(2026, 12, 25))
    assert [line.day for line in due.lines] == ["2026-12-22", "2026-12-23", "2026-12-25"]


def test_left_out_bank_holidays_are_named_in_the_explanation():
    lines = reckon(START, Length(5, TimeUnit.WORKING_DAYS), CHRISTMAS).lines
    assert "2 bank holidays" in lines[-1].words


@given(st.dates(date(2020, 1, 1), date(2040, 1, 1)), st.integers(1, 60), st.sets(st.dates(date(2020, 1, 1), date(2040, 6, 1)), max_size=20))
def test_exactly_that_many_working_days_lie_between(start, days, holidays):
    end = add_days(start, Length(days, TimeUnit.WORKING_DAYS), holidays)
    assert is_working(end, holidays)
    between = (date.fromordinal(each) for each in range(start.toordinal() + 1, end.toordinal() + 1))
    assert sum(is_working(day, holidays) for day in between) == days
