"""What the safety tests need to try addresses about what comes of applications under the disclosure schemes."""

from __future__ import annotations

from collections.abc import Callable

from accounts.choices import Role
from accounts.models import User
from accounts.permissions import Perm
from disclosure.models import NeutralAnswer
from offenders.models import Nominal
from tests.disclosure.making_applications import make_scheme_decision, make_whole_application
from tests.disclosure.making_outcomes import fresh, make_decided, make_marker
from tests.safety.expectations import LEAD, PAGES


def proposed(nominal: Nominal | None, officer: User | None = None) -> dict:
    """An application that waits for a decision: about the record, with which somebody of its unit deals, or about somebody without one."""
    application = make_whole_application(nominal=nominal, officer=officer, state="decision")
    make_scheme_decision(application, is_decided=False)
    return {"public_id": application.public_id}


def decided(nominal: Nominal | None, officer: User | None = None) -> dict:
    """One of which it was decided to disclose."""
    application = make_whole_application(nominal=nominal, officer=officer, state="decided")
    make_scheme_decision(application)
    return {"public_id": application.public_id}


def answered(nominal: Nominal | None) -> dict:
    """One that was answered in neutral words."""
    application = make_whole_application(nominal=nominal, state="decided")
    make_scheme_decision(application, "nothing")
    NeutralAnswer.objects.create(application=application, text="Nothing to say", way="call", sent_by=application.officer)
    return {"public_id": application.public_id}


def of_viewer(make: Callable[..., dict]) -> Callable[[Nominal], dict]:
    """The same with which the record's manager deals: about somebody else, who has no record."""
    return lambda nominal: make(None, nominal.offender_manager)


def paper(nominal: Nominal) -> dict:
    """A paper of one."""
    return decided(nominal) | {"kind": "undertaking"}


def whoever_deals(perm: Perm) -> Callable[[Role, str], set[str]]:
    """Whoever deals with it, here a colleague, and who leads the unit; to nobody else who holds the permission is it there."""

    def rule(role: Role, relation: str) -> set[str]:
        if role not in PAGES[perm]:
            return {"refused"}
        return {"reached"} if role == LEAD and relation in {"unit", "restricted"} else {"hidden"}

    return rule


OF_PROPOSAL = ("application-decision", "application-representations", "application-propose")
OF_DECISION = ("application-anew", "application-ask-managers", "application-telling", "application-answer", "application-close")
OF_DECISION += ("telling-whom", "telling-words", "telling-undertaking", "telling-approved", "telling-told")
VIEWED = {"application-decision", "application-telling"}
MADE: dict[str, Callable[[Nominal], dict]] = dict.fromkeys(OF_PROPOSAL, proposed) | dict.fromkeys(OF_DECISION, decided)
MADE |= {"application-decide": proposed, "telling-paper": paper, "answer-letter": answered}

# Each makes the thing that the address is about, on a nominal, and returns the address's arguments.
OBJECTS: dict[str, Callable[[Nominal], dict]] = {f"disclosure:{name}": make for name, make in MADE.items()}
# Addresses whose outcome the permission alone does not tell: role and relation to the set of outcomes that may be.
OWN_RULES: dict[str, Callable[[Role, str], set[str]]] = {
    f"disclosure:{name}": whoever_deals(
        Perm.DECIDE_APPLICATION if name == "application-decide" else Perm.VIEW_APPLICATION if name in VIEWED else Perm.WORK_APPLICATION
    )
    for name in MADE
}
TRIED_ELSEWHERE: set[str] = set()
# What axe looks at, as whoever deals with it.
FOR_VIEWER = {f"disclosure:{name}": of_viewer(make) for name, make in MADE.items() if make in {proposed, decided}}


def fill(nominal: Nominal, officer: User, number: int) -> None:
    """Hang one more of everything on a record, for counting queries."""
    make_marker(fresh(make_decided(nominal=nominal, why_another=f"Another, {number}")))
    answered(nominal)
