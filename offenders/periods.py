"""How long each exception to the access rules counts: dated, with its source, because policy changes."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from django.utils.translation import ngettext


class PeriodKind(StrEnum):
    """What a period is the period of."""

    STATED_REASON = "stated reason"
    EMERGENCY_OPENING = "emergency opening"
    GRANT = "longest grant on a record"
    SECTION_GRANT = "longest grant on a confidential section"


@dataclass(frozen=True)
class Period:
    """A length that holds from a day on, until a later row of the same kind begins."""

    kind: PeriodKind
    since: date
    length: timedelta
    source: str


ACCESS_POLICY = "Access policy of the service (docs/access.md); each force confirms it or sets its own"
PERIODS = (
    Period(PeriodKind.STATED_REASON, date(2026, 1, 1), timedelta(hours=8), ACCESS_POLICY),
    Period(PeriodKind.EMERGENCY_OPENING, date(2026, 1, 1), timedelta(hours=1), ACCESS_POLICY),
    Period(PeriodKind.GRANT, date(2026, 1, 1), timedelta(days=366), ACCESS_POLICY),
    Period(PeriodKind.SECTION_GRANT, date(2026, 1, 1), timedelta(days=92), ACCESS_POLICY),
)


def in_hours(length: timedelta) -> str:
    """Write a short length as people say it: 1 hour, 8 hours."""
    hours = int(length.total_seconds() // 3600)
    return ngettext("%(hours)s hour", "%(hours)s hours", hours) % {"hours": hours}


def length_of(kind: PeriodKind, on: date) -> timedelta:
    """Return the length that holds on this day: of the row that began last."""
    begun = [period for period in PERIODS if period.kind == kind and period.since <= on]
    return max(begun, key=lambda period: period.since).length
