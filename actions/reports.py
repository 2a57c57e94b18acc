"""Reading clock rules and bank holidays, and what they come to."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.utils.timezone import localdate

from actions.choices import TimeUnit
from actions.models import BankHoliday, ClockRule
from actions.rules import Due, Length, Line, reckon


def rule_on(code: str, day: date) -> ClockRule:
    """Return the rule of this code that holds on this day; ClockRule.DoesNotExist when none does."""
    return ClockRule.objects.on(day).get(code=code)


def holidays_of(nation: str, since: date, until: date) -> set[date]:
    """Return the bank holidays of a nation in these days."""
    return set(BankHoliday.objects.filter(nation=nation, day__range=(since, until)).values_list("day", flat=True))


def reckon_rule(code: str, starts_at: datetime, nation: str) -> Due:
    """Return when something under this rule is due, as the rule stood on the day it starts."""
    length = rule_on(code, localdate(starts_at)).length
    if length is None:
        return Due(None, [Line("This has no end", "")])
    return reckon(starts_at, length, holidays_around(length, nation, localdate(starts_at)))


def holidays_around(length: Length, nation: str, start: date) -> set[date]:
    """Return the bank holidays that can matter to a clock; none unless it counts working days."""
    if length.unit != TimeUnit.WORKING_DAYS:
        return set()
    return holidays_of(nation, start, start + timedelta(days=2 * length.quantity + 366))
