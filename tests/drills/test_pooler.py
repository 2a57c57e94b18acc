"""Behind PgBouncer in transaction mode, with fewer connections to the server than people: nobody meets what belongs to another."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import psycopg2
import pytest

from tests.drills.machine import Machine, prepared
from tests.drills.people import Person, people_at
from tests.pgbouncer import running_pooler

SERVER_CONNECTIONS, PEOPLE, ROUNDS = 3, 12, 6
ADDED = "Told later by {}, round {}."
# What a connection carries that comes after somebody else's transaction: the user of no one, and no row of a confidential table.
LEFT_BEHIND = """
SELECT coalesce(current_setting('vigil.user_id', true), ''), coalesce(current_setting('vigil.keeper', true), ''),
       (SELECT count(*) FROM offenders_confidentialsection)
"""
READ = """
SELECT actor_id, count(*) FROM audit_event
WHERE verb = 'viewed' AND subject_type = 'offenders.confidentialsection' GROUP BY actor_id
"""
MADE = """
SELECT actor_id, count(*) FROM audit_event
WHERE verb = 'created' AND subject_type = 'offenders.confidentialsection' GROUP BY actor_id
"""
# Several at once ask for the same lock, do some transactions while they hold it, and print when they had it.
HOLD = """
import threading
from django.db import connection
from offenders.services.imports import alone
inside, most, had = 0, 0, 0
def work():
    global inside, most, had
    for _ in range(40):
        with alone(1) as is_alone:
            if is_alone:
                inside += 1
                had += 1
                most = max(most, inside)
                for _ in range(3):
                    with connection.cursor() as cursor:
                        cursor.execute("SELECT 1")
                inside -= 1
    connection.close()
workers = [threading.Thread(target=work) for _ in range(4)]
[each.start() for each in workers]
[each.join() for each in workers]
print(most, had)
"""

SEAL = "from audit.seals.sealing import seal_trail; print(seal_trail())"


@pytest.fixture(scope="module")
def machine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Machine]:
    """An installation that reaches its database through the pooler."""
    folder = tmp_path_factory.mktemp("pooled")
    with prepared(folder, PAGES_PER_MINUTE="100000") as machine, running_pooler(machine.environment, size=SERVER_CONNECTIONS) as through:
        machine.settings |= through
        yield machine


@pytest.fixture(scope="module")
def people(machine: Machine) -> list[Person]:
    """Managers of one unit, each with a section that is theirs."""
    return people_at(machine.environment, PEOPLE)


def live_through(place: str, me: Person, others: list[Person]) -> Counter[str]:
    """Read and write as one person, round after round; return how often a section of one's own was shown, and what went wrong."""
    seen: Counter[str] = Counter()
    own = f"{place}/nominals/{me.reference}/confidential/"
    form = {"kind": "victim", "basis": "safeguarding", "lawful_basis": "Protection", "originator": "Liaison", "handling": ""}
    form |= {"review_on_day": "1", "review_on_month": "12", "review_on_year": "2099"}
    for each in range(ROUNDS):
        added = me.ask(f"{own}add/", {**form, "body": ADDED.format(me.word, each)})
        seen["not added"] += added.status_code != 302
        page = me.ask(own)
        seen["shown"] += page.text.count(me.word)
        other = others[each % len(others)]
        theirs = me.ask(f"{place}/nominals/{other.reference}/confidential/")
        seen["refused"] += theirs.status_code != 200 or page.status_code != 200
        seen["leaked"] += sum(each.word in page.text or each.word in theirs.text for each in others)
    return seen


def watch(address: str) -> list[tuple[str, str, int]]:
    """Look again and again what the next transaction on a connection of the pool finds."""
    with closing(psycopg2.connect(address)) as connection, connection.cursor() as cursor:
        connection.autocommit = True
        found = []
        for _ in range(2000):
            cursor.execute(LEFT_BEHIND)
            found.append(cursor.fetchone())
        return found


def test_many_people_at_once_meet_nothing_of_each_other(machine: Machine, people: list[Person]) -> None:
    place = machine.start_web("web", threads=8)

    with ThreadPoolExecutor(PEOPLE + 1) as pool:
        watched = pool.submit(watch, machine.environment["DATABASE_URL"])
        lives = {me.key: pool.submit(live_through, place, me, [each for each in people if each is not me]) for me in people}
        seen = {key: life.result() for key, life in lives.items()}

    wrong = Counter({name: sum(each[name] for each in seen.values()) for name in ("not added", "refused", "leaked")})
    assert not +wrong
    assert {each["shown"] for each in seen.values()} == {sum(range(2, ROUNDS + 2))}
    assert set(watched.result()) == {("", "", 0)}
    assert dict(machine.ask(READ)) == {key: each["shown"] for key, each in seen.items()}
    assert dict(machine.ask(MADE)) == dict.fromkeys(seen, ROUNDS)
    used = machine.ask("SELECT count(*) FROM pg_stat_activity WHERE usename = 'vigil_app'")[0][0]
    assert 0 < used <= SERVER_CONNECTIONS


def test_what_one_worker_has_in_hand_no_other_takes(machine: Machine) -> None:
    most, had = map(int, machine.say(HOLD).split())

    assert most == 1
    assert had > 1
    assert machine.ask("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'") == [(0,)]


def test_the_log_is_sealed_and_found_whole(machine: Machine, people: list[Person]) -> None:
    assert int(machine.say(SEAL)) > 0
    ((entries,),) = machine.ask("SELECT sum(entry_count) FROM audit_seal")
    assert entries >= len(people)
    assert machine.manage("verify_audit") == 0
