"""What the safety tests need to try addresses about registration."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from accounts.choices import Role
from accounts.models import User
from offenders.models import Nominal
from tests.offenders.making_registration import (
    fill_registration,
    make_breach,
    make_conviction,
    make_duty,
    make_order,
    make_review,
    make_travel,
)


def about(make: Callable[..., Any]) -> Callable[[Nominal], dict]:
    """The arguments of an address about one row that this makes."""
    return lambda nominal: {"reference": nominal.reference, "public_id": make(nominal=nominal).public_id}


# Each makes the thing that the address is about, on a nominal, and returns the address's arguments.
OBJECTS: dict[str, Callable[[Nominal], dict]] = {
    "offenders:duty-notified": about(make_duty),
    "offenders:duty-excuse": about(make_duty),
    "offenders:review-decide": about(make_review),
    "offenders:breach-decide": about(make_breach),
    "offenders:travel-place": about(make_travel),
    "offenders:travel-cancel": about(make_travel),
    "offenders:conviction-change": about(make_conviction),
    "offenders:order-vary": about(make_order),
    "offenders:order-discharge": about(make_order),
}
# Addresses whose outcome the permission alone does not tell: role and relation to the set of outcomes that may be.
OWN_RULES: dict[str, Callable[[Role, str], set[str]]] = {}
# Addresses about something else than a record, with where they are tried.
TRIED_ELSEWHERE: set[str] = set()


def fill(nominal: Nominal, officer: User, number: int) -> None:
    """Hang one more of everything on a record, for counting queries."""
    fill_registration(nominal, number)
