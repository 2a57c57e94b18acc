"""What the safety tests need to try addresses about visits."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

from accounts.choices import Role
from accounts.models import User
from offenders.models import Nominal
from tests.offenders.making_visits import PLANNED, make_planned, make_reactive, make_visit

EARLY = datetime(2026, 1, 5, 10, tzinfo=UTC)


def planned(nominal: Nominal) -> dict:
    """A visit that is still to come."""
    return {"reference": nominal.reference, "public_id": make_planned(nominal=nominal).public_id}


def made(nominal: Nominal) -> dict:
    """A visit that was carried out."""
    at = EARLY - timedelta(days=1 + nominal.visits.count())
    return {"reference": nominal.reference, "public_id": make_visit(nominal=nominal, at=at).public_id}


# Each makes the thing that the address is about, on a nominal, and returns the address's arguments.
OBJECTS: dict[str, Callable[[Nominal], dict]] = {
    "offenders:visit": made,
    "offenders:visit-planned-record": planned,
    "offenders:visit-move": planned,
    "offenders:visit-cancel": planned,
    "offenders:visit-correct": made,
    "offenders:visit-calendar": planned,
}
# Addresses whose outcome the permission alone does not tell: role and relation to the set of outcomes that may be.
OWN_RULES: dict[str, Callable[[Role, str], set[str]]] = {}
# Addresses about something else than a record, with where they are tried.
TRIED_ELSEWHERE: set[str] = set()


def fill(nominal: Nominal, officer: User, number: int) -> None:
    """Hang one more of everything on a record, for counting queries."""
    make_visit(nominal=nominal, at=EARLY + timedelta(days=number), officer=officer)
    make_planned(nominal=nominal, planned_for=PLANNED + timedelta(days=number))
    if not nominal.reactive_periods.exists():
        make_reactive(nominal=nominal, since=date(2026, 1, 1), authorised_by=officer)
