"""What the safety tests need to try addresses about confidential sections, sensitive material and confidential matters."""

from __future__ import annotations

from collections.abc import Callable

from accounts.choices import Role
from accounts.models import User
from accounts.permissions import Perm
from offenders.models import Nominal
from tests.factories import make_section, make_user
from tests.offenders.making_confidential import make_matter, make_sensitive, writer_of
from tests.safety.expectations import CASE_ROLES, EXPECTED, NOBODY


def own_section(nominal: Nominal) -> dict:
    """A confidential section of the managing officer's; of a colleague's where the officer is excluded."""
    is_excluded = nominal.exclusions.filter(user=nominal.offender_manager).exists()
    section = make_section(nominal=nominal, owner=make_user(unit=nominal.unit) if is_excluded else nominal.offender_manager)
    return {"reference": nominal.reference, "public_id": section.public_id}


def item(nominal: Nominal) -> dict:
    """Something sensitive."""
    return {"reference": nominal.reference, "public_id": make_sensitive(nominal=nominal, added_by=writer_of(nominal)).public_id}


def matter(nominal: Nominal) -> dict:
    """A draft of a colleague's: nobody but its owner may know of it, whatever else they hold."""
    return {"public_id": make_matter(nominal=nominal, owner=make_user(unit=nominal.unit)).public_id}


def owner_of_section(role: Role, relation: str) -> set[str]:
    """Only the section's owner, here the managing officer, looks after it."""
    return {"reached"} if role in CASE_ROLES and relation == "own" else {"hidden", "refused", "asked for a reason"}


def writer_of_sensitive(role: Role, relation: str) -> set[str]:
    """Whoever reads it in the unit."""
    reached = role in EXPECTED[Perm.VIEW_SENSITIVE].get(relation, NOBODY)
    return {"reached"} if reached else {"hidden", "refused", "asked for a reason"}


def nobody_else(role: Role, relation: str) -> set[str]:
    """A colleague's draft is hidden from those who may hold such things, refused to all others."""
    return {"hidden"} if role in CASE_ROLES else {"refused"}


SECTION_PAGES = ("section-change", "section-review", "section-pass-on", "section-print")
SENSITIVE_PAGES = ("sensitive-change", "sensitive-end")
MATTER_PAGES = ("covert", "covert-keep", "covert-close")

# Each makes the thing that the address is about, on a nominal, and returns the address's arguments.
OBJECTS: dict[str, Callable[[Nominal], dict]] = {f"offenders:{name}": own_section for name in SECTION_PAGES}
OBJECTS |= {f"offenders:{name}": item for name in SENSITIVE_PAGES}
OBJECTS |= {f"intelligence:{name}": matter for name in MATTER_PAGES}
# Addresses whose outcome the permission alone does not tell: role and relation to the set of outcomes that may be.
OWN_RULES: dict[str, Callable[[Role, str], set[str]]] = {f"offenders:{name}": owner_of_section for name in SECTION_PAGES}
OWN_RULES |= {f"offenders:{name}": writer_of_sensitive for name in SENSITIVE_PAGES}
OWN_RULES |= {f"intelligence:{name}": nobody_else for name in MATTER_PAGES}
# Addresses about something else than a record, with where they are tried.
TRIED_ELSEWHERE: set[str] = set()


def fill(nominal: Nominal, officer: User, number: int) -> None:
    """Hang one more of everything on a record, for counting queries."""
    make_sensitive(nominal=nominal, added_by=officer, text=f"Item {number}")
    make_matter(nominal=nominal, owner=officer, purpose=f"Matter {number}")
