"""Mailboxes of the border: each is emptied by one worker at a time, and a mail is marked only once it is stored."""

from __future__ import annotations

from django.conf import settings
from django.db import DataError
from django.db.models import F
from django.utils.timezone import now
from django.utils.translation import gettext_noop

from accounts.models import User
from intelligence.adapters.mailboxes import REFUSED, TAKEN, Mailbox, MailboxError, MailRefused, Waiting, opened
from intelligence.choices.travel import Door, MessageState
from intelligence.models import AlertSource, Arrival, RawMessage
from intelligence.services.messages import Incoming, most_bytes, take_message
from offenders.services.imports import alone

FETCH_LOCK = 7_301_011  # any number that no other advisory lock of the application has
MOST_AT_ONCE = 500  # mails in one go; the rest comes with the next
NOT_STORED = gettext_noop("The database refused something. It stays where it is and is tried again; tell the operator.")
NOT_SET_UP = gettext_noop("The operator has not named this mailbox in the settings.")


def fetch_mailboxes(*, actor: User | None) -> int:
    """Empty every mailbox in use; what fails in one stops none of the others. Return how many mails were new."""
    sources = AlertSource.objects.filter(door=Door.MAILBOX, is_active=True).select_related("force", "unit").order_by("pk")
    return sum(fetch_mailbox(actor=actor, source=source) for source in sources)


def fetch_mailbox(*, actor: User | None, source: AlertSource) -> int:
    """Take what waits in one mailbox; return how many mails were new. None is taken while another worker is at it."""
    with alone(source.pk, FETCH_LOCK) as is_alone:
        if not is_alone:
            return 0
        try:
            if source.code not in settings.ALERT_MAILBOXES:
                raise MailboxError(NOT_SET_UP)
            with opened(settings.ALERT_MAILBOXES[source.code]) as mailbox:
                count, problem = empty(actor, source, mailbox)
        except MailboxError as error:
            count, problem = 0, str(error)
        note_failure(source, problem) if problem else note_success(source)
        return count


def empty(actor: User | None, source: AlertSource, mailbox: Mailbox) -> tuple[int, str]:
    """Store each waiting mail in a transaction of its own, then mark it; those stored before are only marked.

    One that cannot be had or stored stays where it is and stops none of the others. Return how many were new, and the last problem.
    """
    waiting = mailbox.waiting()[:MOST_AT_ONCE]
    came = Arrival.objects.filter(source=source, uid_validity=mailbox.validity, uid__in=[each.uid for each in waiting])
    known = dict(came.values_list("uid", "message__state"))
    count, problem = 0, ""
    for each in waiting:
        if each.uid not in known:
            try:
                message, is_new = take_mail(actor, source, mailbox, each)
            except MailRefused as error:
                problem = str(error)
                continue
            except DataError:
                problem = NOT_STORED
                continue
            known[each.uid] = message.state
            count += is_new
        mailbox.mark([each.uid], REFUSED if known[each.uid] == MessageState.REJECTED else TAKEN)
    return count, problem


def take_mail(actor: User | None, source: AlertSource, mailbox: Mailbox, waiting: Waiting) -> tuple[RawMessage, bool]:
    """Store one mail; of one that is too large only its header is fetched."""
    is_too_large = waiting.size > most_bytes(source)
    content = mailbox.content(waiting.uid, only_header=is_too_large)
    size = waiting.size if is_too_large else len(content)
    number = (mailbox.validity, waiting.uid)
    incoming = Incoming(content=content, size=size, is_too_large=is_too_large, is_mail=True, number=number)
    return take_message(actor=actor, source=source, incoming=incoming)


def note_failure(source: AlertSource, problem: str) -> None:
    """Write down why a door could not be opened, for the page on connections."""
    AlertSource.objects.filter(pk=source.pk).update(fetch_failures=F("fetch_failures") + 1, last_problem=problem[:200])


def note_success(source: AlertSource) -> None:
    """Write down that a door was opened."""
    AlertSource.objects.filter(pk=source.pk).update(fetch_failures=0, last_problem="", last_fetched_at=now())
