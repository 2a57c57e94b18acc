"""Reads a file of nominals as a stream of lines with named cells, CSV or JSON Lines, always UTF-8."""
from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, BinaryIO

from offenders.imports.columns import COLUMNS, KEY
from offenders.imports.errors import RowError, UnreadableFile

MAX_LINE_BYTES = 200_000
MAX_RECORDS = 500_000
SUFFIXES = (".csv", ".jsonl")
Cell = str | list[str]


@dataclass
class Line:
    """The cells of one record, and what was wrong with its shape."""

    number: int
    cells: dict[str, Cell] = field(default_factory=dict)
    errors: list[RowError] = field(default_factory=list)

    def refuse(self, column: str, reason: str) -> None:
        """Note an error."""
        self.errors.append(RowError(self.number, column, reason))


def read_lines(file: BinaryIO, name: str) -> Iterator[Line]:
    """Yield the records of a file; raise UnreadableFile where reading can't go on."""
    records = read_csv(file) if name.lower().endswith(".csv") else read_json(file)
    count = 0
    for count, line in enumerate(records, start=1):
        if count > MAX_RECORDS:
            raise UnreadableFile(line.number, f"The file has more than {MAX_RECORDS:,} records. Split it.")
        yield line
    if not count:
        raise UnreadableFile(1, "The file holds no records.")


def text_lines(file: BinaryIO) -> Iterator[str]:
    """Yield the lines as text; refuse other encodings and endless lines."""
    number = 0
    while raw := file.readline(MAX_LINE_BYTES + 1):
        number += 1
        if len(raw) > MAX_LINE_BYTES:
            raise UnreadableFile(number, f"The line is longer than {MAX_LINE_BYTES:,} bytes.")
        try:
            yield raw.decode("utf-8-sig" if number == 1 else "utf-8")
        except UnicodeDecodeError:
            raise UnreadableFile(number, "The file is not in UTF-8. Save it as “CSV UTF-8”, or convert it, and try again.") from None


def read_csv(file: BinaryIO) -> Iterator[Line]:
    """Yield records of a comma-separated file whose first line names the columns."""
    reader = csv.reader(text_lines(file), strict=True)
    header = read_header(next_row(reader))
    while True:
        number = reader.line_num + 1
        row = next_row(reader)
        if row is None:
            return
        if row:
            yield csv_line(number, header, row)


def next_row(reader: Any) -> list[str] | None:
    """Return the next row, nothing at the end; a broken quotation ends the reading."""
    try:
        return next(reader, None)
    except csv.Error as error:
        raise UnreadableFile(
            reader.line_num, f"The line is not comma-separated as it should be ({error}). Check the quotation marks."
        ) from None


def read_header(row: list[str] | None) -> list[str]:
    """Return the names of the columns; refuse unknown, repeated and missing ones."""
    if not row:
        raise UnreadableFile(1, "The first line must name the columns, and it is empty.")
    names = [name.strip().lower() for name in row]
    for name in names:
        if name not in COLUMNS:
            raise UnreadableFile(
                1, "There is no such column. The first line must name columns of the format, separated by commas.", name[:40]
            )
        if names.count(name) > 1:
            raise UnreadableFile(1, "The column is there twice.", name)
    if KEY not in names:
        raise UnreadableFile(1, "The column is missing: it is the key of each record.", KEY)
    return names


def csv_line(number: int, header: list[str], row: list[str]) -> Line:
    """Give the cells their names."""
    line = Line(number)
    if len(row) != len(header):
        line.refuse("", f"The line has {len(row)} cells; the first line names {len(header)} columns.")
    else:
        line.cells = dict(zip(header, row, strict=True))
    return line


def read_json(file: BinaryIO) -> Iterator[Line]:
    """Yield records of a file with one JSON object on each line."""
    for number, text in enumerate(text_lines(file), start=1):
        if text.strip():
            yield json_line(number, text)


def json_line(number: int, text: str) -> Line:
    """Read one object; its values may be texts, whole numbers, null, and lists of texts."""
    line = Line(number)
    try:
        pairs = json.loads(text, object_pairs_hook=Pairs)
    except (ValueError, RecursionError):
        line.refuse("", "The line is not valid JSON.")
        return line
    if not isinstance(pairs, Pairs):
        line.refuse("", "The line must be one JSON object.")
        return line
    for name, value in pairs:
        add_cell(line, name, value)
    return line


class Pairs(list[tuple[str, Any]]):
    """An object as its pairs, so that a repeated name is noticed."""


def add_cell(line: Line, name: str, value: Any) -> None:
    """Add one value of a JSON object, or say why not."""
    if name not in COLUMNS:
        line.refuse(name[:40], "There is no such column.")
    elif name in line.cells:
        line.refuse(name, "The column is there twice.")
    elif (cell := as_cell(value)) is None:
        line.refuse(name, "The value must be a text, a whole number, or a list of texts.")
    else:
        line.cells[name] = cell


def as_cell(value: Any) -> Cell | None:
    """Return a JSON value as a cell; nothing for one of a kind that no column takes."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value) if abs(value) < 10**18 else None
    if isinstance(value, list) and not isinstance(value, Pairs) and all(isinstance(item, str) for item in value):
        return value
    return None


def batches(lines: Iterable[Any], size: int) -> Iterator[list[Any]]:
    """Cut a stream into lists."""
    batch: list[Any] = []
    for line in lines:
        batch.append(line)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch
