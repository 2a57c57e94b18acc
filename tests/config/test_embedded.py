"""The embedded servers stand in for real ones: the same roles with the same limits, and the same search in every script."""
import os
from collections.abc import Iterator

import psycopg2
import pytest
import redis

from config.embedded import AT_ONCE, ROLES, Servers, given_servers
from config.processes import ServerError


@pytest.fixture(scope="module")
def servers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Servers]:
    """A pair of their own, gone afterwards."""
    pair = Servers(tmp_path_factory.mktemp("state") / "servers", durable=False)
    try:
        pair.start()
        yield pair
    finally:
        pair.remove()


def answer(url: str, statement: str) -> object:
    """Return the first value of a statement."""
    connection = psycopg2.connect(url)
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute(statement)
        row = cursor.fetchone()
    connection.close()
    return row[0] if row else None


@pytest.mark.parametrize(("name", "role"), ROLES.items())
def test_each_address_signs_in_as_its_role_without_special_rights(servers: Servers, name: str, role: str) -> None:
    url = servers.environment()[name]

    assert answer(url, "SELECT current_user::text") == role
    assert answer(url, "SELECT rolsuper OR rolcreaterole FROM pg_roles WHERE rolname = current_user") is False
    assert answer(url, "SELECT rolbypassrls FROM pg_roles WHERE rolname = current_user") is (role == "vigil_backup")


@pytest.mark.parametrize("kind", ["", "TEMPORARY"])
@pytest.mark.parametrize("name", ["DATABASE_URL", "DATABASE_AUDIT_URL", "DATABASE_BACKUP_URL"])
def test_only_the_owner_makes_tables(servers: Servers, name: str, kind: str) -> None:
    assert answer(servers.environment()["DATABASE_OWNER_URL"], f"CREATE {kind} TABLE made (i int); DROP TABLE made; SELECT 1") == 1

    with pytest.raises((psycopg2.errors.InsufficientPrivilege, psycopg2.errors.ReadOnlySqlTransaction)):
        answer(servers.environment()[name], f"CREATE {kind} TABLE made (i int)")


def test_nobody_signs_in_as_the_superuser(servers: Servers) -> None:
    with pytest.raises(psycopg2.OperationalError, match=r"authentication failed|no password"):
        psycopg2.connect(host="127.0.0.1", port=servers.postgres.port, user="postgres", dbname="vigil", password="")


def test_trigrams_keep_letters_of_every_script(servers: Servers) -> None:
    assert answer(servers.environment()["DATABASE_URL"], "SELECT cardinality(show_trgm('Ёлкин'))") == 6


def test_broker_wants_its_password(servers: Servers) -> None:
    with redis.Redis.from_url(servers.environment()["REDIS_URL"]) as client:
        assert client.ping()

    with redis.Redis(port=servers.valkey.port, retry=AT_ONCE) as stranger, pytest.raises(redis.AuthenticationError):
        stranger.ping()


def test_restarted_database_holds_what_it_held_under_the_same_passwords(servers: Servers) -> None:
    answer(servers.environment()["DATABASE_OWNER_URL"], "CREATE TABLE kept AS SELECT 7 AS value; SELECT 1")
    secrets_before = (servers.folder / "secrets.json").read_text()

    servers.stop()
    assert not servers.is_running()
    servers.start()

    assert answer(servers.environment()["DATABASE_OWNER_URL"], "SELECT value FROM kept") == 7
    assert (servers.folder / "secrets.json").read_text() == secrets_before


def test_one_server_of_the_two_in_the_environment_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith(("DATABASE_URL", "REDIS_URL"))]:
        monkeypatch.delenv(name)
    assert not given_servers()

    monkeypatch.setenv("DATABASE_URL", "postgres://someone@db.invalid/vigil")

    with pytest.raises(ServerError, match="Only DATABASE_URL is set"):
        given_servers()
