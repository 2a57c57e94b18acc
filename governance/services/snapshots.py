"""Reads a whole database at one moment: how many rows each table holds, their digests, and everything that guards them."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from typing import Any

import psycopg2
from django.utils.translation import gettext_noop
from psycopg2 import sql
from psycopg2.extensions import ISOLATION_LEVEL_REPEATABLE_READ

from accounts.errors import DomainError
from governance.rules.backup import Table

Say = Callable[[str], object]

# Values read the same whatever the server's own settings are.
SAME_FORM = """
    SET timezone = 'UTC'; SET datestyle = 'ISO, YMD'; SET intervalstyle = 'postgres'; SET extra_float_digits = 3; SET bytea_output = 'hex'
"""
READS_ALL = "SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user"
TABLES = """
    SELECT relname, has_table_privilege(oid, 'SELECT'), (
        SELECT array_agg(attname ORDER BY place)
        FROM pg_index, unnest(indkey) WITH ORDINALITY AS key (number, place)
        JOIN pg_attribute ON attnum = number
        WHERE indrelid = pg_class.oid AND indisprimary AND attrelid = pg_class.oid
    )
    FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace
    ORDER BY relname
"""
# Columns, constraints, indexes, triggers, functions, row security and rights, each as one line. A condition read back from a
# dump is the same with its brackets and casts of text in other places, so those are left out.
SCHEMA = """
    WITH ours AS (
        SELECT oid, relname, relkind, relowner, relacl, relrowsecurity, relforcerowsecurity, relpartbound FROM pg_class
        WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p', 'S', 'v')
    ), lines (line) AS (
        SELECT format('table %s %s %s %s %s', relname, relkind, relrowsecurity, relforcerowsecurity, pg_get_expr(relpartbound, oid))
        FROM ours
        UNION ALL SELECT format('column %s.%s %s %s %s %s %s', relname, attname, format_type(atttypid, atttypmod), attnotnull,
            attidentity, attgenerated, pg_get_expr(adbin, adrelid))
        FROM ours JOIN pg_attribute ON attrelid = ours.oid AND attnum > 0 AND NOT attisdropped
        LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum
        UNION ALL SELECT format('constraint %s %s %s %s', relname, conname, pg_get_constraintdef(pg_constraint.oid), convalidated)
        FROM ours JOIN pg_constraint ON conrelid = ours.oid
        UNION ALL SELECT format('index %s', indexdef) FROM pg_indexes WHERE schemaname = 'public'
        UNION ALL SELECT format('trigger %s %s', pg_get_triggerdef(pg_trigger.oid), tgenabled)
        FROM ours JOIN pg_trigger ON tgrelid = ours.oid AND NOT tgisinternal
        UNION ALL SELECT format('policy %s %s %s %s %s %s %s', tablename, policyname, permissive, roles, cmd, qual, with_check)
        FROM pg_policies WHERE schemaname = 'public'
        UNION ALL SELECT format('function %s %s', pg_get_functiondef(pg_proc.oid), proacl IS NULL) FROM pg_proc
        WHERE pronamespace = 'public'::regnamespace AND prokind IN ('f', 'p')
        AND NOT EXISTS (SELECT FROM pg_depend WHERE classid = 'pg_proc'::regclass AND objid = pg_proc.oid AND deptype = 'e')
        UNION ALL SELECT format('right %s %s %s', relname, grantee::regrole, privilege_type)
        FROM ours, aclexplode(coalesce(relacl, acldefault(CASE relkind WHEN 'S' THEN 's' ELSE 'r' END::"char", relowner)))
    )
    SELECT plain FROM lines, regexp_replace(line, '::character varying|::text|\\[\\]|[() ]', '', 'g') AS plain ORDER BY plain
"""
# Sequences that would give a number which a row has already.
NUMBERED = """
    SELECT relname, attname, pg_get_serial_sequence(format('public.%I', relname), attname)
    FROM pg_class JOIN pg_attribute ON attrelid = pg_class.oid
    WHERE relkind IN ('r', 'p') AND NOT relispartition AND relnamespace = 'public'::regnamespace AND attnum > 0 AND NOT attisdropped
    AND pg_get_serial_sequence(format('public.%I', relname), attname) IS NOT NULL
