"""Reading messages: a worker takes one up, has it scanned, and stores its reports in steps that a kill can interrupt but not double."""

from __future__ import annotations

import io
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from itertools import islice
from typing import BinaryIO, cast

from django.db import connection, transaction
from django.db.models import F, Q
from django.utils.timezone import now
from django.utils.translation import gettext_noop

from accounts.models import User
from audit.choices import Verb
from audit.services import record_event
from intelligence.choices.travel import AlertState, Door, MessageState
from intelligence.models import AlertRepeat, MessageScan, RawMessage, TravelAlert
from intelligence.parsing import Content, ParsedAlert, Unreadable
from intelligence.parsing.files import Row, parts_of, read_parts
from intelligence.parsing.mails import MAIL_LAYOUT, is_mail, open_mail, read_mail, require_related
from intelligence.services.alerts import receive_alerts
from intelligence.services.messages import limits, read_later
from offenders.choices.documents import ScanState
from offenders.services.scans import Verdict, is_scanner_set_up, scan_content

CHUNK = 500  # reports stored in one transaction
SLICE = 200  # seconds that one worker stays with one message
LOST_AFTER = timedelta(minutes=11)  # without a sign of life; longer than any task may run
MOST_TRIES = 3
MOST_AT_ONCE = 500
MOST_LAYOUTS = 4
NOTHING = gettext_noop("It holds nothing that could be a report.")
BEGINS_AGAIN = gettext_noop("Reading it failed three times without coming any further, and it was set aside. Tell the operator its number.")
HAS_VIRUS = gettext_noop("A virus was found in it, and nothing of it was read.")
SCANNED = {ScanState.CLEAN, ScanState.INFECTED}


