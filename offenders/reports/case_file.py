"""The case file as one reader may see it: every sort of entry, what holds now and what is over."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.permissions import Perm
from offenders.choices import IdentifierKind, NameKind
from offenders.documents.case_file import EntryWords, describe_entry
from offenders.models import (
    Address,
    Associate,
    Device,
    Household,
    Identifier,
    Marking,
    Name,
    Nominal,
    Occupation,
    OnlineIdentity,
    ProtectedPerson,
    Vehicle,
)
from offenders.models.case_file import FilePart
from offenders.rules.case_file import is_current
from ui.languages import StrOrPromise


@dataclass(frozen=True)
class Sort:
    """One sort of entry: its word in addresses, what people call it, its table."""

    slug: str
    heading: StrOrPromise
    adding: StrOrPromise
    changing: StrOrPromise
    model: type[FilePart]


SORTS = (
    Sort("address", _("Addresses"), _("Add an address"), _("Change an address"), Address),
    Sort(
        "household",
        _("Children where the person lives or stays"),
        _("Add children at an address"),
        _("Change children at an address"),
        Household,
    ),
    Sort(
        "protected",
        _("Children and adults at risk"),
        _("Add a child or adult at risk"),
        _("Change a child or adult at risk"),
        ProtectedPerson,
    ),
    Sort("associate", _("Associates"), _("Add an associate"), _("Change an associate"), Associate),
    Sort(
        "occupation",
        _("Work, education and activities"),
        _("Add work, education or an activity"),
        _("Change work, education or an activity"),
        Occupation,
    ),
    Sort("online", _("Online identities"), _("Add an online identity"), _("Change an online identity"), OnlineIdentity),
    Sort("device", _("Devices"), _("Add a device"), _("Change a device"), Device),
    Sort("vehicle", _("Vehicles"), _("Add a vehicle"), _("Change a vehicle"), Vehicle),
)
BY_SLUG = {sort.slug: sort for sort in SORTS}


@dataclass(frozen=True)
class Line:
    """One entry with its words."""

    row: FilePart
    words: EntryWords


@dataclass(frozen=True)
class Part:
    """All entries of one sort."""

    sort: Sort
    current: list[Line]
    past: list[Line]

    @property
    def verified_on(self) -> date | None:
        """The day of the newest verification among what holds now."""
        return max((line.row.verified_on for line in self.current if line.row.verified_on), default=None)


def entries_of(user: User, nominal: Nominal, model: type[FilePart], perm: Perm | None = None) -> Any:
    """Return the entries of one sort that a user may see, with what their words need."""
    rows = model.objects.for_user(user, perm).filter(nominal=nominal).select_related("verified_by", "nominal")
    joined = {Household: "address", Associate: "other", Vehicle: "identifier"}
    return rows.select_related(joined[model]) if model in joined else rows


def read_part(user: User, nominal: Nominal, sort: Sort, today: date) -> Part:
    """Read one sort of entries."""
    rows = sorted(entries_of(user, nominal, sort.model), key=lambda row: not getattr(row, "is_main", False))  # the main address first
    if sort.model is Associate:
        name_associates(user, rows)
    lines = [Line(row, describe_entry(row)) for row in rows]
    current = [line for line in lines if is_current(line.row.period, today)]
    return Part(sort, current, [line for line in lines if not is_current(line.row.period, today)])


def name_associates(user: User, rows: Iterable[Any]) -> None:
    """Put names to associates on record, where the reader may know them."""
    linked = [row for row in rows if row.other_id]
    names = Name.objects.for_user(user).filter(nominal__in=[row.other_id for row in linked], kind=NameKind.PRIMARY)
    known = {name.nominal_id: name.full_name for name in names} if linked else {}
    for row in linked:
        row.shown_name = known.get(row.other_id, "")


def read_parts(user: User, nominal: Nominal, today: date) -> list[Part]:
    """Read every sort of entries."""
    return [read_part(user, nominal, sort, today) for sort in SORTS]


def numbers_of(user: User, nominal: Nominal) -> list[Identifier]:
    """Return telephones, and registration marks of which no vehicle tells more: numbers of the identity, which every search knows."""
    kinds = (IdentifierKind.PHONE, IdentifierKind.VEHICLE)
    rows = Identifier.objects.for_user(user).filter(nominal=nominal, kind__in=kinds, vehicles__isnull=True)
    return list(rows.order_by("kind", "pk"))


def named_elsewhere(user: User, nominal: Nominal) -> list[Associate]:
    """Return where other records, whose file the reader may read, name this person as an associate."""
    return list(Associate.objects.for_user(user).filter(other=nominal).select_related("nominal").order_by("-pk")[:20])


def marking_of(user: User, nominal: Nominal, today: date) -> Marking | None:
    """Return how the file is marked today; None: as everything is marked here."""
    return Marking.objects.for_user(user).filter(nominal=nominal, period__contains=today).first()
