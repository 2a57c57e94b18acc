"""How long somebody must notify: every disposal, under 18, leap days; lengths of orders; travel in time; tables of moves."""

from datetime import date, datetime, timedelta
from itertools import pairwise, product

import pytest
from hypothesis import given
from hypothesis import strategies as some

from actions.choices import TimeUnit
from actions.rules import LONDON, Length
from offenders.choices.registration import BreachState, Disposal, DutyState, OrderKind, ReviewState
from offenders.rules import notifying, orders
from offenders.rules.registration import (
    BY_LENGTH,
    ENDLESS,
    Finding,
    Spell,
    cut,
    day_after,
    half,
    merge_spells,
    notification_spell,
    was_under_18,
)

Y, M, D = TimeUnit.YEARS, TimeUnit.MONTHS, TimeUnit.CALENDAR_DAYS
LENGTHS = {
    "registration-30-months": None,
    "registration-over-6-months": Length(10, Y),
    "registration-6-months": Length(7, Y),
    "registration-caution": Length(2, Y),
    "registration-other": Length(5, Y),
    "registration-band-short": Length(6, M),
    "registration-band-long": Length(30, M),
    "indefinite-review": Length(15, Y),
    "indefinite-review-young": Length(8, Y),
}
DAY = date(2020, 3, 10)
DAYS = some.dates(date(1998, 1, 1), date(2030, 12, 31))


def last(disposal, length=None, young=False, on=DAY):
    return notification_spell(Finding(disposal, on, young, length), LENGTHS).last


# Disposal, length, last day for an adult, last day for somebody under 18; None: without end.
TABLE = [
    (Disposal.LIFE, None, None, None),
    (Disposal.INDETERMINATE, None, None, None),
    (Disposal.HOSPITAL_RESTRICTED, None, None, None),
    (Disposal.CUSTODY, Length(30, M), None, None),
    (Disposal.CUSTODY, Length(4, Y), None, None),
    (Disposal.CUSTODY, Length(29, M), date(2030, 3, 9), date(2025, 3, 9)),
    (Disposal.CUSTODY, Length(7, M), date(2030, 3, 9), date(2025, 3, 9)),
    (Disposal.CUSTODY, Length(6, M), date(2027, 3, 9), date(2023, 9, 9)),
    (Disposal.CUSTODY, Length(184, D), date(2027, 3, 9), date(2023, 9, 9)),
    (Disposal.CUSTODY, Length(185, D), date(2030, 3, 9), date(2025, 3, 9)),
    (Disposal.SUSPENDED, Length(12, M), date(2030, 3, 9), date(2025, 3, 9)),
    (Disposal.HOSPITAL, None, date(2027, 3, 9), date(2023, 9, 9)),
    (Disposal.COMMUNITY, None, date(2025, 3, 9), date(2022, 9, 9)),
    (Disposal.FINE, None, date(2025, 3, 9), date(2022, 9, 9)),
    (Disposal.OTHER, None, date(2025, 3, 9), date(2022, 9, 9)),
    (Disposal.CAUTION, None, date(2022, 3, 9), date(2021, 3, 9)),
    (Disposal.CONDITIONAL_DISCHARGE, Length(18, M), date(2021, 9, 9), date(2020, 12, 9)),
]


@pytest.mark.parametrize(("disposal", "length", "adult", "young"), TABLE)
def test_period_of_each_disposal(disposal, length, adult, young):
    assert (last(disposal, length), last(disposal, length, young=True)) == (adult, young)


def test_table_names_every_disposal():
    assert {row[0] for row in TABLE} == set(Disposal)


def test_without_end_says_from_when_a_review_is_possible():
    adult = notification_spell(Finding(Disposal.LIFE, DAY, was_under_18=False), LENGTHS)
    young = notification_spell(Finding(Disposal.LIFE, DAY, was_under_18=True), LENGTHS, first_notified=date(2021, 1, 5))
    assert (adult.review_from, young.review_from) == (date(2035, 3, 10), date(2029, 1, 5))


@pytest.mark.parametrize(
    ("start", "length", "upper"),
    [
        (date(2020, 2, 29), Length(10, Y), date(2030, 3, 1)),
        (date(2020, 2, 29), Length(4, Y), date(2024, 2, 29)),
        (date(2023, 3, 1), Length(1, Y), date(2024, 3, 1)),
        (date(2023, 2, 28), Length(1, Y), date(2024, 2, 28)),
        (date(2023, 8, 31), Length(6, M), date(2024, 3, 1)),
        (date(2023, 12, 31), Length(14, D), date(2024, 1, 14)),
        (date(2023, 12, 31), Length(2, TimeUnit.WEEKS), date(2024, 1, 14)),
    ],
)
def test_periods_on_leap_days_and_ends_of_months(start, length, upper):
    assert day_after(start, length) == upper