class StoredContent(io.RawIOBase):
    """The bytes of a message, fetched from the database as they are read, so that a large one is never in memory whole."""

    def __init__(self, message_id: int, size: int) -> None:
        super().__init__()
        self.message_id, self.size, self.place = message_id, size, 0

    def readable(self) -> bool:
        """It can be read."""
        return True

    def seekable(self) -> bool:
        """From any place."""
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Go to a place."""
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self.place, io.SEEK_END: self.size}[whence]
        self.place = max(0, base + offset)
        return self.place

    def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]
        """Fetch as much as the buffer holds, or what is left."""
        with connection.cursor() as cursor:
            query = "SELECT substring(content FROM %s FOR %s) FROM intelligence_rawmessage WHERE id = %s"
            cursor.execute(query, [self.place + 1, len(buffer), self.message_id])
            found = bytes(cursor.fetchone()[0])
        buffer[: len(found)] = found
        self.place += len(found)
        return len(found)


def read_message(*, actor: User | None, message_id: int) -> bool:
    """Read one message as far as the time goes; return whether there is more to do. Safe to call twice and at the same time."""
    message = claim(message_id)
    if message is None:
        return False
    if message.tries > MOST_TRIES:
        return finish(message, BEGINS_AGAIN)
    content = content_of(message)
    verdict = scan(message, content)
    if verdict is None:
        return False
    return finish(message, HAS_VIRUS) if verdict.state == ScanState.INFECTED else read_rows(message, content)


def claim(message_id: int) -> RawMessage | None:
    """Take a message up, so that no other worker does; None when another is at it or there is nothing to do."""
    waiting = RawMessage.objects.filter(is_free(), pk=message_id, state=MessageState.TAKEN)
    if not waiting.update(claimed_at=now(), tries=F("tries") + 1):
        return None
    return RawMessage.objects.select_related("source").defer("content").get(pk=message_id)


def is_free() -> Q:
    """No worker has the message, or the one that had it is lost. A claim from the future was made before a clock was put back."""
    moment = now()
    return Q(claimed_at__isnull=True) | Q(claimed_at__lt=moment - LOST_AFTER) | Q(claimed_at__gt=moment + LOST_AFTER)


def content_of(message: RawMessage) -> Content:
    """Return the stored bytes as a file."""
    raw = StoredContent(message.pk, message.size)
    return Content(cast(BinaryIO, io.BufferedReader(raw, 1024**2)), message.size, message.file_name)


def scan(message: RawMessage, content: Content) -> Verdict | None:
    """Have the message scanned once; None while the scanner is silent, and then the message waits for the next sweep."""
    known = MessageScan.objects.filter(message=message).first()
    if known and (known.state in SCANNED or (known.state == ScanState.UNSCANNED and not is_scanner_set_up())):
        return Verdict(ScanState(known.state), known.words)
    content.file.seek(0)
    verdict = scan_content(content.file) if is_scanner_set_up() else Verdict(ScanState.UNSCANNED)
    state = verdict.state or ScanState.WAITING
    if verdict.state is None:
        RawMessage.objects.filter(pk=message.pk, claimed_at=message.claimed_at).update(claimed_at=None, tries=F("tries") - 1)
    MessageScan.objects.update_or_create(message=message, defaults={"state": state, "words": verdict.words, "at": now()})
    return verdict if verdict.state else None


def rows_of(message: RawMessage, content: Content) -> Iterator[Row]:
    """Yield what the message holds and was not stored yet. All its parts are looked at before the first of them is read."""
    allowed = replace(limits(), after=message.lines_read)
    rows: Iterator[Row]
    if message.source.door == Door.MAILBOX or (message.source.door == Door.FOLDER and is_mail(content)):
        opened = open_mail(content.whole(allowed.mail_bytes))
        require_related(opened)
        rows = ((layout and f"{MAIL_LAYOUT}: {layout}", alert) for layout, alert in read_mail(opened, allowed))
    else:
        rows = read_parts(list(parts_of(content, allowed)), allowed)
    yield from (row for row in rows if row[1].line > message.lines_read)


def read_rows(message: RawMessage, content: Content) -> bool:
    """Store the reports chunk by chunk until the end, or until the time is over; return whether there is more to do."""
    ends, rows = time.monotonic() + SLICE, rows_of(message, content)
    try:
        while chunk := list(islice(rows, CHUNK)):
            if not store_chunk(message, chunk):
                return False
            if time.monotonic() > ends:
                return bool(RawMessage.objects.filter(pk=message.pk, claimed_at=message.claimed_at).update(claimed_at=None))
    except Unreadable as error:
        return finish(message, str(error))
    return finish(message)


@transaction.atomic
def store_chunk(message: RawMessage, chunk: list[Row]) -> bool:
    """Store some reports and how far that is; false when another worker has the message now."""
    if not is_still_ours(message):
        return False
    receive_alerts(message=message, rows=[alert for _, alert in chunk])
    layouts = dict.fromkeys(filter(None, [message.layout, *(layout for layout, _ in chunk)]))
    message.layout = ", ".join(layouts)[:60] if len(layouts) < MOST_LAYOUTS else message.layout
    message.lines_read = max(alert.line for _, alert in chunk)
    message.claimed_at, message.tries = now(), 0
    message.save(update_fields=["layout", "lines_read", "claimed_at", "tries"])
    return True


def is_still_ours(message: RawMessage) -> bool:
    """Hold the row until the transaction ends, and say whether this worker still has the message."""
    rows = RawMessage.objects.select_for_update(of=("self",)).filter(pk=message.pk, state=MessageState.TAKEN, claimed_at=message.claimed_at)
    return rows.values_list("pk", flat=True).first() is not None


@transaction.atomic
def finish(message: RawMessage, problem: str = "") -> bool:
    """Say what became of the message; a problem of the whole of it counts as one report that cannot be used. Nothing is left to do."""
    if not is_still_ours(message):
        return False
    if problem:
        message.lines_read += 1
        receive_alerts(message=message, rows=[ParsedAlert(line=message.lines_read, problem=problem)])
    refused = TravelAlert.objects.filter(message=message, state=AlertState.REJECTED)
    message.state = MessageState.READ if message.layout else MessageState.REJECTED
    message.problem = problem[:300]
    if not message.layout and not problem:
        message.problem = refused.order_by("line").values_list("problem", flat=True).first() or NOTHING
    message.claimed_at, message.read_at = None, now()
    message.save(update_fields=["state", "problem", "layout", "lines_read", "claimed_at", "read_at"])
    count, repeats = TravelAlert.objects.filter(message=message).count(), AlertRepeat.objects.filter(message=message).count()
    record_event(Verb.CHANGED, message, act="Message read", state=message.state, reports=count, repeats=repeats, refused=refused.count())
    return False


def resume_reading(*, actor: User | None) -> int:
    """Hand messages whose task or worker was lost to the workers again; return how many."""
    keys = list(RawMessage.objects.filter(is_free(), state=MessageState.TAKEN).order_by("pk").values_list("pk", flat=True)[:MOST_AT_ONCE])
    for key in keys:
        read_later(key)
    return len(keys)
