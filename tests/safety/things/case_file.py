"""What the safety tests need to try addresses about case file."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from django.utils.timezone import now

from accounts.choices import Role
from accounts.models import User
from offenders.models import Nominal
from tests.factories import make_nominal
from tests.offenders.making_case_file import (
    make_address,
    make_associate,
    make_contact,
    make_device,
    make_household,
    make_marking,
    make_occupation,
    make_online,
    make_protected,
    make_vehicle,
)


def entry(nominal: Nominal) -> dict:
    """An entry that holds."""
    return {"reference": nominal.reference, "kind": "address", "public_id": make_address(nominal).public_id}


def contact(nominal: Nominal) -> dict:
    """A note of a conversation."""
    return {"reference": nominal.reference, "public_id": make_contact(nominal).public_id}


# Each makes the thing that the address is about, on a nominal, and returns the address's arguments.
OBJECTS: dict[str, Callable[[Nominal], dict]] = {
    "offenders:entry-add": lambda nominal: {"reference": nominal.reference, "kind": "household"},
    "offenders:entry-change": entry,
    "offenders:entry-end": entry,
    "offenders:entry-verify": entry,
    "offenders:contact-correct": contact,
    "offenders:contact-follow-up": contact,
}
# Addresses whose outcome the permission alone does not tell: role and relation to the set of outcomes that may be.
OWN_RULES: dict[str, Callable[[Role, str], set[str]]] = {}
# Addresses about something else than a record, with where they are tried.
TRIED_ELSEWHERE: set[str] = set()


def fill(nominal: Nominal, officer: User, number: int) -> None:
    """Hang one more of everything on a record, for counting queries."""
    make_household(nominal, address=make_address(nominal))
    make_online(nominal)
    make_device(nominal)
    make_occupation(nominal)
    make_vehicle(nominal, mark=f"NM24AA{chr(65 + number % 26)}")
    make_associate(nominal)
    other = make_nominal(unit=officer.unit, offender_manager=officer)
    make_associate(nominal, other=other)
    make_associate(other, other=nominal)
    make_protected(nominal)
    make_contact(nominal, at=now() - timedelta(days=number + 1), follow_up="Ring again", follow_up_on=now().date())
    start = now().date() - timedelta(days=100 - 2 * number)
    make_marking(nominal, start=start, end=start)
