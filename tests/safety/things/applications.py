"""What the safety tests need to try addresses about applications under the disclosure schemes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from accounts.choices import Role
from accounts.models import User
from disclosure.models import Application
from offenders.models import Nominal
from tests.disclosure.making_applications import make_application, make_party, make_whole_application

TAKERS = {Role.OFFENDER_MANAGER, Role.SUPERVISOR, Role.CONTROL_ROOM, Role.OPERATIONAL}


def about(nominal: Nominal) -> Application:
    """An application about a record, with which somebody else of the unit deals."""
    return make_application(nominal=nominal, in_danger=False)


def of_party(application: Application) -> dict[str, Any]:
    """Somebody in it."""
    return {"public_id": application.public_id, "party_id": make_party(application).public_id}


def readers(role: Role, relation: str) -> set[str]:
    """Whoever leads the unit and does not manage the record; who may take applications finds nothing, others are refused."""
    if role == Role.SUPERVISOR and relation in {"unit", "restricted"}:
        return {"reached"}
    return {"hidden"} if role in TAKERS else {"refused"}


def leads(role: Role, relation: str) -> set[str]:
    """The same, and nobody else gets as far."""
    return readers(role, relation) if role == Role.SUPERVISOR else {"refused"}


MORE: dict[str, Callable[[Application], dict[str, Any]]] = {
    "application-person-add": lambda application: {"public_id": application.public_id, "role": "subject"},
    "application-check": lambda application: {"public_id": application.public_id, "stage": "first"},
    "application-person": of_party,
    "application-identity": of_party,
}
OF_LEADS = ("application-allocate", "application-twin", "application-malicious")
OF_ANY = (
    "application", "application-danger", "application-safe", "application-contact", "application-interview", "application-record",
    "application-managers", "application-forum", "application-go-on", "application-hand-over", "application-withdraw", "application-know",
)  # fmt: skip


def arguments(name: str, application: Application) -> dict[str, Any]:
    """The arguments of an address about an application."""
    return MORE[name](application) if name in MORE else {"public_id": application.public_id}


def make_of(name: str, make: Callable[[Nominal], Application]) -> Callable[[Nominal], dict]:
    """Make an application and return the arguments of an address about it."""
    return lambda nominal: arguments(name, make(nominal))


NAMES = (*OF_ANY, *OF_LEADS, *MORE)
# Each makes the thing that the address is about, on a nominal, and returns the address's arguments.
OBJECTS: dict[str, Callable[[Nominal], dict]] = {f"disclosure:{name}": make_of(name, about) for name in NAMES}
# Addresses whose outcome the permission alone does not tell: role and relation to the set of outcomes that may be.
OWN_RULES: dict[str, Callable[[Role, str], set[str]]] = {f"disclosure:{name}": readers for name in NAMES}
OWN_RULES |= {f"disclosure:{name}": leads for name in OF_LEADS}
# For whoever reads every page: an application that the record's manager deals with, about somebody else.
FOR_VIEWER: dict[str, Callable[[Nominal], dict]] = {
    f"disclosure:{name}": make_of(name, lambda nominal: make_application(officer=nominal.offender_manager, in_danger=False))
    for name in NAMES
}
FOR_VIEWER["disclosure:application"] = make_of(
    "application", lambda nominal: make_whole_application(officer=nominal.offender_manager, state="full_checks")
)
TRIED_ELSEWHERE: set[str] = set()


def fill(nominal: Nominal, officer: User, number: int) -> None:
    """Hang one more of everything on a unit, for counting queries."""
    make_whole_application(officer=officer, state="full_checks")
    make_application(officer=officer, state="withdrawn")
