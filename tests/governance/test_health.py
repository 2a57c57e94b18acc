"""What each check calls good, worth a look, and bad; and how jobs note that they ran."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from celery import shared_task
from celery.schedules import crontab
from django.conf import settings as real
from django.core.management import call_command
from django.core.management.base import CommandError
from django.utils.module_loading import import_string
from django.utils.text import slugify
from django.utils.timezone import now

from accounts.choices import Role
from actions.models import Notification
from audit import health as of_log
from audit.choices import CheckState, Verb
from audit.health import Check, State, lasted
from audit.models import AuditCheck, Event
from config import celery as wiring
from governance import health
from governance.models import JobRun
from governance.reports.health import findings, look_at
from governance.reports.jobs import jobs_of
from governance.services.jobs import delete_old_runs, note_end
from intelligence import health as of_border
from intelligence.models import AlertSource
from sharing import health as of_agencies
from tests.factories import make_user
from tests.governance.making_health import DAY, HOUR, MINUTE, NOWHERE, make_failed, make_run
from tests.intelligence.making_doors import make_alert_source

pytestmark = pytest.mark.django_db
MAIL = "actions.tasks.mail_notifications"


def state_of(check: Check) -> State:
    """The state that a check finds now."""
    return look_at(check).state


def make_seal_wait(ago: timedelta) -> None:
    """An entry of the log that no seal holds, added some time ago."""
    Event.objects.create(at=now() - ago, verb=Verb.CREATED, channel="system", request_id=uuid4())


def make_verified(ago: timedelta, **values: Any) -> None:
    """A verification that ended some time ago."""
    AuditCheck.objects.create(**{"state": CheckState.WHOLE, "finished_at": now() - ago} | values)


def make_silent(hours: int) -> None:
    """A source that may be silent for a day and has been for longer."""
    source = make_alert_source()
    AlertSource.objects.filter(pk=source.pk).update(silent_after_hours=24, added_at=now() - timedelta(hours=hours), is_active=True)


# For each state of each check: what brings it about.
CASES: list[tuple[str, Check, Callable[[], object], State]] = [
    ("a job ran", health.worker, make_run, State.GOOD),
    ("no job yet", health.worker, lambda: None, State.LOOK),
    ("no job for minutes", health.worker, lambda: make_run(ago=5 * MINUTE), State.LOOK),
    ("no job for long", health.worker, lambda: make_run(ago=11 * MINUTE), State.BAD),
    ("a backup is no worker", health.worker, lambda: make_run("backup"), State.LOOK),
    ("backup of today", health.backup, lambda: make_run("backup", ago=20 * HOUR), State.GOOD),
    ("backup of yesterday", health.backup, lambda: make_run("backup", ago=30 * HOUR), State.LOOK),
    ("old backup", health.backup, lambda: make_run("backup", ago=4 * DAY), State.BAD),
    ("no backup, new service", health.backup, lambda: make_run(since=now() - HOUR), State.LOOK),
    ("no backup at all", health.backup, make_run, State.BAD),
    ("failed backup", health.backup, lambda: make_failed("backup", succeeded_at=now() - HOUR), State.LOOK),
    ("mail goes", health.mail, lambda: make_run(MAIL), State.GOOD),
    ("mail failed once", health.mail, lambda: make_failed(MAIL, succeeded_at=now() - MINUTE), State.LOOK),
    ("mail fails", health.mail, lambda: make_failed(MAIL, succeeded_at=now() - 2 * HOUR), State.BAD),
    ("nothing to seal", of_log.sealing, lambda: None, State.GOOD),
    ("just added", of_log.sealing, lambda: make_seal_wait(MINUTE), State.GOOD),
    ("late seal", of_log.sealing, lambda: make_seal_wait(11 * MINUTE), State.LOOK),
    ("no seals", of_log.sealing, lambda: make_seal_wait(2 * HOUR), State.BAD),
    ("never verified", of_log.verification, lambda: None, State.LOOK),
    ("whole", of_log.verification, lambda: make_verified(HOUR), State.GOOD),
    ("not verified for days", of_log.verification, lambda: make_verified(3 * DAY), State.LOOK),
    ("not whole", of_log.verification, lambda: make_verified(HOUR, state=CheckState.BROKEN, fault="changed"), State.BAD),
    ("no source", of_border.feeds, lambda: None, State.GOOD),
    ("speaking source", of_border.feeds, lambda: make_silent(23), State.GOOD),
    ("silent source", of_border.feeds, lambda: make_silent(25), State.LOOK),
    ("dead source", of_border.feeds, lambda: make_silent(49), State.BAD),
    ("no agency waits", of_agencies.notices, lambda: None, State.GOOD),
    ("database", health.database, lambda: None, State.GOOD),
    ("clock", health.clock, lambda: None, State.GOOD),
]


@pytest.mark.parametrize(("check", "make", "wanted"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_check_finds(check: Check, make: Callable[[], object], wanted: State) -> None:
    make()

    assert state_of(check) == wanted


def test_database_without_a_migration_of_this_version_is_bad(monkeypatch: pytest.MonkeyPatch) -> None:
    known = health.known_migrations()
    monkeypatch.setattr(health, "known_migrations", lambda: known | {("governance", "0999_later")})

    assert look_at(health.database).figure == "1 migration is not applied"
    assert state_of(health.database) == State.BAD


@pytest.mark.parametrize(("waiting", "wanted"), [(3, State.GOOD), (100, State.LOOK), (1000, State.BAD)])
def test_long_queue_is_seen(waiting: int, wanted: State, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "count_waiting", lambda: (waiting, 1))

    assert state_of(health.queue) == wanted


def test_queue_is_counted_in_the_broker(settings: Any, tmp_path: Path) -> None:
    settings.QUEUES = [f"{tmp_path}/prompt", f"{tmp_path}/long"]
    broker = health.broker()
    broker.rpush(settings.QUEUES[0], "one", "two")
    broker.rpush(settings.QUEUES[1], "one")
    try:
        assert look_at(health.queue).value == 3
    finally:
        broker.delete(*settings.QUEUES)


def test_broker_that_is_gone_is_bad_and_breaks_nothing(settings: Any) -> None:
    settings.CELERY_BROKER_URL = NOWHERE

    states = {finding.check.name: finding.reading.state for finding in findings()}

    assert (states["Broker"], states["Queue of work"]) == (State.BAD, State.BAD)
    assert states["Database"] == State.GOOD


@pytest.mark.parametrize(("full", "wanted"), [(50, State.GOOD), (90, State.LOOK), (96, State.BAD)])
def test_fullest_disk_counts(full: int, wanted: State, monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT, settings.DISPOSAL_LIST_FILE = tmp_path / "not" / "there", tmp_path / "lists" / "disposals.list"
    settings.DISPOSAL_LIST_FILE.parent.mkdir()
    used = {tmp_path: full, settings.DISPOSAL_LIST_FILE.parent: 10}
    usage = type(shutil.disk_usage(tmp_path))
    monkeypatch.setattr(shutil, "disk_usage", lambda path: usage(100, used[path], 100 - used[path]))

    assert state_of(health.disk) == wanted


@pytest.mark.parametrize(("apart", "wanted"), [(5, State.LOOK), (40, State.BAD)])
def test_clocks_that_differ_are_seen(apart: int, wanted: State, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "now", lambda: now() + timedelta(seconds=apart))

    assert state_of(health.clock) == wanted


def test_notifications_that_wait_are_counted() -> None:
    Notification.objects.create(recipient=make_user(email="somebody@force.invalid"), text="Something is due")

    assert look_at(health.mail).value == 1


def job_named(name: str) -> Any:
    """How a job does."""
    return next(job for job in jobs_of(list(JobRun.objects.all()), now()) if job.name == name)


def test_job_is_late_by_its_own_period() -> None:
    make_run("audit.tasks.seal_log", ago=20 * MINUTE)
    make_run("offenders.tasks.raise_duties", ago=2 * DAY)
    make_run("intelligence.tasks.send_canaries", ago=MINUTE)

    assert (job_named("audit.tasks.seal_log").state, job_named("audit.tasks.seal_log").said) == (State.LOOK, "Late by 19 minutes")
    assert job_named("offenders.tasks.raise_duties").state == State.BAD
    assert job_named("intelligence.tasks.send_canaries").state == State.GOOD


def test_job_that_never_ran_counts_from_the_first_note_of_any() -> None:
    run = make_run("audit.tasks.seal_log", since=now() - HOUR)

    assert job_named("accounts.tasks.delete_old_sessions").state in {State.GOOD, State.LOOK}
    assert job_named("actions.tasks.remind_owners").said.startswith("Late by")
    JobRun.objects.filter(pk=run.pk).update(since=now())
    assert job_named("actions.tasks.remind_owners").said == "Not due yet"


def test_failed_job_is_worth_a_look_and_bad_after_a_day() -> None:
    make_failed("audit.tasks.seal_log", succeeded_at=now() - HOUR)
    make_failed("offenders.tasks.run_import", succeeded_at=now() - 2 * DAY)

    assert (job_named("audit.tasks.seal_log").state, job_named("audit.tasks.seal_log").said) == (State.LOOK, "Failed: OSError")
    assert job_named("offenders.tasks.run_import").state == State.BAD
    assert state_of(health.jobs) == State.BAD


def test_every_job_of_the_clock_is_one_that_workers_know() -> None:
    wiring.app.loader.import_default_modules()

    assert {entry["task"] for entry in real.CELERY_BEAT_SCHEDULE.values()} - set(wiring.app.tasks) == set()
    assert {type(entry["schedule"]) for entry in real.CELERY_BEAT_SCHEDULE.values()} == {crontab}


@shared_task(name="tests.succeed")
def succeed(word: str) -> str:
    """A job that ends well."""
    return word


@shared_task(name="tests.fail")
def fail(word: str) -> None:
    """A job that does not."""
    raise ValueError(word)


def test_worker_notes_each_run_without_what_it_was_about() -> None:
    for _ in range(2):
        succeed.apply(["Quillfeather"])
    fail.apply(["Quillfeather"])

    good, bad = JobRun.objects.get(name="tests.succeed"), JobRun.objects.get(name="tests.fail")
    assert (good.runs, good.failures, good.failed, good.error) == (2, 0, False, "")
    assert (bad.runs, bad.failures, bad.failed, bad.error) == (1, 1, True, "ValueError")
    assert good.succeeded_at == good.ended_at >= good.started_at
    assert bad.succeeded_at is None
    assert "Quillfeather" not in str(list(JobRun.objects.values()))


def test_failure_leaves_alone_when_a_job_last_ended_well() -> None:
    before = make_run("tests.fail", ago=HOUR)

    fail.apply(["word"])

    assert JobRun.objects.get(name="tests.fail").succeeded_at == before.succeeded_at


def test_jobs_that_run_no_longer_are_forgotten() -> None:
    make_run("gone.tasks.old", ago=91 * DAY)
    make_run("audit.tasks.seal_log", ago=31 * DAY)

    assert delete_old_runs(actor=None) == 1
    assert [run.name for run in JobRun.objects.all()] == ["audit.tasks.seal_log"]


def test_long_name_of_an_error_is_cut() -> None:
    note_end(actor=None, name="tests.fail", started_at=now(), error="E" * 300)

    assert len(JobRun.objects.get().error) == 100


def test_runbook_has_a_heading_for_every_check() -> None:
    page = (real.BASE_DIR / "docs" / "operations.md").read_text(encoding="utf-8")
    headings = {slugify(line.lstrip("# ")) for line in page.splitlines() if line.startswith("### ")}

    codes = [import_string(path).code for path in real.HEALTH_CHECKS]

    assert len(set(codes)) == len(codes)
    assert set(codes) - headings == set()


def test_command_says_everything_and_fails_when_something_is_bad(capsys: pytest.CaptureFixture[str]) -> None:
    make_run(ago=HOUR)

    with pytest.raises(CommandError, match="Something is bad"):
        call_command("check_health")

    assert "Bad: Worker. Last finished a job 59 minutes ago. See whether worker and beat run" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(1, "1 second"), (59, "59 seconds"), (60, "1 minute"), (7199, "119 minutes"), (7200, "2 hours"), (200_000, "2 days")],
)
def test_spans_are_said_in_their_largest_unit(seconds: int, words: str) -> None:
    assert lasted(seconds) == words


def test_administrators_alone_see_runs() -> None:
    make_run()

    assert JobRun.objects.for_user(make_user(Role.ADMINISTRATOR)).count() == 1
    assert JobRun.objects.for_user(make_user(Role.SUPERVISOR)).count() == 0
