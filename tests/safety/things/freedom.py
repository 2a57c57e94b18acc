"""What the safety tests need to try addresses of requests for information of the force: they are about no record."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import sha256

from django.utils.timezone import now

from accounts.choices import Role
from accounts.models import User
from disclosure.models import ApplicationMarker, Clarification, FreedomReview, NationalAdvice
from offenders.models import Nominal
from tests.disclosure.making_applications import make_application
from tests.disclosure.making_freedom import make_governance, make_reply_row, make_request_row
from tests.safety.expectations import SAME_FORCE

LETTER = b"%PDF-1.7"


def asked(nominal: Nominal) -> dict:
    """A request to the force of the record."""
    return {"public_id": make_request_row(force=nominal.force).public_id}


def concerning(nominal: Nominal) -> dict:
    """One that the national unit was asked about."""
    request = make_request_row(force=nominal.force, concerns=True, is_suggested=True)
    NationalAdvice.objects.create(request=request, referred_on=request.received_on, referred_by=request.taken_by)
    return {"public_id": request.public_id}


def asked_back(nominal: Nominal) -> dict:
    """One whose asker was asked what they mean."""
    request = make_request_row(force=nominal.force)
    Clarification.objects.create(request=request, asked="Which year?", asked_on=request.received_on, asked_by=request.taken_by)
    return {"public_id": request.public_id}


def told(nominal: Nominal) -> dict:
    """One of which the press office was told."""
    request = make_request_row(force=nominal.force)
    request.press_told_by, request.press_told_at = request.taken_by, now()
    request.save()
    return {"public_id": request.public_id}


def drafted(nominal: Nominal) -> dict:
    """One with a reply that waits."""
    return {"public_id": make_reply_row(make_request_row(force=nominal.force)).request.public_id}


def answered(nominal: Nominal) -> dict:
    """One with a reply that went, and a review that waits."""
    request = make_request_row(force=nominal.force)
    by, second, at = request.taken_by, make_governance(nominal.force), now()
    sent = {"approved_by": second, "approved_at": at, "approved_hash": "0" * 64, "sent_by": by, "sent_at": at}
    reply = make_reply_row(request, letter=LETTER, sha256=sha256(LETTER).hexdigest(), **sent)
    FreedomReview.objects.create(reply=reply, asked_on=request.received_on, complaint="Too little", added_by=by)
    return {"public_id": request.public_id}


def letter(nominal: Nominal) -> dict:
    """The letter of such a reply."""
    return answered(nominal) | {"number": 1}


def of_force(*roles: Role) -> Callable[[Role, str], set[str]]:
    """These roles in the force that was asked, whatever the record: a request is about none."""

    def outcomes(role: Role, relation: str) -> set[str]:
        if role not in roles:
            return {"refused"}
        return {"reached"} if relation in {*SAME_FORCE, "restricted", "excluded"} else {"hidden"}

    return outcomes


GOVERNANCE, PRESS = Role.INFORMATION_GOVERNANCE, Role.PRESS_OFFICER
ANSWERED = {
    "-sort": asked, "-refer": asked, "-advice": concerning, "-agree-no": asked, "-agree-departure": concerning, "-ask-back": asked,
    "-hear-back": asked_back, "-more-time": asked, "-tell-press": asked, "-reply": drafted, "-figures": drafted, "-figures-remove": drafted,
    "-approve": drafted, "-send": drafted, "-review": answered, "-review-decide": answered, "-withdraw": asked,
}  # fmt: skip
# Each makes the thing that the address is about, on a nominal, and returns the address's arguments.
OBJECTS: dict[str, Callable[[Nominal], dict]] = {f"disclosure:freedom{name}": make for name, make in ANSWERED.items()}
OBJECTS |= {"disclosure:freedom": drafted, "disclosure:freedom-press": told, "disclosure:freedom-letter": letter}
# Addresses whose outcome the permission alone does not tell: role and relation to the set of outcomes that may be.
OWN_RULES: dict[str, Callable[[Role, str], set[str]]] = {f"disclosure:freedom{name}": of_force(GOVERNANCE) for name in ANSWERED}
OWN_RULES |= {"disclosure:freedom": of_force(GOVERNANCE, PRESS), "disclosure:freedom-letter": of_force(GOVERNANCE, PRESS)}
OWN_RULES |= {"disclosure:freedom-press": of_force(PRESS)}
# tests/disclosure/test_practice.py: dated data belongs to nobody
DATED = ("ground-change", "ground-end", "text-change", "text-end", "small-number-change")
TRIED_ELSEWHERE: set[str] = {f"disclosure:{name}" for name in DATED}


def fill(nominal: Nominal, officer: User, number: int) -> None:
    """Hang one more of everything on a force and a record, for counting queries."""
    for make in (concerning, asked_back, drafted, answered):
        make(nominal)
    application = make_application(nominal=nominal)
    ApplicationMarker.objects.create(application=application, nominal=nominal, reason="They may know", told_by=officer)
