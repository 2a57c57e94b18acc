"""An import of five thousand records and a disposal, killed outright at random points: each ends whole or leaves nothing behind.

The connection is killed by turns instead of the program, as when the database restarts. SEED in the environment strikes where it struck.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as configured
from django.core.files.base import ContentFile
from django.db import connection

from accounts.choices import Role
from accounts.models import User
from audit.choices import Verb
from audit.models import Event
from config.processes import wait_for
from governance.models import Disposal, RetentionReview
from offenders.choices import NameKind
from offenders.models import Import, Name, Nominal
from offenders.services import imports as services
from tests.demonstration import BASE_DIR, in_database
from tests.factories import make_name, make_user
from tests.governance.making_retention import make_decided, make_keeper, make_old_record
from tests.offenders.test_import_storing import csv_of

pytestmark = pytest.mark.django_db(transaction=True)

RECORDS, KILLS, NAMES = 5_000, 8, 400
SETUP = "import sys, django; django.setup();"
IMPORT = SETUP + "from offenders.services.imports import run_import; run_import(import_id=int(sys.argv[1]))"
DISPOSE = SETUP + (
    "from governance.models import RetentionReview as Review; from accounts.models import User;"
    "from governance.services.disposal import dispose; review = Review.objects.get(pk=sys.argv[1]);"
    "dispose(actor=User.objects.get(pk=sys.argv[2]), review=review, version=None, confirmation=review.nominal.reference)"
)
OTHERS = "FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'"


def start(program: str, *arguments: Any) -> subprocess.Popen[bytes]:
    """Start a program of the service on the test's database and files."""
    address = in_database(os.environ["DATABASE_URL"], connection.settings_dict["NAME"])
    own = {"DATABASE_URL": address, "MEDIA_ROOT": str(configured.MEDIA_ROOT), "DISPOSAL_LIST_FILE": str(configured.DISPOSAL_LIST_FILE)}
    own |= {"DJANGO_SETTINGS_MODULE": "config.settings", "PYTHONPATH": "."}
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    return subprocess.Popen([sys.executable, "-c", program, *map(str, arguments)], cwd=BASE_DIR, env=os.environ | own, **quiet)


def asked(statement: str) -> list[tuple[Any, ...]]:
    """Ask the database as its owner."""
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
        cursor.execute(statement)
        found = cursor.fetchall()
        cursor.execute(f"SET ROLE {configured.DATABASE_APP_ROLE}")
        return found


def chance_of() -> random.Random:
    """What decides when it strikes; its seed is printed."""
    seed = int(os.environ.get("SEED", time.time_ns() % 100_000))
    print(f"Seed {seed}", flush=True)
    return random.Random(seed)


def at_work(begin: Callable[[], subprocess.Popen[bytes]]) -> subprocess.Popen[bytes]:
    """Start the program and wait until it works with the database."""
    process = begin()
    wait_for(lambda: process.poll() is not None or bool(asked(f"SELECT 1 {OTHERS} LIMIT 1")), 60)
    return process


def time_of(begin: Callable[[], subprocess.Popen[bytes]]) -> float:
    """Let the program work to its end; return how many seconds it worked."""
    process, began = at_work(begin), time.monotonic()
    assert process.wait(300) == 0
    return time.monotonic() - began


def kill_at_random(begin: Callable[[], subprocess.Popen[bytes]], whole: float, chance: random.Random, number: int) -> bool:
    """Kill the program or its connection somewhere in the time that the whole takes; return whether it had ended before."""
    process = at_work(begin)
    with suppress(subprocess.TimeoutExpired):
        process.wait(chance.uniform(0, whole))
    was_over = process.poll() == 0
    if number % 2:
        asked(f"SELECT pg_terminate_backend(pid) {OTHERS}")
    process.kill()
    process.wait(60)
    assert wait_for(lambda: not asked(f"SELECT 1 {OTHERS}"), 60)
    return was_over


def test_import_of_five_thousand_is_there_whole_or_not_at_all(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(services, "run_later", lambda import_id: None)
    boss, chance, seen = make_user(Role.SUPERVISOR, username="boss"), chance_of(), set()
    row = {"registration": "registered", "offender_manager": "boss"}

    def hand_in(series: int) -> Import:
        """A file with five thousand people that nobody knows yet."""
        rows = [row | {"local_reference": f"F{series}-{number}", "surname": f"Sample{number}"} for number in range(RECORDS)]
        file = ContentFile(csv_of(*rows).encode(), name="force.csv")
        return services.start_import(actor=boss, file=file, unit=boss.unit, is_dry_run=False)

    first = hand_in(0)
    whole = time_of(lambda: start(IMPORT, first.pk))
    assert Nominal.objects.count() == RECORDS

    stored, present = 1, hand_in(1)
    for number in range(KILLS):
        was_over = kill_at_random(lambda: start(IMPORT, present.pk), whole, chance, number)  # noqa: B023 - called at once
        present.refresh_from_db()
        is_stored = Nominal.objects.count() == (stored + 1) * RECORDS
        assert is_stored or Nominal.objects.count() == stored * RECORDS
        assert is_stored == (present.state == "done")
        assert is_stored or not was_over
        seen.add(is_stored)
        if is_stored:
            stored, present = stored + 1, hand_in(stored + 1)
    assert start(IMPORT, present.pk).wait(300) == 0  # what was left is done by the next worker

    stored += 1
    assert Nominal.objects.count() == Name.objects.filter(kind=NameKind.PRIMARY).count() == stored * RECORDS
    assert Event.objects.filter(verb=Verb.IMPORTED, subject_type="offenders.import").count() == stored
    assert False in seen


def make_matter() -> tuple[RetentionReview, User]:
    """A decision to dispose of a record with many names, and who may carry it out."""
    nominal = make_old_record()
    for each in range(NAMES):
        make_name(nominal=nominal, surname=f"Alias{each}")
    return make_decided(nominal=nominal), make_keeper(nominal.force)


def test_disposal_is_carried_out_whole_or_not_at_all() -> None:
    chance, outcomes = chance_of(), []
    Path(configured.MEDIA_ROOT).mkdir(exist_ok=True)
    first, keeper = make_matter()
    whole = time_of(lambda: start(DISPOSE, first.pk, keeper.pk))
    for number in range(KILLS):
        review, actor = make_matter()
        nominal = review.nominal
        was_over = kill_at_random(lambda: start(DISPOSE, review.pk, actor.pk), whole, chance, number)  # noqa: B023 - called at once
        is_gone = not Nominal.objects.filter(pk=nominal.pk).exists()
        assert Disposal.objects.filter(references=[nominal.reference]).exists() == is_gone
        assert asked(f"SELECT count(*) FROM offenders_name WHERE nominal_id = {nominal.pk}") == [(0 if is_gone else NAMES + 1,)]  # noqa: S608
        assert is_gone or not was_over
        outcomes.append(is_gone)
        if not is_gone:
            assert start(DISPOSE, review.pk, actor.pk).wait(120) == 0  # asked for again, it is done
            assert not Nominal.objects.filter(pk=nominal.pk).exists()
    print(f"Gone at the kill: {outcomes}; the whole takes {whole:.1f} s")
    assert False in outcomes
