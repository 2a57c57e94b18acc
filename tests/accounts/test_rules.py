"""Pure rules about people, over many dates."""

import calendar
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.choices import OrganisationKind, Role
from accounts.errors import DomainError
from accounts.rules import add_months, check_delegation_period, check_roles, roles_open_to

DAYS = st.dates(date(2020, 1, 1), date(2090, 12, 31))


@given(DAYS, st.integers(0, 48))
def test_months_are_added_without_leaving_the_month(day: date, months: int):
    later = add_months(day, months)

    assert (later.year - day.year) * 12 + later.month - day.month == months
    assert later.day == min(day.day, calendar.monthrange(later.year, later.month)[1])


@given(DAYS, st.integers(0, 364))
def test_any_period_within_a_year_may_be_lent(first: date, length: int):
    check_delegation_period(first, first + timedelta(days=length), today=first)


@given(DAYS, st.integers(366, 5000))
def test_no_longer_period_may_be_lent(first: date, length: int):
    with pytest.raises(DomainError) as error:
        check_delegation_period(first, first + timedelta(days=length), today=first)

    assert error.value.field == "last_day"


@given(DAYS, st.integers(1, 1000))
def test_periods_run_forwards_and_start_today_or_later(today: date, days: int):
    with pytest.raises(DomainError) as past:
        check_delegation_period(today - timedelta(days=days), today, today)
    with pytest.raises(DomainError) as backwards:
        check_delegation_period(today + timedelta(days=days), today, today)

    assert (past.value.field, backwards.value.field) == ("first_day", "last_day")


def test_twelve_months_end_the_day_before_the_same_date():
    check_delegation_period(date(2027, 1, 1), date(2027, 12, 31), today=date(2027, 1, 1))
    with pytest.raises(DomainError, match="force policy, to be confirmed"):
        check_delegation_period(date(2027, 1, 1), date(2028, 1, 1), today=date(2027, 1, 1))


@pytest.mark.parametrize("kind", OrganisationKind)
def test_every_role_belongs_to_forces_or_to_agencies(kind: str):
    expected = set(Role) - {Role.PARTNER} if kind == OrganisationKind.FORCE else {Role.PARTNER, Role.ADMINISTRATOR}

    assert roles_open_to(kind) == expected
    check_roles(kind, expected)
    with pytest.raises(DomainError):
        check_roles(kind, set(Role))
