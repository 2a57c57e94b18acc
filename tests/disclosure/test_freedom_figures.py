"""Figures for a reply: what they count, and that no small number leaves, nor anything that would give one away."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.timezone import localdate
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import Unit
from disclosure.models import SmallNumber
from disclosure.reports.figures import counts_on, figures_on, registered_on
from disclosure.reports.practice import least_on
from disclosure.rules.figures import lines_of, suppress, with_totals, worked_out
from offenders.models import Custody, MappaPeriod, Nominal, RegistrationPeriod
from tests.factories import make_nominal, make_unit

TODAY = localdate()
TABLES = st.lists(st.lists(st.integers(0, 30), min_size=3, max_size=3), min_size=4, max_size=4)


@pytest.mark.parametrize(
    ("counts", "shown"),
    [
        ([[20, 9], [30, 8]], [[20, 9, 29], [30, 8, 38], [50, 17, 67]]),
        # One small number: its neighbours in row and column go too, and one more, or totals would tell.
        ([[20, 3], [30, 8]], [[None, None, 23], [None, None, 38], [50, 11, 61]]),
        # Two small ones that together are few would each be known to be so.
        ([[20, 1, 1], [30, 8, 9]], [[None, None, None, 22], [None, None, None, 47], [50, 9, 10, 69]]),
        ([[0, 0], [0, 0]], [[None, None, None]] * 3),
    ],
)
def test_what_would_let_a_small_number_be_worked_out_is_hidden_too(counts, shown):
    assert suppress(counts, 5) == shown


@given(TABLES)
def test_no_hidden_number_follows_from_what_is_shown(counts):
    table, shown = with_totals(counts), suppress(counts, 5)
    hidden = {(row, column) for row, cells in enumerate(shown) for column, cell in enumerate(cells) if cell is None}
    stand = [(cell, table[row][column]) for row, cells in enumerate(shown) for column, cell in enumerate(cells) if cell is not None]
    assert all(cell >= 5 and cell == number for cell, number in stand)
    assert worked_out(list(lines_of(table)), hidden) == set()
    for *parts, total in lines_of(table):
        unknown = [table[row][column] for row, column in parts if (row, column) in hidden]
        assert not unknown or total in hidden or sum(unknown) >= 5


@given(TABLES, st.data())
def test_hidden_numbers_can_be_others(counts, data):
    """A reader finds another table with other hidden numbers that shows the same."""
    shown = suppress(counts, 5)
    hidden = {(row, column) for row, cells in enumerate(shown) for column, cell in enumerate(cells) if cell is None}
    inner = sorted(cell for cell in hidden if cell[0] < 4 and cell[1] < 3)
    if inner and not any(4 in cell or cell[1] == 3 for cell in hidden):
        row, column = data.draw(st.sampled_from(inner))
        beside = [each for each in inner if each[0] == row and each[1] != column]
        below = [each for each in inner if each[1] == column and each[0] != row]
        assert beside
        assert below


def make_counted(unit: Unit, category: int, start: date = date(2025, 1, 1), end: date | None = None) -> Nominal:
    """Somebody in a category at level 1 for a time."""
    nominal = make_nominal(unit=unit)
    MappaPeriod.objects.filter(nominal=nominal).update(category=category, period=DateRange(start, end))
    return nominal


def register(nominal: Nominal, start: date) -> None:
    """Let somebody have to notify from a day on."""
    RegistrationPeriod.objects.create(nominal=nominal, period=DateRange(start, None), basis="x")


@pytest.mark.django_db
def test_who_counts_on_a_day():
    unit, day = make_unit(), TODAY - timedelta(days=30)
    held, free = make_counted(unit, 1), make_counted(unit, 1)
    make_counted(unit, 2, end=day)
    make_counted(unit, 2, start=day + timedelta(days=1))
    make_counted(make_unit(), 1)
    for nominal in (held, free):
        register(nominal, day)
    stay = DateRange(day, day + timedelta(days=9))
    Custody.objects.create(nominal=held, period=stay, kind="sentence", establishment="HMP Invented", recorded_by=held.offender_manager)
    force, rest = unit.organisation, [[0, 0, 0], [0, 0, 0]]

    assert counts_on(force, day) == [[1, 0, 0], [0, 0, 0], *rest]
    for other in (day + timedelta(days=9), day - timedelta(days=1)):
        assert counts_on(force, other) == [[2, 0, 0], [1, 0, 0], *rest]
    assert [registered_on(force, each) for each in (day - timedelta(days=1), day, day + timedelta(days=9))] == [0, 1, 2]


@pytest.mark.django_db
def test_a_table_is_hidden_by_the_dated_limit_with_the_number_that_would_tell_it(monkeypatch):
    unit = make_unit()
    for category in (1, 1, 2, 2, 2):
        register(make_counted(unit, category), date(2020, 1, 1))
    shown = figures_on(unit.organisation, TODAY, 5)
    assert (shown["as_at"], shown["least"], shown["registered"]) == (TODAY.isoformat(), 5, None)
    monkeypatch.setattr("disclosure.reports.figures.counts_on", lambda *_: [[50, 20, 10], [40, 9, 8], [7, 6, 5], [9, 8, 7]])
    shown = figures_on(unit.organisation, TODAY, 5)
    assert (shown["registered"], shown["rows"][0]["cells"], shown["rows"][-1]["name"]) == (5, [50, 20, 10, 80], "Together")
    assert figures_on(unit.organisation, TODAY, 6)["registered"] is None
    SmallNumber.objects.update(period=DateRange(date(2005, 1, 1), TODAY))
    SmallNumber.objects.create(least=10, period=DateRange(TODAY, None), source="Policy 12")
    assert (least_on(TODAY - timedelta(days=1)), least_on(TODAY)) == (5, 10)
