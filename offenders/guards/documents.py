"""State guards of documents: each returns nothing, or raises words that say what to do."""

from __future__ import annotations

from typing import IO

from django.utils.translation import gettext_noop

from accounts.errors import DomainError
from offenders.choices.documents import FileType, ScanState
from offenders.models import Document, DocumentFile
from offenders.rules.documents import UnwantedFile, identify, is_openable

STAYS_PRIVILEGED = gettext_noop("A privileged document stays privileged. If it never was, withdraw it, give that reason, and add it again.")
CLOSED = {
    ScanState.WAITING: gettext_noop(
        "This file is waiting for the virus scan and cannot be opened yet. Load the page again in a minute."
    ),
    ScanState.INFECTED: gettext_noop("This file is quarantined because a virus was found in it. Ask whoever sent it for a clean copy."),
}


def require_acceptable_file(file: IO[bytes], size: int, most: int) -> FileType:
    """Return what a file is; it is not too large, and of a kind that is taken in."""
    if size > most:
        raise too_large(most)
    try:
        return identify(file, size)
    except UnwantedFile as error:
        raise DomainError(str(error), field="upload") from error


def too_large(most: int) -> DomainError:
    """Return the refusal of a file over the limit."""
    return DomainError(
        "The file must be {most}MB or smaller. Split it or save it with smaller pictures, and choose it again.",
        most=most // 1024**2,
        field="upload",
    )


def require_standing(document: Document) -> None:
    """The document has not been withdrawn."""
    if document.withdrawn_at:
        raise DomainError("This document was withdrawn. Add it again if it belongs here after all.")


def require_openable(file: DocumentFile) -> None:
    """The document stands, and the file has been found clean, or it is stated that nobody scans here."""
    require_standing(file.document)
    if not is_openable(file.scan_state):
        raise DomainError(CLOSED[ScanState(file.scan_state)])


def require_exportable(document: Document) -> None:
    """Privileged papers never leave the case file: not in a disclosure, a bundle or a share."""
    require_standing(document)
    if document.is_privileged:
        raise DomainError("This document is legally privileged. It cannot be part of a disclosure, a bundle or a share.")


def require_still_privileged(document: Document, *, is_privileged: bool) -> None:
    """What was privileged stays so."""
    if document.is_privileged and not is_privileged:
        raise DomainError(STAYS_PRIVILEGED, field="is_privileged")


def require_new_content(document: Document, sha256: str) -> None:
    """The same file is not added twice to a document."""
    if DocumentFile.objects.filter(document=document, sha256=sha256).exists():
        raise DomainError("This file is a version of the document already. Choose the changed file.", field="upload")
