"""A replica that follows by streaming answers searches and figures while it has everything; without it pages go on; it can take over."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import closing

import psutil
import psycopg2
import pytest

from config.processes import family, wait_for
from tests.drills.machine import PATIENCE, Machine, prepared
from tests.drills.people import Person, people_at
from tests.replica import Replica

TRIES = 10
# How often names and facts were looked at, as each server counts for itself.
LOOKS = """
SELECT relname, coalesce(seq_scan, 0) + coalesce(idx_scan, 0) FROM pg_stat_user_tables
WHERE relname IN ('offenders_name', 'governance_fact') ORDER BY relname
"""
SEARCHED = "SELECT actor_id, count(*) FROM audit_event WHERE verb = 'searched' GROUP BY actor_id"
# Who sees confidential rows at the replica: their owner within row security, nobody without it.
SECTIONS = """
import json
from django.db import connections
from accounts.access import row_security
from accounts.models import User
from accounts.replica import REPLICA, reading_from
from offenders.models import ConfidentialSection
seen = {}
with reading_from(REPLICA):
    seen["nobody"] = ConfidentialSection.objects.count()
    for user in User.objects.order_by("pk"):
        with row_security(user):
            seen[user.pk] = [list(ConfidentialSection.objects.values_list("owner_id", flat=True)),
                             ConfidentialSection.objects.for_user(user).count()]
    with connections[REPLICA].cursor() as cursor:
        cursor.execute("SELECT pg_is_in_recovery(), current_user, coalesce(current_setting('vigil.user_id', true), '')")
        seen["where"] = cursor.fetchone()
print(json.dumps(seen))
"""
# What somebody just wrote, and what was just taken from them, again and again.
AT_ONCE = """
import json
from accounts import replica
from accounts.models import User
from django.utils.timezone import localdate
from offenders.models import Exclusion, Nominal
from offenders.search import find_nominals, index_names
from tests.factories import make_exclusion, make_nominal
asked = []
has_all = replica.has_all_up_to
replica.has_all_up_to = lambda position: asked.append(has_all(position)) or asked[-1]
user = User.objects.order_by("pk").first()
def found(surname):
    return len(find_nominals(user=user, text=f"Alex {surname}", today=localdate()).hits)
late, early = 0, 0
for at in range(30):
    surname = "Quill" + "abcdefghijklmnopqrstuvwxyzabcdefgh"[at] * 3 + "feather"
    nominal = make_nominal(offender_manager=user, surname=surname)
    index_names([nominal.pk])
    late += found(surname) != 1
    make_exclusion(nominal=nominal, user=user)
    early += found(surname) != 0
print(json.dumps({"late": late, "early": early, "replica": sum(map(bool, asked)), "asked": len(asked)}))
"""
FIGURES = """
from django.utils.timezone import now
from accounts.models import Organisation
from governance.reports.figures import Question, figures_of
from governance.rules.figures import last_of
figures_of(Question(Organisation.objects.order_by("pk").first().pk, 2025, last_of(2025), now()))
"""
SEAL = "from audit.seals.sealing import seal_trail; seal_trail()"
HEALTH = "from governance.health import replica; print(replica.look().state)"


@pytest.fixture(scope="module")
def machine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Machine]:
    """An installation with a replica, and what it counts written at once."""
    with prepared(tmp_path_factory.mktemp("followed"), CONN_MAX_AGE="0", PAGES_PER_MINUTE="100000") as machine:
        yield machine


@pytest.fixture(scope="module")
def replica(machine: Machine) -> Iterator[Replica]:
    """A server that follows."""
    replica = Replica(machine.servers)
    try:
        replica.make()
        machine.settings["DATABASE_REPLICA_URL"] = replica.address()
        yield replica
    finally:
        replica.remove()


@pytest.fixture(scope="module")
def person(machine: Machine, replica: Replica) -> Person:
    """A manager with a record and a section."""
    return people_at(machine.environment, 2)[0]


@pytest.fixture(scope="module")
def place(machine: Machine, person: Person) -> str:
    """The address of the web server."""
    return machine.start_web("web")


def looks(address: str) -> dict[str, int]:
    """How often a server looked at names and facts until now."""
    with closing(psycopg2.connect(address)) as connection, connection.cursor() as cursor:
        cursor.execute(LOOKS)
        return dict(cursor.fetchall())


def search(place: str, person: Person) -> int:
    """Search for the person's own record by its reference and by its name; return the status of the results."""
    sent = person.ask(f"{place}/find/", {"text": "Alex Sample"})
    assert sent.status_code == 303
    answer = person.ask(f"{place}{sent.headers['Location']}")
    assert person.reference in answer.text
    return answer.status_code


