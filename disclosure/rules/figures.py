"""Small numbers in tables that leave the force: hidden, with whatever would let them be worked out. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

Cell = tuple[int | str, ...]
Line = Sequence[Cell]  # cells that add up to the last of them
Table = Sequence[Sequence[int]]


def with_totals(counts: Table) -> list[list[int]]:
    """Add a total to each row, and a row of totals."""
    rows = [[*row, sum(row)] for row in counts]
    return [*rows, [sum(column) for column in zip(*rows, strict=True)]]


def lines_of(table: Table) -> Iterator[Line]:
    """Return every row and every column of a table with totals."""
    height, width = len(table), len(table[0])
    for row in range(height):
        yield [(row, column) for column in range(width)]
    for column in range(width):
        yield [(row, column) for row in range(height)]


def suppress(counts: Table, least: int) -> list[list[int | None]]:
    """Return a table with its totals in which nothing below `least` stands, nor can be worked out from what stands. None: hidden."""
    table = with_totals(counts)
    numbers: dict[Cell, int] = {(row, column): number for row, cells in enumerate(table) for column, number in enumerate(cells)}
    hidden = hide(numbers, list(lines_of(table)), least)
    return [[None if (row, column) in hidden else number for column, number in enumerate(cells)] for row, cells in enumerate(table)]


def hide(numbers: Mapping[Cell, int], lines: Sequence[Line], least: int) -> set[Cell]:
    """Return which numbers must be hidden. The lines say which of them add up to which; several tables may share cells.

    Zero is hidden as well: it tells as much as one. Where hidden cells could be worked out, the smallest cell beside them is hidden too.
    """
    hidden = {cell for cell, number in numbers.items() if number < least}
    while (line := next(leaking(numbers, lines, hidden, least), None)) is not None:
        shown = [cell for cell in line if cell not in hidden]
        hidden.add(min(shown, key=lambda cell: (numbers[cell], cell)))
    return hidden


def leaking(numbers: Mapping[Cell, int], lines: Sequence[Line], hidden: set[Cell], least: int) -> Iterator[Line]:
    """Return lines of which a cell must be hidden besides: what is hidden there adds up to too little, or can be worked out."""
    for line in lines:
        *parts, total = line
        unknown = [cell for cell in parts if cell in hidden]
        if unknown and total not in hidden and sum(numbers[cell] for cell in unknown) < least:
            yield line
    yield from (line for line in lines if sum(cell in hidden for cell in line) == 1)
    for cell in sorted(worked_out(lines, hidden)):
        yield from (line for line in lines if cell in line and any(other not in hidden for other in line))


def worked_out(lines: Sequence[Line], hidden: set[Cell]) -> set[Cell]:
    """Return the hidden cells that follow from the shown ones, because the parts of each line add up to its total."""
    rows = [{cell: Fraction(-1 if cell == line[-1] else 1) for cell in line if cell in hidden} for line in lines]
    reduced: list[dict[Cell, Fraction]] = []
    for cell in sorted(hidden):
        pivot = next((row for row in rows if cell in row), None)
        if pivot is None:
            continue
        rows.remove(pivot)
        pivot = {other: part / pivot[cell] for other, part in pivot.items()}
        for row in (*rows, *reduced):
            if cell in row:
                take_away(row, pivot, row[cell])
        reduced.append(pivot)
    return {cell for row in reduced if len(row) == 1 for cell in row}


def take_away(row: dict[Cell, Fraction], pivot: Mapping[Cell, Fraction], times: Fraction) -> None:
    """Take a row of an equation from another, so many times; only what is not nothing is kept."""
    for cell, part in pivot.items():
        row[cell] = row.get(cell, Fraction(0)) - times * part
        if not row[cell]:
            del row[cell]
