"""Notes when a job ran and how it ended, one row for each job."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.db import connection
from django.utils.timezone import now

from governance.models import JobRun

# A run that failed leaves alone when one last ended well.
NOTE = """
INSERT INTO governance_jobrun AS kept (name, started_at, ended_at, failed, error, succeeded_at, runs, failures)
VALUES (%(name)s, %(started_at)s, %(ended_at)s, %(failed)s, %(error)s, %(succeeded_at)s, 1, %(failed)s::int)
ON CONFLICT (name) DO UPDATE SET
    started_at = EXCLUDED.started_at, ended_at = EXCLUDED.ended_at, failed = EXCLUDED.failed, error = EXCLUDED.error,
    succeeded_at = COALESCE(EXCLUDED.succeeded_at, kept.succeeded_at),
    runs = kept.runs + 1, failures = kept.failures + EXCLUDED.failures
"""


def note_end(*, actor: Any, name: str, started_at: datetime, error: str = "") -> None:
    """Note that a run has ended, in one statement: well, or with this kind of error."""
    ended_at = now()
    ending: dict[str, Any] = {"failed": bool(error), "error": error[:100], "succeeded_at": None if error else ended_at}
    with connection.cursor() as cursor:
        cursor.execute(NOTE, {"name": name, "started_at": started_at, "ended_at": ended_at, **ending})


@contextmanager
def note_run(*, actor: Any, name: str) -> Iterator[None]:
    """Note the run of what stands inside."""
    started_at, ended_well = now(), False
    try:
        yield
        ended_well = True
    finally:
        kind = sys.exc_info()[0]
        note_end(actor=actor, name=name, started_at=started_at, error="" if ended_well or not kind else kind.__qualname__)


def delete_old_runs(*, actor: Any) -> int:
    """Forget jobs that have not run for long: this version has them no longer. Return how many."""
    return JobRun.objects.filter(ended_at__lt=now() - JobRun.KEPT_FOR).delete()[0]
