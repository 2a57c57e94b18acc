"""Notes when a job ran and how it ended, one row for each job."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.utils.timezone import now

from governance.models import JobRun


def note_end(*, actor: Any, name: str, started_at: datetime, failed: bool) -> None:
    """Note that a run has ended, in one statement; a run that failed leaves alone when one last ended well."""
    ended_at = now()
    row = JobRun(name=name, started_at=started_at, ended_at=ended_at, failed=failed, succeeded_at=None if failed else ended_at)
    changed = ["started_at", "ended_at", "failed"] + ([] if failed else ["succeeded_at"])
    JobRun.objects.bulk_create([row], update_conflicts=True, unique_fields=["name"], update_fields=changed)


@contextmanager
def note_run(*, actor: Any, name: str) -> Iterator[None]:
    """Note the run of what stands inside."""
    started_at, failed = now(), True
    try:
        yield
        failed = False
    finally:
        note_end(actor=actor, name=name, started_at=started_at, failed=failed)
