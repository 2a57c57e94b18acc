"""Two lines of work: what may take minutes does not hold up what somebody must be told now."""

from __future__ import annotations

import subprocess
import sys

import pytest
from celery import current_app
from django.conf import settings

from config.schedule import BEAT_SCHEDULE, LONG, LONG_JOBS, PROMPT

OWN_LIMIT = {"audit.tasks.seal_log"}  # runs each minute, and has long to do only after the log lay unsealed for long


def line_of(task: str) -> str:
    """The line in which a task waits, whoever asks for it."""
    return str(current_app.amqp.router.route({}, task)["queue"].name)


@pytest.fixture(autouse=True)
def every_task() -> None:
    current_app.loader.import_default_modules()


def test_every_long_job_is_there_and_waits_in_the_line_of_long_ones() -> None:
    assert set(LONG_JOBS) - set(current_app.tasks) == set()
    assert {line_of(task) for task in LONG_JOBS} == {LONG}


def test_whatever_may_run_beyond_the_usual_limit_is_long() -> None:
    beyond = {name for name, task in current_app.tasks.items() if (task.time_limit or 0) > settings.CELERY_TASK_TIME_LIMIT}

    assert beyond - set(LONG_JOBS) == OWN_LIMIT


def test_what_somebody_must_be_told_now_waits_behind_no_long_job() -> None:
    told = {"intelligence.tasks.match_occurrences", "intelligence.tasks.match_travel_alerts", "offenders.tasks.mail_notice"}
    told |= {each["task"] for each in BEAT_SCHEDULE.values() if each["options"]["expires"] < 60}

    assert len(told) > 5
    assert {line_of(task) for task in told} == {PROMPT}


@pytest.mark.parametrize(("flags", "served"), [([], {PROMPT, LONG}), (["--queues=celery"], {PROMPT}), (["--queues=long"], {LONG})])
def test_a_worker_serves_both_lines_unless_it_is_told_one(flags: list[str], served: set[str]) -> None:
    say = "from config.celery import app; app.amqp.queues.select([each.split('=')[1] for each in FLAGS] or None)"
    program = f"FLAGS = {flags}; {say}; print(*app.amqp.queues.consume_from)"

    said = subprocess.run([sys.executable, "-c", program], cwd=settings.BASE_DIR, stdout=subprocess.PIPE, text=True, check=True)

    assert set(said.stdout.split()) == served
