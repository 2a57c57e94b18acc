"""What the database itself gives to whom: each role signs in by its own password and speaks SQL alone, past all code of the service.

What there is to try is read from the catalogue, so that a new table or function is tried too, or missed by the lists below.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import psycopg2
import pytest
from django.db import connection
from psycopg2.errors import InsufficientPrivilege

from accounts.models import User
from disclosure.migrations._applications_sql import SEALED, SEALED_LATER
from tests.conftest import APPEND_ONLY, empty_tables
from tests.governance.making_backup import address
from tests.safety.raw_scenes import People, make_scenes

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("raw_sql")]

ADDRESSES = {
    "vigil_owner": "DATABASE_OWNER_URL",
    "vigil_app": "DATABASE_URL",
    "vigil_audit": "DATABASE_AUDIT_URL",
    "vigil_backup": "DATABASE_BACKUP_URL",
}
SERVING = ("vigil_app", "vigil_audit", "vigil_backup")
# Superuser, makes roles, makes databases, replicates, past row security.
ATTRIBUTES = {
    "vigil_owner": (False, False, True, False, False),
    "vigil_app": (False, False, False, False, False),
    "vigil_audit": (False, False, False, False, False),
    "vigil_backup": (False, False, False, False, True),
}
MEMBERS = {("vigil_app", "vigil_owner"), ("vigil_audit", "vigil_owner"), ("pg_read_all_data", "vigil_backup")}

# What the application may do with a table unless it stands here; the other roles may do nothing unless it stands here.
EVERYTHING = "DELETE INSERT SELECT UPDATE"
ADDED_ONLY = "INSERT SELECT"
OF_THE_APPLICATION = {
    "audit_event_other": "SELECT",  # health looks whether it is empty
    "audit_erasure": "SELECT", "audit_event": ADDED_ONLY, "audit_seal": "SELECT", "audit_sealmark": "SELECT", "audit_trailkey": "",
    "auditlog_logentry": ADDED_ONLY, "django_migrations": "SELECT", "governance_closedyear": ADDED_ONLY, "governance_fact": "SELECT",
    "governance_lookjudgement": ADDED_ONLY, "governance_questionstep": ADDED_ONLY, "governance_sightpaper": ADDED_ONLY,
}  # fmt: skip
OF_THE_AUDIT = {
    "audit_erasure": "SELECT", "audit_event": "SELECT", "audit_seal": ADDED_ONLY, "audit_sealmark": "INSERT SELECT UPDATE",
    "audit_trailkey": ADDED_ONLY, "auditlog_logentry": "SELECT", "django_content_type": "SELECT",
    "audit_erasure_id_seq": "SELECT", "audit_event_id_seq": "SELECT", "auditlog_logentry_id_seq": "SELECT",
}  # fmt: skip

# Every table with row security, and what the database lets somebody do who sees rows of it; to everybody else it gives nothing.
GUARDED = {
    **dict.fromkeys((*SEALED, *SEALED_LATER), "insert select update"),
    "intelligence_covertreferral": "insert select update",
    "intelligence_informationgiver": "select",
    "intelligence_sourcereview": "select update",
    "offenders_confidentialsection": "delete insert select update",
    "offenders_sectionversion": "insert select",
    "offenders_sensitiveitem": "insert select update",
}
PINNED = "search_path=public, pg_temp"


class Session:
    """A session of one role, as it signs in; nothing that is done in it stays."""

    def __init__(self, role: str) -> None:
        self.raw = psycopg2.connect(address(ADDRESSES[role], connection.settings_dict["NAME"]))

    def ask(self, *statements: str, person: User | None = None) -> list[tuple[Any, ...]]:
        """What the last of these statements answers, or how many rows it touched, when it is asked for somebody or for nobody."""
        try:
            with self.raw.cursor() as cursor:
                cursor.execute("SELECT set_config('vigil.user_id', %s, true)", [str(person.pk if person else "")])
                for statement in statements:
                    cursor.execute(statement)
                return cursor.fetchall() if cursor.description else [(cursor.rowcount,)]
        finally:
            self.raw.rollback()

    def refuses(self, *statements: str, person: User | None = None) -> bool:
        """Whether the role may not do that."""
        try:
            self.ask(*statements, person=person)
        except InsufficientPrivilege:
            return True
        except psycopg2.Error:
            return False
        return False


@pytest.fixture(scope="module")
def scenes(django_db_setup: None, django_db_blocker: Any) -> Iterator[dict[str, People]]:
    """Rows that every session sees, gone afterwards."""
    with django_db_blocker.unblock():
        yield make_scenes()
        empty_tables(None)
        connection.close()


@pytest.fixture(scope="module")
def sessions(scenes: dict[str, People]) -> Iterator[dict[str, Session]]:
    """A session of each role."""
    made = {role: Session(role) for role in ADDRESSES}
    with made["vigil_backup"].raw as raw, raw.cursor() as cursor:
        cursor.execute("SET default_transaction_read_only = off")  # what it may do, not what it is asked to do
    yield made
    for session in made.values():
        session.raw.close()


@pytest.fixture(scope="module")
def tables(sessions: dict[str, Session]) -> list[str]:
    """Every table there is."""
    rows = sessions["vigil_owner"].ask(
        "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p', 'v', 'm', 'f') ORDER BY relname"
    )
    return [name for (name,) in rows]


def parts(sessions: dict[str, Session]) -> list[str]:
    """Return the parts of the log."""
    return [name for (name,) in sessions["vigil_owner"].ask("SELECT relname FROM pg_class WHERE relkind = 'r' AND relispartition")]


def test_roles_have_no_attribute_and_no_membership_but_these(sessions):
    asked = sessions["vigil_app"].ask
    attributes = asked("SELECT rolname, rolsuper, rolcreaterole, rolcreatedb, rolreplication, rolbypassrls FROM pg_roles")
    assert {name: tuple(held) for name, *held in attributes if name.startswith("vigil")} == ATTRIBUTES
    members = "SELECT roleid::regrole::text, member::regrole::text FROM pg_auth_members WHERE NOT member::regrole::text LIKE 'pg%'"
    assert set(asked(members)) == MEMBERS
    assert [asked_as.ask("SELECT session_user::text, current_user::text") for asked_as in sessions.values()] == [
        [(role, role)] for role in sessions
    ]


def test_each_role_holds_on_each_table_what_the_lists_say(sessions, tables):
    rows = sessions["vigil_owner"].ask("""
        SELECT relname, grantee::regrole::text, string_agg(privilege_type, ' ' ORDER BY privilege_type), bool_or(is_grantable)
        FROM pg_class, aclexplode(coalesce(relacl, acldefault(CASE relkind WHEN 'S' THEN 's'::"char" ELSE 'r'::"char" END, relowner)))
        WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p', 'v', 'm', 'f', 'S') AND grantee <> relowner GROUP BY 1, 2
    """)
    sequences = sessions["vigil_owner"].ask("SELECT relname FROM pg_class WHERE relkind = 'S' AND relnamespace = 'public'::regnamespace")
    wanted = {(name, "vigil_app"): OF_THE_APPLICATION.get(name, EVERYTHING) for name in tables}
    wanted |= {(part, "vigil_app"): OF_THE_APPLICATION.get(part, "") for part in parts(sessions)}  # the log is reached as a whole
    wanted |= {(name, "vigil_app"): "SELECT USAGE" for (name,) in sequences}  # a next number, never another one
    wanted |= {(name, "vigil_audit"): may for name, may in OF_THE_AUDIT.items()}

    assert {(name, role): may for name, role, may, _ in rows} == {pair: may for pair, may in wanted.items() if may}
    assert not any(passed_on for *_, passed_on in rows)
    assert len(tables) > 250


def test_nothing_is_given_to_everybody_or_column_by_column_or_by_default(sessions):
    asked = sessions["vigil_owner"].ask
    assert asked("SELECT attrelid::regclass, attname FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid "
                 "WHERE attacl IS NOT NULL AND relnamespace = 'public'::regnamespace") == []  # fmt: skip
    assert asked("SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relowner <> 'vigil_owner'::regrole") == []
    assert set(asked("SELECT grantee::regrole::text, privilege_type FROM pg_namespace, aclexplode(nspacl) WHERE nspname = 'public'")) == {
        ("pg_database_owner", "USAGE"), ("pg_database_owner", "CREATE"), ("-", "USAGE"), ("vigil_app", "USAGE"), ("vigil_audit", "USAGE"),
    }  # fmt: skip
    assert set(asked("SELECT defaclobjtype::text, grantee::regrole::text, privilege_type FROM pg_default_acl, aclexplode(defaclacl)")) == {
        *(("r", "vigil_app", act) for act in EVERYTHING.split()), ("S", "vigil_app", "SELECT"), ("S", "vigil_app", "USAGE"),
    }  # fmt: skip
    known = "nspname IN ('public', 'pg_catalog', 'information_schema') OR nspname ~ '^pg_(toast|temp)'"
    assert asked(f"SELECT nspname FROM pg_namespace WHERE NOT ({known})") == []


@pytest.mark.parametrize("role", SERVING)
def test_no_role_that_serves_does_more_to_any_table_than_the_lists_say(sessions, tables, role):
    may = {"vigil_app": lambda name: OF_THE_APPLICATION.get(name, EVERYTHING), "vigil_audit": lambda name: OF_THE_AUDIT.get(name, "")}
    acts = {
        "INSERT": "INSERT INTO {} DEFAULT VALUES",
        "UPDATE": "UPDATE {0} SET ({1}) = (SELECT {1} FROM {0} WHERE false)",
        "DELETE": "DELETE FROM {}",
        "TRUNCATE": "TRUNCATE {} CASCADE",
        "triggers": "ALTER TABLE {} DISABLE TRIGGER ALL",
        "guards": "ALTER TABLE {} DISABLE ROW LEVEL SECURITY",
        "table": "DROP TABLE {}",
        "owner": "ALTER TABLE {} OWNER TO CURRENT_USER",
        "trigger": "CREATE TRIGGER made BEFORE INSERT ON {} EXECUTE FUNCTION refuse_change_of_trail()",
        "policy": "CREATE POLICY made ON {} USING (true)",
        "rule": "CREATE RULE made AS ON INSERT TO {} DO INSTEAD NOTHING",
    }
    columns = dict(sessions["vigil_owner"].ask(
        "SELECT relname::text, min(attname::text) FROM pg_class JOIN pg_attribute ON attrelid = pg_class.oid"
        " AND attnum > 0 AND attgenerated = '' AND NOT attisdropped"
        " WHERE relnamespace = 'public'::regnamespace GROUP BY relname"
    ))  # fmt: skip
    let_through = [
        (act, name)
        for name in tables
        for act, statement in acts.items()
        if act not in may.get(role, lambda name: "")(name).split()
        and not sessions[role].refuses(statement.format(f'"{name}"', f'"{columns[name]}"'))
    ]
    assert let_through == []


def test_rows_that_are_only_added_stay_even_for_the_owner_of_the_tables(sessions):
    owner = sessions["vigil_owner"]
    # Before a statement (bit 1, not bit 0: before each row) that empties the table (bit 5).
    kept = {name for (name,) in owner.ask("""
        SELECT DISTINCT relname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid
        WHERE tgenabled <> 'D' AND tgtype & 1 = 0 AND tgtype & 2 = 2 AND tgtype & 32 = 32
    """)}  # fmt: skip
    assert kept == set(APPEND_ONLY) | set(parts(sessions))
    for name in kept:
        assert [act for act in ("DELETE FROM {}", "TRUNCATE {} CASCADE") if not owner.refuses(act.format(name))] == [], name


# What would lead out of the tables: to other roles, to the server's files and programs, to new code.
ACTS = (
    "CREATE TABLE made (i int)", "CREATE VIEW made AS SELECT 1", "CREATE SCHEMA made", "CREATE SEQUENCE made",
    "CREATE TYPE made AS (i int)", "CREATE FUNCTION public.made() RETURNS int LANGUAGE sql AS 'SELECT 1'",
    "CREATE FUNCTION pg_temp.made() RETURNS int LANGUAGE c AS 'libc', 'system'",
    "CREATE OR REPLACE FUNCTION vigil_user() RETURNS bigint LANGUAGE sql AS 'SELECT 1::bigint'",
    "ALTER FUNCTION vigil_user() SECURITY DEFINER", "ALTER FUNCTION vigil_user() OWNER TO CURRENT_USER", "DROP FUNCTION vigil_user()",
    "CREATE ROLE made", "DROP ROLE vigil_audit", "ALTER ROLE CURRENT_USER SUPERUSER", "ALTER ROLE CURRENT_USER CREATEROLE",
    "ALTER ROLE CURRENT_USER CREATEDB", "ALTER ROLE vigil_owner PASSWORD 'made'", "GRANT vigil_owner TO CURRENT_USER",
    "GRANT pg_execute_server_program TO CURRENT_USER", "SET ROLE vigil_owner", "SET ROLE pg_read_server_files",
    "SET SESSION AUTHORIZATION vigil_owner", "SET session_replication_role = replica",
    "SELECT set_config('session_replication_role', 'replica', false)", "SET log_statement = 'none'", "COPY (SELECT 1) TO PROGRAM 'true'",
    "COPY accounts_user FROM PROGRAM 'true'", "COPY (SELECT 1) TO '/nowhere/made'", "COPY accounts_user FROM '/etc/passwd'",
    "SELECT pg_read_file('PG_VERSION')", "SELECT pg_read_binary_file('PG_VERSION')", "SELECT pg_ls_dir('.')",
    "SELECT pg_stat_file('PG_VERSION')", "SELECT pg_ls_logdir()", "SELECT pg_current_logfile()", "SELECT lo_import('/etc/passwd')",
    "SELECT lo_export(1, '/nowhere/made')", "SELECT * FROM pg_hba_file_rules", "SELECT pg_reload_conf()", "SELECT pg_switch_wal()",
    "LOAD '/nowhere/made'", "SELECT pg_create_physical_replication_slot('made')", "CREATE EXTENSION hstore",
    "CREATE PUBLICATION made FOR ALL TABLES",
    "CREATE SUBSCRIPTION made CONNECTION 'dbname=vigil' PUBLICATION made WITH (connect = false)", "CREATE FOREIGN DATA WRAPPER made",
    "CREATE LANGUAGE made HANDLER vigil_user", "CREATE EVENT TRIGGER made ON ddl_command_end EXECUTE FUNCTION refuse_change_of_trail()",
    "ALTER DATABASE vigil SET row_security = off", "DO LANGUAGE c ''", "SELECT setval('audit_event_id_seq', 1)",
    "ALTER SEQUENCE audit_event_id_seq RESTART", "REINDEX TABLE audit_event", "COMMENT ON TABLE audit_event IS 'made'",
    "ALTER DEFAULT PRIVILEGES FOR ROLE vigil_owner GRANT ALL ON TABLES TO PUBLIC",
)  # fmt: skip

# What stands in the server's own tables; who reads every table for a backup reads these too, as pg_read_all_data says.
OF_THE_SERVER = ("SELECT rolpassword FROM pg_authid", "SELECT passwd FROM pg_shadow", "SELECT stavalues1 FROM pg_statistic")


@pytest.mark.parametrize("role", SERVING)
def test_no_role_that_serves_gets_out_of_its_tables(sessions, role):
    others = tuple(f"SET ROLE {other}" for other in (*ADDRESSES, "postgres") if other != role)
    assert [act for act in (*ACTS, *others) if not sessions[role].refuses(act)] == []
    assert [sessions[role].refuses(act) for act in OF_THE_SERVER] == [role != "vigil_backup"] * len(OF_THE_SERVER)


def test_every_guarded_table_is_tried_and_guarded_from_its_owner_too(sessions, scenes):
    asked = sessions["vigil_owner"].ask
    rows = asked("SELECT relname, relforcerowsecurity FROM pg_class WHERE relrowsecurity")
    assert {name for name, _ in rows} == set(GUARDED) == set(scenes)
    assert all(forced for _, forced in rows)
    # For the application, or for functions that run as the owner of the tables; none for a role that a stranger could hold.
    assert asked("SELECT DISTINCT unnest(roles)::text FROM pg_policies ORDER BY 1") == [("public",), ("vigil_owner",)]


def what_is_given(session: Session, table: str, person: User | None, row: dict[str, Any]) -> str:
    """What the database lets somebody do with the rows of a table, whatever else they ask."""
    columns = ", ".join(f'"{name}"' for name in row if name != "id")
    copied = f"SELECT {columns} FROM jsonb_populate_record(NULL::{table}, $json${json.dumps(row)}$json$)"
    tried = {
        "delete": f"DELETE FROM {table}",
        "insert": f"INSERT INTO {table} ({columns}) {copied}",
        "select": f"SELECT count(*) FROM {table}",
        "update": f"UPDATE {table} SET id = id",
    }
    return " ".join(act for act, statement in tried.items() if is_given(session, statement, person))


def is_given(session: Session, statement: str, person: User | None) -> bool:
    """Whether it touched a row, or came past row security to other rules."""
    try:
        return session.ask(statement, person=person) != [(0,)]
    except InsufficientPrivilege:
        return False
    except psycopg2.Error:
        return True


def own_row(session: Session, table: str, person: User | None) -> dict[str, Any]:
    """A row that is this person's, if there is one, as the backup reads it."""
    rows = [row for (row,) in session.ask(f"SELECT to_jsonb({table}) FROM {table} ORDER BY id")]
    names = {"owner_id", "changed_by_id", "added_by_id"}
    return next((row for row in rows if person and any(row.get(name) == person.pk for name in names)), rows[0])


