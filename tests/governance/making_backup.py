"""A small installation that was backed up, and scratch databases to restore it into."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg2
from django.core.files.base import ContentFile

from accounts.access import row_security
from accounts.choices import Role
from audit.choices import Verb
from audit.services import flush_events, record_event
from governance.services.look_finding import find_unusual_looks
from offenders.models import Photograph
from tests.factories import make_nominal, make_section, make_user

PICTURE = b"a picture" * 100_000
PASSPHRASE = "four invented words here"


def address(variable: str, database: str) -> str:
    """The address of a role, in another database of the same server."""
    return urlunsplit(urlsplit(os.environ[variable])._replace(path=f"/{database}"))


@contextmanager
def scratch_database(name: str) -> Iterator[str]:
    """An empty database as prepare.sql leaves it; gone afterwards."""
    with closing(psycopg2.connect(os.environ["DATABASE_OWNER_URL"])) as connection, connection.cursor() as cursor:
        connection.autocommit = True
        cursor.execute(f'DROP DATABASE IF EXISTS "{name}"')
        cursor.execute(f'CREATE DATABASE "{name}"')
        try:
            yield name
        finally:
            cursor.execute(f'DROP DATABASE "{name}"')  # waits some seconds for sessions that are just ending


def answer(database: str, statement: str, variable: str = "DATABASE_OWNER_URL") -> object:
    """The first value of a statement."""
    with closing(psycopg2.connect(address(variable, database))) as connection, connection, connection.cursor() as cursor:
        cursor.execute(statement)
        row = cursor.fetchone() if cursor.description else None
    return row[0] if row else None


def make_installation() -> None:
    """A few rows of every awkward sort: kept apart by the database, append-only, generated, and one with a file."""
    manager = make_user(Role.OFFENDER_MANAGER)
    nominal = make_nominal(surname="Sampel\twith\nbreaks\\", unit=manager.unit, offender_manager=manager)
    make_section(nominal=nominal, owner=manager)
    row = Photograph(nominal=nominal, sha256="0" * 64, added_by=manager)
    row.file.save("picture.jpg", ContentFile(PICTURE))
    with row_security(manager):
        record_event(Verb.CREATED, nominal, act="Backed up later")
    flush_events()
    find_unusual_looks(actor=None)  # leaves a row that is numbered by hand


def spoil(path: Path) -> None:
    """Change one byte in the middle of a file."""
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
