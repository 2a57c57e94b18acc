"""Reads the whole log again, beside its seals and the anchor outside, and names the first place that is not as it was sealed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from audit.choices import Fault
from audit.seals.anchor import AnchorLine, Unreadable, read_anchor, size_of
from audit.seals.chain import NOTHING_BEFORE, Leaf, Link, link_with, read_links
from audit.seals.connection import as_audit_role
from audit.seals.merkle import climb, path_of
from audit.seals.rows import BY_NAME, LOGS, Log, Row, read_rows
from audit.seals.sealing import given_out

LATEST = 2**63 - 1
PATIENCE = timedelta(days=1)  # how long an entry may wait for its seal
AT_ONCE = 500  # lines of the anchor

# Triggers that are on, tables that are tables (of the trail: the whole, and each of its parts), and nothing that shows one reader other
# rows than another.
PROTECTION = """
SELECT name FROM (
    SELECT name, to_regclass(name) AS place, kind, least FROM (VALUES
        ('audit_event', 'p', 2), ('auditlog_logentry', 'r', 2), ('audit_erasure', 'r', 1), ('audit_seal', 'r', 1)
    ) AS whole (name, kind, least)
    UNION ALL SELECT inhrelid::regclass::text, inhrelid, 'r', 2 FROM pg_inherits WHERE inhparent = to_regclass('audit_event')
) AS tables LEFT JOIN pg_class ON pg_class.oid = place
WHERE relkind IS DISTINCT FROM kind::"char" OR relrowsecurity OR relhasrules OR (
    SELECT count(*) FROM pg_trigger
    WHERE tgrelid = place AND tgenabled IN ('O', 'A') AND NOT tgisinternal
    AND tgfoid IN (to_regproc('refuse_change_of_trail'), to_regproc('refuse_change_but_erasure'))
) < least
ORDER BY name
"""


@dataclass(frozen=True)
class Finding:
    """The first bad place: of what kind, in which seal, at which entry of which log."""

    fault: Fault
    seal: int | None = None
    log: str = ""
    row: int | None = None

    def __str__(self) -> str:
        where = [f"seal {self.seal}"] if self.seal else []
        where += [f"{self.log} {self.row}"] if self.row is not None else [self.log] if self.log else []
        return f"{', '.join(where) or 'the log'}: {self.fault.label}"


@dataclass
class Outcome:
    """How far a verification is, and what it found."""

    seals: int = 0
    total: int = 0
    rows: int = 0
    erased: int = 0
    waiting: int = 0
    anchored_to: int | None = None
    head: str = ""
    finding: Finding | None = None


Report = Callable[[Outcome], None]


@dataclass
class Reader:
    """The entries of one log, each handed out once, in the order of their numbers."""

    rows: Iterator[Row]
    ahead: Row | None = None
    counted: Outcome = field(default_factory=Outcome)

    def up_to(self, number: int) -> Iterator[Row]:
        """Yield the entries up to a number; those above it stay for the next seal."""
        while (row := self.ahead or next(self.rows, None)) is not None:
            if row.id > number:
                self.ahead = row
                return
            self.ahead = None
            self.counted.rows += 1
            self.counted.erased += row.is_erased
            yield row


def verify_trail(*, since: datetime | None = None, anchor: Path | None = None, report: Report = lambda outcome: None) -> Outcome:
    """Verify all seals, the entries of those from a moment on, what waits, the database's own protection, and the anchor."""
    size = size_of(anchor) if anchor else 0  # before the log is looked at: lines that come later tell of seals that are not seen yet
    with as_audit_role(steady=True) as connection:
        outcome = Outcome()
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM audit_seal")
            outcome.total = cursor.fetchone()[0]
        outcome.finding = (
            find_in_chain(connection, since, outcome, report) or find_waiting(connection, outcome) or find_unprotected(connection)
        )
        if anchor and (found := find_in_anchor(connection, anchor, size, outcome)):
            outcome.finding = earlier(outcome.finding, found)
        return outcome


