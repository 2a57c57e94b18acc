"""What the safety tests need to try addresses about weak signals."""

from __future__ import annotations

from collections.abc import Callable

from accounts.choices import Role
from accounts.models import User
from intelligence.reports.weak_signals import Signal
from offenders.models import Nominal
from tests.factories import make_nominal
from tests.intelligence.making_links import make_entity_row, make_link_row
from tests.intelligence.making_reports import make_bureau, make_row
from tests.safety.things.information import bureau


def signal(nominal: Nominal) -> dict:
    """Three weak reports about the person that tell of one place; whatever else is reported of the person does not count there."""
    by = make_bureau(nominal.force)
    place = make_entity_row(by=by)
    for _ in range(3):
        report = make_row(nominal=nominal)
        make_link_row(one=report, other=place, kind="tells_of", by=by, evidence=report)
    return {"key": Signal(("entity", str(place.pk)), place, "", "", []).key}


# Each makes the thing that the address is about, on a nominal, and returns the address's arguments.
OBJECTS: dict[str, Callable[[Nominal], dict]] = {"intelligence:weak-signal": signal}
# Addresses whose outcome the permission alone does not tell: role and relation to the set of outcomes that may be.
OWN_RULES: dict[str, Callable[[Role, str], set[str]]] = {"intelligence:weak-signal": bureau}
# Addresses about something else than a record, with where they are tried.
TRIED_ELSEWHERE: set[str] = set()


def fill(nominal: Nominal, officer: User, number: int) -> None:
    """Add a person of whom three weak reports tell, for counting queries."""
    signal(make_nominal(unit=officer.unit))
