"""Rows of dated data: the latest is held while it changes, and ends the day before the next begins."""

from __future__ import annotations

from datetime import date
from typing import Any, TypeVar, cast

from django.db import models
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.timezone import localdate
from django.utils.translation import gettext_noop

from accounts.errors import DomainError, StaleRecord
from ui.templatetags.ui import date_words

Row = TypeVar("Row", bound=models.Model)
CHANGED = gettext_noop("Somebody else changed this while you worked on it. Look at it again and repeat your change.")


def hold_latest(row: Row) -> Row:
    """Hold a row until the transaction ends; nothing has followed it yet."""
    locked: Any = type(row)._default_manager.select_for_update().get(pk=row.pk)
    if locked.period.upper is not None:
        raise StaleRecord(CHANGED)
    return cast(Row, locked)


def require_not_past(day: date) -> None:
    """What was told or proposed by now stays as it was."""
    if day < localdate():
        raise DomainError("Enter today or a later day.", field="starts_on")


def end_before(row: Any, day: date) -> None:
    """Let a row end the day before this one."""
    require_not_past(day)
    first = cast(date, row.period.lower)
    if day <= first:
        raise DomainError("This holds from {first} only. Choose a later day.", first=date_words(first), field="starts_on")
    row.period = DateRange(first, day)
    row.save(update_fields=["period"])