def earlier(one: Finding | None, other: Finding) -> Finding:
    """Return the finding of the lower seal; of one seal, that of its entries."""
    return one if one and (one.seal or LATEST) <= (other.seal or LATEST) else other


def find_in_chain(connection: Any, since: datetime | None, outcome: Outcome, report: Report) -> Finding | None:
    """Go through the seals from the first to the last; return the first bad place."""
    before: Link | None = None
    readers: dict[str, Reader] = {}
    for link in read_links(connection):
        if finding := fault_of_link(link, before):
            return finding
        if since is None or link.sealed_at >= since:
            readers = readers or readers_from(connection, before, outcome)
            for log in LOGS:
                if finding := compare(link, log, list(link.leaves_of(log.name)), readers[log.name].up_to(link.spans[log.name].to)):
                    return finding
        before, outcome.head = link, link.hash.hex()
        outcome.seals += 1
        report(outcome)
    return None


def readers_from(connection: Any, before: Link | None, outcome: Outcome) -> dict[str, Reader]:
    """Begin to read each log after what a seal closed; the first seal closes whatever lies below it."""
    return {
        log.name: Reader(read_rows(connection, log, before.spans[log.name].to if before else None, LATEST), counted=outcome) for log in LOGS
    }


def fault_of_link(link: Link, before: Link | None) -> Finding | None:
    """Return what is wrong with a seal itself or with how it follows the one before."""
    if link.number != (before.number + 1 if before else 1):
        return Finding(Fault.CHAIN_BROKEN, before.number + 1 if before else 1)
    if before and link.installation != before.installation:
        return Finding(Fault.OTHER_INSTALLATION, link.number)
    if not link.is_itself:
        return Finding(Fault.SEAL_CHANGED, link.number)
    follows = all(span.start == (before.spans[name].to if before else 0) + 1 for name, span in link.spans.items())
    if not follows or link.previous != (before.hash if before else NOTHING_BEFORE):
        return Finding(Fault.CHAIN_BROKEN, link.number)
    return None


def compare(link: Link, log: Log, sealed: list[Leaf], rows: Iterator[Row]) -> Finding | None:
    """Walk through the entries that stand there beside those that were sealed; return the first that differs."""
    expected = iter(sealed)
    for row in rows:
        leaf = next(expected, None)
        if leaf is not None and leaf.id < row.id:
            return Finding(Fault.REMOVED, link.number, log.name, leaf.id)
        if leaf is None or leaf.id > row.id:
            return Finding(Fault.INSERTED, link.number, log.name, row.id)
        if fault := fault_of_row(row, leaf, sealed):
            return Finding(fault, link.number, log.name, row.id)
    if (leaf := next(expected, None)) is not None:
        return Finding(Fault.REMOVED, link.number, log.name, leaf.id)
    return None


def fault_of_row(row: Row, leaf: Leaf, sealed: list[Leaf]) -> Fault | None:
    """Return what is wrong with an entry, if anything is; one that was sealed under another number of its batch was moved."""
    if row.lacks_key:
        return Fault.KEY_LOST
    if row.leaf() != leaf.hash:
        return Fault.MOVED if any(row.leaf(other.id) == other.hash for other in sealed if other.id != leaf.id) else Fault.CHANGED
    return Fault.ERASED_CHANGED if row.is_refilled else None


def find_waiting(connection: Any, outcome: Outcome) -> Finding | None:
    """Look at what is not sealed: nothing has a number that was not given out, and nothing waits for days."""
    with connection.cursor() as cursor:
        bounds = given_out(cursor)
        for log in LOGS:
            moment = "timestamp" if log.name == "entry" else "at"
            cursor.execute(
                f"""
                SELECT count(*), min(id) FILTER (WHERE id > %s), min(id) FILTER (WHERE {moment} < now() - %s) FROM {log.table}
                WHERE id > COALESCE((SELECT max({log.name}_to) FROM audit_seal), 0)
                """,  # noqa: S608 - names of our own tables and columns
                [bounds[log.name], PATIENCE],
            )
            waiting, ahead, late = cursor.fetchone()
            outcome.waiting += waiting
            if ahead is not None:
                return Finding(Fault.AHEAD, None, log.name, ahead)
            if late is not None and log.name == "event":  # entries of an import may carry older moments
                return Finding(Fault.UNSEALED, None, log.name, late)
    return None


