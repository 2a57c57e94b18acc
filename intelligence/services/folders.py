"""Watched folders: finished files are stored, then moved out of the way; and files that the operator hands in by command."""

from __future__ import annotations

import os
import time
import uuid
from pathlib import Path

from django.conf import settings
from django.db import DataError
from django.utils.translation import gettext_noop

from accounts.models import User
from intelligence.choices.travel import Door, MessageState
from intelligence.models import AlertSource, RawMessage
from intelligence.services.mailboxes import NOT_STORED, note_failure, note_success
from intelligence.services.messages import BEGINNING, Incoming, most_bytes, take_message
from offenders.services.imports import alone

FOLDER_LOCK = 7_301_012  # any number that no other advisory lock of the application has
UNCHANGED = 5  # seconds after which a file counts as written to its end
MOST_AT_ONCE = 500
UNFINISHED = (".part", ".tmp", ".crdownload", ".filepart")
TAKEN, REFUSED = "taken", "refused"
NO_FOLDER = gettext_noop("The folder is not there, or Vigil may not read it and move files in it.")
NO_FILE = gettext_noop("A file could not be read or moved. It stays where it is; ask the operator to look at its rights.")
NOT_SET_UP = gettext_noop("The operator has not named this folder in the settings.")


def take_folders(*, actor: User | None) -> int:
    """Take the finished files of every folder in use; what fails in one stops none of the others. Return how many were new."""
    sources = AlertSource.objects.filter(door=Door.FOLDER, is_active=True).select_related("force", "unit").order_by("pk")
    return sum(take_folder(actor=actor, source=source) for source in sources)


def take_folder(*, actor: User | None, source: AlertSource) -> int:
    """Take the finished files of one folder; return how many were new."""
    with alone(source.pk, FOLDER_LOCK) as is_alone:
        if not is_alone:
            return 0
        name = settings.ALERT_FOLDERS.get(source.code)
        if not name:
            note_failure(source, NOT_SET_UP)
            return 0
        count, problem = empty(actor, source, Path(name))
        note_failure(source, problem) if problem else note_success(source)
        return count


def empty(actor: User | None, source: AlertSource, folder: Path) -> tuple[int, str]:
    """Store each finished file in a transaction of its own, then move it. One that cannot be read or moved stops none of the others.

    Return how many were new, and the last problem.
    """
    try:
        paths = finished_files(folder)[:MOST_AT_ONCE]
    except OSError:
        return 0, NO_FOLDER
    count, problem = 0, ""
    for path in paths:
        try:
            message, is_new = take_file(actor=actor, source=source, path=path)
            count += is_new
            put_away(path, REFUSED if message.state == MessageState.REJECTED else TAKEN)
        except OSError:
            problem = NO_FILE
        except DataError:
            problem = NOT_STORED
    return count, problem


def finished_files(folder: Path) -> list[Path]:
    """Return the ordinary files that nobody writes to any more, oldest first; links are not followed."""
    before = time.time() - UNCHANGED
    found = []
    with os.scandir(folder) as entries:
        for entry in entries:
            is_begun = entry.name.startswith(".") or entry.name.lower().endswith(UNFINISHED)
            if not is_begun and entry.is_file(follow_symlinks=False) and (changed := entry.stat(follow_symlinks=False).st_mtime) <= before:
                found.append((changed, Path(entry.path)))
    return [path for _, path in sorted(found)]


def take_file(*, actor: User | None, source: AlertSource, path: Path) -> tuple[RawMessage, bool]:
    """Store one file; of one that is too large only its beginning."""
    with os.fdopen(os.open(path, os.O_RDONLY | os.O_NOFOLLOW), "rb") as file:
        size = os.fstat(file.fileno()).st_size
        is_too_large = size > most_bytes(source)
        content = file.read(BEGINNING if is_too_large else size)
    incoming = Incoming(content=content, size=max(size, len(content)), is_too_large=is_too_large, file_name=path.name)
    return take_message(actor=actor, source=source, incoming=incoming)


def put_away(path: Path, where: str) -> None:
    """Move a file out of the way, under another name where its own is used there."""
    target = path.parent / where / path.name
    target.parent.mkdir(exist_ok=True)
    path.rename(target.with_name(f"{path.stem}-{uuid.uuid4().hex[:8]}{path.suffix}") if target.exists() else target)
