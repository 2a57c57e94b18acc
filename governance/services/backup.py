"""Writes everything that an installation holds into a folder: the database at one moment, its files, its keys, and a sealed manifest."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.timezone import now
from django.utils.translation import gettext_noop

from accounts.errors import DomainError
from governance.rules.backup import CONTENTS, DATABASE, FILES, KEYS, MANIFEST, SEAL, Manifest, Part, seal_of
from governance.services.backup_keys import keys_of_installation, seal_keys
from governance.services.postgres_programs import run_program
from governance.services.snapshots import Say, Snapshot, snapshot_of

BLOCK = 1024 * 1024
SAID_EVERY = 1000


def make_backup(*, actor: Any, folder: Path, address: str, passphrase: str, say: Say) -> Manifest:
    """Fill an empty folder. The manifest comes last: a folder without one is no backup. Nothing is locked, people go on working."""
    require_empty(folder)
    with snapshot_of(address) as snapshot:
        keys = seal_keys(keys_of_installation(), passphrase) if passphrase else b""
        say("Writing the database.")
        dump(snapshot, folder / DATABASE, address)
        known: dict[str, Any] = {
            "server": snapshot.server(),
            "migrations": snapshot.migrations(),
            "schema_sha256": snapshot.schema(),
            "tables": snapshot.tables(say),
            "stale": snapshot.stale_sequences(),
        }
    # After the moment of the database: each file that a row names is there by now.
    files = copy_files(Path(settings.MEDIA_ROOT), folder / FILES, say)
    if keys:
        write_private(folder / KEYS, keys)
    contents, parts = list_contents(folder)
    manifest = Manifest(
        made_at=now().isoformat(),
        version=settings.VERSION,
        parts=parts,
        files=files,
        contents_sha256=contents,
        has_keys=bool(keys),
        **known,
    )
    write_private(folder / SEAL, seal_of(manifest.encoded(), settings.SECRET_KEY).encode())
    write_private(folder / MANIFEST, manifest.encoded())
    return manifest


def require_empty(folder: Path) -> None:
    """Make the folder, closed to everybody else; refuse one that holds something."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if any(folder.iterdir()):
        said = gettext_noop("{folder} is not empty. Name a folder that does not exist yet: each backup stands in one of its own.")
        raise DomainError(said, folder=folder)
    folder.chmod(0o700)


def dump(snapshot: Snapshot, folder: Path, address: str) -> None:
    """Have pg_dump write the moment of the snapshot. Extensions stay out: prepare.sql makes them, and only a superuser may."""
    form = ("--format=directory", "--no-owner", "--exclude-extension=*", "--no-password")
    run_program("pg_dump", *form, f"--snapshot={snapshot.name()}", f"--file={folder}", address=address)


def copy_files(source: Path, target: Path, say: Say) -> int:
    """Copy every ordinary file below a folder; return how many. One that is gone by its turn was deleted by the service meanwhile."""
    target.mkdir(mode=0o700, parents=True, exist_ok=True)
    count = 0
    for path in files_below(source):
        copy = target / path.relative_to(source)
        copy.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        try:
            copy_private(path, copy)
        except FileNotFoundError:
            continue
        count += 1
        if count % SAID_EVERY == 0:
            say(f"{count:,} files")
    return count


def files_below(folder: Path) -> Iterator[Path]:
    """Yield every ordinary file below a folder, by name; links are not followed."""
    for place, folders, names in os.walk(folder):
        folders.sort()
        for name in sorted(names):
            path = Path(place) / name
            if path.is_file() and not path.is_symlink():
                yield path


def copy_private(source: Path, target: Path) -> None:
    """Copy one file; only its owner may read the copy."""
    with source.open("rb") as read, open(target, "xb", opener=private) as written:
        shutil.copyfileobj(read, written, BLOCK)


def write_private(path: Path, content: bytes) -> None:
    """Write a file that only its owner may read."""
    with open(path, "xb", opener=private) as written:
        written.write(content)


def private(path: str, flags: int) -> int:
    """Open a new file for its owner alone."""
    return os.open(path, flags, 0o600)


def list_contents(folder: Path) -> tuple[str, int]:
    """Write the list of everything in the backup; return the list's digest and how many parts it names."""
    digest, count = hashlib.sha256(), 0
    with open(folder / CONTENTS, "xb", opener=private) as contents:
        for path in files_below(folder):
            if path.name == CONTENTS and path.parent == folder:
                continue
            path.chmod(0o600)  # pg_dump leaves what the umask gave
            line = part_of(folder, path).line()
            contents.write(line)
            digest.update(line)
            count += 1
    return digest.hexdigest(), count


def part_of(folder: Path, path: Path) -> Part:
    """Read one file and return its size and digest."""
    digest, size = hashlib.sha256(), 0
    with path.open("rb") as read:
        while block := read.read(BLOCK):
            digest.update(block)
            size += len(block)
    return Part(str(path.relative_to(folder)), size, digest.hexdigest())
