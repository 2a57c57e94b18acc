"""Replies to requests for information of the force: drafted, approved by a second person as they stand, sent; and internal reviews."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate, now
from django.utils.translation import gettext_noop

from accounts.errors import DomainError, NotPermitted
from accounts.models import User
from accounts.permissions import Perm
from actions.reports import waiting_by_subject
from actions.rules import start_of
from actions.services import complete_actions_about, raise_action
from audit.choices import Verb
from audit.services import record_event
from disclosure.choices.freedom import Ending, ReplyOutcome, ReviewOutcome
from disclosure.choices.grounds import Law
from disclosure.documents.freedom import reply_letter
from disclosure.guards.freedom import (
    require_approved,
    require_no_part,
    require_not_before,
    require_other,
    require_unlocked,
    require_whole,
    require_words,
)
from disclosure.models import FreedomReply, FreedomRequest, FreedomReview
from disclosure.reports.figures import figures_on
from disclosure.reports.freedom import REVIEW, draft_of, open_review_of, seal_of, sent_to
from disclosure.reports.practice import grounds_on, least_on, told_in
from disclosure.rules.freedom import WITH_FIGURES
from disclosure.services.freedom import GOVERNANCE, LIST, end_request, hold_request, touch

APPROVE = "freedom-approve"


@transaction.atomic
def write_reply(
    *, actor: User, request: FreedomRequest, version: int, outcome: str, text: str, reasons: str,
    grounds: Sequence[tuple[str, str, str]] = (),
) -> FreedomReply:  # fmt: skip
    """Draft the reply, or write it anew: then it is approved anew. Grounds are codes, each with why it applies and the weighing.

    Refused while the request is locked; the words say what is missing.
    """
    locked = hold_request(actor, request, version)
    require_unlocked(locked)
    if outcome not in ReplyOutcome.values:
        raise DomainError("Choose what the reply says.", field="outcome")
    require_words(reasons=reasons)
    reply = draft_of(locked) or FreedomReply(request=locked, number=locked.replies.count() + 1)
    reply.request = locked
    reply.outcome, reply.text, reply.reasons = outcome, text.strip(), reasons.strip()
    reply.grounds = frozen_grounds(grounds, locked.language)
    require_whole(actor, reply)
    return store_draft(actor, reply, "Reply to a request for information written")


def frozen_grounds(grounds: Sequence[tuple[str, str, str]], language: str) -> list[dict[str, Any]]:
    """Return grounds as they hold today, in the language of the letter, with what is said about them."""
    held = {ground.code: ground for ground in grounds_on(Law.FREEDOM, localdate())}
    if not {code for code, _, _ in grounds} <= held.keys():
        raise DomainError("Choose exemptions from the list.", field="grounds")
    return [
        {
            "code": code, **told_in(held[code], language),
            "needs_test": held[code].needs_test, "why": why.strip(), "test": test.strip(),
        }
        for code, why, test in grounds
    ]  # fmt: skip


def store_draft(actor: User, reply: FreedomReply, act: str) -> FreedomReply:
    """Store an edited draft without any approval, and ask a second person; the caller holds the request."""
    reply.edited_by, reply.edited_at = actor, now()
    reply.approved_by, reply.approved_at, reply.approved_hash = None, None, ""
    reply.version += 1
    reply.save()
    touch(reply.request)
    if not waiting_by_subject([reply.request], APPROVE):
        raise_action(
            actor=actor, kind=APPROVE, title=gettext_noop("A reply to a request for information waits for a second person"),
            owner=GOVERNANCE,
            force=reply.request.force, subject=reply.request, route=LIST, rule="approval", key=f"{APPROVE}-{reply.pk}-{reply.version}",
        )  # fmt: skip
    record_event(Verb.CHANGED, reply.request, act=act, number=reply.number, outcome=reply.outcome)
    return reply


def hold_draft(actor: User, request: FreedomRequest, version: int) -> FreedomReply:
    """Hold a request with its draft; nothing locks the request."""
    locked = hold_request(actor, request, version)
    require_unlocked(locked)
    reply = draft_of(locked)
    if reply is None:
        raise DomainError("No reply is written yet.")
    reply.request = locked
    return reply


@transaction.atomic
def add_figures(*, actor: User, request: FreedomRequest, version: int, as_at: date) -> FreedomReply:
    """Put the product's own counts of a day into the draft, small numbers hidden; they stay as they are from then on."""
    reply = hold_draft(actor, request, version)
    require_not_before(as_at, date(2001, 4, 1), "as_at", gettext_noop("This cannot be before there were arrangements under MAPPA."))
    if reply.outcome not in WITH_FIGURES:
        raise DomainError("Only a reply that discloses something has figures.")
    if (least := least_on(localdate())) is None:
        raise DomainError("The smallest number that may leave is not set today. Ask an administrator to set it.")
    reply.figures = figures_on(reply.request.force, as_at, least)
    return store_draft(actor, reply, "Figures put into a reply")


@transaction.atomic
def remove_figures(*, actor: User, request: FreedomRequest, version: int) -> FreedomReply:
    """Take the figures out of the draft."""
    reply = hold_draft(actor, request, version)
    if reply.figures is None:
        raise DomainError("There are no figures in this reply.")
    reply.figures = None
    return store_draft(actor, reply, "Figures taken out of a reply")


