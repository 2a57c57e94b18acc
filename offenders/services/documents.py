"""Documents: a paper is put on the record, gets further versions, and its words are put right; no file is overwritten."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import PurePath
from typing import Any

from django.conf import settings
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Max
from django.utils.timezone import now

from accounts.access import authorise
from accounts.models import User
from accounts.permissions import Perm
from audit.choices import Verb
from audit.services import record_event
from offenders.choices.documents import DocumentKind, FileType, Marking
from offenders.guards import require_unchanged
from offenders.guards.documents import require_acceptable_file, require_new_content, require_standing, require_still_privileged
from offenders.models import Document, DocumentFile, Nominal
from offenders.services.records import lock_nominal
from offenders.services.scans import scan_later

FOLDER = "documents"
LEFT_OVER_AFTER = timedelta(days=1)


@contextmanager
def kept_if_stored() -> Iterator[list[str]]:
    """Collect the names of files that are written, and take them off the disk again when the rows could not be stored."""
    names: list[str] = []
    is_stored = False
    try:
        with transaction.atomic():
            yield names
        is_stored = True
    finally:
        for name in [] if is_stored else names:
            default_storage.delete(name)


def add_document(
    *,
    actor: User,
    nominal: Nominal,
    upload: UploadedFile,
    title: str,
    kind: DocumentKind | str,
    marking: Marking | str = Marking.OFFICIAL_SENSITIVE,
    source: str = "",
    dated_on: date | None = None,
    is_privileged: bool = False,
) -> Document:
    """Put a paper on the record. Its file waits for the virus scan."""
    with kept_if_stored() as names:
        authorise(actor, Perm.CHANGE_RECORD, nominal)
        file_type = require_acceptable_file(upload, upload.size or 0, settings.DOCUMENT_MAX_BYTES)
        lock_nominal(nominal)
        is_sealed = stands_privileged(kind, ticked=is_privileged)
        document = Document.objects.create(
            nominal=nominal, number=next_number(nominal, is_privileged=is_sealed), title=title, kind=kind, marking=marking, source=source,
            dated_on=dated_on, is_privileged=is_sealed, added_by=actor,
        )  # fmt: skip
        store_file(actor, document, upload, file_type, number=1, note="", names=names)
        record_event(Verb.CHANGED, document, act="Document added", number=document.number, kind=str(kind))
    return document


def add_version(*, actor: User, document: Document, upload: UploadedFile, note: str = "") -> DocumentFile:
    """Add a newer file to a document; the earlier ones stay."""
    with kept_if_stored() as names:
        authorise(actor, Perm.CHANGE_RECORD, document)
        file_type = require_acceptable_file(upload, upload.size or 0, settings.DOCUMENT_MAX_BYTES)
        locked = lock_document(document)
        require_standing(locked)
        number = (DocumentFile.objects.filter(document=locked).aggregate(number=Max("number"))["number"] or 0) + 1
        file = store_file(actor, locked, upload, file_type, number=number, note=note, names=names)
        record_event(Verb.CHANGED, locked, act="Version added", number=locked.number, version=number)
    return file


@transaction.atomic
def change_document(*, actor: User, document: Document, version: int, **words: Any) -> Document:
    """Put right what a document is called and how it is marked."""
    authorise(actor, Perm.CHANGE_RECORD, document)
    lock_nominal(document.nominal)
    locked = lock_document(document)
    require_standing(locked)
    require_unchanged(locked, version)
    words["is_privileged"] = stands_privileged(words.get("kind", locked.kind), ticked=words.get("is_privileged", locked.is_privileged))
    require_still_privileged(locked, is_privileged=words["is_privileged"])
    freed = locked.number if words["is_privileged"] and not locked.is_privileged else None
    if freed:
        words["number"] = next_number(locked.nominal, is_privileged=True)
    changed = sorted(name for name, value in words.items() if getattr(locked, name) != value)
    for name, value in words.items():
        setattr(locked, name, value)
    locked.version += 1
    locked.save(update_fields=[*words, "version"])
    record_event(Verb.CHANGED, locked, act="Document's words changed", number=locked.number, fields=changed)
    if freed:
        close_gap(locked.nominal, freed)
    return locked


def next_number(nominal: Nominal, *, is_privileged: bool) -> int:
    """Return the next number of a series of the record, which the caller holds."""
    series = Document.objects.filter(nominal=nominal, is_privileged=is_privileged)
    return int(series.aggregate(number=Max("number"))["number"] or 0) + 1


def close_gap(nominal: Nominal, freed: int) -> None:
    """Give the newest open document the number of one that became privileged: a gap would tell of it. The trail alone keeps that."""
    newest = Document.objects.filter(nominal=nominal, is_privileged=False).order_by("-number").first()
    if newest and newest.number > freed:
        Document.objects.filter(pk=newest.pk).update(number=freed)
        record_event(Verb.CHANGED, newest, act="Document numbered anew", before=newest.number, number=freed)


@transaction.atomic
def withdraw_document(*, actor: User, document: Document, reason: str) -> Document:
    """Close a paper that should not be on this record; the row and its files stay, and nobody opens them."""
    authorise(actor, Perm.CHANGE_RECORD, document)
    locked = lock_document(document)
    require_standing(locked)
    locked.withdrawn_at, locked.withdrawn_by, locked.withdrawn_why = now(), actor, reason
    locked.version += 1
    locked.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_why", "version"])
    record_event(Verb.CHANGED, locked, reason=reason, act="Document withdrawn", number=locked.number)
    return locked


def stands_privileged(kind: DocumentKind | str, *, ticked: bool) -> bool:
    """Say whether a paper is privileged: a prosecutor's advice always is."""
    return ticked or kind == DocumentKind.PROSECUTOR_ADVICE


