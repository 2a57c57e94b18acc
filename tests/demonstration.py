"""The demonstration force, made once: a database that the site of the journeys is a copy of, and that other tests look into."""

from __future__ import annotations

import os
import secrets
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg2
from django.db import connection, transaction

BASE_DIR = Path(__file__).resolve().parents[1]
MANAGE = [sys.executable, "manage.py"]
PEOPLE = 120


@dataclass(frozen=True)
class Force:
    """Where the synthetic force is kept: the name of its database, the folder of its files, and the key of its pseudonyms."""

    database: str
    files: Path
    secret_key: str


def on_server(statement: str) -> None:
    """Run one statement as the owner, outside any transaction."""
    with closing(psycopg2.connect(os.environ["DATABASE_OWNER_URL"])) as owner:
        owner.autocommit = True
        owner.cursor().execute(statement)


def in_database(url: str, name: str) -> str:
    """Return the same address with another database."""
    return f"{url.rpartition('/')[0]}/{name}"


@contextmanager
def database_like(template: str, kind: str) -> Iterator[str]:
    """Make a copy of a database, and drop it in the end; yield its name."""
    name = f"vigil_{kind}_{secrets.token_hex(4)}"
    on_server(f"CREATE DATABASE {name} TEMPLATE {template}")
    try:
        yield name
    finally:
        on_server(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


@contextmanager
def made_force(files: Path) -> Iterator[Force]:
    """Make the force, with the command that an operator would use."""
    with database_like(os.environ.get("TEST_TEMPLATE", "template1"), "demonstration") as name:
        app, owner = (in_database(os.environ[key], name) for key in ("DATABASE_URL", "DATABASE_OWNER_URL"))
        key = secrets.token_hex(32)
        environment = os.environ | {"DEMO": "true", "MEDIA_ROOT": str(files), "SECRET_KEY": key}
        subprocess.run([*MANAGE, "migrate", "-v0"], cwd=BASE_DIR, env=environment | {"DATABASE_URL": owner}, check=True)
        seed = [*MANAGE, "seed_demo", f"--nominals={PEOPLE}", "--seed=7"]
        subprocess.run(seed, cwd=BASE_DIR, env=environment | {"DATABASE_URL": app}, check=True, stdout=subprocess.DEVNULL)
        yield Force(name, files, key)


@contextmanager
def looking_into(force: Force) -> Iterator[None]:
    """Point the connection of this process at the force, and take back whatever was done there."""
    connection.close()
    usual = connection.settings_dict["NAME"]
    connection.settings_dict["NAME"] = force.database
    try:
        with transaction.atomic():
            yield
            transaction.set_rollback(True)
    finally:
        connection.close()
        connection.settings_dict["NAME"] = usual
