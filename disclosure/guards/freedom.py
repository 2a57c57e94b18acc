"""What must hold before something is done about a request for information of the force."""

from __future__ import annotations

from datetime import date

from django.utils.timezone import localdate
from django.utils.translation import gettext_noop

from accounts.errors import DomainError, SeveralErrors
from accounts.models import User
from disclosure.choices.freedom import Came, FreedomKind
from disclosure.guards.needs import require_nothing_missing
from disclosure.models import FreedomReply, FreedomRequest, FreedomReview
from disclosure.reports.freedom import faults_of, letter_words, seal_of, standing_of
from disclosure.rules.freedom import STANDARD, missing_to_reply
from sharing.guards.media import refuse_names
from ui.templatetags.ui import date_words

NAMES_SOMEBODY = gettext_noop(
    "A reply goes to everybody: it must name nobody. Take out names, dates of birth and references of records."
)


def require_kinds(kind: str, came_by: str) -> None:
    """It is of a kind, and came in some way."""
    if kind not in FreedomKind.values:
        raise DomainError("Choose what is asked for.", field="kind")
    if came_by not in Came.values:
        raise DomainError("Choose how it came.", field="came_by")


def require_past(day: date, field: str) -> None:
    """It has happened."""
    if day > localdate():
        raise DomainError("Enter today or an earlier day.", field=field)


def require_not_before(day: date, first: date, field: str, words: str) -> None:
    """It came after something; the words say after what."""
    require_past(day, field)
    if day < first:
        raise DomainError(words, field=field)


def require_later(day: date, last: date, field: str) -> None:
    """It gives more time, and has not passed."""
    if day <= last or day < localdate():
        raise DomainError("Enter a day after {last}, and not before today.", last=date_words(last), field=field)


def require_told_by(day: date, last: date) -> None:
    """They were told before the time was over."""
    if day > last:
        raise DomainError(
            "Whoever asked must be told by {last}. Answer now, and say why it is late.",
            last=date_words(last), field="told_on",
        )


def require_words(**texts: str) -> None:
    """Something is said."""
    for field, text in texts.items():
        if not text.strip():
            raise DomainError("Enter what is said.", field=field)


def require_open(request: FreedomRequest) -> None:
    """Nothing more is done about what has ended."""
    if not request.is_open:
        raise DomainError("This request has ended. Open it to read how.")


def require_unlocked(request: FreedomRequest) -> None:
    """Nothing is missing before a reply; the words say what is."""
    require_nothing_missing(missing_to_reply(standing_of(request)))


def require_other(actor: User, others: set[int | None], words: str) -> None:
    """Somebody else did the other part."""
    if actor.pk in others:
        raise DomainError(words)


def require_whole(actor: User, reply: FreedomReply) -> None:
    """A reply has what its outcome needs and nothing else, has its standard words, and names nobody."""
    if faults := faults_of(reply):
        raise SeveralErrors([DomainError(words, field=field) for field, words in faults])
    words = letter_words(reply)
    if not words["rights"] or (reply.outcome in STANDARD and not words["standard"]):
        raise DomainError("The standard words of the letter are missing today. Ask an administrator to set them.", field="outcome")
    texts = {"text": reply.text} | {f"{part}_{each['code']}": each[part] for each in reply.grounds for part in ("why", "test")}
    refuse_names(actor, NAMES_SOMEBODY, "Words that point at a person in a reply to everybody", **texts)


def require_approved(reply: FreedomReply) -> None:
    """Somebody approved it exactly as it stands, standard words included."""
    if not reply.approved_at or reply.approved_hash != seal_of(reply):
        raise DomainError("This reply is not approved as it stands. A second person must approve it.")


def require_no_part(actor: User, review: FreedomReview) -> None:
    """Whoever reviews had no part in the reply."""
    reply = review.reply
    words = gettext_noop("You had a part in this reply: somebody else must review it.")
    require_other(actor, {reply.edited_by_id, reply.approved_by_id, reply.sent_by_id}, words)
