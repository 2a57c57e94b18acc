"""How the jobs of the clock do: when each ran, how it ended, and whether it is late."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.utils.translation import gettext

from audit.health import State, lasted
from governance.models import JobRun

LATE, VERY_LATE = timedelta(minutes=15), timedelta(hours=2)
LONG_FAILED = timedelta(days=1)


@dataclass(frozen=True)
class Job:
    """One job: what it does, its last run, and by how long the next one is late."""

    words: str
    name: str
    run: JobRun | None
    state: State
    said: str


def jobs_of(runs: Sequence[JobRun], at: datetime) -> list[Job]:
    """Return every job of the clock, and every other that last failed; the worst first."""
    if not runs:
        return []
    by_name = {run.name: run for run in runs}
    noted_since = min(run.since for run in runs)
    found = []
    for words, entry in settings.CELERY_BEAT_SCHEDULE.items():
        run = by_name.pop(entry["task"], None)
        late = overdue(entry["schedule"], run.started_at if run else noted_since)
        found.append(job_of(words, entry["task"], run, late, at))
    found += [job_of(run.name, run.name, run, timedelta(), at) for run in by_name.values() if run.failed]
    worst = list(reversed(State))
    return sorted(found, key=lambda job: worst.index(job.state))


def overdue(schedule: Any, since: datetime) -> timedelta:
    """Return how long ago the first moment was, after a run or the first note of one, at which a job was due again."""
    to_come: timedelta = schedule.remaining_estimate(since)
    return max(timedelta(), -to_come)


def job_of(words: str, name: str, run: JobRun | None, late: timedelta, at: datetime) -> Job:
    """Judge one job."""
    failed = run is not None and run.failed
    if late >= VERY_LATE or (run and failed and (run.succeeded_at or run.since) < at - LONG_FAILED):
        state = State.BAD
    else:
        state = State.LOOK if late >= LATE or failed else State.GOOD
    said = [gettext("Late by %(time)s") % {"time": lasted(late)}] if late >= LATE else []
    said += [gettext("Failed: %(error)s") % {"error": run.error}] if run and failed else []
    usual = gettext("Ended well") if run else gettext("Not due yet")
    shown = gettext(words)
    return Job(shown[:1].upper() + shown[1:], name, run, state, ". ".join(said) or usual)
