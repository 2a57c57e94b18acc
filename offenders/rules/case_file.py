"""Rules of the case file without a database: periods as people say them, postcodes."""

from __future__ import annotations

import re
from datetime import date, timedelta

from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import gettext_noop

POSTCODE = re.compile(r"([A-Z]{1,2}[0-9][A-Z0-9]?)([0-9][A-Z]{2})")


def span(first: date | None, last: date | None) -> DateRange:
    """Return the period from a first to a last day, both included; None: not known, or until further notice."""
    return DateRange(first, last + timedelta(days=1) if last else None)


def last_of(period: DateRange) -> date | None:
    """Return the last day of a period; None while it lasts."""
    return period.upper - timedelta(days=1) if period.upper else None


def is_current(period: DateRange, today: date) -> bool:
    """Say whether a period holds on a day, or begins after it."""
    return period.upper is None or period.upper > today


def canonical_postcode(text: str) -> str:
    """Return a British postcode as it is written: AB1 2CD. ValueError says how it should look."""
    found = POSTCODE.fullmatch(re.sub(r"\s+", "", text).upper())
    if not found:
        raise ValueError(gettext_noop("Enter a full postcode, like NM1 2AB, or leave it empty"))
    return f"{found[1]} {found[2]}"
