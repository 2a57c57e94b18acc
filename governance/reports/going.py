"""Which rows of which tables go with a record, found from the declarations of the apps and from what points at what."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from django.db import models

from audit.disposing import Emptying, Goes, Going, tables_that_go
from offenders.models import Nominal

Table = type[models.Model]
Tables = dict[Table, Goes]


class Detached(NamedTuple):
    """Rows that stay and lose what they said of a record."""

    model: Table
    column: str
    rows: models.QuerySet
    emptying: Emptying


def rows_of(model: Table) -> models.QuerySet:
    """Return all rows of a table in their order of making, whoever may see them."""
    rows: models.QuerySet = model._base_manager.order_by("pk")
    return rows


def keys_of(rows: models.QuerySet) -> set[Any]:
    """Return the keys of rows."""
    return set(rows.values_list("pk", flat=True))


def collect(keys: Iterable[int]) -> Going:
    """Return all that goes with these records. Rows behind row security are found inside a disposal only."""
    tables, going = tables_that_go(), Going(keys)
    fresh = {model: keys_of(rows_of(model).filter(**{f"{each.keyed}__in": going.keys})) for model, each in tables.items() if each.keyed}
    fresh |= {Nominal: set(going.keys)}
    while fresh:
        for model, rows in fresh.items():
            going.rows[model] |= rows
        found = {model: pointing_at(model, fresh, tables) | about(model, fresh, tables) for model in tables}
        for model, each in tables.items():
            found[model] |= keys_of(each.also(going)) if each.also and not each.is_last else set()
        fresh = {model: rows for model, each_found in found.items() if (rows := each_found - going.rows[model])}
    return going


def pointing(model: Table, tables: Tables) -> Iterator[models.Field]:
    """Yield the columns of a table that point at rows which may go."""
    yield from (each for each in model._meta.concrete_fields if each.related_model in tables)


def pointing_at(model: Table, fresh: dict[Table, set[Any]], tables: Tables) -> set[Any]:
    """Return the rows of a table that cannot be without rows which go."""
    found: set[Any] = set()
    for column in pointing(model, tables):
        targets = fresh.get(column.related_model)  # type: ignore[arg-type]
        if targets and column.name not in tables[model].without:
            found |= keys_of(rows_of(model).filter(**{f"{column.attname}__in": targets}))
    return found


def about(model: Table, fresh: dict[Table, set[Any]], tables: Tables) -> set[Any]:
    """Return the rows of a table that name rows which go by table and key."""
    if not tables[model].is_about:
        return set()
    named = ((each._meta.label_lower, keys) for each, keys in fresh.items() if keys)
    return {key for label, keys in named for key in keys_of(rows_of(model).filter(subject_type=label, subject_id__in=keys))}


def detached_by(going: Going) -> Iterator[Detached]:
    """Yield the rows that stay and point at something which goes."""
    tables = tables_that_go()
    for model, each in tables.items():
        for name, emptying in each.without.items():
            column: Any = model._meta.get_field(name)
            targets = going.rows.get(column.related_model)
            rows = rows_of(model).filter(**{f"{column.attname}__in": targets or []}).exclude(pk__in=going.rows.get(model, set()))
            if targets and rows.exists():
                yield Detached(model, name, rows, emptying)


def files_of(going: Going) -> list[models.fields.files.FieldFile]:
    """Return the files of the rows that go."""
    kept = ((model, field.name, keys) for model, keys in going.rows.items() if keys for field in model._meta.concrete_fields
            if isinstance(field, models.FileField))  # fmt: skip
    return [getattr(row, name) for model, name, keys in kept for row in rows_of(model).filter(pk__in=keys).exclude(**{name: ""}).only(name)]


def in_order(going: Going) -> list[Table]:
    """Return the tables of which rows go, each before those that it points at; tables that point at each other as they come."""
    waiting = {model: keys for model, keys in going.rows.items() if keys}
    ordered: list[Table] = []
    while waiting:
        pointed = {field.related_model for model in waiting for field in model._meta.concrete_fields if field.related_model is not model}
        ready = [model for model in waiting if model not in pointed] or [next(iter(waiting))]
        ordered += ready
        waiting = {model: keys for model, keys in waiting.items() if model not in ready}
    return ordered
