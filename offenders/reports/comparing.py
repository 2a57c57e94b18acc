"""Two records side by side, each as far as one reader may read it: what is closed to them reads the same whatever it holds."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext_lazy as _

from accounts.access import may
from accounts.models import User
from offenders.models import Address, DateOfBirth, Description, Identifier, Mark, Name, Nominal, OnlineIdentity
from ui.languages import StrOrPromise
from ui.templatetags.ui import in_sentence, uk_date

CLOSED = gettext_noop("Not open to you")


class Line(NamedTuple):
    """One sort of fact: what each record says, and what both say."""

    words: StrOrPromise
    left: list[str]
    right: list[str]
    shared: list[str]


class Part(NamedTuple):
    """A table whose rows are compared, and how a row reads."""

    words: StrOrPromise
    model: Any
    read: Callable[[Any], str]


def mark_words(row: Mark) -> str:
    """Say what a mark is, and where."""
    said = gettext("%(kind)s on %(place)s: %(description)s")
    return said % {"kind": row.get_kind_display(), "place": row.place, "description": row.description}


PARTS = (
    Part(_("Names"), Name, lambda row: f"{row.full_name} ({in_sentence(row.get_kind_display())})"),
    Part(_("Dates of birth"), DateOfBirth, lambda row: str(uk_date((row.year, row.month, row.day)))),
    Part(_("Numbers"), Identifier, lambda row: f"{row.get_kind_display()} {row.value}"),
    Part(_("Sex"), Description, lambda row: row.get_sex_display()),
    Part(_("Marks"), Mark, mark_words),
    Part(_("Addresses"), Address, lambda row: ", ".join(filter(None, [row.line_1, row.town, row.postcode])) or row.get_kind_display()),
    Part(_("Names online"), OnlineIdentity, lambda row: f"{row.handle} ({row.service})" if row.service else row.handle),
)


def compare(user: User, left: Nominal, right: Nominal) -> list[Line]:
    """Return the lines of the comparison. A line of which the reader may read neither side is left out."""
    lines = [marker_line(words, left, right, read) for words, read in MARKER]
    readable = {perm: [may(user, perm, each) for each in (left, right)] for perm in {part.model.read_permission for part in PARTS}}
    for part in PARTS:
        open_to = readable[part.model.read_permission]
        if any(open_to):
            lines.append(line_of(user, part, (left, right), open_to))
    return lines


MARKER: tuple[tuple[StrOrPromise, Callable[[Nominal], str]], ...] = (
    (_("Force"), lambda nominal: str(nominal.force)),
    (_("Unit"), lambda nominal: nominal.unit.name),
    (_("Offender manager"), lambda nominal: nominal.offender_manager.display_name),
    (_("Registration"), lambda nominal: nominal.get_registration_display()),
)


def marker_line(words: StrOrPromise, left: Nominal, right: Nominal, read: Callable[[Nominal], str]) -> Line:
    """Say who holds the records."""
    one, other = read(left), read(right)
    return Line(words, [one], [other], [one] if one == other else [])


def line_of(user: User, part: Part, pair: tuple[Nominal, Nominal], open_to: list[bool]) -> Line:
    """Say what each record holds in one table."""
    held: dict[int, list[str]] = {each.pk: [] for each in pair}
    for row in part.model.objects.for_user(user).filter(nominal__in=pair).order_by("pk"):
        held[row.nominal_id].append(part.read(row))
    one, other = (held[each.pk] if is_open else [gettext(CLOSED)] for each, is_open in zip(pair, open_to, strict=True))
    return Line(part.words, one, other, [said for said in one if said in other and all(open_to)])
