"""What a seal says, and its hash: each seal holds the hash of the one before."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any
from uuid import UUID

from audit.seals.merkle import HASH_BYTES, root_of
from audit.seals.rows import LOGS, packed

FORM = "vigil seal 1"
NOTHING_BEFORE = bytes(HASH_BYTES)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
NUMBER_BYTES = 8
LEAF_BYTES = NUMBER_BYTES + HASH_BYTES
COLUMNS = (
    "number", "installation", "sealed_at", *(f"{log.name}_{part}" for log in LOGS for part in ("from", "to", "count")),
    "leaves", "root", "previous", "hash",
)  # fmt: skip


@dataclass(frozen=True)
class Span:
    """From which number and up to which a seal closes a log, and how many entries it found there."""

    start: int
    to: int
    count: int


@dataclass(frozen=True)
class Leaf:
    """An entry as it was sealed: its number and its hash."""

    id: int
    hash: bytes

    @property
    def stored(self) -> bytes:
        """As the seal keeps it."""
        return self.id.to_bytes(NUMBER_BYTES, "big", signed=True) + self.hash


@dataclass(frozen=True)
class Link:
    """One seal of the chain."""

    number: int
    installation: UUID
    sealed_at: datetime
    spans: Mapping[str, Span]
    leaves: bytes
    root: bytes
    previous: bytes
    hash: bytes = b""

    def reckon_hash(self) -> bytes:
        """Return the hash of everything that it says."""
        spans = [str(value) for log in LOGS for span in [self.spans[log.name]] for value in (span.start, span.to, span.count)]
        moment = (self.sealed_at - EPOCH) // timedelta(microseconds=1)
        says = [FORM, str(self.number), str(self.installation), str(moment), *spans, self.root.hex(), self.previous.hex()]
        return sha256(packed(says)).digest()

    def leaves_of(self, name: str) -> list[Leaf]:
        """Return the entries of one log as they were sealed; fewer than it says where its list was cut."""
        before = 0
        for log in LOGS:
            if log.name == name:
                break
            before += self.spans[log.name].count
        return self.all_leaves()[before : before + self.spans[name].count]

    def all_leaves(self) -> list[Leaf]:
        """Return every entry as it was sealed."""
        stored = self.leaves
        return [
            Leaf(int.from_bytes(stored[at : at + NUMBER_BYTES], "big", signed=True), stored[at + NUMBER_BYTES : at + LEAF_BYTES])
            for at in range(0, len(stored), LEAF_BYTES)
        ]

    @property
    def is_itself(self) -> bool:
        """Whether its hash, its root and its list of entries belong together."""
        fits = len(self.leaves) == LEAF_BYTES * sum(span.count for span in self.spans.values())
        return fits and self.hash == self.reckon_hash() and root_of([leaf.hash for leaf in self.all_leaves()]) == self.root


def link_from(found: Sequence[Any]) -> Link:
    """Make a seal of the values of its columns."""
    said = dict(zip(COLUMNS, found, strict=True))
    spans = {log.name: Span(*(said[f"{log.name}_{part}"] for part in ("from", "to", "count"))) for log in LOGS}
    hashes = {name: bytes(said[name]) for name in ("leaves", "root", "previous", "hash")}
    return Link(said["number"], UUID(str(said["installation"])), said["sealed_at"], spans, **hashes)


def read_links(connection: Any, *, at_once: int = 20) -> Iterator[Link]:
    """Yield every seal, first to last, a few at a time."""
    with connection.cursor(name="seals") as cursor:
        cursor.itersize = at_once
        cursor.execute(f"SELECT {', '.join(COLUMNS)} FROM audit_seal ORDER BY number")  # noqa: S608 - names of our own columns
        yield from (link_from(found) for found in cursor)


def last_link(cursor: Any) -> Link | None:
    """Return the newest seal."""
    cursor.execute(f"SELECT {', '.join(COLUMNS)} FROM audit_seal ORDER BY number DESC LIMIT 1")  # noqa: S608 - names of our own columns
    found = cursor.fetchone()
    return link_from(found) if found else None


def link_with(cursor: Any, name: str, number: int) -> Link | None:
    """Return the seal that closes a log above and up to numbers between which an entry lies."""
    columns = ", ".join(COLUMNS)
    cursor.execute(
        f"SELECT {columns} FROM audit_seal WHERE {name}_to >= %s ORDER BY {name}_to, number LIMIT 1",  # noqa: S608 - our own columns
        [number],
    )
    found = cursor.fetchone()
    return link_from(found) if found else None
