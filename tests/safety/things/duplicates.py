"""What the safety tests need to try addresses about pairs of records that may be one person."""

from __future__ import annotations

from collections.abc import Callable

from accounts.choices import Role
from accounts.models import User
from intelligence.models import DuplicatePair
from offenders.models import Nominal
from tests.factories import make_nominal

# Each makes the thing that the address is about, on a nominal, and returns the address's arguments.
OBJECTS: dict[str, Callable[[Nominal], dict]] = {}
# Addresses whose outcome the permission alone does not tell: role and relation to the set of outcomes that may be.
OWN_RULES: dict[str, Callable[[Role, str], set[str]]] = {}
# Addresses about something else than a record, with where they are tried.
TRIED_ELSEWHERE: set[str] = {"intelligence:duplicate-refuse"}  # tests/intelligence/test_duplicates.py: pairs of one's own records


def fill(nominal: Nominal, officer: User, number: int) -> None:
    """Add a pair to be looked at, for counting queries."""
    DuplicatePair.objects.create(one=nominal, other=make_nominal(unit=officer.unit), reasons=["Date of birth equal"], weight=20)
