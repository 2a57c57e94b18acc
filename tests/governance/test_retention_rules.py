"""To which group a record belongs and when it is reviewed: each reckoning with its steps."""

from __future__ import annotations

from datetime import date

import pytest

from governance.choices.retention import Group
from governance.rules.retention import Facts, Looked, Offence, Order, Periods, Span, group_lines, group_of, reckon
from offenders.choices import Registration
from offenders.choices.registration import Disposal, OrderKind

TODAY = date(2026, 11, 28)
MADE = date(2010, 3, 1)
CLEAR = Periods(6, 5, needs_clear=True)
KEPT_TO_100 = Periods(10, 10, needs_clear=False, until_age=100)


def facts(**values: object) -> Facts:
    """A record of somebody who was looked at under MAPPA and found outside it."""
    return Facts(**{"made_on": MADE, "registration": Registration.OTHER_MAPPA, "was_screened": True, **values})


def offence(day: date = date(2012, 5, 5), disposal: str = Disposal.FINE, *, serious: bool = False, registered: bool = False) -> Offence:
    """A conviction."""
    return Offence(day, disposal, serious, registered)


def span(first: date, last: date | None, what: str = "Licence") -> Span:
    """A time."""
    return Span(what, first, last)


@pytest.mark.parametrize(
    ("values", "group"),
    [
        ({}, 4),
        ({"registration": Registration.PDP}, 1),
        ({"registration": Registration.REGISTERED}, 1),
        ({"was_screened": False}, 1),
        ({"mappa": [span(MADE, date(2012, 1, 1))]}, 1),
        ({"registered": [span(MADE, date(2012, 1, 1))]}, 1),
        ({"orders": [Order(OrderKind.SHPO, span(MADE, date(2012, 1, 1)))]}, 1),
        ({"orders": [Order(OrderKind.STALKING, span(MADE, date(2012, 1, 1)))]}, 2),
        ({"orders": [Order(OrderKind.OTHER, span(MADE, date(2012, 1, 1)))]}, 3),
        ({"offences": [offence(registered=True)]}, 1),
        ({"offences": [offence(disposal=Disposal.LIFE)]}, 1),
        ({"offences": [offence(serious=True)]}, 2),
        ({"offences": [offence()]}, 3),
        ({"offences": [offence(), offence(serious=True)]}, 2),
    ],
)
def test_what_a_record_holds_makes_its_group(values: dict[str, object], group: int) -> None:
    lines = group_lines(facts(**values), TODAY)

    assert group_of(lines) == group
    assert lines[0].group == group
    assert lines[0].words


def test_a_higher_group_counts_and_a_lower_one_does_not() -> None:
    lines = group_lines(facts(offences=[offence()]), TODAY)

    assert group_of(lines, Group.ONE) == Group.ONE
    assert group_of(lines, Group.FOUR) == Group.THREE


def test_the_years_run_from_the_making_of_the_record() -> None:
    reckoning = reckon(facts(), Group.FOUR, CLEAR, TODAY)

    assert reckoning.due_on == date(2016, 3, 1)
    assert [line.words for line in reckoning.lines] == ["The record was made.", "First review after 6 clear years."]


@pytest.mark.parametrize(
    "values",
    [
        {"offences": [offence(date(2020, 6, 1))]},
        {"news": [("Intelligence", date(2020, 6, 1))]},
        {"registered": [span(date(2015, 1, 1), date(2020, 6, 1))]},
    ],
)
def test_something_new_starts_the_clear_years_again(values: dict[str, object]) -> None:
    reckoning = reckon(facts(**values), Group.THREE, CLEAR, TODAY)

    assert reckoning.due_on == date(2026, 6, 1)
    assert any(line.day == date(2020, 6, 1) and "begin anew" in line.words for line in reckoning.lines)


def test_clear_years_do_not_run_while_something_holds() -> None:
    reckoning = reckon(facts(orders=[Order(OrderKind.OTHER, span(date(2020, 1, 1), None, "Other order"))]), Group.THREE, CLEAR, TODAY)

    assert reckoning.due_on is None
    assert reckoning.lines[-1].words == "Other order: the clear years do not run while it holds."


def test_years_that_need_not_be_clear_are_not_started_again() -> None:
    reckoning = reckon(facts(news=[("Intelligence", date(2020, 6, 1))]), Group.ONE, KEPT_TO_100, TODAY)

    assert reckoning.due_on == date(2020, 3, 1)


def test_a_review_says_when_the_next_one_is_unless_something_new_came_after_it() -> None:
    looked = Looked(date(2017, 1, 1), date(2022, 1, 1))

    assert reckon(facts(), Group.THREE, CLEAR, TODAY, looked).due_on == date(2022, 1, 1)
    assert reckon(facts(news=[("Breach", date(2021, 2, 3))]), Group.THREE, CLEAR, TODAY, looked).due_on == date(2027, 2, 3)


def test_group_one_is_kept_until_an_age_and_says_where_the_birth_is_not_known() -> None:
    assert reckon(facts(born_on=date(1984, 2, 29)), Group.ONE, KEPT_TO_100, TODAY).keep_until == date(2084, 2, 29)
    unknown = reckon(facts(), Group.ONE, KEPT_TO_100, TODAY)
    assert unknown.keep_until is None
    assert "No whole date of birth" in unknown.lines[-1].words
