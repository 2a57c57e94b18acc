"""A backup comes back whole, row by row and file by file, and is refused wherever that could not be promised."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psycopg2
import pytest
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection
from django.test import override_settings

from accounts.errors import DomainError
from governance.management.commands import restore_backup as command
from governance.models import JobRun
from governance.rules.backup import Manifest, read_manifest, seal_of
from governance.services.backup import make_backup
from governance.services.backup_keys import open_keys, seal_keys
from governance.services.restoring import restore_backup
from tests.conftest import empty_tables
from tests.governance.making_backup import PASSPHRASE, PICTURE, address, answer, make_installation, scratch_database, spoil

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("backup")]
OTHER_KEY = "another-installation.0123456789-abcdefghijklmnopqrstuvwxyz"
EARLIER_KEYS = ["first earlier key", "second earlier key"]


def quiet(words: str) -> None:
    """Show nothing."""


@pytest.fixture(scope="module")
def kept(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The backup of a small installation, which is gone by now."""
    files, folder = tmp_path_factory.mktemp("files"), tmp_path_factory.mktemp("backups") / "one"
    with django_db_blocker.unblock(), override_settings(MEDIA_ROOT=files, SECRET_KEY_FALLBACKS=EARLIER_KEYS):
        make_installation()
        reader = address("DATABASE_BACKUP_URL", connection.settings_dict["NAME"])
        make_backup(actor=None, folder=folder, address=reader, passphrase=PASSPHRASE, say=quiet)
        empty_tables(None)
        connection.close()
    return folder


@pytest.fixture
def backup(kept: Path, tmp_path: Path) -> Path:
    """A copy to do things to."""
    return Path(shutil.copytree(kept, tmp_path / "backup"))


@pytest.fixture(scope="module")
def empty() -> Iterator[str]:
    """An empty database, which refusals leave empty."""
    with scratch_database("vigil_restored_nothing") as name:
        yield name
        assert answer(name, "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'") == 0


@pytest.fixture
def media(settings: Any, tmp_path: Path) -> Path:
    """Where files come back to."""
    settings.MEDIA_ROOT = tmp_path / "media"
    return settings.MEDIA_ROOT


def restore(folder: Path, database: str, **more: Any) -> Manifest:
    """Restore into a database."""
    owner, reader = address("DATABASE_OWNER_URL", database), address("DATABASE_BACKUP_URL", database)
    return restore_backup(actor=None, folder=folder, owner=owner, reader=reader, say=quiet, **more)


def seal_again(folder: Path, key: str = "", **changes: Any) -> None:
    """Change a manifest as somebody who holds the key."""
    stored = json.loads((folder / "manifest.json").read_bytes()) | changes
    encoded = json.dumps(stored).encode()
    (folder / "manifest.json").write_bytes(encoded)
    (folder / "manifest.seal").write_text(seal_of(encoded, key or settings.SECRET_KEY))


def test_every_row_guard_and_file_comes_back(kept: Path, media: Path) -> None:
    with scratch_database("vigil_restored") as name:
        made = restore(kept, name)

        assert made.tables["offenders_confidentialsection"].rows == 1
        assert answer(name, "SELECT count(*) FROM offenders_confidentialsection") == 0  # forced on the owner too
        assert answer(name, "SELECT count(*) FROM offenders_confidentialsection", "DATABASE_BACKUP_URL") == 1
        assert answer(name, "SELECT surname FROM offenders_name", "DATABASE_URL") == "Sampel\twith\nbreaks\\"
        with pytest.raises(psycopg2.Error, match="permission denied"):
            answer(name, "DELETE FROM audit_event", "DATABASE_URL")
        with pytest.raises(psycopg2.Error, match="never changed or removed"):
            answer(name, "DELETE FROM audit_event")
    (picture,) = [path for path in media.rglob("*") if path.is_file()]
    assert picture.read_bytes() == PICTURE
    assert picture.stat().st_mode & 0o077 == 0


