"""What the safety tests need to try addresses about how long records are kept."""

from __future__ import annotations

from collections.abc import Callable

from django.utils.timezone import now

from accounts.choices import Role
from accounts.models import User
from governance.models import RetentionReview
from governance.models.retention import WAITING
from offenders.models import Nominal
from tests.governance.making_retention import make_decided, make_hold, make_keeper, make_review

REVIEWS = ("propose", "approve", "give-back", "dispose")


def waiting(nominal: Nominal) -> RetentionReview:
    """The review of a record that waits: there is one at most."""
    return nominal.retention_reviews.filter(state__in=WAITING).first() or make_review(nominal=nominal)


def reviewed(nominal: Nominal) -> dict:
    """A review that waits."""
    return {"reference": nominal.reference, "public_id": waiting(nominal).public_id}


def held(nominal: Nominal) -> dict:
    """A hold that stands."""
    return {"reference": nominal.reference, "public_id": make_hold(nominal=nominal).public_id}


def sent(nominal: Nominal) -> dict:
    """A proposal that waits: there for a second person who may not see the record."""
    review, boss = waiting(nominal), make_keeper(nominal.force)
    proposed = {"state": "proposed", "decision": "dispose", "reason": "Nothing speaks for it.", "proposed_by": boss, "proposed_at": now()}
    RetentionReview.objects.filter(pk=review.pk).update(**proposed)
    return {"public_id": review.public_id}


def second_person_unseeing(role: Role, relation: str) -> set[str]:
    """Records management of the force, for records that only named people may know of, and for no others."""
    if role != Role.INFORMATION_GOVERNANCE:
        return {"refused"}
    return {"reached"} if relation == "restricted" else {"hidden"}


# Each makes the thing that the address is about, on a nominal, and returns the address's arguments.
OBJECTS: dict[str, Callable[[Nominal], dict]] = {f"governance:retention-{name}": reviewed for name in REVIEWS}
OBJECTS["governance:retention-lift"] = held
OBJECTS |= {f"governance:unseen-{name}": sent for name in ("approve", "give-back")}
# Addresses whose outcome the permission alone does not tell: role and relation to the set of outcomes that may be.
OWN_RULES: dict[str, Callable[[Role, str], set[str]]] = {
    f"governance:unseen-{name}": second_person_unseeing for name in ("approve", "give-back")
}
# tests/governance/test_retention_pages.py: certificates of records that are gone; tests/disclosure/test_practice.py: dated data
TRIED_ELSEWHERE = {"governance:disposal", "governance:disposal-paper", "governance:retention-rule-change"}


def fill(nominal: Nominal, officer: User, number: int) -> None:
    """Hang one more of everything on a record, for counting queries."""
    make_hold(nominal=nominal)
    make_decided(nominal=nominal)
    nominal.higher_groups.create(group=1, reason="A danger that no offence shows.", by=make_keeper(nominal.force))
