"""What the safety tests need to try addresses of figures: they are about a force; serious further offences about a person."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.utils.timezone import localdate

from accounts.choices import Role
from accounts.models import User
from accounts.permissions import Perm
from governance.models import ClosedYear, FurtherCharge
from governance.services.figures import close_year
from offenders.models import Nominal
from tests.governance.making_figures import YEAR, make_breach, make_coordinator, make_order, register
from tests.safety.expectations import PAGES, SAME_FORCE


def closed(nominal: Nominal) -> dict[str, Any]:
    """A closed year of the record's force."""
    if not ClosedYear.objects.filter(force=nominal.force, year=YEAR).exists():
        close_year(actor=make_coordinator(nominal.force), year=YEAR)
    return {"year": YEAR}


def charge(nominal: Nominal) -> dict[str, Any]:
    """A charge."""
    row = FurtherCharge.objects.create(nominal=nominal, kind="other", charged_on=localdate())
    return {"reference": nominal.reference, "public_id": row.public_id}


def of_force(role: Role, relation: str) -> set[str]:
    """Whoever may see figures sees those of the own force, whatever the record."""
    if role not in PAGES[Perm.VIEW_FIGURES]:
        return {"refused"}
    return {"reached"} if relation in {*SAME_FORCE, "restricted", "excluded"} else {"hidden", "reached"}


def anybody_with_the_board(role: Role, _relation: str) -> set[str]:
    """The rows of a rule are asked for by its code, which tells of no record."""
    return {"reached"} if role in PAGES[Perm.VIEW_QUALITY] else {"refused"}


# Each makes the thing that the address is about, on a nominal, and returns the address's arguments.
OBJECTS: dict[str, Callable[[Nominal], dict]] = {"governance:closed-figures": closed, "governance:further-withdraw": charge}
OBJECTS["governance:quality-rows"] = lambda _nominal: {"code": "plan"}
# Addresses whose outcome the permission alone does not tell: role and relation to the set of outcomes that may be.
# A year of another force has the same address: it is there as soon as one's own force closed that year, too.
OWN_RULES: dict[str, Callable[[Role, str], set[str]]] = {
    "governance:closed-figures": of_force,
    "governance:quality-rows": anybody_with_the_board,
}
TRIED_ELSEWHERE: set[str] = set()


def fill(nominal: Nominal, officer: User, number: int) -> None:
    """Hang one more of everything on a record, for counting queries."""
    charge(nominal)
    if not nominal.registration_periods.exists():
        register(nominal)
    day = localdate() - timedelta(days=200 + number)
    make_breach(nominal, "cautioned", on=day)
    make_breach(nominal, "convicted", order=make_order(nominal, day), on=day)