def test_what_differs_after_a_restore_is_named(kept: Path, media: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(kept, tmp_path / "changed"))
    tables = json.loads((folder / "manifest.json").read_bytes())["tables"]
    tables["offenders_nominal"]["rows"] += 1
    (part,) = [name for name in tables if name.startswith("audit_event_before")]
    tables[part]["sha256"] = "0" * 64
    seal_again(folder, tables=tables, schema_sha256="0" * 64, stale=[])

    with scratch_database("vigil_restored_other") as name, pytest.raises(DomainError) as refused:
        restore(folder, name)

    assert f"{part} has other content" in str(refused.value)
    assert "offenders_nominal has 1 rows instead of 2" in str(refused.value)
    assert "triggers" in str(refused.value)
    assert "governance_looksweep.id would give a number twice" in str(refused.value)


def test_backup_is_for_its_owner_alone_and_keeps_no_key_in_clear(kept: Path) -> None:
    paths = [kept, *kept.rglob("*")]

    assert {path.stat().st_mode & 0o077 for path in paths} == {0}
    assert [path for path in paths if path.is_file() and settings.SECRET_KEY.encode() in path.read_bytes()] == []
    assert open_keys((kept / "keys.sealed").read_bytes(), PASSPHRASE)["SECRET_KEY"] == settings.SECRET_KEY
    assert open_keys((kept / "keys.sealed").read_bytes(), PASSPHRASE)["SECRET_KEY_FALLBACKS"] == ",".join(EARLIER_KEYS)


DAMAGES: list[tuple[str, Callable[[Path], None], str]] = [
    ("no manifest", lambda folder: (folder / "manifest.json").unlink(), "no finished backup"),
    ("changed manifest", lambda folder: spoil(folder / "manifest.json"), "another installation, or its manifest was changed"),
    ("changed list", lambda folder: spoil(folder / "contents.jsonl"), r"contents\.jsonl is not what was sealed"),
    ("changed dump", lambda folder: spoil(folder / "database" / "toc.dat"), r"database/toc\.dat is not what was backed up"),
    ("changed file", lambda folder: spoil(next((folder / "files").rglob("*.jpg"))), "is not what was backed up"),
    ("lost file", lambda folder: next((folder / "files").rglob("*.jpg")).unlink(), "is missing"),
    ("added file", lambda folder: (folder / "files" / "more").write_bytes(b""), "files instead of"),
    ("other form", lambda folder: seal_again(folder, format=2), "a form that this version does not read"),
    ("newer version", lambda folder: seal_again(folder, migrations=["offenders.0999_later"]), "this version lacks offenders.0999_later"),
    ("other key", lambda folder: seal_again(folder, OTHER_KEY), "made by another installation"),
]


@pytest.mark.parametrize(("damage", "words"), [each[1:] for each in DAMAGES], ids=[each[0] for each in DAMAGES])
def test_backup_that_cannot_be_trusted_is_refused(
    damage: Callable[[Path], None], words: str, backup: Path, empty: str, media: Path
) -> None:
    damage(backup)

    with pytest.raises(DomainError, match=words):
        restore(backup, empty)

    assert not media.exists()


def test_database_that_holds_tables_is_refused(kept: Path, media: Path) -> None:
    with pytest.raises(DomainError, match="holds tables already"):
        restore(kept, connection.settings_dict["NAME"])


def test_database_that_somebody_is_connected_to_is_refused(kept: Path, empty: str, media: Path) -> None:
    session = psycopg2.connect(address("DATABASE_URL", empty))
    try:
        with pytest.raises(DomainError, match="1 other sessions are connected"):
            restore(kept, empty)
    finally:
        session.close()


def test_folder_with_files_is_refused(kept: Path, empty: str, media: Path) -> None:
    media.mkdir()
    (media / "kept.jpg").write_bytes(PICTURE)

    with pytest.raises(DomainError, match="holds files already"):
        restore(kept, empty)


def test_other_installation_is_adopted_with_the_passphrase_alone(kept: Path, media: Path, tmp_path: Path, settings: Any) -> None:
    before, settings.SECRET_KEY = settings.SECRET_KEY, OTHER_KEY
    keys = tmp_path / "keys"
    with scratch_database("vigil_adopted") as name:
        with pytest.raises(DomainError, match="does not open the backup's keys"):
            restore(kept, name, adopt=keys, passphrase="three other invented words")
        restore(kept, name, adopt=keys, passphrase=PASSPHRASE)

    assert (keys / "secret_key").read_text() == before
    assert (keys / "secret_key_fallbacks").read_text() == ",".join(EARLIER_KEYS)
    assert (keys / "secret_key").stat().st_mode & 0o077 == 0


