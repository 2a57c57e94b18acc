"""What a page shows of a document's file, and how the virus scanner stands."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from typing import NamedTuple

from django.db.models import Count, Max, Q

from offenders.choices.documents import ScanState
from offenders.models import DocumentFile
from offenders.services.scans import is_scanner_set_up

LONGEST_PREVIEW = 20_000  # bytes


class ScannerHealth(NamedTuple):
    """Whether there is a scanner, when it last answered, and how many files wait."""

    is_set_up: bool
    last_answer: datetime | None
    waiting: int


def is_scanner_missing() -> bool:
    """Whether nobody scans files here."""
    return not is_scanner_set_up()


def scanner_health() -> ScannerHealth:
    """Return how the scanner stands; figures over all records, which say nothing of any."""
    figures = DocumentFile.objects.aggregate(last=Max("scanned_at"), waiting=Count("pk", filter=Q(scan_state=ScanState.WAITING)))
    return ScannerHealth(is_scanner_set_up(), figures["last"], figures["waiting"])


def beginning_of_text(file: DocumentFile) -> str:
    """Return the first lines of a plain text that may be opened; nothing of any other file."""
    if not (file.is_text and file.is_openable):
        return ""
    with suppress(FileNotFoundError), file.file.open("rb") as content:
        return bytes(content.read(LONGEST_PREVIEW)).decode("utf-8-sig", "ignore")
    return ""
