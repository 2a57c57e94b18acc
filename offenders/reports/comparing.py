"""Two records side by side, each as far as one reader may read it: what is closed to them reads the same whatever it holds."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from accounts.access import may
from accounts.models import User
from offenders.models import Address, DateOfBirth, Description, Identifier, Mark, Name, Nominal, OnlineIdentity
from ui.templatetags.ui import uk_date

CLOSED = "Not open to you"


class Line(NamedTuple):
    """One sort of fact: what each record says, and what both say."""

    words: str
    left: list[str]
    right: list[str]
    shared: list[str]


class Part(NamedTuple):
    """A table whose rows are compared, and how a row reads."""

    words: str
    model: Any
    read: Callable[[Any], str]


PARTS = (
    Part("Names", Name, lambda row: f"{row.full_name} ({row.get_kind_display().lower()})"),
    Part("Dates of birth", DateOfBirth, lambda row: str(uk_date((row.year, row.month, row.day)))),
    Part("Numbers", Identifier, lambda row: f"{row.get_kind_display()} {row.value}"),
    Part("Sex", Description, lambda row: row.get_sex_display()),
    Part("Marks", Mark, lambda row: f"{row.get_kind_display()} on {row.place}: {row.description}"),
    Part("Addresses", Address, lambda row: ", ".join(filter(None, [row.line_1, row.town, row.postcode])) or row.get_kind_display()),
    Part("Names online", OnlineIdentity, lambda row: f"{row.handle} ({row.service})" if row.service else row.handle),
)


def compare(user: User, left: Nominal, right: Nominal) -> list[Line]:
    """Return the lines of the comparison. A line of which the reader may read neither side is left out."""
    lines = [marker_line(words, left, right, read) for words, read in MARKER.items()]
    readable = {perm: [may(user, perm, each) for each in (left, right)] for perm in {part.model.read_permission for part in PARTS}}
    for part in PARTS:
        open_to = readable[part.model.read_permission]
        if any(open_to):
            lines.append(line_of(user, part, (left, right), open_to))
    return lines


MARKER: dict[str, Callable[[Nominal], str]] = {
    "Force": lambda nominal: str(nominal.force),
    "Unit": lambda nominal: nominal.unit.name,
    "Offender manager": lambda nominal: nominal.offender_manager.display_name,
    "Registration": lambda nominal: nominal.get_registration_display(),
}


def marker_line(words: str, left: Nominal, right: Nominal, read: Callable[[Nominal], str]) -> Line:
    """Say who holds the records."""
    one, other = read(left), read(right)
    return Line(words, [one], [other], [one] if one == other else [])


def line_of(user: User, part: Part, pair: tuple[Nominal, Nominal], open_to: list[bool]) -> Line:
    """Say what each record holds in one table."""
    held: dict[int, list[str]] = {each.pk: [] for each in pair}
    for row in part.model.objects.for_user(user).filter(nominal__in=pair).order_by("pk"):
        held[row.nominal_id].append(part.read(row))
    one, other = (held[each.pk] if is_open else [CLOSED] for each, is_open in zip(pair, open_to, strict=True))
    return Line(part.words, one, other, [said for said in one if said in other and all(open_to)])
