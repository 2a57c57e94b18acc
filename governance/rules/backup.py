"""What a backup says of itself: its manifest, the seal on it, and why one cannot be restored here."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Collection
from dataclasses import asdict, dataclass
from typing import Any

FORMAT = 1
MANIFEST, SEAL, CONTENTS = "manifest.json", "manifest.seal", "contents.jsonl"
DATABASE, FILES, KEYS = "database", "files", "keys.sealed"
NAMED_AT_ONCE = 5


@dataclass(frozen=True)
class Table:
    """How many rows a table held, and the digest of all of them in the order of their keys."""

    rows: int
    sha256: str


@dataclass(frozen=True)
class Part:
    """One file of a backup: where it lies below the backup's folder, how large it is, and its digest."""

    path: str
    size: int
    sha256: str

    def line(self) -> bytes:
        """Return its line in the list of contents."""
        return json.dumps(asdict(self), ensure_ascii=False, sort_keys=True).encode() + b"\n"


@dataclass(frozen=True)
class Manifest:
    """What was backed up, when, and how to tell that all of it came back."""

    made_at: str
    version: str
    server: str
    migrations: list[str]
    schema_sha256: str
    tables: dict[str, Table]
    stale: list[str]  # columns whose next number was taken already, as in tables of one row that is numbered by hand
    parts: int
    files: int
    contents_sha256: str
    has_keys: bool
    format: int = FORMAT

    def encoded(self) -> bytes:
        """Return it as it is stored and sealed."""
        return json.dumps(asdict(self), ensure_ascii=False, sort_keys=True, indent=1).encode()

    @property
    def rows(self) -> int:
        """How many rows all tables held together."""
        return sum(table.rows for table in self.tables.values())


def read_manifest(content: bytes) -> Manifest:
    """Return a manifest from its stored form; ValueError when it is none of this format."""
    try:
        stored: dict[str, Any] = json.loads(content)
        if stored.pop("format") != FORMAT:
            raise ValueError("another format")
        tables = {name: Table(**table) for name, table in stored.pop("tables").items()}
        return Manifest(tables=tables, **stored)
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError("no manifest") from error


def seal_of(manifest: bytes, key: str) -> str:
    """Return the seal that only the holder of the installation's key can make."""
    return hmac.new(hashlib.sha256(b"seal of backups " + key.encode()).digest(), manifest, hashlib.sha256).hexdigest()


def is_sealed_by(manifest: bytes, seal: str, key: str) -> bool:
    """Say whether this key made the seal."""
    return bool(key) and hmac.compare_digest(seal_of(manifest, key), seal.strip())


def other_version(backed_up: Collection[str], known: Collection[str]) -> str:
    """Return why the migrations of a backup are not those of this version, or nothing when they are the same."""
    lacks, more = sorted(set(backed_up) - set(known)), sorted(set(known) - set(backed_up))
    if not lacks and not more:
        return ""
    words = [f"this version lacks {listed(lacks)}" if lacks else "", f"the backup lacks {listed(more)}" if more else ""]
    return (
        f"The backup was made by another version of Vigil: {'; '.join(filter(None, words))}. "
        "Restore it with the version that made it, then update as docs/operations.md says."
    )


def differences(then: dict[str, Table], now: dict[str, Table]) -> list[str]:
    """Return in words each table that is not what it was."""
    found = [f"{name} is missing" for name in sorted(set(then) - set(now))]
    found += [f"{name} was not in the backup" for name in sorted(set(now) - set(then))]
    for name in sorted(set(then) & set(now)):
        if then[name].rows != now[name].rows:
            found.append(f"{name} has {now[name].rows:,} rows instead of {then[name].rows:,}")
        elif then[name].sha256 != now[name].sha256:
            found.append(f"{name} has other content")
    return found


def listed(names: list[str]) -> str:
    """Return the first few names, and how many more there are."""
    more = len(names) - NAMED_AT_ONCE
    return ", ".join(names[:NAMED_AT_ONCE]) + (f" and {more} more" if more > 0 else "")
