"""Reports arrive while worker, schedulers, broker and database are killed at random: nothing is lost, nothing doubled, whatever happens.

ALERTS and KILLS in the environment make it shorter.
"""

from __future__ import annotations

import json
import os
import random
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import redis

from config.processes import wait_for
from tests.drills.machine import Machine

ALERTS, KILLS = int(os.environ.get("ALERTS", "10000")), int(os.environ.get("KILLS", "200"))
IN_A_FILE, PEOPLE = 100, 300
PARTS = ("worker", "worker", "postgres", "valkey", "beat one", "beat two")
DRAINED_IN = 1500
SINCE = datetime(2026, 11, 1, 6, tzinfo=UTC)

ADD_SOURCE = """
INSERT INTO intelligence_alertsource (code, name, door, force_id, unit_id, allowed_senders, silent_after_hours, is_active, fetch_failures,
    last_problem, version)
SELECT 'drill', 'Drill', 'folder', unit.organisation_id, unit.id, '{}', 24, true, 0, '', 1
FROM offenders_nominal nominal JOIN accounts_unit unit ON unit.id = nominal.unit_id ORDER BY nominal.id LIMIT 1 RETURNING id
"""
PEOPLE_ON_RECORD = """
SELECT name.surname, name.given_names, birth.year, birth.month, birth.day
FROM offenders_name name JOIN offenders_dateofbirth birth ON birth.nominal_id = name.nominal_id
WHERE name.kind = 'primary' AND birth.is_primary AND birth.day IS NOT NULL ORDER BY name.id LIMIT 300
"""
WAITING = """
SELECT (SELECT count(*) FROM intelligence_rawmessage WHERE state = 'taken')
     + (SELECT count(*) FROM intelligence_travelalert WHERE state = 'received')
     + (SELECT count(*) FROM actions_occurrence WHERE matched_at IS NULL)
"""
STATES = "SELECT state, count(*) FROM intelligence_travelalert GROUP BY state"
# The same by another way: what was sent, found again in what stands, by the number of the service that only one report has.
STORED = "SELECT service, count(*) FROM intelligence_travelalert GROUP BY service"
FILED_ONCE = """
SELECT count(*), count(record.id), count(DISTINCT record.alert_id) FROM intelligence_travelalert alert
LEFT JOIN intelligence_travelrecord record ON record.alert_id = alert.id AND record.withdrawn_at IS NULL WHERE alert.state = 'filed'
"""
EVALUATIONS = "SELECT count(*), count(DISTINCT subject_id) FROM actions_action WHERE kind = 'travel-evaluation'"
OCCURRENCES = "SELECT count(*), count(DISTINCT subject_id) FROM actions_occurrence WHERE kind = 'travel-alert'"
TOLD_TWICE = "SELECT count(*) FROM intelligence_flagdelivery GROUP BY setting_id, occurrence_id, recipient_id HAVING count(*) > 1"
# What a worker that was killed had claimed comes free after some minutes; a clock that jumps ahead must do no harm.
JUMP = "UPDATE intelligence_rawmessage SET claimed_at = claimed_at - interval '1 hour' WHERE claimed_at IS NOT NULL RETURNING 1"


@pytest.fixture
def machine(tmp_path: Path) -> Iterator[Machine]:
    """An installation with a folder that it watches."""
    drop = tmp_path / "drop"
    drop.mkdir()
    made = Machine(tmp_path / "state", ALERT_FOLDERS=json.dumps({"drill": str(drop)}))
    made.folder.mkdir()
    try:
        made.start(people=PEOPLE)
        yield made
    finally:
        made.stop()


def report(number: int, person: tuple[str, str, int, int, int]) -> dict[str, str]:
    """One report, half of them about people on record; every tenth cannot be used."""
    surname, given, year, month, day = person if number % 2 else (f"Nobody{number}", "Anton", 1900 + number % 100, 1, 1)
    when = SINCE + timedelta(minutes=number)
    return {
        "Surname": surname, "Given names": given, "Date of birth": "31/02/1971" if number % 10 == 0 else f"{day:02}/{month:02}/{year}",
        "Document number": "" if number % 10 == 0 else f"9{number:08}", "Direction": "Outbound",
        "Travel date": f"{when:%d/%m/%Y}", "Travel time": f"{when:%H:%M}", "Port": "Northmere Airport", "Flight": f"IV{number}",
        "Destination": "Portugal",
    }  # fmt: skip


def write_files(drop: Path, people: list[tuple[str, str, int, int, int]], chance: random.Random) -> Iterator[None]:
    """Write one file at a time; every fifth comes twice under another name, as senders do."""
    for start in range(0, ALERTS, IN_A_FILE):
        rows = [report(number, chance.choice(people)) for number in range(start, min(start + IN_A_FILE, ALERTS))]
        text = "\n".join(json.dumps(row) for row in rows)
        for copy in range(2 if start % 500 == 0 else 1):
            draft = drop / f"{start}-{copy}.part"
            draft.write_text(f"{text}\n" if copy else text, encoding="utf-8")
            draft.rename(draft.with_suffix(".jsonl"))
        yield


def test_nothing_is_lost_and_nothing_doubled_whatever_is_killed(machine: Machine, tmp_path: Path) -> None:
    seed = int(os.environ.get("SEED", time.time_ns() % 100_000))
    print(f"Seed {seed}: {ALERTS:,} reports, {KILLS} kills", flush=True)
    chance = random.Random(seed)
    machine.ask(ADD_SOURCE)
    people = machine.ask(PEOPLE_ON_RECORD)
    files = write_files(tmp_path / "drop", people, chance)
    for number in range(KILLS):
        for _ in range(1 + ALERTS // IN_A_FILE // KILLS):
            next(files, None)
        wait_for(lambda: False, chance.uniform(0.2, 2))  # when it strikes is left to chance
        machine.kill(chance.choice(PARTS))
        if number % 20 == 10:
            empty_broker(machine)
            machine.ask(JUMP)
    for _ in files:
        pass
    machine.ask(JUMP)
    sent = {f"IV{number}" for number in range(ALERTS)}

    assert wait_for(lambda: is_quiet(machine, len(sent)), DRAINED_IN), machine.ask(STATES)

    stored = dict(machine.ask(STORED))
    assert set(stored) == sent
    assert set(stored.values()) == {1}
    states = dict(machine.ask(STATES))
    assert sum(states.values()) == len(sent)
    assert "received" not in states
    filed, records, alerts = machine.ask(FILED_ONCE)[0]
    assert filed == records == alerts == states["filed"]
    for question in (EVALUATIONS, OCCURRENCES):
        rows, different = machine.ask(question)[0]
        assert rows == different == filed
    assert machine.ask(TOLD_TWICE) == []
    assert machine.manage("verify_travel_alerts") == 0


def is_quiet(machine: Machine, sent: int) -> bool:
    """Whether everything that was sent is stored, and nothing waits."""
    wait_for(lambda: False, 1)  # ask the database no more than once a second
    return machine.ask("SELECT count(*) FROM intelligence_travelalert")[0][0] >= sent and machine.ask(WAITING)[0][0] == 0


def empty_broker(machine: Machine) -> None:
    """Throw away every message of the broker: PostgreSQL knows what there is to do."""
    client = redis.Redis.from_url(machine.environment["REDIS_URL"])
    wait_for(lambda: answers(client), 30)
    client.flushall()


def answers(client: redis.Redis) -> bool:
    """Whether the broker is back."""
    try:
        return bool(client.ping())
    except redis.RedisError:
        return False