@given(DAYS, some.sampled_from(list(Disposal)), some.integers(1, 400), some.sampled_from([M, D]))
def test_young_people_never_notify_longer_and_lines_end_on_the_last_day(on, disposal, quantity, unit):
    length = Length(quantity, unit) if disposal in BY_LENGTH or disposal == Disposal.CONDITIONAL_DISCHARGE else None
    adult, young = (notification_spell(Finding(disposal, on, under, length), LENGTHS) for under in (False, True))
    if adult.upper is None:
        assert young.upper is None
        assert young.review_from < adult.review_from
        return
    assert disposal not in ENDLESS
    assert on < young.upper <= adult.upper
    assert adult.lines[-1].day == adult.last.isoformat()


@given(DAYS, some.integers(1, 60), some.integers(1, 60))
def test_a_longer_sentence_never_means_a_shorter_period(on, one, other):
    shorter, longer = (last(Disposal.CUSTODY, Length(months, M), on=on) for months in sorted((one, other)))
    assert longer is None or (shorter is not None and shorter <= longer)


@given(some.integers(1, 200), some.sampled_from([Y, M, D]))
def test_half_doubled_is_the_whole_or_one_more(quantity, unit):
    halved = half(Length(quantity, unit))
    whole = quantity * 12 if unit == Y else quantity
    assert halved.quantity * 2 - whole in (0, 1)


@pytest.mark.parametrize(
    ("birth", "day", "young"),
    [
        ((2002, 3, 11), DAY, True),
        ((2002, 3, 10), DAY, False),
        ((2002, None, None), DAY, None),
        ((2002, 3, None), DAY, None),
        ((2002, 4, None), DAY, True),
        ((2002, 2, None), DAY, False),
        ((2004, 2, 29), date(2022, 2, 28), True),
        ((2004, 2, 29), date(2022, 3, 1), False),
        ((2001, None, None), DAY, False),
        (None, DAY, None),
    ],
)
def test_age_is_known_or_asked_for(birth, day, young):
    assert was_under_18(birth, day) is young


SPELLS = some.builds(
    lambda start, days: Spell(start, None if days is None else start + timedelta(days=days)), DAYS, some.none() | some.integers(1, 4000)
)


@given(some.lists(SPELLS, max_size=6), DAYS)
def test_merged_spells_cover_the_same_days_without_overlap(spells, day):
    def covers(spell):
        return spell.start <= day and (spell.upper is None or day < spell.upper)

    merged = merge_spells(spells)
    assert any(map(covers, merged)) == any(map(covers, spells))
    assert all(first.upper is not None and first.upper < second.start for first, second in pairwise(merged))


def test_longest_end_counts_and_both_are_explained():
    caution = notification_spell(Finding(Disposal.CAUTION, date(2024, 1, 1), was_under_18=False), LENGTHS)
    prison = notification_spell(Finding(Disposal.CUSTODY, DAY, was_under_18=False, length=Length(6, M)), LENGTHS)
    (merged,) = merge_spells([caution, prison])
    assert (merged.start, merged.last, merged.lines) == (DAY, date(2027, 3, 9), (*prison.lines, *caution.lines))


def test_review_ends_what_has_no_end_and_nothing_else():
    endless = notification_spell(Finding(Disposal.LIFE, DAY, was_under_18=False), LENGTHS)
    fixed, order = notification_spell(Finding(Disposal.FINE, DAY, was_under_18=False), LENGTHS), Spell(DAY, None)
    day = date(2036, 1, 1)
    assert cut(endless, [day]).last == day
    assert cut(endless, [date(2019, 1, 1)]) == endless
    assert (cut(fixed, [day]), cut(order, [day])) == (fixed, order)


@pytest.mark.parametrize(
    "moves", [notifying.DUTY_MOVES, notifying.BREACH_MOVES, notifying.REVIEW_MOVES], ids=["duty", "breach", "review"]
)
def test_tables_of_moves_name_every_state(moves):
    states = type(next(iter(moves)))
    assert set(moves) == set(states)
    assert all(set(after) < set(states) for after in moves.values())


