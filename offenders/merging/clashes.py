"""Which rows of two records cannot stand on one: read from the constraints of their tables."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any, NamedTuple

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import Q

from offenders.merging.relations import Relation


class Clash(NamedTuple):
    """Rows of one record that the table allows once: with equal columns, and where `span` is given with days in common."""

    columns: tuple[str, ...]
    span: str = ""
    condition: Q | None = None
    nulls_are_equal: bool = False


def clashes_of(relation: Relation) -> Iterator[Clash]:
    """Yield what the table allows a record only once."""
    meta = relation.model._meta
    if meta.get_field(relation.field).unique:
        yield Clash(())
    for group in meta.unique_together:
        if relation.field in group:
            yield Clash(without(relation, group))
    for constraint in meta.constraints:
        if isinstance(constraint, models.UniqueConstraint) and relation.field in constraint.fields:
            columns = without(relation, constraint.fields)
            yield Clash(columns, condition=constraint.condition, nulls_are_equal=constraint.nulls_distinct is False)
        elif isinstance(constraint, ExclusionConstraint):
            equal = [str(name) for name, operator in constraint.expressions if operator == RangeOperators.EQUAL]
            span = next(str(name) for name, operator in constraint.expressions if operator == RangeOperators.OVERLAPS)
            if relation.field in equal:
                yield Clash(without(relation, equal), span, constraint.condition)


def without(relation: Relation, fields: Collection[str]) -> tuple[str, ...]:
    """Return the other columns."""
    return tuple(name for name in fields if name != relation.field)


def clashing(clash: Clash, mine: Any, theirs: Any) -> tuple[set[int], set[int]]:
    """Return the rows of each side, given as querysets, that have a counterpart on the other."""
    names = ("pk", *clash.columns, *([clash.span] if clash.span else []))
    one, other = ([*(rows.filter(clash.condition) if clash.condition else rows).values_list(*names)] for rows in (mine, theirs))
    pairs = [(row[0], against[0]) for row in one for against in other if collide(clash, row[1:], against[1:])]
    return {row for row, _ in pairs}, {row for _, row in pairs}


def collide(clash: Clash, one: tuple[Any, ...], other: tuple[Any, ...]) -> bool:
    """Whether two rows cannot stand together."""
    width = len(clash.columns)
    if one[:width] != other[:width] or (None in one[:width] and not clash.nulls_are_equal):
        return False
    return not clash.span or overlap(one[width], other[width])


def overlap(one: Any, other: Any) -> bool:
    """Whether two ranges of days, each from its first day up to and without the last, have a day in common."""
    starts_before_end = one.lower is None or other.upper is None or one.lower < other.upper
    return starts_before_end and (other.lower is None or one.upper is None or other.lower < one.upper)
