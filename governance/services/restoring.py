"""Brings a backup back into an empty database and an empty folder of files, and compares all of it with what was backed up."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db.migrations.loader import MigrationLoader
from django.utils.translation import gettext_noop
from psycopg2.extensions import parse_dsn

from accounts.errors import DomainError
from governance.rules import backup as rules
from governance.rules.backup import CONTENTS, DATABASE, FILES, KEYS, MANIFEST, SEAL, Manifest, Part, is_sealed_by
from governance.services.backup import copy_files, files_below, part_of, write_private
from governance.services.backup_keys import open_keys
from governance.services.postgres_programs import run_program
from governance.services.snapshots import Say, connected, snapshot_of

HAS_TABLES = "SELECT EXISTS (SELECT FROM pg_class WHERE relkind IN ('r', 'p') AND relnamespace = 'public'::regnamespace)"
OTHERS = """
    SELECT count(*) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'
"""
DAMAGED = gettext_noop("The backup is damaged: {what}. Use another backup; this one cannot be trusted.")


def restore_backup(
    *, actor: Any, folder: Path, owner: str, reader: str, say: Say, passphrase: str = "", adopt: Path | None = None
) -> Manifest:
    """Restore into the owner's database, all of it or nothing; then compare every row and every file.

    With `adopt`, a backup of another installation is taken over: its keys are written into that folder.
    """
    say("Checking the backup.")
    stored, seal = read_part(folder, MANIFEST), read_part(folder, SEAL).decode(errors="replace")
    keys = trusted_keys(folder, stored, seal, passphrase, adopting=adopt is not None)
    manifest = read_trusted(stored)
    check_contents(folder, manifest)
    require_empty_place(owner)
    if adopt:
        write_keys(adopt, keys)
    say("Restoring the database.")
    whole = ("--single-transaction", "--exit-on-error", "--no-owner", "--no-password", f"--dbname={name_of(owner)}")
    run_program("pg_restore", *whole, str(folder / DATABASE), address=owner)
    with connected(owner, "DATABASE_OWNER_URL") as connection, connection.cursor() as cursor:
        cursor.execute("ANALYZE")
        connection.commit()
    say("Restoring files.")
    copy_files(folder / FILES, Path(settings.MEDIA_ROOT), say)
    compare(manifest, folder, reader, say)
    return manifest


def read_part(folder: Path, name: str) -> bytes:
    """Return one of the small files of a backup."""
    with suppress(FileNotFoundError, NotADirectoryError):
        return (folder / name).read_bytes()
    said = gettext_noop("{folder} holds no finished backup: {name} is missing. Name the folder that `manage.py make_backup` filled.")
    raise DomainError(said, folder=folder, name=name)


def trusted_keys(folder: Path, stored: bytes, seal: str, passphrase: str, *, adopting: bool) -> dict[str, str]:
    """Return the backup's keys where they are wanted, once the seal shows that this installation, or the adopted one, made the manifest."""
    if not adopting:
        if is_sealed_by(stored, seal, settings.SECRET_KEY):
            return {}
        raise DomainError(
            "The backup was made by another installation, or its manifest was changed. If it is of an installation that is gone and this "
            "one takes its place, use --adopt FOLDER with the passphrase of its keys; otherwise name a backup of this one."
        )
    if not (folder / KEYS).exists():
        raise DomainError("The backup holds no keys, so no other installation can take it over. Set SECRET_KEY to the key of then.")
    keys = open_keys(read_part(folder, KEYS), passphrase)
    if not is_sealed_by(stored, seal, keys.get("SECRET_KEY", "")):
        raise DomainError(DAMAGED, what="its manifest was changed after it was sealed")
    return keys


def read_trusted(stored: bytes) -> Manifest:
    """Return the manifest of a backup by this version."""
    try:
        manifest = rules.read_manifest(stored)
    except ValueError as error:
        raise DomainError("The backup is of a form that this version does not read. Use the version that made it.") from error
    known = [f"{app}.{name}" for app, name in MigrationLoader(None).graph.nodes]
    if why := rules.other_version(manifest.migrations, known):
        raise DomainError(why)
    return manifest


