"""When a flag may tell: quiet hours, the least interval, and the hour at which the day's events are told together."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from actions.rules import LONDON

DAILY_AT = time(7)  # local time


def next_at(moment: datetime, clock: time) -> datetime:
    """Return the next moment at which clocks show this local time, later than `moment`."""
    local = moment.astimezone(LONDON)
    found = datetime.combine(local.date(), clock, LONDON)
    return found if found > moment else datetime.combine(local.date() + timedelta(days=1), clock, LONDON)


def next_daily(moment: datetime) -> datetime:
    """Return when the day's events are told together next."""
    return next_at(moment, DAILY_AT)


def quiet_until(moment: datetime, start: time | None, end: time | None) -> datetime | None:
    """Return when quiet hours end that hold at this moment, or None; they may run over midnight, and their last minute is not quiet."""
    if start is None or end is None:
        return None
    clock = moment.astimezone(LONDON).time()
    inside = start <= clock < end if start < end else clock >= start or clock < end
    return next_at(moment, end) if inside else None


def may_tell_from(
    moment: datetime, *, start: time | None, end: time | None, last_told: datetime | None, least_interval_hours: int
) -> datetime:
    """Return the first moment from this one on at which a person may be told: outside quiet hours, and long enough after the last."""
    earliest = max(moment, last_told + timedelta(hours=least_interval_hours)) if last_told else moment
    return quiet_until(earliest, start, end) or earliest
