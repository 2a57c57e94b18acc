"""Seals the log up to where nothing can be added any more; run each minute, as vigil_audit."""

from __future__ import annotations

import json
import secrets
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from audit.seals.chain import COLUMNS, NOTHING_BEFORE, Leaf, Link, Span, last_link
from audit.seals.connection import as_audit_role
from audit.seals.merkle import root_of
from audit.seals.rows import LOGS, Log, Row, row_from

LOCK = 4207426  # erase_trail_of() holds the same one: a seal never meets an entry half erased
BATCH = 10_000  # entries of each log in one seal
MOST = 50  # seals in one run; the next run goes on

# Whoever adds to a table holds this lock from before the entry has its number until its transaction has ended (decision 26).
HOLDERS = """
SELECT DISTINCT virtualtransaction FROM pg_locks
WHERE locktype = 'relation' AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
    AND relation IN ('audit_event'::regclass, 'auditlog_logentry'::regclass, 'audit_erasure'::regclass)
    AND mode = 'RowExclusiveLock' AND pid IS DISTINCT FROM pg_backend_pid()
"""
MARK = """
INSERT INTO audit_sealmark (id, bounds, holders) VALUES (1, %s, %s)
ON CONFLICT (id) DO UPDATE SET bounds = EXCLUDED.bounds, holders = EXCLUDED.holders
"""


def seal_trail(*, batch: int = BATCH, most: int = MOST) -> int:
    """Seal what can be sealed; return how many seals were added. Two at once, or one beside an erasure: the second does nothing."""
    with as_audit_role() as connection, connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK])
        bounds = closed_bounds(cursor) if cursor.fetchone()[0] else None
        added = 0
        while bounds and added < most and seal_next(connection, bounds, batch):
            added += 1
        return added


def given_out(cursor: Any) -> dict[str, int]:
    """Return the last number that each log has given out."""
    numbers = (f"(SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM {log.table}_id_seq)" for log in LOGS)  # noqa: S608
    cursor.execute(f"SELECT {', '.join(numbers)}")
    return dict(zip((log.name for log in LOGS), cursor.fetchone(), strict=True))


def closed_bounds(cursor: Any) -> dict[str, int] | None:
    """Return up to which number each log is closed: nothing that has one of these numbers can appear any more. None: not known yet.

    First the numbers given out are read, then who is adding. Whoever adds later gets a higher number. Once those who were adding have
    ended, everything up to these numbers has either come or never will. Where some go on, the numbers and their names are kept for the
    next run.
    """
    cursor.execute("SELECT bounds::text, holders::text FROM audit_sealmark WHERE id = 1")
    kept, waited_for = cursor.fetchone() or ("null", "[]")
    marked: dict[str, int] | None = json.loads(kept)
    bounds = given_out(cursor)
    cursor.execute(HOLDERS)
    holders = {name for (name,) in cursor.fetchall()}
    if not holders:
        return bounds
    if marked is None or not holders & set(json.loads(waited_for)):
        cursor.execute(MARK, [json.dumps(bounds), json.dumps(sorted(holders))])
        return marked
    return None


def seal_next(connection: Any, bounds: dict[str, int], batch: int) -> bool:
    """Add one seal; False where nothing waits."""
    with connection.cursor() as cursor:
        before = last_link(cursor)
        found = {log.name: next_rows(connection, log, before, bounds[log.name], batch) for log in LOGS}
        if not any(rows for rows, _ in found.values()):
            return False
        give_keys(cursor, [row for rows, _ in found.values() for row in rows])
        leaves = [Leaf(row.id, row.leaf()) for log in LOGS for row in found[log.name][0]]
        drawn = Link(
            number=before.number + 1 if before else 1,
            installation=before.installation if before else uuid4(),
            sealed_at=datetime.now(UTC),
            spans={name: span for name, (_, span) in found.items()},
            leaves=b"".join(leaf.stored for leaf in leaves),
            root=root_of([leaf.hash for leaf in leaves]),
            previous=before.hash if before else NOTHING_BEFORE,
        )
        store(cursor, replace(drawn, hash=drawn.reckon_hash()))
        return True


def next_rows(connection: Any, log: Log, before: Link | None, bound: int, batch: int) -> tuple[list[Row], Span]:
    """Return the entries of a log that come next, and what of the log they close."""
    end = before.spans[log.name].to if before else 0
    up_to = max(end, bound)
    with connection.cursor() as cursor:
        cursor.execute(f"{log.statement} LIMIT %s", [end if before else -(2**63), up_to, batch])
        rows = [row_from(log, found) for found in cursor.fetchall()]
    return rows, Span(end + 1, rows[-1].id if len(rows) == batch else up_to, len(rows))


def give_keys(cursor: Any, rows: list[Row]) -> None:
    """Make a key for each record that has none, and one for entries about none, and put it on them."""
    lacking = [row for row in rows if row.lacks_key]
    made = {row.keyed: secrets.token_bytes(32) for row in lacking}
    cursor.executemany("INSERT INTO audit_trailkey (nominal, key) VALUES (%s, %s)", list(made.items()))
    for row in lacking:
        row.key = made[row.keyed]


def store(cursor: Any, link: Link) -> None:
    """Put a seal into its table."""
    spans = [value for log in LOGS for span in [link.spans[log.name]] for value in (span.start, span.to, span.count)]
    values = [link.number, str(link.installation), link.sealed_at, *spans, link.leaves, link.root, link.previous, link.hash]
    places = ", ".join(["%s"] * len(COLUMNS))
    cursor.execute(f"INSERT INTO audit_seal ({', '.join(COLUMNS)}) VALUES ({places})", values)  # noqa: S608 - names of our own columns
