"""Links between people and things: which may stand between what, the one form of what an entity is known by, how far is near. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from math import hypot
from typing import NamedTuple

from django.utils.translation import gettext_noop

from intelligence.choices.links import EntityKind, LinkKind
from offenders.choices import IdentifierKind
from offenders.rules import canonical_identifier, format_identifier
from offenders.rules.case_file import canonical_postcode


class End(StrEnum):
    """What may stand at an end of a link besides an entity of some kind."""

    RECORD = "record"
    REPORT = "report"


PEOPLE = frozenset({End.RECORD, EntityKind.PERSON})
ACTORS = PEOPLE | {EntityKind.ORGANISATION}
THINGS = frozenset({EntityKind.VEHICLE, EntityKind.PHONE, EntityKind.ONLINE})
PLACES = frozenset({EntityKind.PLACE})
EVERY = frozenset(EntityKind)
REPORTS = frozenset({End.REPORT})

# Which kinds of link may stand between what; either end may be the first.
BETWEEN: dict[LinkKind, tuple[frozenset[str], frozenset[str]]] = {
    LinkKind.TELLS_OF: (REPORTS, EVERY | {End.RECORD}),
    LinkKind.ALIKE: (REPORTS, REPORTS | {End.RECORD}),
    LinkKind.ASSOCIATE: (PEOPLE, PEOPLE),
    LinkKind.FAMILY: (PEOPLE, PEOPLE),
    LinkKind.CONTACT: (ACTORS | THINGS, ACTORS | THINGS),
    LinkKind.USES: (ACTORS, THINGS),
    LinkKind.LIVES: (PEOPLE, PLACES),
    LinkKind.SEEN: (PEOPLE | {EntityKind.VEHICLE}, PLACES),
    LinkKind.BELONGS: (PEOPLE, PLACES | {EntityKind.ORGANISATION}),
    LinkKind.SAME: (EVERY, EVERY | {End.RECORD}),
    LinkKind.NEAR: (PLACES, PLACES | {End.RECORD}),
}
# Two entities of one kind are made one instead of being linked as the same; a person may turn out to be on record.
SAME_AS_RECORD = frozenset({EntityKind.PERSON})


def may_stand_between(kind: str, one: str, other: str) -> bool:
    """Say whether such a link may stand between these two: kinds of entities, "record" or "report"."""
    first, second = BETWEEN[LinkKind(kind)]
    if kind == LinkKind.SAME and not (one == other or {one, other} == {End.RECORD, *SAME_AS_RECORD}):
        return False
    return (one in first and other in second) or (other in first and one in second)


def kinds_between(one: str, other: str) -> list[LinkKind]:
    """Return which links may stand between these two."""
    return [kind for kind in LinkKind if may_stand_between(kind, one, other)]


IDENTIFIERS = {EntityKind.PHONE: IdentifierKind.PHONE, EntityKind.VEHICLE: IdentifierKind.VEHICLE}


def canonical_value(kind: str, name: str) -> str:
    """Return the one form by which an entity is found again: a number, a registration mark, an online name. Others have none.

    ValueError says what is wrong with it.
    """
    if kind == EntityKind.ONLINE:
        value = name.strip().lstrip("@").casefold()
        if not value or re.search(r"\s", value):
            raise ValueError(gettext_noop("Enter the online name or address without spaces, like darren_s417"))
        return value
    return canonical_identifier(IDENTIFIERS[EntityKind(kind)], name) if kind in IDENTIFIERS else ""


def shown_value(kind: str, name: str) -> str:
    """Return the name of an entity as people write it."""
    if kind not in IDENTIFIERS:
        return " ".join(name.split())
    return format_identifier(IDENTIFIERS[EntityKind(kind)], canonical_value(kind, name))


class Position(NamedTuple):
    """Metres east and north on the national grid."""

    easting: int
    northing: int


GRID = re.compile(r"([A-HJ-Z])([A-HJ-Z])(\d*)")
GRID_WORDS = gettext_noop("Enter a grid reference like NM 1234 5678, or leave it empty")
SQUARE = 100_000
LEAST, MOST = 3, 5  # digits each way: to a hundred metres, to a metre


def read_grid_reference(text: str) -> Position:
    """Return the middle of the square that a reference of the Ordnance Survey's national grid names. ValueError says how it should look.

    The two letters are places in grids of five by five, without I, counted from the top left; the origin lies two squares of 500 km
    east and one north of the first letter's grid. Source: Ordnance Survey, "A guide to coordinate systems in Great Britain".
    """
    found = GRID.fullmatch(re.sub(r"\s+", "", text).upper())
    if not found or len(found[3]) % 2 or not LEAST <= len(found[3]) // 2 <= MOST:
        raise ValueError(GRID_WORDS)
    large, small = ("ABCDEFGHJKLMNOPQRSTUVWXYZ".index(letter) for letter in found.groups()[:2])
    east = (large % 5 - 2) * 5 + small % 5
    north = (3 - large // 5) * 5 + 4 - small // 5
    if not (0 <= east <= 6 and 0 <= north <= 12):
        raise ValueError(gettext_noop("This grid reference is not in Great Britain"))
    half = len(found[3]) // 2
    size = 10 ** (MOST - half)
    return Position(
        east * SQUARE + int(found[3][:half]) * size + size // 2, north * SQUARE + int(found[3][half:]) * size + size // 2
    )


def metres_between(one: Position, other: Position) -> int:
    """Return how far two positions are apart."""
    return round(hypot(one.easting - other.easting, one.northing - other.northing))


def read_postcode(text: str) -> str:
    """Return a postcode as it is written; empty stays empty. ValueError says how it should look."""
    return canonical_postcode(text) if text.strip() else ""


@dataclass(frozen=True)
class Nearness:
    """Within how many metres two places are suggested to belong together, from a day on."""

    since: date
    metres: int
    source: str


NEARNESS = (Nearness(date(2020, 1, 1), 250, "Practice of bureaus; to be confirmed by the force"),)


def nearness_on(day: date) -> Nearness:
    """Return the distance that holds on this day."""
    return max((each for each in NEARNESS if each.since <= day), key=lambda each: each.since)
