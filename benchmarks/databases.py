"""One database for each size, apart from every other, filled with the synthetic force and kept for the next run."""
from __future__ import annotations

import hashlib
import sys
from contextlib import closing
from urllib.parse import urlsplit, urlunsplit

import psycopg2

from config.embedded import BASE_DIR
from config.processes import ServerError, run_to_end

FILLED_BY = ("offenders/demo", "offenders/search", "offenders/migrations")
MANAGE = [sys.executable, str(BASE_DIR / "manage.py")]
# As the demonstration runs: without second factor and TLS, since neither is what is measured.
CIRCUMSTANCES = {"DEMO": "true", "SECOND_FACTOR": "false", "BEHIND_TLS": "false", "DEBUG": "false"}
CIRCUMSTANCES |= {"DJANGO_SETTINGS_MODULE": "benchmarks.settings"}
CIRCUMSTANCES |= dict.fromkeys(("API_CALLS_PER_MINUTE", "PAGES_PER_MINUTE", "FILES_PER_MINUTE"), "1000000")

# As many grants as a whole force has records, for guardian to look through; held by somebody whose role lets them count for nothing.
GRANTS = """
INSERT INTO offenders_nominalusergrant (public_id, reason, granted_by_id, expires_at, permission_id, user_id, content_object_id)
SELECT gen_random_uuid(), 'Measured', holder.id, now() + interval '10 years', auth_permission.id, holder.id, nominal.id
FROM accounts_user holder
JOIN offenders_nominal nominal ON nominal.force_id = holder.organisation_id AND NOT nominal.is_restricted
JOIN django_content_type kind ON kind.app_label = 'offenders' AND kind.model = 'nominal'
JOIN auth_permission ON auth_permission.content_type_id = kind.id AND auth_permission.codename = 'view_card'
WHERE holder.username = 'administrator'
ON CONFLICT DO NOTHING
"""


def database_of_size(size: int, seed: int, environment: dict[str, str]) -> dict[str, str]:
    """Make sure of a migrated database with this many nominals; return the environment that points at it."""
    family = f"vigil_bench_{size}_{seed}_"
    name = family + fingerprint()
    make_database(name, family, environment["DATABASE_OWNER_URL"])
    ready = environment | CIRCUMSTANCES | {key: at(environment[key], name) for key in ("DATABASE_URL", "DATABASE_AUDIT_URL")}
    owner = at(environment["DATABASE_OWNER_URL"], name)
    manage("migrate", "--verbosity=0", environment=ready | {"DATABASE_URL": owner})
    manage("seed_demo", f"--nominals={size}", f"--seed={seed}", "--if-empty", environment=ready)
    for statement in (GRANTS, "VACUUM (ANALYZE)"):
        execute(owner, statement)
    return ready


def fingerprint() -> str:
    """A short digest of the code that fills a database, so that one filled by older code is not measured."""
    sources = sorted(path for folder in FILLED_BY for path in (BASE_DIR / folder).glob("*.py"))
    return hashlib.sha256(b"".join(path.read_bytes() for path in sources)).hexdigest()[:8]


def make_database(name: str, family: str, owner: str) -> None:
    """Create the database unless an earlier run did, and drop those of the same family that older code filled."""
    with closing(connected(owner)) as connection, connection.cursor() as cursor:
        cursor.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [family])
        there = {found for (found,) in cursor.fetchall()}
        for old in there - {name}:
            cursor.execute(f'DROP DATABASE "{old}"')
        if name not in there:
            cursor.execute(f'CREATE DATABASE "{name}"')


def execute(url: str, statement: str) -> None:
    """Run one statement outside any transaction."""
    with closing(connected(url)) as connection, connection.cursor() as cursor:
        cursor.execute(statement)


def connected(url: str):  # type: ignore[no-untyped-def]  # psycopg2 has no types
    """Connect without a transaction around statements."""
    connection = psycopg2.connect(url)
    connection.autocommit = True
    return connection


def at(url: str, name: str) -> str:
    """Return the address of another database on the same server, for the same role."""
    scheme, host, *_ = urlsplit(url)
    return urlunsplit((scheme, host, f"/{name}", "", ""))


def manage(*command: str, environment: dict[str, str]) -> None:
    """Run an operator command to its end."""
    if run_to_end([*MANAGE, *command], environment):
        raise ServerError(f"`manage.py {command[0]}` failed; its message is above.")
