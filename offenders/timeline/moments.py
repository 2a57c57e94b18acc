"""Days as moments of the line of time, and the newest of a few entries."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.utils.timezone import localdate

from offenders.timeline import Entry

TICK = timedelta(microseconds=1)


def last_day_before(moment: datetime) -> date:
    """Return the newest day that began before a moment."""
    return localdate(moment - TICK)


def newest(entries: Iterable[Entry], before: datetime, limit: int) -> list[Entry]:
    """Return the newest entries before a moment, at most as many as asked: for sources with few rows a record."""
    return sorted((entry for entry in entries if entry.at < before), key=lambda entry: entry.at, reverse=True)[:limit]