def until_replica_answers(machine: Machine, replica: Replica, table: str, act: Callable[[], object]) -> int:
    """Do something until the replica alone was asked for a table; return how often. On a busy machine it may lag for a moment."""
    here, there = machine.environment["DATABASE_OWNER_URL"], replica.address("DATABASE_OWNER_URL")
    for times in range(1, TRIES + 1):
        before = looks(here)[table], looks(there)[table]
        act()
        assert wait_for(lambda: (looks(here)[table], looks(there)[table]) != before, PATIENCE)  # noqa: B023 - called at once
        if looks(here)[table] == before[0]:
            return times
    pytest.fail(f"In none of {TRIES} times was the replica alone asked for {table}")


def test_a_search_and_a_figure_are_answered_by_the_replica(machine: Machine, replica: Replica, person: Person, place: str) -> None:
    searches = until_replica_answers(machine, replica, "offenders_name", lambda: search(place, person))
    until_replica_answers(machine, replica, "governance_fact", lambda: machine.say(FIGURES))

    assert machine.ask(SEARCHED) == [(person.key, searches)]


def test_row_security_holds_at_the_replica(machine: Machine, person: Person) -> None:
    seen = json.loads(machine.say(SECTIONS))

    assert seen.pop("where") == [True, "vigil_app", ""]
    assert seen.pop("nobody") == 0
    assert seen == {key: [[int(key)], 1] for key in seen}
    assert len(seen) == 2


def test_what_was_just_written_or_taken_away_counts_at_once(machine: Machine, person: Person) -> None:
    seen = json.loads(machine.say(AT_ONCE))

    assert (seen["late"], seen["early"], seen["asked"]) == (0, 0, 60)
    assert seen["replica"] > 0


def test_the_log_is_verified_at_the_replica(machine: Machine, replica: Replica, person: Person) -> None:
    machine.say(SEAL)
    wait_until_equal(machine)

    there = machine.environment | {"DATABASE_AUDIT_URL": replica.address("DATABASE_AUDIT_URL")}
    assert machine.manage("verify_audit", environment=there) == 0


def wait_until_equal(machine: Machine) -> None:
    """Wait until the replica has all that the database has now."""
    position = machine.ask("SELECT pg_current_wal_flush_lsn()::text")[0][0]
    asked = f"from accounts.replica import has_all_up_to; print(has_all_up_to('{position}'))"
    assert wait_for(lambda: machine.say(asked).strip() == "True", PATIENCE)


def test_a_replica_that_lags_or_falls_is_not_asked(machine: Machine, replica: Replica, person: Person, place: str) -> None:
    assert machine.say(HEALTH).strip() == "good"
    (replaying,) = [each for each in family(replica_pid(replica)) if "startup" in " ".join(each.cmdline())]

    replaying.suspend()
    behind = json.loads(machine.say(AT_ONCE.replace("Quill", "Moss")))
    replaying.resume()
    assert (behind["late"], behind["early"], behind["replica"]) == (0, 0, 0)

    replica.kill()
    assert [search(place, person) for _ in range(3)] == [200] * 3
    assert machine.say(HEALTH).strip() == "look"
    replica.start()


def replica_pid(replica: Replica) -> int:
    """The number of its first process."""
    return int(json.loads(replica.server.record.read_text(encoding="utf-8"))["pid"])


def test_the_replica_takes_over(machine: Machine, replica: Replica, person: Person, place: str, monkeypatch: pytest.MonkeyPatch) -> None:
    machine.settings["DATABASE_REPLICA_URL"] = replica.address()
    machine.say(SEAL)
    rows = machine.ask("SELECT count(*) FROM audit_event")
    wait_until_equal(machine)

    roles = ("DATABASE_URL", "DATABASE_OWNER_URL", "DATABASE_AUDIT_URL")
    known = machine.servers.environment() | {name: replica.address(name) for name in roles}
    machine.end_part("web")
    kill_server(machine)
    replica.promote()
    monkeypatch.setattr(machine.servers, "environment", lambda: known)

    assert machine.say(HEALTH).strip() == "bad"  # the same server is the database now, and no copy of it
    assert machine.ask("SELECT count(*) FROM audit_event") == rows
    place = machine.start_web("web again")
    assert search(place, person) == 200
    assert machine.ask("SELECT count(*) FROM audit_event")[0][0] > rows[0][0]
    assert machine.manage("verify_audit") == 0


def kill_server(machine: Machine) -> None:
    """End the database outright, for good."""
    psutil.Process(json.loads(machine.servers.postgres.record.read_text(encoding="utf-8"))["pid"]).kill()
    assert wait_for(lambda: not machine.servers.postgres.is_running(), PATIENCE)
