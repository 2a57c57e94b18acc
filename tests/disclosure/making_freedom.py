"""Requests for information of the force and what hangs on them."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.timezone import localdate, now

from accounts.choices import Role
from accounts.models import Organisation, User
from disclosure.models import FreedomReply, FreedomRequest, NationalAdvice
from disclosure.references import FREEDOM_REQUEST, next_reference
from disclosure.services.freedom import record_advice, refer_request, take_request
from tests.factories import make_user

PLAIN = "How many electric cars does the force have?"
TELLING = "How many registered sex offenders live in the county?"


def make_governance(force: Organisation | None = None) -> User:
    """Somebody of information governance."""
    return make_user(Role.INFORMATION_GOVERNANCE, **({"organisation": force} if force else {}))


def take(actor: User, question: str = PLAIN, **values: Any) -> FreedomRequest:
    """A request that came today, taken by the service."""
    plain = {
        "asker": "A. Writer", "address": "1 Invented Row, Northmere", "came_by": "email", "received_on": localdate(), "kind": "statistics",
        "concerns": question == TELLING,
    }  # fmt: skip
    return take_request(actor=actor, question=question, **plain | values)


def advise(actor: User, request: FreedomRequest, **values: Any) -> NationalAdvice:
    """Refer a request and record advice that is followed."""
    request.refresh_from_db()
    refer_request(actor=actor, request=request, version=request.version, referred_on=values.pop("referred_on", localdate()))
    request.refresh_from_db()
    plain = {"their_reference": "NU 12", "given_on": localdate(), "text": "Give totals for the force only.", "is_followed": True}
    return record_advice(actor=actor, request=request, version=request.version, **plain | values)


def make_request_row(*, force: Organisation, taken_by: User | None = None, **values: Any) -> FreedomRequest:
    """A request as a row, without a clock."""
    user = taken_by or make_governance(force)
    plain = {
        "asker": "A. Writer", "address": "1 Invented Row", "came_by": "email", "received_on": date(2026, 11, 2), "question": PLAIN,
        "kind": "statistics", "concerns": False, "is_suggested": False, "sorted_by": user, "taken_by": user, "force": force,
    }  # fmt: skip
    return FreedomRequest.objects.create(reference=next_reference(FREEDOM_REQUEST), **plain | values)


def make_reply_row(request: FreedomRequest, **values: Any) -> FreedomReply:
    """A drafted reply as a row."""
    plain = {"number": 1, "outcome": "disclose", "text": "Eleven.", "reasons": "It is held.", "edited_at": now()}
    return FreedomReply.objects.create(request=request, edited_by=values.pop("edited_by", request.taken_by), **plain | values)
