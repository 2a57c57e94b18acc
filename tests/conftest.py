"""The database of the tests: made by its owner, used as the application's role, as in production."""
from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import hypothesis
import pytest
from django.conf import settings
from django.db import connection, transaction
from django.test import TransactionTestCase

from config import env
from config.memory import spare_what_is_loaded
from tests.database import parts_of_trail
from tests.demonstration import Force, looking_into, made_force

# The same invented input in every run of the tests; `make drill` looks for new input that breaks something.
# What comes slowly tells of other work on the machine, not of the code.
BUSY: dict[str, Any] = {"deadline": None, "suppress_health_check": [hypothesis.HealthCheck.too_slow]}
hypothesis.settings.register_profile("same", derandomize=True, **BUSY)
hypothesis.settings.register_profile("new", **BUSY)
hypothesis.settings.load_profile("same")

# Tables with rows that migrations made and tests rely on; all others are emptied after a test that commits.
KEPT: set[str] = set()
# Tables whose triggers refuse to empty them.
APPEND_ONLY = ("audit_event", "auditlog_logentry", "audit_erasure", "audit_seal", "governance_fact", "governance_closedyear")


def pytest_configure() -> None:
    """Unhashed static files need no build, a quick hash keeps sign-ins cheap, nobody is too quick; all else is as in production."""
    settings.WHITENOISE_AUTOREFRESH = True  # each client of a test would list the static files anew
    settings.STORAGES = {**settings.STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.PAGES_PER_MINUTE = settings.FILES_PER_MINUTE = 10**6  # tests read quicker than people


def pytest_collection_finish() -> None:
    """What is loaded by now stays, as in the service."""
    spare_what_is_loaded()


@pytest.fixture(autouse=True)
def _files_of_this_test(settings: Any, tmp_path: Path) -> None:
    """Keep uploaded files and counted calls apart, and ask nobody for a second factor unless the test is about it."""
    settings.MEDIA_ROOT = tmp_path
    settings.AUDIT_ANCHOR_FILE = str(tmp_path / "anchor" / "seals.jsonl")
    settings.DISPOSAL_LIST_FILE = tmp_path / "disposals.list"
    settings.CACHES = {"default": {**settings.CACHES["default"], "KEY_PREFIX": uuid4().hex}}
    settings.SECOND_FACTOR = False


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings: None) -> None:
    """Create the test database as the owner, from TEST_TEMPLATE where one was made; TEST_DATABASE lets several runs work side by side."""
    connection.close()
    connection.settings_dict.update({key: value for key, value in env.database("DATABASE_OWNER_URL").items() if key != "NAME"})
    connection.settings_dict["TEST"]["TEMPLATE"] = os.environ.get("TEST_TEMPLATE")
    if name := os.environ.get("TEST_DATABASE"):
        connection.settings_dict["TEST"]["NAME"] = name


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Run the tests as the application's role."""
    with django_db_blocker.unblock():
        with connection.cursor() as cursor:
            for name in connection.introspection.table_names():
                cursor.execute(f'SELECT EXISTS (SELECT FROM "{name}")')  # noqa: S608 - names of our own tables
                KEPT.update([name] if cursor.fetchone()[0] else [])
        connection.close()
        connection.settings_dict["OPTIONS"]["assume_role"] = settings.DATABASE_APP_ROLE
    yield
    with django_db_blocker.unblock():
        connection.close()
        del connection.settings_dict["OPTIONS"]["assume_role"]


@pytest.fixture(scope="session")
def force(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Force]:
    """The demonstration force, for the journeys' group of tests alone: each process that asks makes one."""
    with made_force(tmp_path_factory.mktemp("files")) as made:
        yield made


@pytest.fixture
def demonstration(force: Force, settings: Any, django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Look into the demonstration force instead of an empty database; what the test changes there is taken back."""
    settings.DEMO, settings.MEDIA_ROOT = True, force.files
    with django_db_blocker.unblock(), looking_into(force):
        yield


# The kept tables and those that their rows may point at.
POINTED_AT = """
    WITH RECURSIVE reached (name) AS (
        SELECT unnest(%s::text[])
        UNION SELECT confrelid::regclass::text FROM pg_constraint JOIN reached ON conrelid = name::regclass WHERE contype = 'f'
    ) SELECT name FROM reached
"""


def empty_tables(test: TransactionTestCase) -> None:
    """Empty the tables after a test that commits, as the owner: the application may not truncate, and nobody the trail.

    Truncating a table empties those that point at it too, so what kept rows may point at is deleted row by row.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
        cursor.execute(POINTED_AT, [sorted(KEPT)])
        pointed_at = {name for (name,) in cursor.fetchall()}
        listed = ", ".join(f'"{name}"' for name in connection.introspection.table_names() if name not in pointed_at)
        guarded = [*APPEND_ONLY, *parts_of_trail(cursor)]
        cursor.execute("".join(f"ALTER TABLE {name} DISABLE TRIGGER USER;" for name in guarded))
        cursor.execute(f"TRUNCATE {listed}")
        cursor.execute("".join(f"ALTER TABLE {name} ENABLE TRIGGER USER;" for name in guarded))
        for name in pointed_at - KEPT:
            cursor.execute(f'DELETE FROM "{name}"')  # noqa: S608 - names of our own tables
    with connection.cursor() as cursor:
        cursor.execute(f"SET ROLE {settings.DATABASE_APP_ROLE}")


TransactionTestCase._fixture_teardown = empty_tables
