"""What the safety tests need to try addresses about decisions to share, advice and verdicts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from accounts.choices import Role
from accounts.models import User
from offenders.models import Nominal
from sharing.models import Advice
from tests.factories import make_user
from tests.sharing.making_decisions import make_decision_row, make_release_row, seal_row


def of_decision(state: str = "draft", **more: Any) -> Callable[[Nominal], dict]:
    """A decision in a state; further arguments of the address."""
    return lambda nominal: {"public_id": make_decision_row(nominal=nominal, state=state).public_id, **more}


def of_person(nominal: Nominal) -> dict:
    """A draft to tell a member of the public."""
    values = {"recipient_kind": "person", "recipient": "A parent", "own_basis": "To protect a child"}
    row = make_decision_row(nominal=nominal, state="draft")
    type(row).objects.filter(pk=row.pk).update(agency=None, agreement=None, **values)
    return {"public_id": row.public_id}


def make_advice(nominal: Nominal, **values: Any) -> Advice:
    """Advice of somebody outside that was asked for."""
    decision = make_decision_row(nominal=nominal, state="draft")
    plain = {"kind": "legal", "from_whom": "Counsel", "question": "May we?", "asked_by": nominal.offender_manager}
    return Advice.objects.create(decision=decision, **plain | values)


def of_advice(nominal: Nominal) -> dict:
    """The same."""
    return {"public_id": make_advice(nominal).public_id}


# Each makes the thing that the address is about, on a nominal, and returns the address's arguments.
OBJECTS: dict[str, Callable[[Nominal], dict]] = {
    "sharing:decision": of_decision("approved"),
    "sharing:decision-start": lambda nominal: {"reference": nominal.reference, "template": "general"},
    "sharing:decision-page": of_decision(number=5),
    "sharing:decision-keep": of_decision(number=1),
    "sharing:decision-recipient": of_person,
    "sharing:decision-check": of_decision(),
    "sharing:decision-end": of_decision(),
    "sharing:decision-review": of_decision("approved"),
    "sharing:advice-add": of_decision(),
    "sharing:approval-decide": of_decision("submitted"),
    **{f"sharing:advice-{name}": of_advice for name in ("give", "note", "follow", "take-back")},
}
# Addresses whose outcome the permission alone does not tell: role and relation to the set of outcomes that may be.
OWN_RULES: dict[str, Callable[[Role, str], set[str]]] = {}
# Addresses about something else than a record, with where they are tried.
TRIED_ELSEWHERE: set[str] = set()


def fill(nominal: Nominal, officer: User, number: int) -> None:
    """Hang one more of everything on a record, for counting queries."""
    colleague = make_user(unit=nominal.unit)
    make_decision_row(nominal=nominal, by=officer, state="draft")
    make_release_row(nominal=nominal)
    seal_row(make_decision_row(nominal=nominal, by=colleague, state="draft"), colleague, "submitted")
