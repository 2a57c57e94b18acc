"""The annual figures: which tables there are, and which rows each of their numbers counts. Pure.

Words are in English, as they are sealed when a year is closed; whoever shows them looks them up in the reader's language.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext_noop as _

from accounts.permissions import Perm
from disclosure.rules.figures import Cell, Line, hide
from governance.choices.figures import FurtherKind
from governance.rules.ledger import Known, by_record
from offenders.choices import MappaCategory, MappaLevel
from offenders.choices.custody import RecallState
from offenders.choices.registration import BreachOf, BreachState, OrderKind, ReviewState

FIRST_MONTH = 4
YEARS_BACK = 12
TOTAL = "total"
NONE = "none"  # of a person without category or level on the day
LEVELS = tuple(zip(map(str, MappaLevel.values), (_("Level 1"), _("Level 2"), _("Level 3")), strict=True))
LEVELS_OR_NONE = (*LEVELS, (NONE, _("Not under MAPPA")))
CATEGORIES = tuple((str(category.value), str(category.label)) for category in MappaCategory)
CATEGORIES_OR_NONE = (*CATEGORIES, (NONE, _("Not under MAPPA")))
ENDED = {BreachState.CAUTIONED, BreachState.CONVICTED}
REVOCATIONS = (
    ("granted", _("Ended by the police on application")),
    ("refused", _("Refused by the police")),
    ("allowed", _("Ended by a court on appeal")),
    ("dismissed", _("Appeal dismissed by a court")),
)
REFUSED = {ReviewState.REFUSED, ReviewState.APPEALED, ReviewState.APPEAL_ALLOWED, ReviewState.APPEAL_DISMISSED}
APPEALS = {ReviewState.APPEAL_ALLOWED: "allowed", ReviewState.APPEAL_DISMISSED: "dismissed"}


@dataclass(frozen=True, order=True, slots=True)
class Entry:
    """What one unit of a number is: a row of some table, and whom it is about."""

    nominal: int
    row: int


Cells = dict[tuple[str, str], list[Entry]]


@dataclass(frozen=True)
class Shape:
    """What a table is about. `adds_across`: its columns add up to a total. `perm`: who may know which records it counts."""

    code: str
    title: str
    counts: str
    rows: Sequence[tuple[str, str]]
    columns: Sequence[tuple[str, str]]
    perm: Perm
    adds_across: bool = True


@dataclass(frozen=True)
class Table:
    """A table with what each of its cells counts."""

    shape: Shape
    cells: Cells = field(default_factory=dict)

    def add(self, other: Table) -> None:
        """Count what another table of this shape counts too, about other people."""
        for key, entries in other.cells.items():
            self.cells.setdefault(key, []).extend(entries)

    def entries(self, row: str, column: str) -> list[Entry]:
        """Return what a cell counts; `total` stands for all rows or all columns."""
        return sorted(entry for part in self.parts(row, column) for entry in part)

    def number(self, row: str, column: str) -> int:
        """Return the number of a cell or of a total."""
        return sum(len(part) for part in self.parts(row, column))

    def parts(self, row: str, column: str) -> list[list[Entry]]:
        """Return the cells that a cell or a total is made of."""
        keys = [(a, b) for a, _ in self.shape.rows for b, _ in self.shape.columns if row in {a, TOTAL} and column in {b, TOTAL}]
        return [self.cells[key] for key in keys if key in self.cells]

    @property
    def all_rows(self) -> list[tuple[str, str]]:
        """Return its rows with the last one, their total."""
        return [*self.shape.rows, (TOTAL, _("Together"))]

    @property
    def all_columns(self) -> list[tuple[str, str]]:
        """Return its columns, with their total where they have one."""
        return [*self.shape.columns, (TOTAL, _("Together"))] if self.shape.adds_across else list(self.shape.columns)


COMMUNITY = Shape(
    "community", _("People in the community"), _("People under MAPPA on the day who were not in prison, hospital or detention."),
    CATEGORIES, LEVELS, Perm.VIEW_CARD,
)  # fmt: skip
FURTHER = Shape(
    "further", _("Serious further offences charged"), _("Charges of the year that were not withdrawn, by level on the day of the charge."),
    tuple((kind.value, str(kind.label)) for kind in FurtherKind), LEVELS_OR_NONE, Perm.VIEW_CASE_FILE,
)  # fmt: skip
REGISTERED = Shape(
    "registered", _("People in the community who must notify the police"),
    _("The same people, and those without a category who must notify, by whether a notification period held on the day."),
    (("yes", _("Must notify")), ("no", _("Need not notify"))), LEVELS_OR_NONE, Perm.VIEW_CASE_FILE,
)  # fmt: skip
RETURNED = Shape(
    "returned", _("Returned to custody for breach of licence"),
    _("Recalls that ended in custody in the year, by category and level on the day of return."),
    CATEGORIES_OR_NONE, LEVELS_OR_NONE, Perm.VIEW_CARD,
)  # fmt: skip
NOTIFICATION = Shape(
    "notification", _("Breaches of notification requirements"),
    _("Breaches for which the person was cautioned or convicted in the year, each once by its latest decision, by level on that day."),
    (("cautioned", _("Cautioned")), ("convicted", _("Convicted"))), LEVELS_OR_NONE, Perm.VIEW_CASE_FILE,
)  # fmt: skip
ORDERS = Shape(
    "orders", _("Orders of courts"),
    _("Orders made in the year; orders of which a breach was found in the year; orders for breach of which the person was "
      "cautioned or convicted in the year. An order counts once in each column."),
    tuple((kind.value, str(kind.label)) for kind in OrderKind),
    (("imposed", _("Imposed")), ("breached", _("Breach found")), ("ended", _("Cautioned or convicted of breach"))), Perm.VIEW_CASE_FILE,
    adds_across=False,
)  # fmt: skip
REVIEWS = Shape(
    "reviews", _("Reviews of indefinite notification"),
    _("Decisions of the year. A refusal counts in the year of the refusal, also where an appeal followed."), REVOCATIONS,
    (("decided", _("Decided")),), Perm.VIEW_CASE_FILE, adds_across=False,
)  # fmt: skip
SHAPES = {shape.code: shape for shape in (COMMUNITY, REGISTERED, FURTHER, RETURNED, NOTIFICATION, ORDERS, REVIEWS)}


def year_of(day: date) -> int:
    """Return the year in which a day falls, named by the calendar year in which it begins, on 1 April."""
    return day.year if day.month >= FIRST_MONTH else day.year - 1


def first_of(year: int) -> date:
    """Return the first day of a year."""
    return date(year, FIRST_MONTH, 1)


def last_of(year: int) -> date:
    """Return the last day of a year."""
    return date(year + 1, 3, 31)


def name_of(year: int) -> str:
    """Return how people call a year: 2025/26."""
    return f"{year}/{(year + 1) % 100:02}"


def years_until(year: int) -> list[tuple[int, str]]:
    """Return the years that can be asked for, the newest first."""
    return [(each, name_of(each)) for each in range(year, year - YEARS_BACK, -1)]


def put(cells: Cells, row: str, column: str, known: Known) -> None:
    """Count a row in a cell."""
    if known.nominal is not None:
        cells.setdefault((row, column), []).append(Entry(known.nominal, known.row))


def is_between(day: date | None, first: date, last: date) -> bool:
    """Say whether a day falls between two others, both included."""
    return day is not None and first <= day <= last


def in_community(standing: Iterable[Known], held: Iterable[Known]) -> Cells:
    """Count the MAPPA periods of a day, but not of people who are held."""
    away = {each.nominal for each in held}
    cells: Cells = {}
    for each in standing:
        if each.values["category"] is not None and each.nominal not in away:
            put(cells, str(each.values["category"]), str(each.values["level"]), each)
    return cells


def by_registration(standing: Iterable[Known], held: Iterable[Known], periods: Iterable[Known]) -> Cells:
    """Count the people of `in_community`, and those without a category who must notify, by whether they must."""
    away = {each.nominal for each in held}
    notifying = {each.nominal: each for each in periods if each.nominal not in away}
    cells: Cells = {}
    for each in standing:
        if each.values["category"] is not None and each.nominal not in away:
            put(cells, "yes" if notifying.pop(each.nominal, None) else "no", str(each.values["level"]), each)
    for each in notifying.values():
        put(cells, "yes", NONE, each)
    return cells


class Levels:
    """How people stood towards MAPPA on any day."""

    def __init__(self, periods: Iterable[Known]) -> None:
        """Take all their periods."""
        self.periods = by_record(periods)

    def of(self, nominal: int | None, on: date) -> tuple[str, str]:
        """Return category and level on a day, as tables name them."""
        for each in self.periods.get(nominal or 0, ()):
            if each.values["category"] is not None and each.holds_on(on):
                return str(each.values["category"]), str(each.values["level"])
        return NONE, NONE


def returned(recalls: Iterable[Known], levels: Levels, first: date, last: date) -> Cells:
    """Count recalls that ended in custody between two days."""
    cells: Cells = {}
    for each in recalls:
        day = each.day("returned_at")
        if each.values["state"] == RecallState.RETURNED and day and first <= day <= last:
            put(cells, *levels.of(each.nominal, day), each)
    return cells


def latest_steps(steps: Iterable[Known], first: date, last: date) -> dict[int, Known]:
    """Return the latest decision between two days of each breach, where it is a caution or a conviction."""
    latest: dict[int, Known] = {}
    for each in steps:
        breach, day = each.values["breach_id"], each.day("on")
        if is_between(day, first, last) and (breach not in latest or order_of(each) > order_of(latest[breach])):
            latest[breach] = each
    return {breach: each for breach, each in latest.items() if each.values["state"] in ENDED}


def order_of(step: Known) -> tuple[str, int]:
    """Return what sorts decisions: the day, then the order in which they were written."""
    return step.values["on"], step.row


def further_offences(charges: Iterable[Known], levels: Levels, first: date, last: date) -> Cells:
    """Count charges between two days that stand."""
    cells: Cells = {}
    for each in charges:
        day = each.day("charged_on")
        if day and first <= day <= last and not each.values["withdrawn_on"]:
            put(cells, each.values["kind"], levels.of(each.nominal, day)[1], each)
    return cells


def notification_breaches(breaches: Iterable[Known], steps: Mapping[int, Known], levels: Levels) -> Cells:
    """Count breaches of notification that ended in a caution or a conviction."""
    cells: Cells = {}
    for each in breaches:
        if each.values["of"] == BreachOf.NOTIFICATION and (step := steps.get(each.row)):
            day = step.day("on")
            put(cells, step.values["state"], levels.of(each.nominal, day)[1] if day else NONE, each)
    return cells


def of_orders(orders: Iterable[Known], breaches: Iterable[Known], steps: Mapping[int, Known], first: date, last: date) -> Cells:
    """Count orders made, found broken, and for breach of which somebody was cautioned or convicted, between two days."""
    of_order = [each for each in breaches if each.values["of"] == BreachOf.ORDER]
    found = {each.values["order_id"] for each in of_order if is_between(each.day("discovered_on"), first, last)}
    ended = {each.values["order_id"] for each in of_order if each.row in steps}
    cells: Cells = {}
    for each in orders:
        counted = {"imposed": is_between(each.day("made_on"), first, last), "breached": each.row in found, "ended": each.row in ended}
        for column in (column for column, counts in counted.items() if counts):
            put(cells, each.values["kind"], column, each)
    return cells


def of_reviews(reviews: Iterable[Known], first: date, last: date) -> Cells:
    """Count decisions on applications to end an indefinite requirement, between two days."""
    cells: Cells = {}
    for each in reviews:
        state = each.values["state"]
        if is_between(each.day("decided_on"), first, last):
            if state == ReviewState.GRANTED:
                put(cells, "granted", "decided", each)
            elif state in REFUSED:
                put(cells, "refused", "decided", each)
        if state in APPEALS and is_between(each.day("appeal_decided_on"), first, last):
            put(cells, APPEALS[state], "decided", each)
    return cells


def hidden_cells(tables: Iterable[Table], least: int) -> set[Cell]:
    """Return which numbers do not leave the force, as (table, row, column): small ones, and what would give them away.

    Tables that count the same people by level share these totals, so that what is hidden in one does not stand in the other.
    """
    numbers: dict[Cell, int] = {}
    lines: list[Line] = []
    for table in tables:
        rows, columns = [code for code, _ in table.all_rows], [code for code, _ in table.all_columns]
        numbers |= {key_of(table, row, column): table.number(row, column) for row in rows for column in columns}
        lines += [[key_of(table, row, column) for row in rows] for column in columns]
        if table.shape.adds_across:
            lines += [[key_of(table, row, column) for column in columns] for row in rows]
    return hide(numbers, lines, least)


def key_of(table: Table, row: str, column: str) -> Cell:
    """Return the key of a cell; a number that two tables share has one key."""
    shared = table.shape.code == REGISTERED.code and row == TOTAL and column in dict(LEVELS)
    return (COMMUNITY.code if shared else table.shape.code, row, column)


def frozen(tables: Iterable[Table]) -> list[dict[str, Any]]:
    """Return tables as they are stored when a year is closed: their words too, so that they read for ever as they did then."""
    return [
        {
            "code": table.shape.code,
            "title": table.shape.title,
            "counts": table.shape.counts,
            "rows": [list(each) for each in table.shape.rows],
            "columns": [list(each) for each in table.shape.columns],
            "perm": table.shape.perm.value,
            "adds_across": table.shape.adds_across,
            "cells": [
                {"row": row, "column": column, "entries": [[entry.nominal, entry.row] for entry in sorted(entries)]}
                for (row, column), entries in sorted(table.cells.items())
            ],
        }
        for table in tables
    ]


def thawed(stored: Iterable[Mapping[str, Any]]) -> list[Table]:
    """Return stored tables."""
    return [
        Table(
            Shape(
                each["code"], each["title"], each["counts"], [(a, b) for a, b in each["rows"]], [(a, b) for a, b in each["columns"]],
                Perm(each["perm"]), each["adds_across"],
            ),
            {(cell["row"], cell["column"]): [Entry(*entry) for entry in cell["entries"]] for cell in each["cells"]},
        )
        for each in stored
    ]  # fmt: skip


def seal_of(force: int, year: int, as_at: str, known_at: str, tables: Sequence[Mapping[str, Any]]) -> str:
    """Return the digest of closed figures."""
    whole = {"force": force, "year": year, "as_at": as_at, "known_at": known_at, "tables": tables}
    return hashlib.sha256(json.dumps(whole, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


@dataclass(frozen=True)
class Adjustment:
    """A number that is another one now: what it was, what it is, which rows came and went."""

    table: Shape
    row: str
    column: str
    before: int
    after: int
    came: list[Entry]
    went: list[Entry]


def adjustments(closed: Iterable[Table], present: Iterable[Table]) -> list[Adjustment]:
    """Return each cell whose rows are not the same any more."""
    now = {table.shape.code: table for table in present}
    found = []
    for table in closed:
        other = now.get(table.shape.code, Table(table.shape))
        for row, row_name in table.shape.rows:
            for column, column_name in table.shape.columns:
                was, is_now = set(table.entries(row, column)), set(other.entries(row, column))
                if was != is_now:
                    change = (len(was), len(is_now), sorted(is_now - was), sorted(was - is_now))
                    found.append(Adjustment(table.shape, row_name, column_name, *change))
    return found
