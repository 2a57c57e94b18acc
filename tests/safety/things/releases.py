"""What the safety tests need to try addresses about what would go with a decision, and what was sent."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from django.utils.timezone import now

from accounts.choices import Role
from accounts.models import User
from accounts.permissions import Perm
from offenders.models import Nominal
from sharing.models import DataBreach, PaperCopy, Reading, ReleaseOutcome
from tests.safety.expectations import EXPECTED, NOBODY, SAME_FORCE
from tests.sharing.making_decisions import make_decision_row, make_partner, make_release_row


def decision(nominal: Nominal) -> dict:
    """An approved decision."""
    return {"public_id": make_decision_row(nominal=nominal).public_id}


def item(nominal: Nominal) -> dict:
    """Something that was chosen."""
    row = make_decision_row(nominal=nominal)
    return {"public_id": row.public_id, "item": row.items.get().public_id}


def gate(nominal: Nominal) -> dict:
    """What stands behind a gate."""
    return decision(nominal) | {"source": "sensitive"}


def release(nominal: Nominal) -> dict:
    """Something that was sent."""
    return {"public_id": make_release_row(nominal=nominal).public_id}


def spoken(nominal: Nominal) -> dict:
    """Something to be said."""
    row = make_release_row(nominal=nominal, decision=make_decision_row(nominal=nominal, channel="spoken"))
    return {"public_id": row.public_id}


def copy(nominal: Nominal) -> dict:
    """A copy on paper."""
    row = make_release_row(nominal=nominal, decision=make_decision_row(nominal=nominal, channel="paper"))
    values = {"number": 1, "of": 1, "issued_to": "The head teacher", "printed_at": now(), "sha256": "0" * 64, "by": row.sent_by}
    return {"public_id": PaperCopy.objects.create(release=row, **values).public_id}


def breach(nominal: Nominal) -> dict:
    """A breach of data that waits for data protection."""
    row = make_release_row(nominal=nominal)
    values = {"what_happened": "Sent to a namesake", "who_has_it": "Another school", "contained": "Asked to delete it"}
    return {"public_id": DataBreach.objects.create(release=row, found_at=now(), by=row.sent_by, **values).public_id}


def checkers(role: Role, relation: str) -> set[str]:
    """Whoever may write or make the decision is a second person; others who read it are refused."""
    may_check = EXPECTED[Perm.DECIDE_SHARING].get(relation, NOBODY) | EXPECTED[Perm.APPROVE_SHARING].get(relation, NOBODY)
    return {"reached"} if role in may_check else {"hidden", "refused"}


def data_protection(role: Role, relation: str) -> set[str]:
    """Data protection of the force closes a breach."""
    if role != Role.INFORMATION_GOVERNANCE:
        return {"refused"}
    return {"reached"} if relation in SAME_FORCE else {"hidden"}


def other_agency(role: Role, relation: str) -> set[str]:
    """What was shared with another agency is not there."""
    return {"hidden"} if role == Role.PARTNER else {"refused"}


OF_DECISION = ("items", "items-choose", "preview", "view-as", "release-send")
OF_ITEM = ("item", "item-check", "item-remove")
OF_RELEASE = ("release", "release-withdraw", "release-copies", "release-told", "release-confirmed", "release-breach", "release-outcome")
OF_AGENCY = ("shared", "shared-accept", "shared-done")

# Each makes the thing that the address is about, on a nominal, and returns the address's arguments.
OBJECTS: dict[str, Callable[[Nominal], dict]] = {f"sharing:{name}": decision for name in OF_DECISION}
OBJECTS |= {f"sharing:{name}": item for name in OF_ITEM}
OBJECTS |= {f"sharing:{name}": release for name in (*OF_RELEASE, *OF_AGENCY)}
OBJECTS |= {"sharing:items-gate": gate, "sharing:release-script": spoken, "sharing:copy-print": copy, "sharing:breach-close": breach}
# Addresses whose outcome the permission alone does not tell: role and relation to the set of outcomes that may be.
OWN_RULES: dict[str, Callable[[Role, str], set[str]]] = {f"sharing:{name}": other_agency for name in OF_AGENCY}
OWN_RULES |= {"sharing:item-check": checkers, "sharing:breach-close": data_protection}
# Addresses about something else than a record, with where they are tried.
TRIED_ELSEWHERE: set[str] = set()


def fill(nominal: Nominal, officer: User, number: int) -> None:
    """Hang one more of everything on a record, for counting queries."""
    row = make_release_row(nominal=nominal)
    Reading.objects.create(release=row, user=make_partner(row.agency), with_content=False)
    came = dict.fromkeys(("media", "disorder", "underground", "harm", "victim", "family"), "no")
    ReleaseOutcome.objects.create(release=row, by=officer, days=7, text="Nothing", **came)
    copy(nominal)
    DataBreach.objects.create(
        release=row, found_at=now() - timedelta(hours=number), by=officer, what_happened="x", who_has_it="x", contained="x"
    )
