"""What pages, guards and letters of requests for information of the force read."""

from __future__ import annotations

import hashlib
import json
from datetime import date
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import QuerySet
from django.utils.timezone import localdate, now

from actions.models import Action
from actions.reports import asks_why_late, waiting_by_subject
from disclosure.choices.freedom import FreedomKind, ReplyOutcome
from disclosure.choices.grounds import Law
from disclosure.models import Clarification, FreedomReply, FreedomRequest, FreedomReview, Ground, NationalAdvice
from disclosure.reports.practice import grounds_on, text_on
from disclosure.rules.freedom import RIGHTS, STANDARD, Reasoned, Standing, missing_to_reply, reply_faults

CLOCK, REVIEW = "freedom-of-information", "freedom-review"
OF_REPLY = ("outcome", "text", "grounds", "figures", "reasons")
OF_REQUEST = ("asker", "address", "kind", "question", "language")


def with_people(rows: QuerySet[FreedomRequest]) -> QuerySet[FreedomRequest]:
    """Fetch whom the list and the page name, and the national unit's advice."""
    people = ("sorted_by", "no_agreed_by", "taken_by", "press_told_by", "press_noted_by", "ended_by")
    advice = ("advice__referred_by", "advice__recorded_by", "advice__agreed_by")
    return rows.select_related("force", *people, *advice)


def replies_of(rows: QuerySet[FreedomReply]) -> QuerySet[FreedomReply]:
    """Fetch whom replies name, without the files."""
    people = ("edited_by", "approved_by", "sent_by", "review__added_by", "review__decided_by")
    return rows.defer("letter").select_related(*people).order_by("-number")


def advice_of(request: FreedomRequest) -> NationalAdvice | None:
    """Return what the national unit was asked and said."""
    return getattr(request, "advice", None)


def standing_of(request: FreedomRequest) -> Standing:
    """Return how a request stands towards the national unit."""
    advice = advice_of(request)
    return Standing(
        kind=FreedomKind(request.kind),
        concerns=request.concerns,
        is_suggested=request.is_suggested,
        no_is_agreed=request.no_agreed_at is not None,
        is_referred=advice is not None,
        is_advised=bool(advice and advice.given_on),
        is_followed=advice.is_followed if advice else None,
        departure_is_agreed=bool(advice and advice.agreed_at),
    )


def table_of(rows: list[FreedomRequest]) -> list[dict[str, Any]]:
    """Return each row of the list with its clock, whether it is locked, and where its reply stands; in a constant number of queries."""
    clocks = waiting_by_subject([row for row in rows if row.is_open], CLOCK)
    replies = {reply.request_id: reply for reply in FreedomReply.objects.filter(request__in=rows).defer("letter").order_by("number")}
    return [
        {
            "row": row,
            "clock": clocks.get(row.pk),
            "is_locked": row.is_open and bool(missing_to_reply(standing_of(row))),
            "reply": replies.get(row.pk),
        }
        for row in rows
    ]


def clock_of(request: FreedomRequest) -> Action | None:
    """Return the waiting clock of the answer."""
    return waiting_by_subject([request], CLOCK).get(request.pk)


def weighed_on(day: date) -> QuerySet[Ground]:
    """Return the exemptions of a day for which the public interest is weighed."""
    return grounds_on(Law.FREEDOM, day).filter(needs_test=True)


def asks_why(request: FreedomRequest) -> bool:
    """Say whether answering now asks why it is late."""
    waiting = (waiting_by_subject([request], kind).get(request.pk) for kind in (CLOCK, REVIEW))
    return any(asks_why_late(action, now()) for action in waiting if action)


def draft_of(request: FreedomRequest) -> FreedomReply | None:
    """Return the reply that has not been sent."""
    return replies_of(FreedomReply.objects.filter(request=request, sent_at__isnull=True)).first()


def sent_to(request: FreedomRequest) -> FreedomReply | None:
    """Return the newest reply that was sent."""
    return replies_of(FreedomReply.objects.filter(request=request, sent_at__isnull=False)).first()


def open_review_of(request: FreedomRequest) -> FreedomReview | None:
    """Return the internal review that is not decided."""
    return FreedomReview.objects.filter(reply__request=request, decided_at__isnull=True).select_related("reply").first()


def open_question_of(request: FreedomRequest) -> Clarification | None:
    """Return what the asker was asked back and has not answered."""
    return Clarification.objects.filter(request=request, said_on__isnull=True).first()


def grounds_of(grounds: list[dict[str, Any]]) -> list[Reasoned]:
    """Return the grounds of a reply as rules ask for them."""
    return [Reasoned(each["code"], each["why"], each["needs_test"], each["test"]) for each in grounds]


def faults_of(reply: FreedomReply) -> list[tuple[str, str]]:
    """Return what a reply has too little or too much of."""
    kind, outcome = FreedomKind(reply.request.kind), ReplyOutcome(reply.outcome)
    return reply_faults(kind, outcome, reply.text, grounds_of(reply.grounds), reply.figures is not None)


def letter_words(reply: FreedomReply) -> dict[str, str]:
    """Return the standard words of a letter as they stand today; empty ones are missing."""
    today, language = localdate(), reply.request.language
    code = STANDARD.get(ReplyOutcome(reply.outcome), "")
    return {"standard": text_on(code, today, language) if code else "", "rights": text_on(RIGHTS, today, language)}


def seal_of(reply: FreedomReply) -> str:
    """Return the digest (SHA-256) of everything that whoever approves relies on, the standard words of the letter too."""
    content = {
        "reply": {name: getattr(reply, name) for name in OF_REPLY},
        "request": {name: getattr(reply.request, name) for name in OF_REQUEST},
        "words": letter_words(reply),
    }
    return hashlib.sha256(json.dumps(content, cls=DjangoJSONEncoder, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def parts_of(request: FreedomRequest) -> dict[str, Any]:
    """Return what hangs on a request, for its page."""
    return {
        "advice": advice_of(request),
        "clarifications": request.clarifications.select_related("asked_by"),
        "replies": list(replies_of(FreedomReply.objects.filter(request=request))),
    }