def test_moves_are_exactly_these():
    def pairs(moves):
        return {(str(a), str(b)) for a, b in product(moves, moves) if b in moves[a]}

    duty, breach, review = DutyState, BreachState, ReviewState
    assert pairs(notifying.DUTY_MOVES) == {
        *((duty.DUE, after) for after in (duty.COMPLIED, duty.LATE, duty.BREACHED, duty.EXCUSED)),
        (duty.LATE, duty.BREACHED),
        (duty.BREACHED, duty.LATE),
    }
    first = (breach.NO_ACTION, breach.WARNED, breach.CHARGED, breach.CAUTIONED)
    assert pairs(notifying.BREACH_MOVES) == {
        *((breach.OPEN, after) for after in (*first, breach.ARRESTED)),
        *((breach.ARRESTED, after) for after in first),
        *((breach.CHARGED, after) for after in (breach.CONVICTED, breach.ACQUITTED, breach.DISCONTINUED)),
    }
    assert pairs(notifying.REVIEW_MOVES) == {
        (review.RECEIVED, review.GRANTED),
        (review.RECEIVED, review.REFUSED),
        (review.REFUSED, review.APPEALED),
        (review.APPEALED, review.APPEAL_ALLOWED),
        (review.APPEALED, review.APPEAL_DISMISSED),
    }


def judge(notified, leaves, late_plan=False):
    return notifying.judge_travel(
        notified_at=notified, leaves_at=leaves, ahead=Length(7, D), late_plans=Length(12, TimeUnit.HOURS), is_late_plan=late_plan
    ).is_in_time


def test_travel_is_in_time_a_week_ahead_or_twelve_hours_with_good_reason():
    leaves = datetime(2026, 4, 2, 8, 0, tzinfo=LONDON)
    assert judge(datetime(2026, 3, 26, 23, 59, tzinfo=LONDON), leaves)
    assert not judge(datetime(2026, 3, 27, 0, 1, tzinfo=LONDON), leaves)
    assert judge(datetime(2026, 4, 1, 20, 0, tzinfo=LONDON), leaves, late_plan=True)
    assert not judge(datetime(2026, 4, 1, 20, 1, tzinfo=LONDON), leaves, late_plan=True)


@pytest.mark.parametrize(
    ("start", "last_notified", "today", "base"),
    [
        (DAY, date(2026, 5, 1), date(2026, 11, 24), date(2026, 5, 1)),
        (DAY, None, date(2026, 11, 24), date(2026, 3, 10)),
        (DAY, None, date(2026, 3, 9), date(2025, 3, 10)),
        (DAY, None, DAY, DAY),
        (date(2020, 2, 29), None, date(2026, 2, 28), date(2025, 3, 1)),
    ],
)
def test_year_counts_from_the_last_time_or_the_anniversary(start, last_notified, today, base):
    assert notifying.annual_base(start, last_notified, today) == base


LAW = {
    "order-shpo-min": Length(5, Y),
    "order-sro-min": Length(2, Y),
    "order-voo-min": Length(2, Y),
    "order-voo-max": Length(5, Y),
    "order-travel-ban-max": Length(5, Y),
}


@pytest.mark.parametrize(
    ("kind", "ends_on", "is_wrong"),
    [
        (OrderKind.SHPO, date(2025, 3, 8), True),
        (OrderKind.SHPO, date(2025, 3, 9), False),
        (OrderKind.SHPO, None, False),
        (OrderKind.INTERIM_SHPO, date(2020, 4, 1), False),
        (OrderKind.SRO, date(2022, 3, 8), True),
        (OrderKind.SRO, date(2022, 3, 9), False),
        (OrderKind.VOO, date(2022, 3, 8), True),
        (OrderKind.VOO, date(2025, 3, 9), False),
        (OrderKind.VOO, date(2025, 3, 10), True),
        (OrderKind.VOO, None, True),
        (OrderKind.OTHER, date(2020, 3, 9), True),
        (OrderKind.OTHER, date(2020, 3, 10), False),
    ],
)
def test_orders_last_as_long_as_the_law_says(kind, ends_on, is_wrong):
    assert bool(orders.wrong_length(kind, DAY, ends_on, LAW)) is is_wrong


BANS = [(None, True), (date(2025, 3, 9), False), (date(2025, 3, 10), True), (date(2020, 3, 9), True)]


@pytest.mark.parametrize(("last_day", "is_wrong"), BANS)
def test_bans_on_travel_end(last_day, is_wrong):
    assert bool(orders.wrong_ban(DAY, last_day, Length(5, Y))) is is_wrong


def test_each_order_has_a_kind_on_the_card():
    assert all(orders.condition_kind(kind) for kind in OrderKind)
