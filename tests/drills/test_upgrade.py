"""The upgrade from each release while people work with that release: nobody waits long, and nothing that they use goes away."""
from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg2
import pytest

from tests.demonstration import BASE_DIR, MANAGE, database_like, in_database
from tests.upgrades import Release, releases

PEOPLE = 3000  # as `make run` makes
# The longest that one statement may take, in seconds. A step waits at most two for its lock, with everybody who wants the table behind it,
# and may then work for a moment; a page that stands for four is still waited for, and no proxy or browser gives up on it.
BAR = 4.0


@dataclass(frozen=True)
class Old:
    """A release as it ran: its code, and the name of a database that it made and filled."""

    code: Path
    database: str

    def settings(self, database: str, role: str) -> dict[str, str]:
        """The environment of a program of this release."""
        addresses = {role_name: in_database(os.environ[role_name], database) for role_name in ("DATABASE_OWNER_URL", "DATABASE_AUDIT_URL")}
        files = {"MEDIA_ROOT": str(self.code.parent / "files"), "AUDIT_ANCHOR_FILE": "", "DJANGO_SETTINGS_MODULE": "config.settings"}
        address = in_database(os.environ[role], database)
        return os.environ | addresses | files | {"DEMO": "true", "DATABASE_URL": address, "PYTHONPATH": str(self.code)}

    def manage(self, *command: str, role: str = "DATABASE_URL") -> None:
        """Run one of its commands."""
        run = [sys.executable, "manage.py", *command]
        subprocess.run(run, cwd=self.code, env=self.settings(self.database, role), check=True, stdout=subprocess.DEVNULL)


@pytest.fixture(scope="module", params=releases(), ids=lambda release: release.version)
def old(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Old]:
    """A release with the demonstration's people, from the history of the repository."""
    with database_like("template1", "release") as database:
        made = Old(unpacked(request.param, tmp_path_factory.mktemp("release") / "code"), database)
        made.manage("migrate", "-v0", role="DATABASE_OWNER_URL")
        made.manage("seed_demo", f"--nominals={PEOPLE}")
        yield made


def unpacked(release: Release, target: Path) -> Path:
    """The code of a release, with the front end of now: nobody looks at it here."""
    target.mkdir()
    packed = subprocess.run(["git", "archive", release.commit], cwd=BASE_DIR, check=True, stdout=subprocess.PIPE).stdout
    subprocess.run(["tar", "--extract", "--directory", str(target)], input=packed, check=True)
    (target / "build").symlink_to(BASE_DIR / "build")
    return target


def report_on(address: str) -> Any:
    """Somebody whose long report has read a table; where nobody tells it to end, the server does in the end."""
    session = psycopg2.connect(address)
    session.cursor().execute("SET idle_in_transaction_session_timeout = '60s'; SELECT FROM offenders_nominal")
    return session


def migrate(environment: dict[str, str], report: Any = None) -> None:
    """Migrate by the present code; a report goes on until a step has given up once."""
    with subprocess.Popen([*MANAGE, "migrate", "-v0"], cwd=BASE_DIR, env=environment, stderr=subprocess.PIPE, text=True) as running:
        said = []
        for line in running.stderr:
            said.append(line)
            if report and "again in" in line:
                report.rollback()
    assert running.returncode == 0, "".join(said)


def upgrade_beside_people(old: Old, planted: str = "", *, report: bool = False) -> dict[str, Any]:
    """Migrate a copy of the release's database by the present code while its people work; return what they met."""
    with database_like(old.database, "upgrade") as database:
        program = [sys.executable, str(BASE_DIR / "tests" / "drills" / "at_work.py")]
        pipes: dict[str, Any] = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
        with subprocess.Popen(program, cwd=old.code, env=old.settings(database, "DATABASE_URL"), **pipes) as people:
            assert people.stdout.readline() == "ready\n"
            owner = old.settings(database, "DATABASE_OWNER_URL") | {"PYTHONPATH": str(BASE_DIR)}
            plant = {"DJANGO_SETTINGS_MODULE": "tests.planted.settings", "PLANTED": planted} if planted else {}
            migrate(owner | plant, report_on(in_database(os.environ["DATABASE_URL"], database)) if report else None)
            said, _ = people.communicate()
    met: dict[str, Any] = json.loads(said)
    print(f"{planted or 'the migrations since'}: {met}")
    return met


@pytest.mark.parametrize("planted", ["", "proper"], ids=["as it is", "with proper steps besides"])
def test_nobody_waits_long(old: Old, planted: str) -> None:
    met = upgrade_beside_people(old, planted)

    assert met["failed"] == []
    assert met["turns"] > 1000
    assert met["longest"] < BAR, met


def test_nobody_waits_behind_a_step_that_waits_for_a_long_report(old: Old) -> None:
    met = upgrade_beside_people(old, "proper", report=True)

    assert met["failed"] == []
    assert met["waited"] != []  # behind the step, which asked for its lock while the report went on
    assert met["longest"] < BAR, met


@pytest.mark.parametrize("planted", ["slow", "rewriting"])
def test_a_step_that_holds_people_up_is_noticed(old: Old, planted: str) -> None:
    met = upgrade_beside_people(old, planted)

    assert met["longest"] > BAR
    assert met["waited"] != []  # not by the table alone: rules of other tables read it


def test_a_step_that_takes_away_what_they_use_is_noticed(old: Old) -> None:
    met = upgrade_beside_people(old, "dropping")

    assert any("column accounts_unit.name does not exist" in each for each in met["failed"])