def test_backup_without_keys_is_adopted_by_nobody(backup: Path, empty: str, media: Path, tmp_path: Path, settings: Any) -> None:
    settings.SECRET_KEY = OTHER_KEY
    (backup / "keys.sealed").unlink()

    with pytest.raises(DomainError, match="holds no keys"):
        restore(backup, empty, adopt=tmp_path / "keys", passphrase=PASSPHRASE)


def test_role_that_does_not_see_confidential_rows_makes_no_backup(tmp_path: Path) -> None:
    for variable in ("DATABASE_URL", "DATABASE_OWNER_URL"):
        with pytest.raises(DomainError, match="does not see confidential rows"):
            make_backup(actor=None, folder=tmp_path / variable, address=address(variable, "vigil"), passphrase="", say=quiet)


def test_short_passphrase_and_used_folder_are_refused(tmp_path: Path, kept: Path) -> None:
    with pytest.raises(DomainError, match="at least 16 characters"):
        seal_keys({}, "short")
    with pytest.raises(DomainError, match="is not empty"):
        make_backup(actor=None, folder=kept, address="", passphrase="", say=quiet)


def test_command_refuses_to_leave_the_keys_behind_unasked(tmp_path: Path, settings: Any) -> None:
    settings.BACKUP_PASSPHRASE, settings.DATABASE_BACKUP_URL = "", ""

    with pytest.raises(CommandError, match="BACKUP_PASSPHRASE is not set"):
        call_command("make_backup", str(tmp_path / "one"))
    with pytest.raises(CommandError, match="DATABASE_BACKUP_URL is not set"):
        call_command("make_backup", str(tmp_path / "one"), "--without-keys")

    assert JobRun.objects.get(name="backup").failed


def test_command_checks_the_trail_afterwards_and_fails_when_that_does(
    kept: Path, media: Path, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(command, "VERIFY", "makemigrations")
    monkeypatch.setenv("BEHIND_TLS", "maybe")  # so that the command that follows fails
    with scratch_database("vigil_restored_by_command") as name:
        for variable in ("DATABASE_OWNER_URL", "DATABASE_BACKUP_URL"):
            setattr(settings, variable, address(variable, name))
        with pytest.raises(CommandError, match="makemigrations found something"):
            call_command("restore_backup", str(kept))

        assert answer(name, "SELECT count(*) FROM offenders_nominal", "DATABASE_BACKUP_URL") == 1


def test_command_disposes_again_by_the_list_of_this_host_as_the_owner(
    kept: Path, media: Path, settings: Any, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    followed: list[tuple[list[str], str]] = []

    def note(words: list[str], *, env: dict[str, str], check: bool) -> subprocess.CompletedProcess[str]:
        followed.append((words[2:], env["DATABASE_URL"]))
        return subprocess.CompletedProcess(words, 0)

    monkeypatch.setattr(command, "restore_backup", lambda **_given: read_manifest((kept / "manifest.json").read_bytes()))
    monkeypatch.setattr(command.subprocess, "run", note)
    settings.DATABASE_OWNER_URL = "postgres://vigil_owner@127.0.0.1/restored"
    call_command("restore_backup", str(kept))
    assert [words for words, _ in followed] == [["verify_audit"]]
    assert f"No list of disposals is at {settings.DISPOSAL_LIST_FILE}" in capsys.readouterr().out

    settings.DISPOSAL_LIST_FILE.write_text("")
    call_command("restore_backup", str(kept))
    assert followed[2] == (["reapply_disposals", str(settings.DISPOSAL_LIST_FILE)], settings.DATABASE_OWNER_URL)


def test_manifest_comes_back_as_it_was(kept: Path) -> None:
    stored = (kept / "manifest.json").read_bytes()

    assert read_manifest(stored).encoded() == stored
    assert "django_migrations" in read_manifest(stored).tables
