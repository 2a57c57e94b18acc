"""Taking content out of the trail and the change log when a record is disposed of: who, when and which row stay, words go."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import connection
from django.db.backends.postgresql.psycopg_any import Json


@dataclass(frozen=True)
class ErasedCounts:
    """How many events of the trail and entries of the change log keep no content."""

    events: int
    entries: int


def erase_trail(nominal_key: int, disposal: uuid.UUID) -> ErasedCounts:
    """Take the content out of all that tells of a record, which the disposal must be about."""
    return asked("SELECT * FROM audit_erase_trail(%s, %s)", [nominal_key, disposal])


def erase_rows(rows: Mapping[str, Sequence[int]], disposal: uuid.UUID) -> ErasedCounts:
    """Take the content out of all that tells of rows, by table ("intelligence.informationreport"), which went with the disposal."""
    return asked("SELECT * FROM audit_erase_rows(%s, %s)", [Json({table: list(keys) for table, keys in rows.items()}), disposal])


def asked(statement: str, values: list[object]) -> ErasedCounts:
    """Ask the database, which alone may change the trail."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return ErasedCounts(*cursor.fetchone())
