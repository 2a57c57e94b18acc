"""Makes entries of the case file, valid with nothing but a nominal."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.utils.timezone import now

from offenders.choices import IdentifierKind
from offenders.models import (
    Address,
    Associate,
    Contact,
    Device,
    Household,
    Marking,
    Nominal,
    Occupation,
    OnlineIdentity,
    ProtectedPerson,
    Vehicle,
)
from offenders.rules.case_file import span
from tests.factories import make_identifier

START = date(2025, 1, 1)


def make_address(nominal: Nominal, *, start: date | None = START, end: date | None = None, **values: Any) -> Address:
    """Another place where the person stays, unless told otherwise."""
    defaults = {"kind": "stays", "line_1": "4 Quay Road", "town": "Northport", "postcode": "NM1 2AB", "period": span(start, end)}
    return Address.objects.create(nominal=nominal, **{**defaults, **values})


def make_home(nominal: Nominal, **values: Any) -> Address:
    """A main address."""
    return make_address(nominal, **{"kind": "home", "is_main": True, "line_1": "1 Mill Lane", **values})


def make_household(nominal: Nominal, *, address: Address | None = None, **values: Any) -> Household:
    """Two children at an address."""
    address = address or make_address(nominal)
    defaults = {"children": 2, "ages": ["from_5"], "period": span(START, None)}
    return Household.objects.create(nominal=nominal, address=address, **{**defaults, **values})


def make_online(nominal: Nominal, **values: Any) -> OnlineIdentity:
    """A user name."""
    defaults = {"kind": "gaming", "handle": "quay_runner", "service": "Blockland", "period": span(START, None)}
    return OnlineIdentity.objects.create(nominal=nominal, **{**defaults, **values})


def make_device(nominal: Nominal, **values: Any) -> Device:
    """A telephone."""
    return Device.objects.create(nominal=nominal, **{"kind": "telephone", "make": "Larch 5", "period": span(START, None), **values})


def make_vehicle(nominal: Nominal, *, mark: str = "", **values: Any) -> Vehicle:
    """A van; with a mark one that search finds."""
    number = make_identifier(nominal=nominal, kind=IdentifierKind.VEHICLE, value=mark) if mark else None
    defaults = {"make": "Larch", "model_name": "Carrier", "colour": "White", "use": "keeper", "period": span(START, None)}
    return Vehicle.objects.create(nominal=nominal, identifier=number, **{**defaults, **values})


def make_occupation(nominal: Nominal, **values: Any) -> Occupation:
    """A job."""
    defaults = {"kind": "employed", "organisation": "Quay Bakery", "contact_with": "neither", "period": span(START, None)}
    return Occupation.objects.create(nominal=nominal, **{**defaults, **values})


def make_associate(nominal: Nominal, *, other: Nominal | None = None, **values: Any) -> Associate:
    """A friend: another record, or a name."""
    defaults = {"kind": "friend", "other": other, "name": "" if other else "Morgan Example", "period": span(START, None)}
    return Associate.objects.create(nominal=nominal, **{**defaults, **values})


def make_protected(nominal: Nominal, **values: Any) -> ProtectedPerson:
    """A child."""
    defaults = {"kind": "child", "name": "Robin Example", "age": "from_5", "period": span(START, None)}
    return ProtectedPerson.objects.create(nominal=nominal, **{**defaults, **values})


def make_contact(nominal: Nominal, *, at: datetime | None = None, **values: Any) -> Contact:
    """A telephone call with probation."""
    defaults = {"way": "telephone", "party": "agency", "about": "Curfew", "said": "He keeps it.", "recorded_by": nominal.offender_manager}
    return Contact.objects.create(nominal=nominal, at=at or now() - timedelta(days=1), **{**defaults, **values})


def make_marking(nominal: Nominal, *, start: date = START, end: date | None = None, **values: Any) -> Marking:
    """A marking for a time."""
    return Marking.objects.create(nominal=nominal, **{"level": "official", "reason": "Reviewed", "period": span(start, end), **values})
