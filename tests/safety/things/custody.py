"""What the safety tests need to try addresses about transfer, licence, recall, custody and other authorities."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils import timezone

from accounts.choices import Role
from accounts.models import User
from offenders.models import AuthorityNotice, Custody, Licence, Nominal, Recall, Transfer
from tests.factories import make_agency, make_unit


def make_transfer(*, nominal: Nominal, **values: Any) -> Transfer:
    """An offer of a record to another unit of its force."""
    defaults = {"from_unit": nominal.unit, "offered_by": nominal.offender_manager, "reason": "Moved home", "handover": "Settled."}
    to_unit = values.pop("to_unit", None) or make_unit(organisation=nominal.force)
    return Transfer.objects.create(nominal=nominal, to_unit=to_unit, **{**defaults, **values})


def make_licence(*, nominal: Nominal, start: date = date(2026, 1, 1), end: date | None = date(2099, 1, 1), **values: Any) -> Licence:
    """A licence that holds."""
    details = {"probation_office": "Millbrook", "probation_manager": "Duty manager", "probation_phone": "01632 960170"}
    defaults = {"kind": "standard", "recorded_by": nominal.offender_manager, "tell_probation": "Any contact with children.", **details}
    return Licence.objects.create(nominal=nominal, period=DateRange(start, end), **{**defaults, **values})


def make_recall(*, nominal: Nominal, licence: Licence | None = None, **values: Any) -> Recall:
    """A recall that was asked for an hour ago."""
    defaults = {"kind": "emergency", "requested_by": "Duty manager", "reason": "Left the hostel", "recorded_by": nominal.offender_manager}
    defaults["requested_at"] = timezone.now() - timedelta(hours=1)
    return Recall.objects.create(nominal=nominal, licence=licence or make_licence(nominal=nominal), **{**defaults, **values})


def make_custody(*, nominal: Nominal, start: date = date(2026, 1, 1), end: date | None = None, **values: Any) -> Custody:
    """A time in custody that lasts."""
    defaults = {"kind": "remand", "establishment": "HMP Eastvale", "recorded_by": nominal.offender_manager}
    return Custody.objects.create(nominal=nominal, period=DateRange(start, end), **{**defaults, **values})


def make_authority_notice(*, nominal: Nominal, **values: Any) -> AuthorityNotice:
    """Something that probation was told."""
    defaults = {"recipient": "Duty desk", "channel": "phone", "about": "arrest", "text": "Arrested for theft.", "told_at": timezone.now()}
    return AuthorityNotice.objects.create(
        nominal=nominal, agency=values.pop("agency", None) or make_agency(), told_by=nominal.offender_manager, **{**defaults, **values}
    )


def of(make: Callable[..., Any], **more: Any) -> Callable[[Nominal], dict[str, Any]]:
    """The arguments of an address about one such row."""
    return lambda nominal: {"reference": nominal.reference, "public_id": make(nominal=nominal).public_id, **more}


# Each makes the thing that the address is about, on a nominal, and returns the address's arguments.
OBJECTS: dict[str, Callable[[Nominal], dict]] = {
    "offenders:custody-release": of(make_custody),
    "offenders:licence-change": of(lambda nominal: make_licence(nominal=nominal, start=date(2020, 1, 1), end=date(2020, 2, 1))),
    "offenders:recall-step": of(make_recall, step="revoke"),
    "offenders:transfer-withdraw": of(make_transfer),
    "offenders:authority-answer": of(make_authority_notice),
}
# Addresses whose outcome the permission alone does not tell: role and relation to the set of outcomes that may be.
OWN_RULES: dict[str, Callable[[Role, str], set[str]]] = {}
# Addresses about something else than a record, with where they are tried.
TRIED_ELSEWHERE: set[str] = {
    "offenders:offer",  # tests/offenders/test_transfers.py: offers to one's own unit
    "offenders:offer-accept",
    "offenders:offer-refuse",
}


def fill(nominal: Nominal, officer: User, number: int) -> None:
    """Hang one more of everything on a record, for counting queries."""
    day = date(2000, 1, 1) + timedelta(days=40 * number)
    make_custody(nominal=nominal, start=day, end=day + timedelta(days=10))
    licence = make_licence(nominal=nominal, start=day + timedelta(days=20), end=day + timedelta(days=30))
    make_recall(nominal=nominal, licence=licence, state="rescinded", rescinded_at=timezone.now())
    make_authority_notice(nominal=nominal)
    make_transfer(nominal=nominal, state="refused", decided_at=timezone.now(), decided_by=officer)
    make_transfer(nominal=nominal, to_unit=officer.unit, from_unit=make_unit(), state="refused", decided_at=timezone.now())
    if number == 0 or nominal.licences.filter(period__contains=date(2026, 6, 1)).exists() is False:
        make_licence(nominal=nominal)
