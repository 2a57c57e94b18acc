"""What the safety tests need to try addresses about taskings."""

from __future__ import annotations

from collections.abc import Callable

from accounts.choices import Role
from accounts.models import User
from offenders.models import Nominal
from tests.factories import make_user
from tests.intelligence.making_taskings import make_row
from tests.safety.expectations import POLICE, SAME_FORCE

RAISERS = frozenset({Role.INTELLIGENCE, Role.SUPERVISOR})


def live(nominal: Nominal) -> dict:
    """A tasking of the record's unit that a colleague raised."""
    return {"public_id": make_row(nominal=nominal).public_id}


def draft(nominal: Nominal) -> dict:
    """A draft of a colleague's."""
    return {"public_id": make_row(nominal=nominal, state="draft").public_id}


def readers(role: Role, relation: str) -> set[str]:
    """The bureau of the force and the unit that is tasked; nobody who may not know of the record."""
    if role not in POLICE:
        return {"refused"}
    if relation == "restricted":
        return {"reached"} if role == Role.SUPERVISOR else {"hidden"}
    reached = relation in {"own", "unit"} or (role == Role.INTELLIGENCE and relation in SAME_FORCE)
    return {"reached"} if reached else {"hidden"}


def bureau(role: Role, relation: str) -> set[str]:
    """The bureau of the force reviews and ends; a supervisor only their own."""
    if role not in RAISERS:
        return {"refused"}
    return {"reached"} if role == Role.INTELLIGENCE and relation in SAME_FORCE else {"hidden"}


def nobody_else(role: Role, relation: str) -> set[str]:
    """A draft is its raiser's."""
    return {"hidden"} if role in RAISERS else {"refused"}


READ = ("tasking", "tasking-result")
OF_BUREAU = ("tasking-review", "tasking-end", "tasking-sheets", "tasking-sheet-remove")
DRAFT = ("tasking-change", "tasking-issue")

# Each makes the thing that the address is about, on a nominal, and returns the address's arguments.
OBJECTS: dict[str, Callable[[Nominal], dict]] = {f"intelligence:{name}": live for name in (*READ, *OF_BUREAU)}
OBJECTS |= {f"intelligence:{name}": draft for name in DRAFT}
# Addresses whose outcome the permission alone does not tell: role and relation to the set of outcomes that may be.
OWN_RULES: dict[str, Callable[[Role, str], set[str]]] = {f"intelligence:{name}": readers for name in READ}
OWN_RULES |= {f"intelligence:{name}": bureau for name in OF_BUREAU}
OWN_RULES |= {f"intelligence:{name}": nobody_else for name in DRAFT}
# Addresses about something else than a record, with where they are tried.
TRIED_ELSEWHERE: set[str] = set()


def fill(nominal: Nominal, officer: User, number: int) -> None:
    """Hang one more of everything on a record, for counting queries."""
    make_row(nominal=nominal, raised_by=officer, state=("draft", "live")[number % 2])
    make_row(nominal=nominal)
    make_row(nominal=nominal, unit=None, officer=make_user(Role.OPERATIONAL, unit=nominal.unit))