def find_unprotected(connection: Any) -> Finding | None:
    """See that the database still refuses changes of the log, and shows everybody the same of it."""
    with connection.cursor() as cursor:
        cursor.execute(PROTECTION)
        found = cursor.fetchone()
    return Finding(Fault.UNPROTECTED, log=found[0]) if found else None


def find_in_anchor(connection: Any, path: Path, size: int, outcome: Outcome) -> Finding | None:
    """Compare what was written outside with the seals; return the first that differs."""
    waiting: list[AnchorLine] = []
    first: Finding | None = None
    with connection.cursor() as cursor:
        try:
            for line in read_anchor(path, size):
                waiting.append(line)
                if len(waiting) == AT_ONCE:
                    first, waiting = first or compare_anchor(cursor, waiting, outcome), []
        except Unreadable:
            return first or compare_anchor(cursor, waiting, outcome) or Finding(Fault.ANCHOR_UNREADABLE)
        return first or compare_anchor(cursor, waiting, outcome)


def compare_anchor(cursor: Any, lines: list[AnchorLine], outcome: Outcome) -> Finding | None:
    """Compare some lines of the anchor."""
    cursor.execute("SELECT number, installation::text, hash FROM audit_seal WHERE number = ANY(%s)", [[line.number for line in lines]])
    stored = {number: (installation, bytes(digest).hex()) for number, installation, digest in cursor.fetchall()}
    cursor.execute("SELECT installation::text FROM audit_seal ORDER BY number LIMIT 1")
    own = cursor.fetchone()
    for line in lines:
        if own and line.installation != own[0]:
            return Finding(Fault.OTHER_INSTALLATION, line.number)
        if line.number not in stored:
            return Finding(Fault.CUT_OFF, line.number)
        if stored[line.number] != (line.installation, line.hash):
            return Finding(Fault.ANCHOR_DIFFERS, line.number)
        outcome.anchored_to = max(outcome.anchored_to or 0, line.number)
    return None


@dataclass(frozen=True)
class Proof:
    """That one entry is what was sealed: its seal, its hash and the path from there to the root."""

    link: Link
    leaf: bytes
    path: list[tuple[str, bytes]]
    finding: Finding | None

    @property
    def climbed(self) -> bytes:
        """The root that the path leads to."""
        return climb(self.leaf, self.path)


def prove_row(*, log: str, row: int) -> Proof | None:
    """Prove a single entry by its seal's tree; None where it is not sealed."""
    with as_audit_role(steady=True) as connection:
        with connection.cursor() as cursor:
            link = link_with(cursor, log, row)
        found = next(read_rows(connection, BY_NAME[log], row - 1, row), None)
    if link is None:
        return None
    sealed = link.leaves_of(log)
    place = next((index for index, leaf in enumerate(sealed) if leaf.id == row), None)
    if place is None:
        return Proof(link, b"", [], Finding(Fault.INSERTED, link.number, log, row)) if found else None
    path = path_to(link, log, place)
    if found is None:
        return Proof(link, sealed[place].hash, path, Finding(Fault.REMOVED, link.number, log, row))
    fault = fault_of_row(found, sealed[place], sealed)
    proof = Proof(link, found.leaf() if not found.lacks_key else sealed[place].hash, path, None)
    if fault is None and (link.hash != link.reckon_hash() or proof.climbed != link.root):
        fault = Fault.UNPROVED
    return Proof(link, proof.leaf, path, Finding(fault, link.number, log, row) if fault else None)


def path_to(link: Link, log: str, place: int) -> list[tuple[str, bytes]]:
    """Return the path from an entry, by its place among those of its log, to the root of its seal."""
    before = 0
    for each in LOGS:
        if each.name == log:
            break
        before += link.spans[each.name].count
    return path_of([leaf.hash for leaf in link.all_leaves()], before + place)
