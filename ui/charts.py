"""Draws curves as plain SVG for a file beside a report, and measures bars for a page: no script, nothing fetched."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape  # it writes, and parses nothing # nosec B406

WIDTH, HEIGHT, LEFT, TOP, RIGHT, BOTTOM = 720, 420, 70, 40, 150, 60
# Told apart by their dashes as well as by their colours, which keep 3 : 1 against white.
LOOKS = (("#1d70b8", ""), ("#d4351c", "8 4"), ("#00703c", "2 3"))


@dataclass(frozen=True)
class Curve:
    """A named line through points."""

    name: str
    points: Sequence[tuple[float, float]]


def line_chart(*, title: str, across: str, up: str, curves: Sequence[Curve], marks: Sequence[tuple[str, float]] = ()) -> str:
    """Return an SVG of shares over shares, both from 0 to 1, with an upright line for each mark."""
    drawn = [curve_line(at, curve) for at, curve in enumerate(curves)]
    lines = [mark_line(name, x) for name, x in marks]
    summary = ", ".join(curve.name for curve in curves)
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" font-family="sans-serif" font-size="13">',
            f"<title>{escape(title)}</title><desc>{escape(f'{summary}, by {across}')}</desc>",
            f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#ffffff"/>',
            text(LEFT, 24, title, size=16),
            *axes(across, up),
            *drawn,
            *lines,
            "</svg>\n",
        ]
    )


def place_x(share: float) -> float:
    """Return where a share stands from left to right."""
    return round(LEFT + share * (WIDTH - LEFT - RIGHT), 1)


def place_y(share: float) -> float:
    """Return where a share stands from top to bottom."""
    return round(HEIGHT - BOTTOM - share * (HEIGHT - TOP - BOTTOM), 1)


def text(x: float, y: float, words: str, *, anchor: str = "start", size: int = 13) -> str:
    """Some words."""
    return f'<text x="{x}" y="{y}" text-anchor="{anchor}" font-size="{size}" fill="#0b0c0c">{escape(words)}</text>'


def axes(across: str, up: str) -> list[str]:
    """Both axes with their numbers."""
    said = []
    for step in range(5):
        share = step / 4
        x, y = place_x(share), place_y(share)
        said.append(f'<path d="M{LEFT} {y}H{WIDTH - RIGHT}" stroke="#b1b4b6" stroke-width="1"/>')
        said.append(text(LEFT - 8, y + 4, f"{share:.2f}", anchor="end"))
        said.append(text(x, HEIGHT - BOTTOM + 20, f"{share:.2f}", anchor="middle"))
    said.append(text(place_x(0.5), HEIGHT - 12, across, anchor="middle"))
    said.append(text(8, TOP - 4, up))
    return said


def curve_line(at: int, curve: Curve) -> str:
    """One curve, and its name in the margin."""
    colour, dashes = LOOKS[at % len(LOOKS)]
    path = " ".join(f"{place_x(x)},{place_y(y)}" for x, y in curve.points)
    look = f'stroke="{colour}" stroke-width="2" stroke-dasharray="{dashes or "none"}" fill="none"'
    y = TOP + 20 + at * 24
    legend = f'<path d="M{WIDTH - RIGHT + 12} {y - 4}h30" {look}/>{text(WIDTH - RIGHT + 48, y, curve.name)}'
    return f'<polyline points="{path}" {look}/>{legend}'


def mark_line(name: str, x: float) -> str:
    """An upright line with its name beside it."""
    at = place_x(x)
    line = f'<path d="M{at} {TOP}V{HEIGHT - BOTTOM}" stroke="#0b0c0c" stroke-width="1" stroke-dasharray="4 4"/>'
    return f"{line}{text(at - 4, HEIGHT - BOTTOM - 8, name, anchor='end')}"


@dataclass(frozen=True)
class Bar:
    """One bar: what it is, its number in words, and how long it is, of a hundred."""

    name: str
    words: str
    share: float


def bars(numbers: Sequence[tuple[str, int]], *, most: int | None = None, words: str = "%(number)s") -> list[Bar]:
    """Return bars for these numbers, as long as each is of the greatest one, or of `most`; the table beside them says the same."""
    longest = most or max((number for _, number in numbers), default=0)
    return [Bar(name, words % {"number": number}, 100 * number / longest if longest else 0) for name, number in numbers]
