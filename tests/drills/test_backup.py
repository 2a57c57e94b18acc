"""A whole installation is backed up, lost, and brought back on another machine; whatever was done to the backup meanwhile is refused."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg2
import pytest
from psycopg2 import sql

from accounts.errors import DomainError
from config.embedded import BASE_DIR, Servers
from governance.services.restoring import restore_backup
from tests.governance.making_backup import PASSPHRASE, spoil

PEOPLE = 40
SEAL = "from audit.tasks import seal_log; seal_log()"
SWEEP = "from governance.tasks import find_unusual_looks; find_unusual_looks()"  # leaves a row that is numbered by hand
# Read by a hand of its own: nothing that the backup uses says here what is equal.
TABLES = "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace ORDER BY relname"
CONTENT = "SELECT count(*), md5(string_agg(md5(each::text), '' ORDER BY md5(each::text))) FROM {} AS each"


@dataclass
class Place:
    """A machine: servers of its own, a folder of files of its own."""

    folder: Path
    servers: Servers = field(init=False)

    def __post_init__(self) -> None:
        self.servers = Servers(self.folder, durable=False)
        self.servers.start()

    @property
    def files(self) -> Path:
        """Where its files are."""
        return self.folder / "media" / "files"

    def environment(self, **more: str) -> dict[str, str]:
        """The settings of every command there."""
        given = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST", "TEST_", "DISPOSAL", "AUDIT"))}
        own = {"DEMO": "true", "SECOND_FACTOR": "false", "VIGIL_STATE": str(self.folder), "MEDIA_ROOT": str(self.files)}
        return given | own | self.servers.environment() | {"BACKUP_PASSPHRASE": PASSPHRASE} | more

    def run(self, *command: str, **more: str) -> subprocess.CompletedProcess[str]:
        """Run an operator command there to its end."""
        words = [sys.executable, str(BASE_DIR / "manage.py"), *command]
        return subprocess.run(words, env=self.environment(**more), cwd=BASE_DIR, capture_output=True, text=True, check=False)

    def must_run(self, *command: str, **more: str) -> None:
        """The same; it has to succeed."""
        done = self.run(*command, **more)
        assert done.returncode == 0, done.stdout + done.stderr

    def ask(self, statement: sql.Composable | str) -> list[tuple[Any, ...]]:
        """Ask as the role that sees every row."""
        with closing(psycopg2.connect(self.environment()["DATABASE_BACKUP_URL"])) as connection, connection.cursor() as cursor:
            cursor.execute("SET timezone = 'UTC'")
            cursor.execute(statement)
            return cursor.fetchall()

    def tables(self) -> dict[str, tuple[Any, ...]]:
        """How many rows each table holds, and what they say."""
        names = [name for (name,) in self.ask(TABLES)]
        return {name: self.ask(sql.SQL(CONTENT).format(sql.Identifier(name)))[0] for name in names}

    def contents(self) -> dict[str, str]:
        """What each file holds."""
        paths = [path for path in self.files.rglob("*") if path.is_file()]
        return {str(path.relative_to(self.files)): hashlib.sha256(path.read_bytes()).hexdigest() for path in paths}


@pytest.fixture(scope="module")
def lost(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    """The machine that is backed up."""
    place = Place(tmp_path_factory.mktemp("lost"))
    try:
        place.must_run("migrate", "--verbosity=0", DATABASE_URL=place.environment()["DATABASE_OWNER_URL"])
        place.must_run("seed_demo", f"--nominals={PEOPLE}")
        (place.files / "more" / "deep").mkdir(parents=True)
        (place.files / "more" / "deep" / "a file.bin").write_bytes(os.urandom(3_000_000))
        place.must_run("shell", "--command", SWEEP)
        place.must_run("shell", "--command", SEAL)
        yield place
    finally:
        place.servers.remove()


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    """Another machine, on which nothing was done yet."""
    place = Place(tmp_path_factory.mktemp("fresh"))
    try:
        yield place
    finally:
        place.servers.remove()


def every_part(folder: Path) -> list[Path]:
    """Each file of a backup that has a byte to change."""
    return [path for path in sorted(folder.rglob("*")) if path.is_file() and path.stat().st_size]


def test_everything_comes_back_elsewhere_and_nothing_spoilt_does(lost: Place, fresh: Place, tmp_path: Path, settings: Any) -> None:
    backup, keys = tmp_path / "backup", tmp_path / "keys"
    lost.must_run("make_backup", str(backup))
    (backed_up,) = lost.ask("SELECT failed FROM governance_jobrun WHERE name = 'backup'")
    assert backed_up == (False,)
    rows, files = lost.tables(), lost.contents()
    rows.pop("governance_jobrun")  # the backup notes its own end when it has read everything
    assert sum(count for count, _ in rows.values()) > 100 * PEOPLE
    assert len(files) > 1

    wrong = fresh.run("restore_backup", str(backup), "--adopt", str(keys), BACKUP_PASSPHRASE="three other invented words")
    assert wrong.returncode == 1
    assert "does not open the backup's keys" in wrong.stderr
    foreign = fresh.run("restore_backup", str(backup))
    assert (foreign.returncode, "made by another installation" in foreign.stderr) == (1, True)

    settings.SECRET_KEY, settings.MEDIA_ROOT = lost.environment()["SECRET_KEY"], fresh.files
    owner, reader = (fresh.environment()[name] for name in ("DATABASE_OWNER_URL", "DATABASE_BACKUP_URL"))
    parts, accepted = every_part(backup), []
    for part in parts:
        before = part.read_bytes()
        spoil(part)
        try:
            restore_backup(actor=None, folder=backup, owner=owner, reader=reader, say=len)
            accepted.append(part)
        except DomainError:
            part.write_bytes(before)
    assert len(parts) > 100
    assert accepted == []
    assert fresh.ask(TABLES) == []
    assert fresh.contents() == {}

    live = lost.run("restore_backup", str(backup))
    assert (live.returncode, "holds tables already" in live.stderr) == (1, True)
    assert {name: content for name, content in lost.tables().items() if name != "governance_jobrun"} == rows
    assert lost.contents() == files

    done = fresh.run("restore_backup", str(backup), "--adopt", str(keys))
    assert done.returncode == 0, done.stderr
    assert "The log is whole." in done.stdout
    assert "No list of disposals is at" in done.stdout
    assert {name: content for name, content in fresh.tables().items() if name != "governance_jobrun"} == rows
    assert fresh.contents() == files
    assert (keys / "secret_key").read_text() == lost.environment()["SECRET_KEY"]

    disposed = tmp_path / "disposals.list"
    disposed.write_text(f"V-999999 999999 {uuid4()}\n")  # of a record that the backup does not hold
    late = fresh.run("reapply_disposals", str(disposed), DATABASE_URL=owner)
    assert (late.returncode, "Disposed of again: 0. Not there: 1." in late.stdout) == (0, True), late.stderr

    again = fresh.run("restore_backup", str(backup), SECRET_KEY=lost.environment()["SECRET_KEY"])
    assert (again.returncode, "holds tables already" in again.stderr) == (1, True)
