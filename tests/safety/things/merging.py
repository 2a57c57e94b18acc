"""What the safety tests need to try addresses about two records of one person."""

from __future__ import annotations

from collections.abc import Callable

from django.utils import timezone

from accounts.choices import Role
from accounts.models import User
from offenders.models import Merge, Nominal
from tests.factories import make_nominal


def with_other(nominal: Nominal) -> dict:
    """The record and another one, of which everybody in the police may know."""
    return {"reference": nominal.reference, "other": make_nominal().reference}


# Each makes the thing that the address is about, on a nominal, and returns the address's arguments.
OBJECTS: dict[str, Callable[[Nominal], dict]] = {"offenders:compare": with_other, "offenders:merge-records": with_other}
# Addresses whose outcome the permission alone does not tell: role and relation to the set of outcomes that may be.
OWN_RULES: dict[str, Callable[[Role, str], set[str]]] = {}
# Addresses about something else than a record, with where they are tried.
TRIED_ELSEWHERE: set[str] = {
    "offenders:merge",  # tests/offenders/test_merging_pages.py: merges of records that one leads
    "offenders:merge-accept",
    "offenders:merge-refuse",
    "offenders:merge-withdraw",
    "offenders:merge-undo",
    "offenders:section-bring",  # tests/offenders/test_merging.py: one's own sections
}


def fill(nominal: Nominal, officer: User, number: int) -> None:
    """Add an offer of a merge that was refused, for counting queries."""
    values = {"state": "refused", "decided_at": timezone.now(), "decided_by": officer, "offered_by": nominal.offender_manager}
    Merge.objects.create(survivor=nominal, merged=make_nominal(unit=officer.unit), reason="Same name", **values)
