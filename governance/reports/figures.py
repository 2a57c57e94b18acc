"""The annual figures of a force: as at a day, as known at a moment. Everybody counts, whoever asks; they name nobody."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext

from accounts.models import Organisation, User
from accounts.permissions import Perm
from accounts.replica import from_replica
from disclosure.rules.outcomes import safe_cell
from governance.choices.figures import Source
from governance.models import ClosedYear
from governance.reports.ledger import Person, known_of, people_of
from governance.rules import figures as rules
from governance.rules.figures import (
    Adjustment,
    Entry,
    Table,
    adjustments,
    first_of,
    hidden_cells,
    key_of,
    last_of,
    seal_of,
    thawed,
    year_of,
    years_until,
)
from governance.rules.ledger import Known
from offenders.models import Nominal
from offenders.querysets import NominalQuerySet

HIDDEN = "hidden"
AT_ONCE = 5_000  # people; each number is of single people, so that parts add up


@dataclass(frozen=True)
class Question:
    """What is asked: a force's year, the day that counts, and what Vigil knew when."""

    force: int
    year: int
    as_at: date
    known: datetime

    @property
    def first(self) -> date:
        """The first day whose events count."""
        return first_of(self.year)

    @property
    def last(self) -> date:
        """The last day whose events count."""
        return min(self.as_at, last_of(self.year))


@from_replica
def figures_of(asked: Question) -> list[Table]:
    """Return every table of the year, counted of some thousand people at a time: what is known of everybody is not held at once."""
    people = list(people_of(asked.force, asked.as_at, asked.known).items())
    tables = tables_of(asked, people[:AT_ONCE])
    for start in range(AT_ONCE, len(people), AT_ONCE):
        for table, more in zip(tables, tables_of(asked, people[start : start + AT_ONCE]), strict=True):
            table.add(more)
    return tables


def tables_of(asked: Question, people: Sequence[tuple[int, Person]]) -> list[Table]:
    """Return every table of the year, about these people."""
    standing = [key for key, person in people if person.is_standing]
    current = [key for key, person in people if not person.is_merged]

    def rows(source: Source, keys: list[int]) -> list[Known]:
        return known_of(keys, source, asked.known)

    def holding(source: Source) -> list[Known]:
        return known_of(standing, source, asked.known, holding=asked.as_at)

    mappa, held = holding(Source.MAPPA), holding(Source.CUSTODY)
    periods = [each for each in holding(Source.REGISTRATION) if not each.values["withdrawn_at"]]
    recalls, breaches = rows(Source.RECALL, current), rows(Source.BREACH, current)
    charges = rows(Source.CHARGE, current)
    steps = rules.latest_steps(rows(Source.BREACH_STEP, current), asked.first, asked.last)
    levels = rules.Levels(rows(Source.MAPPA, sorted({each.nominal for each in (*recalls, *breaches, *charges) if each.nominal})))
    between = (asked.first, asked.last)
    return [
        Table(rules.COMMUNITY, rules.in_community(mappa, held)),
        Table(rules.REGISTERED, rules.by_registration(mappa, held, periods)),
        Table(rules.FURTHER, rules.further_offences(charges, levels, *between)),
        Table(rules.RETURNED, rules.returned(recalls, levels, *between)),
        Table(rules.NOTIFICATION, rules.notification_breaches(breaches, steps, levels)),
        Table(rules.ORDERS, rules.of_orders(rows(Source.ORDER, current), breaches, steps, *between)),
        Table(rules.REVIEWS, rules.of_reviews(rows(Source.REVIEW, current), *between)),
    ]


def shown(tables: Iterable[Table], least: int | None = None) -> list[dict[str, Any]]:
    """Return tables as pages and files show them; with `least` as they may leave the force: what is hidden is None.

    Their words are in the language of the moment.
    """
    tables = list(tables)
    hidden = hidden_cells(tables, least) if least is not None else set()
    return [
        {
            "code": table.shape.code,
            "title": gettext(table.shape.title),
            "counts": gettext(table.shape.counts),
            "columns": [gettext(name) for _, name in table.all_columns],
            "rows": [
                {
                    "name": gettext(name),
                    "cells": [
                        {
                            "row": row,
                            "column": column,
                            "words": f"{gettext(name)}, {gettext(column_name)}",
                            "number": None if key_of(table, row, column) in hidden else table.number(row, column),
                        }
                        for column, column_name in table.all_columns
                    ],
                }
                for row, name in table.all_rows
            ],
        }
        for table in tables
    ]


def lines_of(tables: Iterable[dict[str, Any]], head: Sequence[tuple[str, str]]) -> list[list[str | int]]:
    """Return the lines of a file for spreadsheets: no cell of it is a formula."""
    lines: list[list[str | int]] = [[*pair] for pair in head]
    for table in tables:
        lines += [[], [table["title"]], [table["counts"]], ["", *table["columns"]]]
        for row in table["rows"]:
            lines.append([row["name"], *(HIDDEN if cell["number"] is None else cell["number"] for cell in row["cells"])])
    return [[safe_cell(cell) for cell in line] for line in lines]


def closed_in(force: Organisation) -> dict[int, ClosedYear]:
    """Return the closed years of a force, without what they count."""
    return {closed.year: closed for closed in ClosedYear.objects.filter(force=force).defer("tables").select_related("closed_by")}


def years_to_close(force: Organisation, today: date) -> list[int]:
    """Return the years that are over and not closed, the newest first."""
    closed = closed_in(force)
    return [year for year, _ in years_until(year_of(today) - 1) if year not in closed]


def is_whole(closed: ClosedYear) -> bool:
    """Say whether closed figures are what they were sealed as."""
    known_at = closed.known_at.isoformat()
    return seal_of(closed.force_id, closed.year, closed.as_at.isoformat(), known_at, closed.tables) == closed.sha256


def changes_since(closed: ClosedYear, now: datetime) -> list[Adjustment]:
    """Return what the figures of a closed year are now, where they are not what they were."""
    present = figures_of(Question(closed.force_id, closed.year, closed.as_at, now))
    return adjustments(thawed(closed.tables), present)


def split(user: User, perm: Perm, entries: Iterable[Entry]) -> tuple[NominalQuerySet, int]:
    """Return the records of these entries that the user may know in this respect, and how many entries are about others.

    Others are records that the user may not know of, that were merged since, or that were disposed of: nobody can tell which.
    """
    entries = list(entries)
    rows = Nominal.objects.for_user(user, perm).filter(pk__in={entry.nominal for entry in entries})
    known = set(rows.values_list("pk", flat=True))
    return rows.order_by("-pk"), sum(entry.nominal not in known for entry in entries)
