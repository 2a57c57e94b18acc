"""What the safety tests need to try addresses of unusual looks, of questions why, and of who could have seen a record."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from accounts.choices import Role
from accounts.models import User
from governance.models import LookRule
from offenders.models import Nominal
from tests.factories import make_user
from tests.governance.making_looks import make_auditor, make_event, make_look, make_question
from tests.safety.expectations import SAME_FORCE


def look(nominal: Nominal) -> dict[str, Any]:
    """A look at the record by somebody of its unit."""
    return {"public_id": make_look(person=make_user(unit=nominal.unit), nominal=nominal).public_id}


def asked(nominal: Nominal, state: str = "asked") -> dict[str, Any]:
    """A question to somebody of the record's unit, by an auditor of its force."""
    question = make_question(asked=make_user(unit=nominal.unit), asked_by=make_auditor(nominal.force), nominal=nominal, state=state)
    return {"public_id": question.public_id}


def answered(nominal: Nominal) -> dict[str, Any]:
    """One that was answered."""
    return asked(nominal, "answered")


def event(nominal: Nominal) -> dict[str, Any]:
    """Something that somebody of the record's unit did with it."""
    return {"event": make_event(make_user(unit=nominal.unit), nominal).pk}


def by_auditor(*more: str) -> Callable[[Role, str], set[str]]:
    """Auditors of the record's force; an exclusion keeps the record, and what concerns it, from them too unless named."""

    def outcomes(role: Role, relation: str) -> set[str]:
        if role != Role.AUDITOR:
            return {"refused"}
        return {"reached"} if relation in {*SAME_FORCE, "restricted", *more} else {"hidden"}

    return outcomes


def nobody_here(role: Role, _relation: str) -> set[str]:
    """The question is to somebody else; partners get none."""
    return {"refused"} if role == Role.PARTNER else {"hidden"}


def question(role: Role, relation: str) -> set[str]:
    """Auditors of the record's force; for others only questions to themselves are there, and partners get none."""
    if role == Role.PARTNER:
        return {"refused"}
    return {"reached"} if role == Role.AUDITOR and relation in {*SAME_FORCE, "restricted"} else {"hidden"}


# Each makes the thing that the address is about, on a nominal, and returns the address's arguments.
OBJECTS: dict[str, Callable[[Nominal], dict]] = {
    "governance:look": look,
    "governance:look-judge": look,
    "governance:look-ask": look,
    "governance:ask": event,
    "governance:question": asked,
    "governance:question-answer": asked,
    "governance:question-decide": answered,
}
# Addresses whose outcome the permission alone does not tell: role and relation to the set of outcomes that may be.
OWN_RULES: dict[str, Callable[[Role, str], set[str]]] = dict.fromkeys(
    ("governance:look", "governance:look-judge", "governance:look-ask", "governance:question-decide", "governance:could-see"), by_auditor()
)
OWN_RULES |= {"governance:could-see-paper": by_auditor(), "governance:ask": by_auditor("excluded")}
OWN_RULES |= {"governance:question": question, "governance:question-answer": nobody_here}
# tests/governance/test_looks_pages.py: dated data belongs to nobody
TRIED_ELSEWHERE: set[str] = {"governance:look-rule-change"}


def rule_to_change(_: Nominal) -> dict[str, Any]:
    """A rule, for whoever may change it."""
    return {"key": LookRule.objects.get(code="many", period__endswith=None).pk}


def asked_of_manager(nominal: Nominal) -> dict[str, Any]:
    """A question to whoever manages the record."""
    return {"public_id": make_question(asked=nominal.offender_manager, asked_by=make_auditor(nominal.force), nominal=nominal).public_id}


# What the pages of one viewer who holds every role need.
FOR_VIEWER: dict[str, Callable[[Nominal], dict[str, Any]]] = {
    "governance:look-rule-change": rule_to_change,
    "governance:question-answer": asked_of_manager,
}


def fill(nominal: Nominal, officer: User, number: int) -> None:
    """Hang one more of everything on a record."""
    for make in (look, asked, answered):
        make(nominal)
    make_question(asked=officer, asked_by=make_auditor(officer.organisation), nominal=nominal)
