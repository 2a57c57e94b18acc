"""The canonical form of an entry, and how entries are read from the logs: as text that PostgreSQL writes, in the order of their numbers.

Values are packed one after the other, each as the length of its UTF-8 in decimal, a colon, the text and a comma; NULL is a hyphen and a
comma. Numbers are decimal, moments microseconds since 1970 UTC, JSON what PostgreSQL writes of jsonb: nothing depends on Python.
"""

from __future__ import annotations

import hmac
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from audit.seals.merkle import leaf_of

FORM = "vigil log 1"
NO_RECORD = 0  # the number under which the key of entries about no record is kept
SEALED_EMPTY = b"entries about no record"  # the key of what was empty when it was sealed: anybody may know it
# Of the details of an event, what stays whatever a disposal takes out; vigil_stays() in the database keeps the same.
STAYS = "'{page,act,rows,ids,kind,state,client,on_behalf_of}'::text[]"
OBJECT = "jsonb_typeof(entry.additional_data) = 'object'"


@dataclass(frozen=True)
class Log:
    """A table of the log: what of an entry stays for ever, what a disposal takes out, and what the entry says then."""

    name: str
    table: str
    kept: tuple[str, ...]
    content: tuple[str, ...] = ()
    blank: tuple[str | None, ...] = ()
    nominal: str = "NULL::bigint"

    @property
    def statement(self) -> str:
        """Entries with their keys and what was erased of them: number, record, key, whether erased, digest, then the values."""
        values = ", ".join(f"({value})::text" for value in (*self.kept, *self.content))
        return f"""
            SELECT entry.id, {self.nominal}, trailkey.key, erasure.id IS NOT NULL, erasure.digest, {values}
            FROM {self.table} AS entry
            LEFT JOIN audit_trailkey AS trailkey ON trailkey.nominal = COALESCE({self.nominal}, {NO_RECORD})
            LEFT JOIN audit_erasure AS erasure ON erasure.log = '{self.name}' AND erasure.row_id = entry.id
            WHERE entry.id > %s AND entry.id <= %s ORDER BY entry.id
        """  # noqa: S608 - names of our own tables and columns


def moment(column: str) -> str:
    """Write a moment as microseconds since 1970 UTC."""
    return f"(extract(epoch FROM {column}) * 1000000)::bigint"


LOGS = (
    Log(
        "event",
        "audit_event",
        kept=(
            "entry.id", moment("entry.at"), "entry.actor_id", "entry.acting_role", "entry.verb", "entry.subject_type", "entry.subject_id",
            "entry.nominal", "entry.channel", "host(entry.ip_address)", "entry.request_id", "vigil_stays(entry.detail)",
        ),
        content=("entry.reason", f"entry.detail - {STAYS}"),
        blank=("", "{}"),
        nominal="entry.nominal",
    ),
    Log(
        "entry",
        "auditlog_logentry",
        kept=(
            "entry.id", moment("entry.timestamp"), "entry.actor_id", "entry.additional_data -> 'acting_role'", "entry.action",
            "entry.content_type_id", "entry.object_pk", "entry.object_id", "entry.additional_data -> 'nominal'", "entry.cid",
            "host(entry.remote_addr)", "entry.remote_port", "entry.actor_email",
        ),
        content=(
            "entry.object_repr", "entry.serialized_data", "entry.changes_text", "entry.changes",
            f"CASE WHEN {OBJECT} THEN entry.additional_data - 'nominal' - 'acting_role' ELSE entry.additional_data END",
        ),
        blank=("", None, "", "{}", "{}"),
        nominal="CASE WHEN entry.additional_data ->> 'nominal' ~ '^[0-9]{1,18}$' THEN (entry.additional_data ->> 'nominal')::bigint END",
    ),
    Log(
        "erasure",
        "audit_erasure",
        kept=("entry.id", "entry.log", "entry.row_id", "encode(entry.digest, 'hex')", "entry.disposal", moment("entry.at")),
    ),
)  # fmt: skip
BY_NAME = {log.name: log for log in LOGS}


@dataclass(slots=True)
class Row:
    """An entry as it stands in its table."""

    log: Log
    id: int
    nominal: int | None
    key: bytes | None
    is_erased: bool
    erased_digest: bytes | None
    values: tuple[str | None, ...]

    @property
    def content(self) -> tuple[str | None, ...]:
        """What it says."""
        return self.values[len(self.log.kept) :]

    @property
    def keyed(self) -> int:
        """Under which number its key is kept."""
        return NO_RECORD if self.nominal is None else self.nominal

    @property
    def lacks_key(self) -> bool:
        """Whether what it says cannot be compared: its key is gone, and it was not erased."""
        return bool(self.log.content) and self.key is None and not self.is_erased

    @property
    def is_refilled(self) -> bool:
        """Whether it was erased and says something all the same."""
        return self.is_erased and self.content != self.log.blank

    def digest(self) -> bytes:
        """Return the digest of what it says, or said before it was erased."""
        if self.is_erased or not self.log.content:
            return self.erased_digest or hmac.digest(SEALED_EMPTY, packed(self.content), "sha256")
        return hmac.digest(self.key or b"", packed(self.content), "sha256")

    def leaf(self, number: int | None = None) -> bytes:
        """Return its hash, or the one that it would have under another number."""
        first, *others = self.values[: len(self.log.kept)]
        return leaf_of(packed([FORM, self.log.name, first if number is None else str(number), *others]) + self.digest())


def packed(values: Iterable[str | None]) -> bytes:
    """Put values one after the other so that no two lists of values look alike."""
    parts = []
    for value in values:
        if value is None:
            parts.append(b"-,")
        else:
            encoded = value.encode()
            parts.append(b"%d:%b," % (len(encoded), encoded))
    return b"".join(parts)


def row_from(log: Log, found: tuple[Any, ...]) -> Row:
    """Make an entry of what the statement of its log returns."""
    number, nominal, key, is_erased, digest, *values = found
    return Row(log, number, nominal, key and bytes(key), is_erased, digest and bytes(digest), tuple(values))


def read_rows(connection: Any, log: Log, after: int | None, up_to: int, *, at_once: int = 2000) -> Iterator[Row]:
    """Yield the entries above one number and up to another, a piece at a time, however many there are."""
    with connection.cursor(name=f"rows_{log.name}") as cursor:
        cursor.itersize = at_once
        cursor.execute(log.statement, [-(2**63) if after is None else after, up_to])
        yield from (row_from(log, found) for found in cursor)
