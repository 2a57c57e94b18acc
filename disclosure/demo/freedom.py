"""What the synthetic force was asked under freedom of information: one request is locked, one answered, one waits."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from accounts.models import User
from disclosure.models import FreedomRequest
from disclosure.services.freedom import note_as_press_office, refer_request, take_request, tell_press_office
from disclosure.services.freedom_replies import approve_reply, send_reply, write_reply
from offenders.models import Nominal

LOCKED = "How many registered sex offenders live in each town of the county, and how many does each officer look after?"
ANSWERED = "Where can I read your yearly MAPPA report?"
WAITING = "What does the force spend each year on hiring cars?"
BY_EMAIL = {"came_by": "email"}


def add_freedom(users: dict[str, User], arthur: Nominal, others: list[Nominal], today: date) -> None:
    """Have information governance take three requests, refer one, and answer one with a colleague's approval."""
    keeper, second, press = users["information_governance"], users["information_governance_2"], users["press_officer"]
    answered = take_request(
        actor=keeper, asker="R. Reader", address="reader@example.org", received_on=today - timedelta(days=16), question=ANSWERED,
        kind="published", concerns=True, **BY_EMAIL,
    )  # fmt: skip
    write_reply(
        actor=keeper, **seen(answered), outcome="published", text="It is on the pages of the probation service of the area, under reports.",
        reasons="It is published for everybody.",
    )  # fmt: skip
    approve_reply(actor=second, **seen(answered))
    send_reply(actor=keeper, **seen(answered))
    locked = take_request(
        actor=keeper, asker="Northmere Echo, news desk", address="news@example.org", received_on=today - timedelta(days=9),
        question=LOCKED, kind="statistics", concerns=True, **BY_EMAIL,
    )  # fmt: skip
    refer_request(actor=keeper, **seen(locked), referred_on=today - timedelta(days=8), their_reference="NU/0412")
    tell_press_office(actor=keeper, **seen(locked))
    note_as_press_office(actor=press, request=locked, notes="Lines to take are ready: nothing below the level of the force.")
    take_request(
        actor=keeper, asker="A. Taxpayer", address="4 Invented Row\nNorthmere", received_on=today - timedelta(days=3), question=WAITING,
        kind="other", concerns=False, came_by="letter",
    )  # fmt: skip


def seen(request: FreedomRequest) -> dict[str, Any]:
    """Return a request with the version that is stored now."""
    request.refresh_from_db()
    return {"request": request, "version": request.version}
