"""What the safety tests need to try addresses about requests for one's own data."""

from __future__ import annotations

from collections.abc import Callable

from accounts.choices import Role
from accounts.models import User
from actions.services import Owner, raise_action
from disclosure.services.subject_access import CLOCK, LIST
from offenders.models import Nominal
from tests.disclosure.making_subject_access import (
    make_bundle,
    make_bundle_item,
    make_correction,
    make_governance,
    make_subject_request,
)
from tests.safety.expectations import SAME_FORCE, TEAM


def asked(nominal: Nominal) -> dict:
    """A request with which the record's unit was asked to help, passage by passage."""
    return {"public_id": make_subject_request(nominal=nominal).public_id}


def item(nominal: Nominal) -> dict:
    """Something that waits for a second reader."""
    request = make_subject_request(nominal=nominal)
    return {"public_id": request.public_id, "item": make_bundle_item(request, keep=False).public_id}


def source(nominal: Nominal) -> dict:
    """A source that holds something."""
    request = make_subject_request(nominal=nominal)
    return {"public_id": request.public_id, "source": make_bundle_item(request).source}


def disputing(nominal: Nominal) -> dict:
    """A request that disputes something."""
    return {"public_id": make_subject_request(nominal=nominal, asks="rectify").public_id}


def correction(nominal: Nominal) -> dict:
    """Something disputed that was granted."""
    request = make_subject_request(nominal=nominal, asks="rectify")
    return {"public_id": request.public_id, "item": make_correction(request, is_granted=True).public_id}


def sealed(nominal: Nominal) -> dict:
    """A request whose answer is sealed."""
    request = make_subject_request(nominal=nominal, state="sealed")
    make_bundle_item(request)
    make_bundle(request)
    return {"public_id": request.public_id}


def governance(role: Role, relation: str) -> set[str]:
    """Data protection of the force, whatever the record, unless one must not know of it."""
    if role != Role.INFORMATION_GOVERNANCE:
        return {"refused"}
    return {"reached"} if relation in {*SAME_FORCE, "restricted"} else {"hidden"}


def readers(role: Role, relation: str) -> set[str]:
    """They, and the unit that was asked, where one may know of the record."""
    if role not in TEAM:
        return governance(role, relation)
    return {"reached"} if relation in {"own", "unit"} or (role == Role.SUPERVISOR and relation == "restricted") else {"hidden"}


def seconds(role: Role, relation: str) -> set[str]:
    """They, and whoever leads the unit that was asked."""
    return {"hidden"} if role == Role.OFFENDER_MANAGER else readers(role, relation)


OF_GOVERNANCE = {
    f"subject-{name}": asked for name in ("identity", "unit", "pause", "go-on", "extend", "refuse", "withdraw", "leave-out", "seal")
}
OF_GOVERNANCE |= {"subject-workbench": source, "subject-keep": source, "subject-paper": sealed, "subject-hand-over": sealed}
OF_GOVERNANCE |= {"subject-officer": asked, "subject-undo-seal": sealed, "subject-dispute": disputing}
OF_GOVERNANCE |= {"subject-correction": correction}
OF_READERS = {"subject": asked, "subject-record": asked, "subject-nothing": asked, "subject-collecting": asked, "subject-collect": asked}
OF_READERS |= {"subject-correction-done": correction}
OF_SECOND = {"subject-second": asked, "subject-read": item, "subject-return": item}

# Each makes the thing that the address is about, on a nominal, and returns the address's arguments.
OBJECTS: dict[str, Callable[[Nominal], dict]] = {
    f"disclosure:{name}": make for name, make in (OF_GOVERNANCE | OF_READERS | OF_SECOND).items()
}
# Addresses whose outcome the permission alone does not tell: role and relation to the set of outcomes that may be.
OWN_RULES: dict[str, Callable[[Role, str], set[str]]] = {f"disclosure:{name}": governance for name in OF_GOVERNANCE}
OWN_RULES |= {f"disclosure:{name}": readers for name in OF_READERS}
OWN_RULES |= {f"disclosure:{name}": seconds for name in OF_SECOND}
TRIED_ELSEWHERE: set[str] = set()


def fill(nominal: Nominal, officer: User, number: int) -> None:
    """Hang one more of everything on a record, for counting queries."""
    request = make_subject_request(nominal=nominal, officer=make_governance(nominal), state="collecting")
    make_bundle_item(request)
    raise_action(
        actor=None, kind=CLOCK, title="A request", owner=Owner(user=request.officer), force=request.force, subject=request, route=LIST,
        rule=CLOCK, is_private=True,
    )  # fmt: skip
