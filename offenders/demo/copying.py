"""Quick storing of many rows: PostgreSQL's COPY, a batch at a time."""
from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from io import StringIO
from typing import Any

from django.db import connection, models

Rows = dict[type[models.Model], list[tuple[Any, ...]]]
ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


def written(value: Any) -> str:
    """Return a value as COPY reads it; lists hold plain words or numbers only."""
    if value is None:
        return "\\N"
    if isinstance(value, str):
        return value.translate(ESCAPES)
    if isinstance(value, list):
        return "{" + ",".join(str(item) for item in value) + "}"
    if isinstance(value, bool):
        return "t" if value else "f"
    return str(value)


def span(start: date, end: date | None = None) -> str:
    """Return a period of days as PostgreSQL writes it: the last day excluded, open while it lasts."""
    return f"[{start},{end or ''})"


def copy_rows(model: type[models.Model], columns: tuple[str, ...], rows: Iterable[tuple[Any, ...]]) -> None:
    """Store the rows of one table."""
    quoted = ", ".join(f'"{column}"' for column in columns)
    text = StringIO("".join("\t".join(map(written, row)) + "\n" for row in rows))
    with connection.cursor() as cursor:
        cursor.copy_expert(f'COPY "{model._meta.db_table}" ({quoted}) FROM STDIN', text)


def store(rows: Rows, columns: dict[type[models.Model], tuple[str, ...]]) -> None:
    """Store rows of many tables, parents first, and have the database check them now, so that it need not remember them all."""
    for model, names in columns.items():
        if rows.get(model):
            copy_rows(model, names, rows[model])
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")


def no_rows() -> Rows:
    """Return an empty set of rows to add to."""
    return defaultdict(list)
