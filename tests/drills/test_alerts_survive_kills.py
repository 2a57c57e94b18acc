"""Reports arrive while worker, schedulers, broker and database are killed at random: nothing is lost, nothing doubled, whatever happens.

ALERTS and KILLS in the environment make it shorter or longer.
"""

from __future__ import annotations

import json
import os
import random
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import redis
from celery import Celery
from kombu.exceptions import OperationalError

from config.processes import wait_for
from tests.drills.machine import Machine

ALERTS, KILLS = int(os.environ.get("ALERTS", "10000")), int(os.environ.get("KILLS", "60"))
IN_A_FILE, PEOPLE = max(1, ALERTS // KILLS), 300  # a file for each kill
PARTS = ("worker", "worker", "postgres", "valkey", "beat one", "beat two")
DRAINED_IN = 1500
AT_WORK_IN = 10  # seconds that a kill waits for work to strike
SWEEPS = ("take_alert_folders", "resume_alert_reading", "match_travel_alerts", "match_occurrences")
SINCE = datetime(2026, 11, 1, 6, tzinfo=UTC)

# The demonstration has sources of its own; everything below is asked of what came through the drill's.
ADD_SOURCE = """
CREATE VIEW our_message AS SELECT message.* FROM intelligence_rawmessage message
    JOIN intelligence_alertsource source ON source.id = message.source_id WHERE source.code = 'drill';
CREATE VIEW our_alert AS SELECT alert.* FROM intelligence_travelalert alert
    JOIN intelligence_alertsource source ON source.id = alert.source_id WHERE source.code = 'drill';
CREATE VIEW our_record AS SELECT record.* FROM intelligence_travelrecord record JOIN our_alert alert ON alert.id = record.alert_id;
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
SELECT (SELECT count(*) FROM our_message WHERE state = 'taken') + (SELECT count(*) FROM our_alert WHERE state = 'received')
     + (SELECT count(*) FROM actions_occurrence
        WHERE matched_at IS NULL AND kind = 'travel-alert' AND subject_id IN (SELECT id FROM our_record))
"""
PROGRESS = """
SELECT (SELECT coalesce(sum(lines_read), 0) FROM our_message), (SELECT count(*) FROM our_alert WHERE state <> 'received'),
       (SELECT count(*) FROM our_record)
"""
STATES = "SELECT state, count(*) FROM our_alert GROUP BY state"
# The same by another way: what was sent, found again in what stands, by the number of the service that only one report has.
STORED = "SELECT service, count(*) FROM our_alert GROUP BY service"
FILED_ONCE = """
SELECT count(*), count(record.id), count(DISTINCT record.alert_id) FROM our_alert alert
LEFT JOIN our_record record ON record.alert_id = alert.id AND record.withdrawn_at IS NULL WHERE alert.state = 'filed'
"""
EVALUATIONS = """
SELECT count(*), count(DISTINCT subject_id) FROM actions_action
WHERE kind = 'travel-evaluation' AND subject_id IN (SELECT id FROM our_record)
"""
OCCURRENCES = """
SELECT count(*), count(DISTINCT subject_id) FROM actions_occurrence
WHERE kind = 'travel-alert' AND subject_id IN (SELECT id FROM our_record)
"""
TOLD_TWICE = "SELECT count(*) FROM intelligence_flagdelivery GROUP BY setting_id, occurrence_id, recipient_id HAVING count(*) > 1"
# What a worker that was killed had claimed comes free after some minutes; a clock that jumps, ahead or back, must do no harm.
JUMP = "UPDATE intelligence_rawmessage SET claimed_at = claimed_at + interval '{} hour' WHERE claimed_at IS NOT NULL RETURNING 1"


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
    """One report, half of them about people on record; of ten, one says only a year of birth, and one cannot be used."""
    surname, given, year, month, day = person if number % 2 else (f"Nobody{number}", "Anton", 1900 + number % 100, 1, 1)
    when = SINCE + timedelta(minutes=number)
    return {
        "Surname": surname, "Given names": given, "Date of birth": str(year) if number % 10 == 5 else f"{day:02}/{month:02}/{year}",
        "Document number": f"9{number:08}", "Direction": "Outbound",
        "Travel date": "31/02/2026" if number % 10 == 0 else f"{when:%d/%m/%Y}", "Travel time": f"{when:%H:%M}",
        "Port": "Northmere Airport", "Flight": f"IV{number}", "Destination": "Portugal",
    }  # fmt: skip


def write_files(drop: Path, people: list[tuple[str, str, int, int, int]], chance: random.Random) -> Iterator[None]:
    """Write one file at a time; every fifth comes twice under another name, as senders do."""
    for start in range(0, ALERTS, IN_A_FILE):
        rows = [report(number, chance.choice(people)) for number in range(start, min(start + IN_A_FILE, ALERTS))]
        text = "\n".join(json.dumps(row) for row in rows)
        for copy in range(2 if start % (5 * IN_A_FILE) == 0 else 1):
            draft = drop / f"{start}-{copy}.part"
            draft.write_text(f"{text}\n" if copy else text, encoding="utf-8")
            draft.rename(draft.with_suffix(".jsonl"))
        yield


def test_nothing_is_lost_and_nothing_doubled_whatever_is_killed(machine: Machine, tmp_path: Path) -> None:
    seed = int(os.environ.get("SEED", time.time_ns() % 100_000))
    print(f"Seed {seed}: {ALERTS:,} reports, {KILLS} kills", flush=True)
    chance, strikes, began = random.Random(seed), Counter[tuple[str, bool]](), time.monotonic()
    ended: list[str] = []
    machine.ask(ADD_SOURCE)
    people = machine.ask(PEOPLE_ON_RECORD)
    files = write_files(tmp_path / "drop", people, chance)
    for number in range(KILLS):
        next(files, None)
        sweep(machine)
        is_at_work = goes_on(machine)
        wait_for(lambda: False, chance.uniform(0.1, 1.5))  # when it strikes is left to chance
        part = chance.choice(PARTS)
        machine.kill(part)
        strikes[part, is_at_work] += 1
        ended += machine.restart_ended()
        if number % 20 == 10:
            empty_broker(machine)
            machine.ask(JUMP.format(chance.choice([-1, 1])))
            print(f"{number} kills, {time.monotonic() - began:.0f} s: {machine.ask(PROGRESS)[0]}", flush=True)
    for _ in files:
        pass
    print(f"After {time.monotonic() - began:.0f} s; killed, and whether work went on: {sorted(strikes.items())}", flush=True)
    print(f"Ended by itself and was started again: {ended}", flush=True)
    machine.ask(JUMP.format(-1))
    sent = {f"IV{number}" for number in range(ALERTS)}

    assert wait_for(lambda: is_quiet(machine, len(sent)), DRAINED_IN), machine.ask(STATES)

    print(f"Nothing waits after {time.monotonic() - began:.0f} s: {sorted(machine.ask(STATES))}", flush=True)
    stored = dict(machine.ask(STORED))
    assert set(stored) == sent
    assert set(stored.values()) == {1}
    states = dict(machine.ask(STATES))
    assert sum(states.values()) == len(sent)
    assert "received" not in states
    assert states["rejected"] == len(range(0, ALERTS, 10))
    filed, records, alerts = machine.ask(FILED_ONCE)[0]
    assert filed == records == alerts == states["filed"]
    for question in (EVALUATIONS, OCCURRENCES):
        rows, different = machine.ask(question)[0]
        assert rows == different == filed
    assert machine.ask(TOLD_TWICE) == []
    assert machine.manage("verify_travel_alerts") == 0


def sweep(machine: Machine) -> None:
    """Ask for what the schedulers ask for every minute or two, so that there is work for every kill to strike."""
    with suppress(OperationalError), Celery(broker=machine.environment["REDIS_URL"], set_as_current=False) as app:
        for name in SWEEPS:
            app.send_task(f"intelligence.tasks.{name}", retry=False)


def goes_on(machine: Machine) -> bool:
    """Wait a little until reports move, so that most kills strike in the middle of work; say whether they did."""
    before = machine.ask(PROGRESS)

    def moved() -> bool:
        wait_for(lambda: False, 0.3)
        return machine.ask(PROGRESS) != before

    return wait_for(moved, AT_WORK_IN)


def is_quiet(machine: Machine, sent: int) -> bool:
    """Whether everything that was sent is stored, and nothing waits."""
    wait_for(lambda: False, 1)  # ask the database no more than once a second
    machine.restart_ended()
    return sum(number for _, number in machine.ask(STATES)) >= sent and machine.ask(WAITING)[0][0] == 0


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
