"""Lays out a small network around one thing, in rings: positions for a drawing that a template makes, no script."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import cos, pi, sin

RADII = (210, 360)
LONGEST = 22
BESIDE, ABOVE, BELOW = 110, 30, 60  # what a name needs around its spot


@dataclass(frozen=True)
class Spot:
    """Something drawn: where, what it is called, and what it is."""

    key: str
    x: int
    y: int
    name: str
    sort: str
    line: int  # the first line of the table on which it stands
    is_centre: bool = False

    @property
    def below(self) -> int:
        """Where its name stands."""
        return self.y + 26

    @property
    def further_below(self) -> int:
        """Where its sort stands."""
        return self.y + 41


@dataclass(frozen=True)
class Stroke:
    """A line between two spots, with the numbers of the lines of the table that it stands for."""

    x1: int
    y1: int
    x2: int
    y2: int
    numbers: str
    is_weak: bool

    @property
    def x(self) -> int:
        """Its middle."""
        return (self.x1 + self.x2) // 2

    @property
    def y(self) -> int:
        """Its middle."""
        return (self.y1 + self.y2) // 2


@dataclass
class Network:
    """Everything that is drawn."""

    spots: list[Spot] = field(default_factory=list)
    strokes: list[Stroke] = field(default_factory=list)

    @property
    def box(self) -> str:
        """What of the plane is drawn: left, top, width and height."""
        across, down = [spot.x for spot in self.spots], [spot.y for spot in self.spots]
        left, top = min(across) - BESIDE, min(down) - ABOVE
        return f"{left} {top} {max(across) + BESIDE - left} {max(down) + BELOW - top}"


def shorten(name: str) -> str:
    """Return a name that fits below its spot."""
    return name if len(name) <= LONGEST else f"{name[: LONGEST - 1].rstrip()}…"


def lay_out(
    centre: str, rings: Sequence[Sequence[str]], names: Mapping[str, tuple[str, str]], edges: Sequence[tuple[str, str, bool]]
) -> Network:
    """Return the drawing of one thing with those one and two steps away.

    `names` holds what each key is called and what it is; `edges` joins two keys and says whether it is weak, in the order of the table.
    The second ring stands near whatever it is joined to on the first.
    """
    places = {centre: (0, 0)} | places_on_rings(rings, edges)
    lines: dict[frozenset[str], list[tuple[int, bool]]] = {}
    first: dict[str, int] = {}
    for number, (one, other, is_weak) in enumerate(edges, start=1):
        lines.setdefault(frozenset((one, other)), []).append((number, is_weak))
        for key in (one, other):
            first.setdefault(key, number)
    network = Network()
    for pair, said in lines.items():
        one, other = sorted(pair)
        numbers = ", ".join(str(number) for number, _ in said)
        network.strokes.append(Stroke(*places[one], *places[other], numbers, all(is_weak for _, is_weak in said)))
    for key, (x, y) in places.items():
        name, sort = names[key]
        network.spots.append(Spot(key, x, y, shorten(name), sort, first.get(key, 0), key == centre))
    return network


def places_on_rings(rings: Sequence[Sequence[str]], edges: Sequence[tuple[str, str, bool]]) -> dict[str, tuple[int, int]]:
    """Return where each key of the rings stands: the first ring in sectors as wide as what hangs on them."""
    inner = list(rings[0]) if rings else []
    hanging: dict[str, list[str]] = {key: [] for key in inner}
    for key in rings[1] if len(rings) > 1 else ():
        joined = {other if one == key else one for one, other, _ in edges if key in {one, other}}
        hanging[next(parent for parent in inner if parent in joined)].append(key)
    slots = [max(1, len(children)) for children in hanging.values()]
    width = 2 * pi / max(1, sum(slots))
    places: dict[str, tuple[int, int]] = {}
    at = 0
    for (key, children), taken in zip(hanging.items(), slots, strict=True):
        places[key] = point(RADII[0], (at + taken / 2) * width)
        places |= {child: point(RADII[1], (at + number + 0.5) * width) for number, child in enumerate(children)}
        at += taken
    return places


def point(radius: float, angle: float) -> tuple[int, int]:
    """Return the point at an angle, clockwise from the top."""
    return round(radius * sin(angle)), round(-radius * cos(angle))
