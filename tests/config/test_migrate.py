"""A change of a table never lets people queue behind it: it gives up soon, lets them pass, and comes again."""
from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import psycopg2
import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import ProgrammingError, connection

from config.management.commands import migrate
from tests.demonstration import in_database

pytestmark = pytest.mark.django_db(transaction=True)
WAITS = "SELECT waits FROM planted_thing ORDER BY ctid"
COLOURS = "SELECT count(*) FROM information_schema.columns WHERE table_name = 'planted_thing' AND column_name = 'colour'"


@pytest.fixture
def _as_owner() -> Iterator[None]:
    """Migrate as whoever owns the tables, then go on as the application."""
    connection.close()
    role = connection.settings_dict["OPTIONS"].pop("assume_role")
    yield
    connection.close()
    connection.settings_dict["OPTIONS"]["assume_role"] = role


@pytest.fixture
def reader(_as_owner: None, settings: Any) -> Iterator[Any]:
    """Another session, in a transaction that has read the planted table."""
    apps.set_installed_apps([*settings.INSTALLED_APPS, "tests.planted"])
    migrated("0001")
    with closing(psycopg2.connect(in_database(os.environ["DATABASE_OWNER_URL"], connection.settings_dict["NAME"]))) as session:
        ask(session, WAITS)
        yield session
    migrated("zero")
    apps.unset_installed_apps()


def migrated(where: str) -> None:
    """Bring the planted app to a state."""
    call_command("migrate", "planted", where, verbosity=0)


def ask(session: Any, statement: str) -> list[Any]:
    with session.cursor() as cursor:
        cursor.execute(statement)
        return [value for (value,) in cursor.fetchall()]


def change(session: Any, statement: str) -> None:
    session.cursor().execute(statement)
    session.commit()


def test_step_comes_again_when_others_are_done(reader: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    pauses: list[float] = []
    monkeypatch.setattr(migrate, "LOCK_SECONDS", 0.1)
    monkeypatch.setattr(migrate, "sleep", lambda seconds: pauses.append(seconds) or reader.rollback())

    migrated("0003")

    assert pauses == [1]
    assert ask(connection, COLOURS) == [1]


def test_step_gives_up_in_the_end_and_nobody_waits_behind_it(
    reader: Any, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(migrate, "LOCK_SECONDS", 0.1)
    monkeypatch.setattr(migrate, "sleep", lambda _seconds: ask(reader, WAITS))

    with pytest.raises(CommandError, match=r"planted\.0002_column.*changed nothing"):
        migrated("0002")

    assert capsys.readouterr().err.count("planted.0002_column changes; again in") == len(migrate.PAUSES)
    assert ask(connection, COLOURS) == [0]
    reader.rollback()


def test_only_steps_that_others_would_queue_behind_are_in_a_hurry(reader: Any) -> None:
    reader.rollback()

    migrated("0003")

    assert ask(connection, WAITS) == [f"{migrate.LOCK_SECONDS}s", "0"]
    assert ask(connection, "SHOW lock_timeout") == ["0"]


def test_other_failures_are_not_tried_again(reader: Any) -> None:
    change(reader, "ALTER TABLE planted_thing ADD COLUMN colour text")

    with pytest.raises(ProgrammingError, match="already exists"):
        migrated("0002")