def lock_document(document: Document) -> Document:
    """Hold a document until the transaction ends."""
    return Document.objects.select_for_update(of=("self",)).select_related("nominal").get(pk=document.pk)


def store_file(
    actor: User, document: Document, upload: UploadedFile, file_type: FileType, *, number: int, note: str, names: list[str]
) -> DocumentFile:
    """Write the file under a name that says nothing, and leave it to the scanner once the row stands."""
    sha256 = digest(upload)
    require_new_content(document, sha256)
    row = DocumentFile(
        nominal=document.nominal, document=document, number=number, original_name=plain_name(upload.name or ""), file_type=file_type,
        size=upload.size or 0, sha256=sha256, note=note, added_by=actor,
    )  # fmt: skip
    row.file.save(str(uuid.uuid4()), upload, save=False)
    names.append(str(row.file.name))
    row.save()
    transaction.on_commit(lambda: scan_later(row.pk), robust=True)
    return row


def digest(upload: UploadedFile) -> str:
    """Return the SHA-256 of a file, read in pieces."""
    found = hashlib.sha256()
    for chunk in upload.chunks():
        found.update(chunk)
    upload.seek(0)
    return found.hexdigest()


def plain_name(name: str) -> str:
    """Return the end of a file's own name as one line that can be shown."""
    shown = "".join(character if character.isprintable() else " " for character in PurePath(name).name)
    return " ".join(shown.split())[-200:] or "No name"


def remove_left_over_files(*, actor: User | None) -> int:
    """Take files off the disk that a day after they were written belong to no row; return how many."""
    removed = 0
    names = default_storage.listdir(FOLDER)[1] if default_storage.exists(FOLDER) else []
    for name in names:
        path = f"{FOLDER}/{name}"
        is_old = default_storage.get_modified_time(path) < now() - LEFT_OVER_AFTER
        if is_old and not DocumentFile.objects.filter(file=path).exists():
            default_storage.delete(path)
            removed += 1
    if removed:
        record_event(Verb.CHANGED, act="Files without a row removed", count=removed)
    return removed