def contents_of(folder: Path) -> Iterator[Part]:
    """Yield each file that the list of contents names."""
    with (folder / CONTENTS).open("rb") as lines:
        for line in lines:
            yield Part(**json.loads(line))


def check_contents(folder: Path, manifest: Manifest) -> None:
    """Read every file of the backup and name the first that is missing, damaged or too many."""
    listed = hashlib.sha256(b"")
    read_part(folder, CONTENTS)
    with (folder / CONTENTS).open("rb") as lines:
        for line in lines:
            listed.update(line)
    if listed.hexdigest() != manifest.contents_sha256:
        raise DomainError(DAMAGED, what=f"{CONTENTS} is not what was sealed")
    for part in contents_of(folder):
        if not (folder / part.path).is_file():
            raise DomainError(DAMAGED, what=f"{part.path} is missing")
        if part_of(folder, folder / part.path) != part:
            raise DomainError(DAMAGED, what=f"{part.path} is not what was backed up")
    found = sum(1 for _ in files_below(folder)) - len((MANIFEST, SEAL, CONTENTS))
    if found != manifest.parts:
        raise DomainError(DAMAGED, what=f"it holds {found:,} files instead of {manifest.parts:,}")


def require_empty_place(owner: str) -> None:
    """Refuse a database that holds tables or that somebody is connected to, and a folder with files."""
    with connected(owner, "DATABASE_OWNER_URL") as connection, connection.cursor() as cursor:
        cursor.execute(HAS_TABLES)
        if cursor.fetchone()[0]:
            raise DomainError(
                "The database {name} holds tables already, and a restore never replaces any. Restore into an empty database: "
                "docs/operations.md, Restore, says how to make one and how to keep the old one.",
                name=name_of(owner),
            )
        cursor.execute(OTHERS)
        if others := cursor.fetchone()[0]:
            said = gettext_noop("{others} other sessions are connected to the database {name}. Stop web, worker and beat, then try again.")
            raise DomainError(said, others=others, name=name_of(owner))
    media = Path(settings.MEDIA_ROOT)
    if next(files_below(media), None):
        said = gettext_noop("MEDIA_ROOT ({folder}) holds files already. Move them away, or point MEDIA_ROOT at an empty folder.")
        raise DomainError(said, folder=media)


def name_of(address: str) -> str:
    """Return the name of the database in an address."""
    return str(parse_dsn(address).get("dbname", ""))


def compare(manifest: Manifest, folder: Path, reader: str, say: Say) -> None:
    """Compare every row, every guard and every file with what was backed up; name what differs."""
    with snapshot_of(reader) as snapshot:
        wrong = rules.differences(manifest.tables, snapshot.tables(say))
        wrong += [f"{column} would give a number twice" for column in snapshot.stale_sequences() if column not in manifest.stale]
        if snapshot.schema() != manifest.schema_sha256:
            wrong.append("columns, constraints, triggers, policies, functions or rights differ")
    media = Path(settings.MEDIA_ROOT)
    for part in contents_of(folder):
        below = Path(part.path)
        if below.parts[0] == FILES:
            copy = media / below.relative_to(FILES)
            if not copy.is_file() or part_of(media, copy).sha256 != part.sha256:
                wrong.append(f"the file {below.relative_to(FILES)} differs")
    if wrong:
        said = gettext_noop("What was restored is not what was backed up: {wrong}. Do not open it to people.")
        raise DomainError(said, wrong=rules.listed(wrong))


def write_keys(folder: Path, keys: dict[str, str]) -> None:
    """Write each adopted key into a file of its own, as NAME_FILE settings take them."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for name, value in keys.items():
        if (folder / name.lower()).exists():
            raise DomainError("{folder} holds keys already. Name an empty folder after --adopt.", folder=folder)
        write_private(folder / name.lower(), value.encode())
