"""What the safety tests need to try the pages of help: they are about no record."""

from __future__ import annotations

from collections.abc import Callable

from accounts.models import User
from offenders.models import Nominal

# Each makes the thing that the address is about, on a nominal, and returns the address's arguments.
OBJECTS: dict[str, Callable[[Nominal], dict]] = {}
# Addresses whose outcome the permission alone does not tell: role and relation to the set of outcomes that may be.
OWN_RULES: dict = {}
# Addresses about something else than a record, with where they are tried.
TRIED_ELSEWHERE = {"guide:topic"}  # tests/guide/test_pages.py: each topic as each role


def fill(nominal: Nominal, officer: User, number: int) -> None:
    """Add nothing: help keeps nothing."""
