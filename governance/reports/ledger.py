"""Asks the ledger what Vigil knew at a moment. The same moment gives the same answer for ever.

Of each row the latest version counts that was recorded by then. Whose record was disposed of, with everything about it, stays known as
it was before: a disposal ends the record, it corrects nothing. It does not count on days after the disposal.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection, transaction

from accounts.replica import reading
from governance.choices.figures import Source
from governance.rules.ledger import Known, end_of

LEDGER = 7310052  # the lock that whoever writes a fact shares until its transaction ends; the trigger names it too
# A version counts when no later one was recorded by then; the removal of a row that came with the removal of its whole record says nothing.
KNOWN = """
    SELECT row, nominal, values FROM governance_fact AS version
    WHERE source = %(source)s AND recorded_at <= %(moment)s AND NOT is_removed AND {condition} AND NOT EXISTS (
        SELECT FROM governance_fact AS later
        WHERE later.source = version.source AND later.row = version.row AND later.id > version.id AND later.recorded_at <= %(moment)s
        AND NOT (later.is_removed AND EXISTS (
            SELECT FROM governance_fact AS disposal WHERE disposal.source = 'nominal' AND disposal.row = later.nominal
            AND disposal.is_removed AND disposal.began_at = later.began_at)))
    ORDER BY row
"""
HOLDING = "(values ->> 'period')::daterange @> %(on)s::date"
# Of each record: the force that held it on the day (or was the first to, where it was added later), what it was merged into as far as
# is known, and when it was disposed of.
PEOPLE = """
    SELECT DISTINCT ON (version.row) version.row, version.force, (latest.values ->> 'merged_into_id')::bigint, disposal.recorded_at
    FROM governance_fact AS version
    JOIN LATERAL (
        SELECT values FROM governance_fact WHERE source = 'nominal' AND row = version.row AND recorded_at <= %(moment)s AND NOT is_removed
        ORDER BY id DESC LIMIT 1) AS latest ON true
    LEFT JOIN LATERAL (
        SELECT recorded_at FROM governance_fact WHERE source = 'nominal' AND row = version.row AND recorded_at <= %(moment)s AND is_removed
        LIMIT 1) AS disposal ON true
    WHERE version.source = 'nominal' AND version.recorded_at <= %(moment)s AND NOT version.is_removed AND version.row IN (
        SELECT row FROM governance_fact WHERE source = 'nominal' AND force = %(force)s)
    ORDER BY version.row, version.recorded_at < %(end)s DESC, CASE WHEN version.recorded_at < %(end)s THEN -version.id ELSE version.id END
"""


@dataclass(frozen=True, slots=True)
class Person:
    """How a record of the force was known: whether it was merged into another, whether it had been disposed of by the day."""

    is_merged: bool
    is_disposed: bool

    @property
    def is_standing(self) -> bool:
        """Whether somebody is on record by it on the day."""
        return not (self.is_merged or self.is_disposed)


def settled_moment() -> datetime:
    """Return a moment that no fact still to come can fall before: it waits until whoever is writing facts is done.

    The lock is given back before the transaction ends, so that a caller's keeps nobody from writing.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [LEDGER])
        cursor.execute("SELECT clock_timestamp(), pg_advisory_unlock(%s)", [LEDGER])
        return cursor.fetchone()[0]


def present_moment() -> tuple[datetime, bool]:
    """Return the present moment by the clock that stamps facts, and, without waiting, whether nobody is still writing an earlier one."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s), clock_timestamp()", [LEDGER])
        is_settled, moment = cursor.fetchone()
        return moment, is_settled


def people_of(force: int, on: date, moment: datetime) -> dict[int, Person]:
    """Return the records that were the force's on a day, as known at a moment, by key; merged ones and disposed ones too."""
    with reading().cursor() as cursor:
        cursor.execute(PEOPLE, {"force": force, "moment": moment, "end": end_of(on)})
        return {
            nominal: Person(merged_into is not None, disposed_at is not None and disposed_at < end_of(on))
            for nominal, holder, merged_into, disposed_at in cursor
            if holder == force
        }


def known_of(records: Iterable[int], source: Source, moment: datetime, *, holding: date | None = None) -> list[Known]:
    """Return the rows of a table about these records, as known at a moment; with `holding` those whose period has that day."""
    condition = f"nominal = ANY(%(records)s) AND {HOLDING if holding else 'true'}"
    return ask(source, moment, condition, records=list(records), on=holding)


def known_in(force: int, source: Source, moment: datetime, condition: str, **values: Any) -> list[Known]:
    """Return the rows of a table that names the force itself, as known at a moment, that meet a condition on their values."""
    return ask(source, moment, f"force = %(force)s AND {condition}", force=force, **values)


def ask(source: Source, moment: datetime, condition: str, **values: Any) -> list[Known]:
    """Ask for the latest versions that meet a condition."""
    with reading().cursor() as cursor:
        cursor.execute(KNOWN.format(condition=condition), {"source": source, "moment": moment, **values})
        return [Known(row, nominal, values_of(kept)) for row, nominal, kept in cursor]


def values_of(kept: str) -> dict[str, Any]:
    """Return the values of a fact; all facts share the words for what they hold."""
    return {sys.intern(name): value for name, value in json.loads(kept).items()}
