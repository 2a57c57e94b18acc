"""Virus scans: each waiting file is taken up by one worker, sent to the scanner, and opened or quarantined."""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum
from typing import BinaryIO, NamedTuple, cast

from clamav_client.clamd import BufferTooLongError, ClamdError, ClamdNetworkSocket, ClamdUnixSocket
from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.timezone import now
from django.utils.translation import gettext_noop

from accounts.access import may
from accounts.models import User
from accounts.permissions import Perm
from actions.services.telling import tell
from actions.services.work import Owner, complete_actions_about, raise_action
from audit.choices import Verb
from audit.services import record_event
from offenders.choices.documents import ScanState
from offenders.models import DocumentFile
from offenders.rules.documents import may_become

SECONDS = 60  # how long the scanner may stay silent
CLAIM_LASTS = timedelta(minutes=15)
LATE_AFTER = timedelta(hours=1)
MOST_AT_ONCE = 500
ROUTE = "offenders:document-list"
SILENT = "The scanner did not answer, or takes no files of this size. The file is tried again every few minutes."
TOO_LONG = "The scanner takes no files of this size. Ask the operator to raise its limit."


class Word(StrEnum):
    """What clamd answers."""

    OK = "OK"
    FOUND = "FOUND"


class Verdict(NamedTuple):
    """What came of a scan: the new state, or none when nothing could be said, and words."""

    state: ScanState | None
    words: str = ""


def is_scanner_set_up() -> bool:
    """Whether the environment names a scanner."""
    return bool(settings.CLAMAV_SOCKET or settings.CLAMAV_HOST)


def scanner() -> ClamdNetworkSocket:
    """Return the scanner that the environment names."""
    if settings.CLAMAV_SOCKET:
        return ClamdUnixSocket(path=settings.CLAMAV_SOCKET, timeout=SECONDS)
    return ClamdNetworkSocket(host=settings.CLAMAV_HOST, port=settings.CLAMAV_PORT, timeout=SECONDS)


def scan_later(file_id: int) -> None:
    """Leave the scan to a worker. If the message is lost, `scan_waiting_files` finds the row."""
    from offenders.tasks import scan_document_file  # noqa: PLC0415  (tasks import services)

    scan_document_file.delay(file_id)


def scan_file(*, actor: User | None, file_id: int) -> ScanState | None:
    """Scan one file and store what came of it; None when there is nothing to do or the scanner could not say. Safe to call twice."""
    file = claim(file_id)
    if file is None:
        return None
    verdict = ask_scanner(file) if is_scanner_set_up() else Verdict(ScanState.UNSCANNED)
    return store_verdict(file, verdict)


def claim(file_id: int) -> DocumentFile | None:
    """Take a file up, so that no other worker does; None when another has it or it needs no scan."""
    wanted = [ScanState.WAITING, ScanState.UNSCANNED] if is_scanner_set_up() else [ScanState.WAITING]
    free = Q(claimed_at__isnull=True) | Q(claimed_at__lt=now() - CLAIM_LASTS)
    if not DocumentFile.objects.filter(free, pk=file_id, scan_state__in=wanted).update(claimed_at=now()):
        return None
    return with_people().get(pk=file_id)


def with_people() -> QuerySet[DocumentFile]:
    """Return files with those who may have to be told."""
    return DocumentFile.objects.select_related("document", "nominal__unit", "nominal__force", "nominal__offender_manager__unit", "added_by")


def ask_scanner(file: DocumentFile) -> Verdict:
    """Send the file to the scanner, outside of any transaction."""
    try:
        with file.file.open("rb") as content:
            return scan_content(cast("BinaryIO", content))
    except OSError:
        return Verdict(None, SILENT)


def scan_content(content: BinaryIO) -> Verdict:
    """Send content to the scanner and return what it says; no state where it says nothing."""
    try:
        answer = scanner().instream(content)
    except BufferTooLongError:
        return Verdict(None, TOO_LONG)
    except (ClamdError, OSError, AttributeError, ValueError):  # the last two: the client met an answer that is none of clamd's
        return Verdict(None, SILENT)
    word, name = answer.get("stream", ("", None))
    if word == Word.FOUND:
        return Verdict(ScanState.INFECTED, str(name or "")[:200])
    return Verdict(ScanState.CLEAN) if word == Word.OK else Verdict(None, SILENT)


