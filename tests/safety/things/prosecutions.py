"""What the safety tests need to try addresses about prosecutions and their unused material."""

from __future__ import annotations

import uuid
from collections.abc import Callable

from django.utils.timezone import localdate, now

from accounts.choices import Role
from accounts.models import User
from disclosure.models import MaterialLink, Prosecution, ScheduleCopy
from offenders.models import Nominal
from tests.disclosure.making_prosecutions import look_at, make_application, make_item, make_line, make_schedule, make_whole
from tests.safety.expectations import GOVERNANCE, LEAD, MANAGER, SAME_FORCE, TEAM


def of(case: Prosecution, **values: object) -> dict:
    """The address of a prosecution, and of something in it."""
    return {"public_id": case.public_id, **values}


def case_of(nominal: Nominal) -> dict:
    """A prosecution in which the record's manager is officer in the case and a colleague discloses."""
    return of(make_whole(nominal=nominal))


def item(nominal: Nominal) -> dict:
    """An open item of such a prosecution."""
    case = make_whole(nominal=nominal)
    return of(case, item_id=case.items.get(is_sensitive=False).public_id)


def sealed_item(nominal: Nominal) -> dict:
    """A sensitive one."""
    case = make_whole(nominal=nominal)
    return of(case, item_id=case.items.get(is_sensitive=True).public_id)


def link(nominal: Nominal) -> dict:
    """A link of an open item."""
    case = make_whole(nominal=nominal)
    made = case.items.get(is_sensitive=False)
    row = MaterialLink.objects.create(item=made, kind="visit", key=uuid.uuid4(), linked_by=case.disclosure_officer)
    return of(case, item_id=made.public_id, key=row.pk)


def line(nominal: Nominal) -> dict:
    """A line of enquiry."""
    case = make_whole(nominal=nominal)
    return of(case, line_id=make_line(case).public_id)


def schedule(nominal: Nominal) -> dict:
    """A schedule of non-sensitive material."""
    case = make_whole(nominal=nominal)
    return of(case, schedule_id=make_schedule(case).public_id)


def copy(nominal: Nominal) -> dict:
    """A copy of one."""
    case = make_whole(nominal=nominal)
    made = make_schedule(case)
    row = ScheduleCopy.objects.create(
        schedule=made, number=1, recipient="defence", given_to="Solicitor", given_on=localdate(), by=case.disclosure_officer, made_at=now(),
        sha256="0" * 64,
    )  # fmt: skip
    return of(case, schedule_id=made.public_id, copy_id=row.public_id)


def application(nominal: Nominal) -> dict:
    """An application to the court."""
    case = make_whole(nominal=nominal)
    return of(case, application_id=make_application(case, case.items.get(is_sensitive=True)).public_id)


def by_reach(role: Role, relation: str, *, is_own: bool, is_unit: bool) -> set[str]:
    """Named in the case, the unit, the supervisor, information governance of the force; nobody who must not know of the record."""
    if role == LEAD:
        return {"reached"} if relation in {"own", "unit", "restricted"} else {"hidden"}
    if role == GOVERNANCE:
        return {"reached"} if relation in SAME_FORCE else {"hidden"}
    if role not in {*TEAM, Role.OPERATIONAL}:
        return {"refused"}
    return {"reached"} if (is_own and relation == "own") or (is_unit and role == MANAGER and relation == "unit") else {"hidden"}


def readers(role: Role, relation: str) -> set[str]:
    """Whoever may look."""
    return by_reach(role, relation, is_own=True, is_unit=True)


def workers(role: Role, relation: str) -> set[str]:
    """Whoever works on the material; here the manager is officer in the case."""
    return by_reach(role, relation, is_own=True, is_unit=False)


def whole(role: Role, relation: str) -> set[str]:
    """Whoever sees sensitive material: an officer in the case does not."""
    return by_reach(role, relation, is_own=False, is_unit=False)


READ = {"": case_of, "-item": item, "-schedule": schedule}
WORK = {
    "-change": case_of, "-item-add": case_of, "-item-change": item, "-item-disclose": item, "-item-link": item, "-item-unlink": link,
    "-line-add": case_of, "-line": line, "-copy": schedule, "-copy-print": copy,
}  # fmt: skip
WHOLE = {"-review": case_of, "-finish": case_of, "-item-look": sealed_item, "-issue": case_of, "-court": case_of, "-ruling": application}

# Each makes the thing that the address is about, on a nominal, and returns the address's arguments.
OBJECTS: dict[str, Callable[[Nominal], dict]] = {f"disclosure:prosecution{name}": make for name, make in (READ | WORK | WHOLE).items()}
# Addresses whose outcome the permission alone does not tell: role and relation to the set of outcomes that may be.
OWN_RULES: dict[str, Callable[[Role, str], set[str]]] = {f"disclosure:prosecution{name}": readers for name in READ}
OWN_RULES |= {f"disclosure:prosecution{name}": workers for name in WORK}
OWN_RULES |= {f"disclosure:prosecution{name}": whole for name in WHOLE}
# Addresses about something else than a record, with where they are tried.
TRIED_ELSEWHERE: set[str] = set()


def fill(nominal: Nominal, officer: User, number: int) -> None:
    """Hang one more of everything on a record, for counting queries."""
    case = make_whole(nominal=nominal, disclosure_officer=officer)
    make_line(case).items.set(case.items.all())
    look_at(make_item(case, is_sensitive=True))
    make_application(case, case.items.get(number=2))
    make_schedule(case)
