"""Prosecutions and what hangs on them, as rows."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils.timezone import localdate

from accounts.choices import Role
from accounts.models import User
from disclosure.models import Assessment, ImmunityApplication, LineOfEnquiry, Prosecution, Schedule, UnusedItem
from disclosure.references import PROSECUTION, next_reference
from disclosure.reports.prosecutions import digest_of, rows_of
from offenders.models import Nominal
from tests.factories import make_nominal, make_user

CHARGED = localdate() - timedelta(days=5)
OPEN = "Notebook of PC 417 of the night of the arrest"
SEALED = "Log of calls to the crime desk in October"
SECRET = "Quenby Thistlewood rang from the garage in Orchard Parade"


def make_prosecution(*, nominal: Nominal | None = None, **values: Any) -> Prosecution:
    """A prosecution of somebody on record; the manager is officer in the case, a colleague discloses."""
    nominal = nominal or make_nominal()
    officer = values.pop("officer", nominal.offender_manager)
    discloser = values.pop("disclosure_officer", None) or make_user(Role.OPERATIONAL, organisation=nominal.force)
    plain = {
        "force": nominal.force, "unit": nominal.unit, "nominal": nominal, "defendant": "Nobody Invented", "offence": "Breach of an order",
        "charged_on": CHARGED, "court": "Northmere Crown Court", "officer": officer, "disclosure_officer": discloser, "opened_by": officer,
    }  # fmt: skip
    return Prosecution.objects.create(reference=next_reference(PROSECUTION), **plain | values)


def make_item(case: Prosecution, *, is_sensitive: bool = False, **values: Any) -> UnusedItem:
    """An item that nobody has looked at."""
    plain = {"description": SEALED if is_sensitive else OPEN, "what": "A book", "kept_at": "Store 3", "added_by": case.disclosure_officer}
    number = values.pop("number", case.items.count() + 1)
    return UnusedItem.objects.create(prosecution=case, number=number, is_sensitive=is_sensitive, **plain | values)


def look_at(item: UnusedItem, **values: Any) -> Assessment:
    """A whole look at an item, which meets neither test."""
    plain = {
        "examined": "inspected", "examined_by": item.added_by, "examined_on": localdate(), "relevant": "yes", "relevant_why": "Same night",
        "undermines": "no", "undermines_why": "It agrees with the case", "assists": "no", "assists_why": "Nothing in it for him",
        "is_sensitive": item.is_sensitive, "decision": "not", "round": item.prosecution.round, "by": item.added_by,
    }  # fmt: skip
    if item.is_sensitive:
        plain |= {"ground": "informant", "sensitive_why": SECRET}
    return Assessment.objects.create(item=item, **plain | values)


def make_whole(**values: Any) -> Prosecution:
    """A prosecution with an open and a sensitive item, both looked at."""
    case = make_prosecution(**values)
    look_at(make_item(case))
    look_at(make_item(case, is_sensitive=True))
    return case


def make_line(case: Prosecution, **values: Any) -> LineOfEnquiry:
    """An open line of enquiry."""
    plain = {
        "number": case.lines.count() + 1, "direction": "away", "what": "Ask the neighbour", "why": "Was at home", "owner": case.officer,
        "due_on": localdate() + timedelta(days=7), "added_by": case.officer,
    }  # fmt: skip
    return LineOfEnquiry.objects.create(prosecution=case, **plain | values)


def make_application(case: Prosecution, *items: UnusedItem, **values: Any) -> ImmunityApplication:
    """An application to the court that waits for its ruling."""
    plain = {"notice": "bare", "prosecutor": "Crown prosecutor", "grounds": "A life", "made_on": CHARGED, "court": "Northmere Crown Court"}
    application = ImmunityApplication.objects.create(prosecution=case, written_by=case.disclosure_officer, **plain | values)
    application.items.set(items)
    return application


def make_schedule(case: Prosecution, kind: str = "mg6c", **values: Any) -> Schedule:
    """A schedule with the items as they stand."""
    items = list(UnusedItem.objects.filter(prosecution=case).with_latest().order_by("number"))
    content = {"head": [["Defendant", case.defendant]], "rows": rows_of(kind, items), "certificate": "True", "certified_by": "DO"}
    content |= {"changes": []}
    plain = {"number": 1, "content": content, "sha256": digest_of(content), "issued_by": case.disclosure_officer}
    return Schedule.objects.create(prosecution=case, kind=kind, **plain | values)


def boss_of(case: Prosecution) -> User:
    """The supervisor of the unit whose case it is."""
    return make_user(Role.SUPERVISOR, organisation=case.force, unit=case.unit)
