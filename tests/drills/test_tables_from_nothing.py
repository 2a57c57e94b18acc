"""The short way to the first tables ends where Django's own way ends: the same tables, rules, rights and first rows."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing

import psycopg2

from config.embedded import packaged_programs
from tests.demonstration import BASE_DIR, MANAGE, database_like, in_database

DJANGOS_OWN = """
import django
from django.core.management import call_command
from django.core.management.commands.migrate import Command
django.setup()
call_command(Command(), verbosity=0)
"""
# What no two databases share: identifiers drawn by chance, moments, and pg_dump's own password.
BY_CHANCE = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}|\d{4}-\d\d-\d\d \d\d:\d\d:\d\d[\d.+]*|^\\(un)?restrict .*$", re.MULTILINE)


def made_by(command: list[str]) -> list[str]:
    """Return all that a database holds once a command has migrated it: tables, rules and rights line by line, then the rows."""
    with database_like("template1", "from_nothing") as name:
        owner = in_database(os.environ["DATABASE_OWNER_URL"], name)
        subprocess.run(command, cwd=BASE_DIR, env=os.environ | {"DATABASE_URL": owner}, check=True)
        dump = [str(packaged_programs() / "pg_dump"), "--schema-only", f"--dbname={owner}"]
        tables = subprocess.run(dump, check=True, capture_output=True, text=True).stdout
        return BY_CHANCE.sub("", tables).splitlines() + sorted(BY_CHANCE.sub("", row) for row in rows(owner))


def rows(address: str) -> Iterator[str]:
    """Each row that the owner can read, with the name of its table."""
    with closing(psycopg2.connect(address)) as connection, connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        for (table,) in cursor.fetchall():
            cursor.execute(f'SELECT row::text FROM "{table}" AS row')  # noqa: S608 - names of our own tables
            yield from (f"{table}: {row}" for (row,) in cursor.fetchall())


def test_both_ways_make_the_same_database():
    short = made_by([*MANAGE, "migrate", "--verbosity=0"])
    assert any(line.startswith("actions_clockrule: ") for line in short)
    assert short == made_by([sys.executable, "-c", DJANGOS_OWN])