"""


class Snapshot:
    """One moment of a database, as long as its transaction is open."""

    def __init__(self, connection: Any) -> None:
        self.connection = connection

    def ask(self, statement: str | sql.Composable) -> list[tuple[Any, ...]]:
        """Return the rows of a question."""
        with self.connection.cursor() as cursor:
            cursor.execute(statement)
            rows: list[tuple[Any, ...]] = cursor.fetchall()
        return rows

    def name(self) -> str:
        """Return the name by which pg_dump reads the same moment."""
        return str(self.ask("SELECT pg_export_snapshot()")[0][0])

    def server(self) -> str:
        """Return the server's version."""
        return str(self.ask("SHOW server_version")[0][0])

    def migrations(self) -> list[str]:
        """Return the migrations that were applied."""
        return [f"{app}.{name}" for app, name in self.ask("SELECT app, name FROM django_migrations ORDER BY app, name")]

    def tables(self, say: Say) -> dict[str, Table]:
        """Read every row of every table and return the digests; rows pass by one at a time."""
        found = self.ask(TABLES)
        if closed := [name for name, may_read, _ in found if not may_read]:
            raise DomainError("The role in DATABASE_BACKUP_URL may not read {table}: grant it pg_read_all_data.", table=closed[0])
        digests = {}
        for number, (name, _, key) in enumerate(found, start=1):
            digests[name] = self.digest(name, key)
            say(f"table {number} of {len(found)}: {name}, {digests[name].rows:,} rows")
        return digests

    def digest(self, table: str, key: list[str] | None) -> Table:
        """Return the digest of one table."""
        order = sql.SQL(", ").join(map(sql.Identifier, key)) if key else sql.SQL("each::text")
        statement = sql.SQL("COPY (SELECT each.* FROM public.{} AS each ORDER BY {}) TO STDOUT").format(sql.Identifier(table), order)
        rows = Rows()
        with self.connection.cursor() as cursor:
            cursor.copy_expert(statement, rows)
        return Table(rows.count, rows.digest.hexdigest())

    def schema(self) -> str:
        """Return the digest of everything but the rows: columns, constraints, triggers, policies, functions, rights."""
        digest = hashlib.sha256()
        for (line,) in self.ask(SCHEMA):
            digest.update(line.encode() + b"\n")
        return digest.hexdigest()

    def stale_sequences(self) -> list[str]:
        """Return the columns whose next number is taken already."""
        found = []
        for table, column, sequence in self.ask(NUMBERED):
            asked = sql.SQL("SELECT coalesce((SELECT max({}) FROM public.{}), 0) > (SELECT last_value - (NOT is_called)::int FROM {})")
            place = sql.SQL(".").join(sql.Identifier(part.strip('"')) for part in sequence.split("."))
            if self.ask(asked.format(sql.Identifier(column), sql.Identifier(table), place))[0][0]:
                found.append(f"{table}.{column}")
        return found


class Rows:
    """What COPY writes to: counts lines and digests them. A line break within a value is written as two other characters."""

    def __init__(self) -> None:
        self.count = 0
        self.digest = hashlib.sha256()

    def write(self, block: bytes | str) -> int:
        """Take the next piece."""
        piece = block.encode() if isinstance(block, str) else block
        self.count += piece.count(b"\n")
        self.digest.update(piece)
        return len(block)


@contextmanager
def connected(address: str, name: str) -> Iterator[Any]:
    """Connect to the address that a setting of this name gave; say in words what is missing."""
    if not address:
        raise DomainError("{name} is not set; docs/operations.md says which role it names and why.", name=name)
    try:
        connection = psycopg2.connect(address, application_name="vigil backup")
    except psycopg2.OperationalError as error:
        said = gettext_noop("The database in {name} does not answer, or refuses the role. Check its address and password.")
        raise DomainError(said, name=name) from error
    with closing(connection):
        yield connection


@contextmanager
def snapshot_of(address: str) -> Iterator[Snapshot]:
    """Open a moment of the database in which every row of every table is seen, row security or not."""
    with connected(address, "DATABASE_BACKUP_URL") as connection:
        connection.set_session(isolation_level=ISOLATION_LEVEL_REPEATABLE_READ, readonly=True)
        snapshot = Snapshot(connection)
        with connection.cursor() as cursor:
            cursor.execute(SAME_FORM)
        if not snapshot.ask(READS_ALL)[0][0]:
            raise DomainError(
                "The role in DATABASE_BACKUP_URL does not see confidential rows, so a backup by it would lack them without a word: "
                "use vigil_backup, made as config/postgres/prepare.sql says."
            )
        yield snapshot
