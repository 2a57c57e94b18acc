"""How facts of the ledger are read: what is known of rows, and what it says of a day. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Known:
    """A row of some table as it was known at a moment."""

    row: int
    nominal: int | None
    values: Mapping[str, Any] = field(default_factory=dict)

    def day(self, name: str) -> date | None:
        """Return a day, or the local day of a moment, that it holds."""
        return day_of(self.values.get(name))

    def moment(self, name: str) -> datetime | None:
        """Return a moment that it holds."""
        return datetime.fromisoformat(value) if (value := self.values.get(name)) else None

    def holds_on(self, on: date) -> bool:
        """Say whether its period has this day."""
        first, last = bounds_of(self.values["period"])
        return (first is None or first <= on) and (last is None or on < last)


def day_of(value: str | None) -> date | None:
    """Return the day of a day or of a moment, in local time."""
    if not value:
        return None
    return datetime.fromisoformat(value).astimezone(LONDON).date() if "T" in value else date.fromisoformat(value)


def bounds_of(period: str) -> tuple[date | None, date | None]:
    """Return the first day of a period and the day after its last, as the database writes it: [2026-01-01,2026-02-01)."""
    first, _, last = period.strip("[()]").partition(",")
    return day_of(first), day_of(last)


def end_of(day: date) -> datetime:
    """Return the first moment after a day, in local time."""
    return datetime.combine(day + ONE_DAY, time.min, LONDON)


def by_record(rows: Iterable[Known]) -> dict[int, list[Known]]:
    """Gather rows by the record that they are about."""
    gathered: dict[int, list[Known]] = {}
    for each in rows:
        if each.nominal is not None:
            gathered.setdefault(each.nominal, []).append(each)
    return gathered
