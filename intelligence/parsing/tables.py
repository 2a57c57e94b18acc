"""Layout "csv": one report on each line, below a line that names the columns; any of four separators, any usual encoding."""

from __future__ import annotations

import csv
from collections import deque
from collections.abc import Iterator
from itertools import islice

from django.utils.timezone import localdate
from django.utils.translation import gettext_noop

from intelligence.parsing import Content, Deadline, Limits, ParsedAlert, Unreadable
from intelligence.parsing.characters import lines_of
from intelligence.parsing.facts import ONE_OF_THESE, clean, fact_of, make_alert

SEPARATORS = ",;\t|"
HEADER_WITHIN = 20  # lines: some systems write a title above the names of the columns
LEAST_COLUMNS = 2
MOST_COLUMNS = 200
LONGEST_RECORD = 10  # lines that one quoted cell may run over
CHECK_EVERY = 1000

NO_HEADER = gettext_noop("The first lines name no columns of a report: a surname and at least one more fact are needed.")
COLUMN_TWICE = gettext_noop("Two columns mean the same fact. Send each fact once.")
BROKEN_QUOTES = gettext_noop("The quotation marks of the line do not fit.")
WRONG_CELLS = "The line has {} cells; the first line names {} columns."


class Table:
    """Reads a table of any length, a line at a time."""

    name = "csv"
    version = 1

    def reads(self, content: Content) -> bool:
        """Whether one of the first lines names columns of a report."""
        try:
            return find_header(lines_of(content)) is not None
        except Unreadable:
            return False

    def read(self, content: Content, limits: Limits) -> Iterator[ParsedAlert]:
        """Yield one report for each line that is not blank."""
        lines, deadline, today = lines_of(content), Deadline(limits.seconds), localdate()
        found = find_header(lines)
        if found is None:
            raise Unreadable(NO_HEADER)
        start, separator, names = found
        require_each_fact_once(names)
        for rows, (number, cells) in enumerate(records(lines, start, separator), start=1):
            if rows % CHECK_EVERY == 0:
                deadline.check()
            if rows > limits.rows:
                raise Unreadable(f"There are more than {limits.rows:,} lines in it. Send it in smaller parts.")
            if number <= limits.after:
                yield ParsedAlert(line=number)
            elif cells is None:
                yield ParsedAlert(line=number, problem=BROKEN_QUOTES)
            elif len(cells) != len(names):
                yield ParsedAlert(line=number, problem=WRONG_CELLS.format(len(cells), len(names)), as_given=as_given(cells))
            else:
                yield make_alert(number, zip(names, cells, strict=True), today)


def as_given(cells: list[str]) -> dict[str, str]:
    """Return the cells of a line that fits no columns, for whoever looks at it."""
    return {f"Cell {number}": value[:500] for number, cell in enumerate(cells[:60], start=1) if (value := clean(cell))}


def find_header(lines: Iterator[str]) -> tuple[int, str, list[str]] | None:
    """Return the number of the line that names the columns, the separator, and the names; consumes the lines up to it."""
    for number, line in enumerate(lines, start=1):
        best = max((split(line, separator) for separator in SEPARATORS), key=lambda found: len(facts_of(found[1])))
        facts = facts_of(best[1])
        if len(facts) >= LEAST_COLUMNS and facts & ONE_OF_THESE and len(best[1]) <= MOST_COLUMNS:
            return number, *best
        if number == HEADER_WITHIN:
            return None
    return None


def split(line: str, separator: str) -> tuple[str, list[str]]:
    """Return the cells of one line; none where it cannot be cut so."""
    return separator, cells_of([line], separator) or []


def facts_of(names: list[str]) -> set[str]:
    """Return the facts that these columns hold."""
    return {fact for name in names if (fact := fact_of(name))}


def require_each_fact_once(names: list[str]) -> None:
    """Two columns of one fact could contradict each other on every line."""
    facts = [fact for name in names if (fact := fact_of(name))]
    if len(facts) != len(set(facts)):
        raise Unreadable(COLUMN_TWICE)


def records(lines: Iterator[str], start: int, separator: str) -> Iterator[tuple[int, list[str] | None]]:
    """Yield the number and the cells of each record; no cells for a line whose quotation marks do not fit, which costs that line only."""
    source, held = enumerate(lines, start=start + 1), deque[tuple[int, str]]()
    while held or fetch(source, held):
        number, used = held[0][0], 1
        while (cells := cells_of([line for _, line in islice(held, used)], separator)) is None and used < LONGEST_RECORD:
            if used == len(held) and not fetch(source, held):
                break
            used += 1
        for _ in range(1 if cells is None else used):
            held.popleft()
        if cells != []:
            yield number, cells


def fetch(source: Iterator[tuple[int, str]], held: deque[tuple[int, str]]) -> bool:
    """Hold one line more; false at the end of the file."""
    line = next(source, None)
    if line is not None:
        held.append(line)
    return line is not None


def cells_of(held: list[str], separator: str) -> list[str] | None:
    """Return the cells of these lines as one record, none for a blank one; None when a quotation mark is open or stands where none may."""
    try:
        rows = list(csv.reader(held, delimiter=separator, strict=True))
    except csv.Error:
        return None
    if len(rows) > 1:
        return None
    return rows[0] if rows and any(cell.strip() for cell in rows[0]) else []
