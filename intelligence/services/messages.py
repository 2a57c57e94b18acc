"""Messages from the border: each is stored byte for byte before anything is read of it, and held back where its sender is not known."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.db.models import F
from django.utils.timezone import now
from django.utils.translation import gettext_noop

from accounts.access import authorise
from accounts.errors import DomainError
from accounts.models import User
from accounts.permissions import Perm
from audit.choices import Verb
from audit.services import record_event
from intelligence.choices.travel import MessageState, SenderVerdict
from intelligence.models import AlertSource, Arrival, RawMessage
from intelligence.parsing import Limits, ParsedAlert, Unreadable, Unrelated
from intelligence.parsing.facts import clean
from intelligence.parsing.mails import header, open_mail, require_related
from intelligence.parsing.senders import Verdict, check_sender
from intelligence.services.alerts import receive_alerts

BEGINNING = 64 * 1024  # bytes kept of a message that is too large
VERDICTS = {
    Verdict.PASSED: SenderVerdict.TRUSTED,
    Verdict.UNKNOWN_SENDER: SenderVerdict.UNKNOWN,
    Verdict.FAILED: SenderVerdict.FAILED,
    Verdict.NOT_CHECKED: SenderVerdict.FAILED,
}
TOO_LARGE = "At {} it is larger than is taken. Only its beginning is kept here; the whole stays where it came from. Send it in parts."
IS_REFUSED = gettext_noop("It was held back because of its sender, and somebody refused it.")


@dataclass(frozen=True)
class Incoming:
    """What stands at a door. Where it is too large, `content` is only its beginning and `size` that of the whole."""

    content: bytes
    size: int
    is_too_large: bool = False
    file_name: str = ""
    content_type: str = ""
    is_mail: bool = False
    number: tuple[int, int] | None = None  # of a mail: the mailbox's validity, and the mail's own number


@transaction.atomic
def take_message(*, actor: User | None, source: AlertSource, incoming: Incoming) -> tuple[RawMessage, bool]:
    """Store a message and note that it came; return it, and whether it is new. The same content again is the same message.

    Whoever calls marks it taken at its door after the commit: what comes between is only that it comes again, and is known.
    """
    digest = hashlib.sha256(incoming.content).hexdigest()
    known = lock_known(source, digest)
    message = known or store_message(source, digest, incoming)
    validity, uid = incoming.number or (None, None)
    Arrival.objects.create(source=source, message=message, uid_validity=validity, uid=uid, sent_by=actor)
    if known:
        RawMessage.objects.filter(pk=message.pk).update(times_seen=F("times_seen") + 1, last_seen_at=now())
        return message, False
    record_event(Verb.CREATED, message, act="Message taken", source=source.code, sha256=digest, state=message.state)
    if message.state == MessageState.TAKEN:
        transaction.on_commit(lambda: read_later(message.pk), robust=True)
    return message, True


def lock_known(source: AlertSource, digest: str) -> RawMessage | None:
    """Return the message with this content, if it came before; two takers of the same content go one after the other."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, hashtext(%s))", [source.pk, digest])
    return RawMessage.objects.defer("content").filter(source=source, sha256=digest).first()


def store_message(source: AlertSource, digest: str, incoming: Incoming) -> RawMessage:
    """Store a message for the first time, with what is known of its sender. One that is too large is rejected as it stands."""
    facts = facts_of_mail(source, incoming.content) if incoming.is_mail else {}
    message = RawMessage.objects.create(
        source=source, force=source.force, unit=source.unit, sha256=digest, content=incoming.content, size=incoming.size,
        file_name=clean(incoming.file_name)[-200:], content_type=clean(incoming.content_type)[:100], **facts,
    )  # fmt: skip
    if incoming.is_too_large:
        reject_message(message, TOO_LARGE.format(size_in_words(incoming.size)))
    return message


def size_in_words(size: int) -> str:
    """Return a size as people say it."""
    return f"{size / 1024**2:,.0f} MB" if size >= 1024**2 else f"{size:,} bytes"


