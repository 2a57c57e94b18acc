"""Dated lengths of the rules of registration, and what a record's page shows of registration and orders."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time

from django.utils.timezone import make_aware

from actions.models import ClockRule
from actions.reports import reckon_rule
from actions.rules import Length
from offenders.choices import ConditionKind
from offenders.models import Condition, TravelNotification


def noon(day: date) -> datetime:
    """Return the middle of a local day, from which clocks that count days start."""
    return make_aware(datetime.combine(day, time(12)))


def lengths_on(codes: Iterable[str], day: date) -> dict[str, Length | None]:
    """Return the length of each rule as it held on a day; for days before its first row, as that row has it."""
    found: dict[str, Length | None] = {}
    for rule in ClockRule.objects.filter(code__in=list(codes)).order_by("code", "period"):
        if rule.code not in found or rule.period.lower <= day:
            found[rule.code] = rule.length
    return found


def last_day_in_time(code: str, starts_on: date, nation: str) -> date:
    """Return the last day on which something under this rule is in time."""
    due = reckon_rule(code, noon(starts_on), nation)
    return date.fromisoformat(due.lines[-1].day)


def bans_during(travel: TravelNotification, bans: Sequence[Condition]) -> list[Condition]:
    """Return the prohibitions of foreign travel that are in force on any day of a journey."""
    back = travel.returns_on
    return [
        ban
        for ban in bans
        if ban.kind == ConditionKind.FOREIGN_TRAVEL
        and (ban.ends_on is None or ban.ends_on >= travel.leaves_on)
        and (ban.starts_on is None or back is None or ban.starts_on <= back)
    ]
