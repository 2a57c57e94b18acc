"""A log that was one table becomes the first of its parts, and one table again: every entry, every number and every seal as before."""

from __future__ import annotations

import os
import subprocess
from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg2

from tests.demonstration import BASE_DIR, MANAGE, database_like, in_database

ENTRIES = "SELECT count(*), md5(string_agg(event::text, E'\\n' ORDER BY id)) FROM audit_event AS event"
SEALS = "SELECT count(*), md5(string_agg(seal::text, E'\\n' ORDER BY number)) FROM audit_seal AS seal"
NUMBER = "SELECT last_value, is_called FROM audit_event_id_seq"
DEFINED = """
SELECT indexdef FROM pg_indexes WHERE tablename = 'audit_event' UNION ALL
SELECT conname || pg_get_constraintdef(oid) FROM pg_constraint WHERE conrelid = 'audit_event'::regclass UNION ALL
SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE tgrelid = 'audit_event'::regclass AND NOT tgisinternal UNION ALL
SELECT relacl::text FROM pg_class WHERE oid IN ('audit_event'::regclass, 'audit_event_id_seq'::regclass) UNION ALL
SELECT concat_ws(' ', attname, atttypid::regtype, attnotnull, attidentity) FROM pg_attribute
WHERE attrelid = 'audit_event'::regclass AND attnum > 0
"""
BEFORE = "0008"  # the last state of the tables in which the log is one table
KIND = "SELECT relkind FROM pg_class WHERE oid = 'audit_event'::regclass"
SEAL = "import django; django.setup(); from audit.seals.sealing import seal_trail; seal_trail()"


class Log:
    """A database with a log, of which a test asks the same again and again."""

    def __init__(self, name: str, files: Path) -> None:
        names = ("DATABASE_URL", "DATABASE_OWNER_URL", "DATABASE_AUDIT_URL")
        self.addresses = {each: in_database(os.environ[each], name) for each in names}
        own = {"DEMO": "true", "MEDIA_ROOT": str(files), "AUDIT_ANCHOR_FILE": "", "DJANGO_SETTINGS_MODULE": "config.settings"}
        self.environment = os.environ | self.addresses | own

    def run(self, *command: str, role: str = "DATABASE_URL") -> None:
        """Run a command to its end."""
        environment = self.environment | {"DATABASE_URL": self.addresses[role]}
        subprocess.run(command, cwd=BASE_DIR, env=environment, check=True, stdout=subprocess.DEVNULL)

    def migrate(self, *where: str) -> None:
        """Bring the tables to a state."""
        self.run(*MANAGE, "migrate", "-v0", *where, role="DATABASE_OWNER_URL")

    def seal(self) -> None:
        """Seal what waits."""
        self.run(MANAGE[0], "-c", SEAL)

    def verify(self) -> None:
        """Read everything again; this version takes a log that is one table for one that is not guarded as it should be."""
        self.run(*MANAGE, "verify_audit")

    def ask(self, *statements: str) -> list[Any]:
        """Return what the database answers the owner."""
        with closing(psycopg2.connect(self.addresses["DATABASE_OWNER_URL"])) as connection, connection.cursor() as cursor:
            found = []
            for statement in statements:
                cursor.execute(statement)
                found.append(sorted(cursor.fetchall()))
            return found


def test_nothing_is_lost_on_the_way_there_and_back(tmp_path: Path) -> None:
    with database_like("template1", "months") as name:
        log = Log(name, tmp_path)
        log.migrate()
        log.migrate("audit", BEFORE)
        log.run(*MANAGE, "seed_demo", "--nominals=30")
        log.seal()
        before, defined = log.ask(ENTRIES, SEALS, NUMBER), log.ask(DEFINED)
        ((count, _),) = before[0]
        assert count > 30

        log.migrate("audit")
        log.verify()
        assert log.ask(ENTRIES, SEALS, NUMBER) == before
        assert log.ask(KIND) == [[("p",)]]

        log.migrate("audit", BEFORE)
        assert log.ask(ENTRIES, SEALS, NUMBER, DEFINED) == [*before, *defined]

        log.migrate("audit")
        log.verify()
        assert log.ask(ENTRIES, SEALS, NUMBER) == before