def most_bytes(source: AlertSource, *, is_mail: bool = False) -> int:
    """Return how large a message of this source may be."""
    return int(settings.ALERT_LIMITS["mail_bytes" if is_mail or source.door == "mailbox" else "file_bytes"])


def limits() -> Limits:
    """Return how much one message may be, as the operator set it."""
    given = {name: value for name, value in settings.ALERT_LIMITS.items() if name != "file_bytes"}
    return Limits(**given, json_bytes=settings.ALERT_LIMITS["mail_bytes"])


def facts_of_mail(source: AlertSource, content: bytes) -> dict[str, Any]:
    """Return who sent a mail, whether the gateway vouches for it, and so whether it may be read. Answers of machines are not held back."""
    try:
        message = open_mail(content.partition(b"\r\n\r\n")[0] + b"\r\n\r\n")
        found = check_sender(message, source.allowed_senders, settings.ALERT_GATEWAYS)
        number = header(message, "Message-ID")[:250]
    except Unreadable:
        return {"sender_verdict": SenderVerdict.FAILED, "state": MessageState.QUARANTINED}
    facts: dict[str, Any] = {"sender": found.address, "message_id": number, "sender_details": dict(found.details)}
    facts["sender_verdict"] = VERDICTS[found.verdict]
    try:
        require_related(message)
    except Unrelated:
        return facts
    is_trusted = found.verdict == Verdict.PASSED
    return facts if is_trusted else {**facts, "state": MessageState.QUARANTINED}


def read_later(message_id: int) -> None:
    """Leave the reading to a worker. If the message of the queue is lost, `resume_reading` finds the row."""
    from intelligence.tasks import read_alert_message  # noqa: PLC0415  (tasks import services)

    read_alert_message.delay(message_id)


def reject_message(message: RawMessage, problem: str) -> None:
    """Say that nothing can be read of a message; one report that cannot be used stands for it, so that the sum of the day is right."""
    message.state, message.problem, message.claimed_at, message.read_at = MessageState.REJECTED, problem[:300], None, now()
    message.save(update_fields=["state", "problem", "claimed_at", "read_at"])
    receive_alerts(message=message, rows=[ParsedAlert(line=message.lines_read + 1, problem=problem)])
    record_event(Verb.CHANGED, message, act="Message rejected", source=message.source.code)


@transaction.atomic
def release_message(*, actor: User, message: RawMessage, reason: str) -> RawMessage:
    """Have a message read that was held back because of its sender."""
    locked = lock_held_back(actor, message)
    locked.state = MessageState.TAKEN
    decide(locked, actor, reason)
    record_event(Verb.CHANGED, locked, reason=reason, act="Message released", source=locked.source.code)
    transaction.on_commit(lambda: read_later(locked.pk), robust=True)
    return locked


@transaction.atomic
def refuse_message(*, actor: User, message: RawMessage, reason: str) -> RawMessage:
    """Leave a message unread for good that was held back because of its sender; it stays stored."""
    locked = lock_held_back(actor, message)
    decide(locked, actor, reason)
    record_event(Verb.CHANGED, locked, reason=reason, act="Message refused", source=locked.source.code)
    reject_message(locked, IS_REFUSED)
    return locked


def lock_held_back(actor: User, message: RawMessage) -> RawMessage:
    """Hold a message that waits for somebody's word on its sender."""
    authorise(actor, Perm.TRIAGE_ALERT, message)
    locked = RawMessage.objects.select_for_update(of=("self",)).select_related("source").defer("content").get(pk=message.pk)
    if locked.state != MessageState.QUARANTINED:
        raise DomainError("This message is not held back any more. Load the page again to see what became of it.")
    return locked


def decide(message: RawMessage, actor: User, reason: str) -> None:
    """Write down whose word it was."""
    message.decided_by, message.decided_at, message.decision_reason = actor, now(), reason
    message.save(update_fields=["state", "decided_by", "decided_at", "decision_reason"])