@transaction.atomic
def store_verdict(file: DocumentFile, verdict: Verdict) -> ScanState | None:
    """Store what the scanner said, let the file go, and see to a virus."""
    locked = with_people().select_for_update(of=("self",)).get(pk=file.pk)
    locked.claimed_at, locked.scan_words = None, verdict.words
    fields = ["claimed_at", "scan_words"]
    moved = verdict.state is not None and may_become(locked.scan_state, verdict.state)
    if moved and verdict.state is not None:
        locked.scan_state = verdict.state
        locked.scanned_at = None if verdict.state == ScanState.UNSCANNED else now()
        fields += ["scan_state", "scanned_at"]
    locked.save(update_fields=fields)
    if not moved:
        return None
    words = str(ScanState(locked.scan_state).label)
    complete_actions_about(actor=None, subject=locked, kind="document-scan", outcome=words)
    record_event(Verb.CHANGED, locked, act="File scanned", state=locked.scan_state)
    if locked.scan_state == ScanState.INFECTED:
        report_virus(locked)
    return ScanState(locked.scan_state)


def report_virus(file: DocumentFile) -> None:
    """Tell whoever added the file and the unit's supervisors, and have the unit deal with it."""
    nominal = file.nominal
    leads = [user for user in User.objects.filter(unit=nominal.unit_id, is_active=True) if may(user, Perm.ALLOCATE_RECORD, nominal)]
    words = gettext_noop("A virus was found in a document. The file is quarantined.")
    tell(actor=None, people=[file.added_by, *leads], text=words, nominal=nominal.pk, route=ROUTE)
    raise_action(
        actor=None, kind="document-infected", title=gettext_noop("Deal with an infected file"),
        owner=owner_for(file), is_private=file.document.is_privileged, nominal=nominal, subject=file, route=ROUTE,
        rule="document-infected", key=f"document-infected-{file.pk}",
        detail="Tell IT security which file it was and who sent it. Ask the sender for a clean copy and add it as a new version.",
    )  # fmt: skip


def owner_for(file: DocumentFile) -> Owner:
    """Return who deals with a file: the unit; of a privileged paper, which not all of the unit may know of, the record's manager."""
    return Owner(user=file.nominal.offender_manager) if file.document.is_privileged else Owner(unit=file.nominal.unit)


def scan_waiting_files(*, actor: User | None) -> int:
    """Hand files that wait to the workers, and have somebody look where the scanner is silent; return how many were handed over."""
    wanted = [ScanState.WAITING, ScanState.UNSCANNED] if is_scanner_set_up() else [ScanState.WAITING]
    waiting = DocumentFile.objects.filter(scan_state__in=wanted).order_by("pk")
    keys = list(waiting.values_list("pk", flat=True)[:MOST_AT_ONCE])
    for key in keys:
        scan_later(key)
    late = waiting.filter(scan_state=ScanState.WAITING, added_at__lt=now() - LATE_AFTER)
    for file in late.select_related("document", "nominal__unit", "nominal__force", "nominal__offender_manager__unit")[:MOST_AT_ONCE]:
        ask_to_look(file)
    return len(keys)


def ask_to_look(file: DocumentFile) -> None:
    """Have the unit ask why a file is not scanned; once."""
    nominal = file.nominal
    raise_action(
        actor=None, kind="document-scan", title=gettext_noop("A document is not scanned yet"),
        owner=owner_for(file), is_private=file.document.is_privileged, nominal=nominal, subject=file, route=ROUTE,
        rule="document-scan", starts_at=file.added_at, key=f"document-scan-{file.pk}",
        detail="Nobody can open the file until the virus scanner has looked at it. Ask the operator whether the scanner runs.",
    )  # fmt: skip