@transaction.atomic
def approve_reply(*, actor: User, request: FreedomRequest, version: int) -> FreedomReply:
    """Approve the reply as a second person, exactly as it stands; any edit ends that."""
    reply = hold_draft(actor, request, version)
    require_other(actor, {reply.edited_by_id}, gettext_noop("You wrote this reply last: somebody else must approve it."))
    require_whole(actor, reply)
    reply.approved_by, reply.approved_at, reply.approved_hash = actor, now(), seal_of(reply)
    reply.save(update_fields=["approved_by", "approved_at", "approved_hash"])
    touch(reply.request)
    complete_actions_about(actor=actor, subject=reply.request, kind=APPROVE, outcome="Approved")
    record_event(Verb.CHANGED, reply.request, act="Reply to a request for information approved", number=reply.number)
    return reply


@transaction.atomic
def send_reply(*, actor: User, request: FreedomRequest, version: int, late_reason: str = "") -> FreedomReply:
    """Send the approved reply: its letter is kept byte for byte, the request ends, its clocks close, late ones with why."""
    reply = hold_draft(actor, request, version)
    require_approved(reply)
    reply.sent_by, reply.sent_at = actor, now()
    letter = reply_letter(reply)
    reply.letter, reply.sha256 = letter, hashlib.sha256(letter).hexdigest()
    reply.save(update_fields=["sent_by", "sent_at", "letter", "sha256"])
    complete_actions_about(
        actor=actor, subject=reply.request, outcome=str(ReplyOutcome(reply.outcome).label), late_reason=late_reason
    )
    record_event(Verb.EXPORTED, reply.request, act="Reply to a request for information sent", number=reply.number, sha256=reply.sha256)
    end_request(actor, reply.request, Ending.ANSWERED)
    return reply


@transaction.atomic
def print_letter(*, actor: User, reply: FreedomReply) -> bytes:
    """Return the letter of a reply that was sent, byte for byte as it went, and record that it was handed over."""
    row = FreedomReply.objects.for_user(actor).filter(pk=reply.pk, sent_at__isnull=False).select_related("request").first()
    if row is None or row.letter is None:
        raise NotPermitted(Perm.VIEW_FREEDOM_REQUEST)
    letter = bytes(row.letter)
    if hashlib.sha256(letter).hexdigest() != row.sha256:
        raise DomainError("The kept letter is not the one that went. Tell the operator of the service.")
    record_event(Verb.PRINTED, row.request, act="Letter printed", number=row.number)
    return letter


@transaction.atomic
def ask_review(*, actor: User, request: FreedomRequest, version: int, asked_on: date, complaint: str) -> FreedomReview:
    """Take down that the asker complains about the newest reply; it has a clock of its own."""
    locked = hold_request(actor, request, version, is_ended=True)
    reply = sent_to(locked)
    if reply is None or reply.sent_at is None:
        raise DomainError("No reply was sent that could be reviewed.")
    if FreedomReview.objects.filter(reply=reply).exists():
        raise DomainError("This reply is or was reviewed already.")
    require_words(complaint=complaint)
    require_not_before(asked_on, localdate(reply.sent_at), "asked_on", gettext_noop("This cannot be before the reply was sent."))
    review = FreedomReview.objects.create(reply=reply, asked_on=asked_on, complaint=complaint.strip(), added_by=actor)
    touch(locked)
    raise_action(
        actor=actor, kind=REVIEW, title=gettext_noop("A reply to a request for information is to be reviewed"), owner=GOVERNANCE,
        force=locked.force, subject=locked, route=LIST, rule=REVIEW, starts_at=start_of(asked_on), key=f"{REVIEW}-{review.pk}",
    )  # fmt: skip
    record_event(Verb.CREATED, locked, act="Internal review asked for", number=reply.number)
    return review


@transaction.atomic
def decide_review(
    *, actor: User, request: FreedomRequest, version: int, outcome: str, words: str, late_reason: str = ""
) -> FreedomReview:
    """Decide an internal review as somebody who had no part in the reply. Where it was not right, the request opens for another reply."""
    locked = hold_request(actor, request, version, is_ended=True)
    review = open_review_of(locked)
    if review is None:
        raise DomainError("No internal review waits.")
    require_no_part(actor, review)
    if outcome not in ReviewOutcome.values:
        raise DomainError("Choose what the review found.", field="outcome")
    require_words(words=words)
    review.outcome, review.words, review.decided_by, review.decided_at = outcome, words.strip(), actor, now()
    review.version += 1
    review.save()
    if outcome == ReviewOutcome.UPHELD:
        complete_actions_about(actor=actor, subject=locked, kind=REVIEW, outcome="The reply was right", late_reason=late_reason)
        touch(locked)
    else:
        locked.ending, locked.ended_by, locked.ended_at, locked.end_words = Ending.OPEN, None, None, ""
        touch(locked, "ending", "ended_by", "ended_at", "end_words")
    record_event(Verb.CHANGED, locked, act="Internal review decided", outcome=outcome)
    return review
