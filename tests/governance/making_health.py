"""Runs of jobs at some time ago, and a broker that is not there."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils.timezone import now

from governance.models import JobRun

NOWHERE = "redis://127.0.0.1:1/0"
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


def make_run(name: str = "audit.tasks.seal_log", *, ago: timedelta = MINUTE, **values: Any) -> JobRun:
    """A run that began some time ago and took a second; it ended well unless told otherwise."""
    began = now() - ago
    ended = began + timedelta(seconds=1)
    usual = {"started_at": began, "ended_at": ended, "succeeded_at": ended, "failed": False, "since": now() - 10 * DAY, "runs": 1}
    return JobRun.objects.create(name=name, **usual | values)


def make_failed(name: str = "audit.tasks.seal_log", *, ago: timedelta = MINUTE, **values: Any) -> JobRun:
    """One that failed; none ended well before unless told otherwise."""
    return make_run(name, ago=ago, **{"failed": True, "error": "OSError", "succeeded_at": None, "failures": 1} | values)