@pytest.mark.parametrize("table", GUARDED)
def test_the_database_gives_rows_to_those_who_see_them_and_nothing_to_anybody_else(sessions, scenes, table):
    people = scenes[table]
    everybody = {"nobody": None, "colleague": people.colleague, "excluded": people.excluded, "seeing": people.seeing}
    given = {
        name: what_is_given(sessions["vigil_app"], table, person, own_row(sessions["vigil_backup"], table, person))
        for name, person in everybody.items()
    }
    assert given == {"nobody": "", "colleague": "", "excluded": "", "seeing": GUARDED[table]}
    assert sessions["vigil_audit"].refuses(f"SELECT FROM {table}", person=people.seeing)
    assert sessions["vigil_app"].refuses("SET LOCAL row_security = off", f"SELECT FROM {table}", person=people.seeing)


STAND_INS = (
    "CREATE TEMP TABLE offenders_exclusion (LIKE public.offenders_exclusion)",
    "CREATE TEMP TABLE accounts_user_groups AS SELECT users.id AS user_id, auth_group.id AS group_id FROM accounts_user users, auth_group",
    "CREATE TEMP TABLE governance_disposal (id bigint, public_id uuid, keys bigint[], transaction bigint)",
    "INSERT INTO pg_temp.governance_disposal VALUES (1, gen_random_uuid(), '{}', pg_current_xact_id()::text::bigint)",
)


