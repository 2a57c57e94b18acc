"""What the safety tests need to try addresses about searches of reports."""

from __future__ import annotations

from collections.abc import Callable

from accounts.choices import Role
from accounts.models import User
from intelligence.models import ReportSearch
from offenders.models import Nominal
from tests.intelligence.making_reports import make_bureau
from tests.safety.expectations import CASE_ROLES


def searched(nominal: Nominal) -> dict:
    """What a colleague of the bureau looked for."""
    return {"token": ReportSearch.objects.create(user=make_bureau(nominal.force), text="canoe", name="Boats").token}


def nobody_else(role: Role, relation: str) -> set[str]:
    """What is a colleague's own is hidden from whoever may have such things, refused to all others."""
    return {"hidden"} if role in CASE_ROLES else {"refused"}


PAGES = ("report-search-results", "report-search-keep", "report-search-delete")

# Each makes the thing that the address is about, on a nominal, and returns the address's arguments.
OBJECTS: dict[str, Callable[[Nominal], dict]] = {f"intelligence:{name}": searched for name in PAGES}
# Addresses whose outcome the permission alone does not tell: role and relation to the set of outcomes that may be.
OWN_RULES: dict[str, Callable[[Role, str], set[str]]] = {f"intelligence:{name}": nobody_else for name in PAGES}
# Addresses about something else than a record, with where they are tried.
TRIED_ELSEWHERE: set[str] = set()


def fill(nominal: Nominal, officer: User, number: int) -> None:
    """Keep one more search, for counting queries."""
    ReportSearch.objects.create(user=officer, text="canoe", name=f"Boats {nominal.pk}-{number}", tells=True)
