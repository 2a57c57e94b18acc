"""What the safety tests need to try addresses about foreign travel."""

from __future__ import annotations

from collections.abc import Callable

from accounts.models import User
from offenders.models import Nominal
from tests.intelligence.making_travel import make_alert, make_candidate, make_record, make_source, make_trip


def make_one(nominal: Nominal) -> dict:
    """A crossing on the record."""
    return {"reference": nominal.reference, "public_id": make_record(nominal=nominal).public_id}


def make_question(nominal: Nominal) -> dict:
    """A report that may be about the person."""
    alert = make_alert(source=make_source(unit=nominal.unit))
    make_candidate(alert=alert, nominal=nominal)
    return {"reference": nominal.reference, "public_id": alert.public_id}


# Each makes the thing that the address is about, on a nominal, and returns the address's arguments.
OBJECTS: dict[str, Callable[[Nominal], dict]] = {
    "intelligence:travel-evaluate": make_one,
    "intelligence:travel-sign-off": make_one,
    "intelligence:travel-breach": make_one,
    "intelligence:travel-answer": make_question,
}
# Addresses whose outcome the permission alone does not tell: role and relation to the set of outcomes that may be.
OWN_RULES: dict[str, Callable[[str, str], set[str]]] = {}
# Addresses about something else than a record, with where they are tried.
TRIED_ELSEWHERE = {
    "intelligence:alert",  # tests/intelligence/test_travel_pages.py and test_travel_queue_access.py: reports of one's own queue
    "intelligence:alert-document",
    "intelligence:alert-take",
    "intelligence:alert-back",
    "intelligence:alert-source-change",
}


def fill(nominal: Nominal, officer: User, number: int) -> None:
    """Hang one more of everything on a record, for counting queries."""
    make_trip(nominal=nominal)
    make_record(nominal=nominal)
    make_question(nominal)
