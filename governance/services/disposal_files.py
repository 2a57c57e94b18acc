"""What follows a disposal outside the database: its files go, and it is written to the list that a restore is put right by."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path

from celery import current_app
from django.conf import settings
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.timezone import now

from accounts.models import User
from audit.context import acting_as
from governance.models import Disposal, DisposedFile

TASK = "governance.tasks.finish_disposals"


def finish_later(disposal: Disposal) -> None:
    """Hand the rest to a worker once the rows are gone for good; beat finds what was lost on the way."""
    transaction.on_commit(lambda: current_app.send_task(TASK), robust=True)


def finish_disposals(*, actor: User | None) -> int:
    """Remove the files of disposals and write the disposals down outside; twice does nothing twice. Return how many files went."""
    with acting_as(actor):
        for key in Disposal.objects.filter(listed_at__isnull=True).order_by("pk").values_list("pk", flat=True):
            write_down(key)
        waiting = DisposedFile.objects.filter(removed_at__isnull=True).order_by("pk").values_list("pk", flat=True)
        return sum(remove_file(key) for key in waiting)


@transaction.atomic
def write_down(key: int) -> None:
    """Add one disposal to the list: for each record its reference and key, and the number of the disposal."""
    disposal = Disposal.objects.select_for_update(skip_locked=True).filter(pk=key, listed_at__isnull=True).first()
    if disposal is None:
        return
    if not disposal.is_reapplied:
        records = zip(disposal.references, disposal.keys, strict=True)
        append_lines(settings.DISPOSAL_LIST_FILE, [f"{reference} {key} {disposal.public_id}" for reference, key in records])
    disposal.listed_at = now()
    Disposal.objects.filter(pk=disposal.pk).update(listed_at=disposal.listed_at)


def append_lines(path: Path, lines: list[str]) -> None:
    """Add lines at the end of a file, one writer at a time, and see them on the disk."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600), "a", encoding="utf-8") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        file.write("".join(f"{line}\n" for line in lines))
        file.flush()
        os.fsync(file.fileno())


@transaction.atomic
def remove_file(key: int) -> bool:
    """Take one file off the disk; False when another worker has it."""
    file = DisposedFile.objects.select_for_update(skip_locked=True).filter(pk=key, removed_at__isnull=True).first()
    if file is None:
        return False
    default_storage.delete(file.name)
    file.removed_at = now()
    file.save(update_fields=["removed_at"])
    return True