@pytest.mark.parametrize("table", GUARDED)
def test_no_table_of_somebody_else_stands_in_for_those_that_row_security_looks_into(sessions, scenes, table):
    for person in (scenes[table].excluded, scenes[table].colleague):
        assert sessions["vigil_app"].ask(*STAND_INS, f"SELECT count(*) FROM {table}", person=person) == [(0,)]


FUNCTIONS = """
    SELECT oid::regprocedure::text FROM pg_proc
    WHERE pronamespace = 'public'::regnamespace AND NOT EXISTS (SELECT FROM pg_depend WHERE objid = pg_proc.oid AND deptype = 'e') AND {}
"""


def test_functions_look_where_they_say_and_those_that_act_as_the_owner_are_not_for_everybody(sessions):
    asked = sessions["vigil_owner"].ask
    pinned = f"coalesce('{PINNED}' = ANY(proconfig), false)"
    reading = "provolatile <> 'i' AND oid <> 'vigil_user()'::regprocedure"  # that one reads no table, and is written out in policies
    for_all = "EXISTS (SELECT FROM aclexplode(coalesce(proacl, acldefault('f', proowner))) WHERE grantee = 0)"

    assert asked(FUNCTIONS.format(f"{reading} AND NOT {pinned}")) == []
    assert asked(FUNCTIONS.format(f"prosecdef AND ({for_all} OR NOT {pinned})")) == []
    assert len(asked(FUNCTIONS.format("prosecdef"))) > 10


def test_nobody_writes_facts_by_a_trigger_on_a_table_of_their_own(sessions):
    watched = (
        "CREATE TEMP TABLE made (id bigint, nominal_id bigint, force_id bigint)",
        "CREATE TRIGGER made AFTER INSERT ON made FOR EACH ROW EXECUTE FUNCTION governance_keep_fact('recall', 'nominal_id', 'id')",
        "INSERT INTO made VALUES (1, 1, 1)",
    )
    assert sessions["vigil_app"].refuses(*watched)
