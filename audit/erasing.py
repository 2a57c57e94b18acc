"""The one way in which content leaves the log: a record is disposed of, and what the log says of it goes with it."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db import connection


@dataclass(frozen=True)
class ErasedCounts:
    """How many entries had their content taken out: of what people did and saw, and of what changed."""

    events: int
    entries: int


def erase_trail(nominal_key: int, disposal: UUID) -> ErasedCounts:
    """Take out what the log says of a record, inside the caller's transaction; who did what and when stays, and the seal stays whole.

    Entries that were sealed keep their digest, which nobody can guess back once the key is gone; those that were not are sealed empty.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT events, entries FROM erase_trail_of(%s, %s)", [nominal_key, str(disposal)])
        return ErasedCounts(*cursor.fetchone())
