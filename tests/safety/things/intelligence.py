"""What the safety tests need to try addresses about intelligence."""

from __future__ import annotations

from collections.abc import Callable

from accounts.choices import Role
from accounts.models import User
from offenders.models import Nominal
from tests.intelligence.making_checks import make_check, make_source

# Each makes the thing that the address is about, on a nominal, and returns the address's arguments.
OBJECTS: dict[str, Callable[[Nominal], dict]] = {
    "intelligence:check-withdraw": lambda nominal: {"reference": nominal.reference, "public_id": make_check(nominal=nominal).public_id},
    "intelligence:check-ask": lambda nominal: {"reference": nominal.reference, "code": make_source().code},
}
# Addresses whose outcome the permission alone does not tell: role and relation to the set of outcomes that may be.
OWN_RULES: dict[str, Callable[[Role, str], set[str]]] = {}
# Addresses about something else than a record, with where they are tried.
TRIED_ELSEWHERE: set[str] = set()


def fill(nominal: Nominal, officer: User, number: int) -> None:
    """Hang one more of everything on a record, for counting queries."""
    make_check(nominal=nominal, asked_by=officer)
