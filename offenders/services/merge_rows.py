"""Writing what a merge changes, row by row, and writing it back; for services that hold both records."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

from django.apps import apps
from django.db import IntegrityError, connection, models, transaction
from django.utils.translation import gettext_lazy as _

from accounts.access import row_security
from accounts.errors import DomainError
from accounts.models import User
from offenders.merging import Added, Plan
from offenders.merging.undoing import words_of_table
from offenders.models import Merge, MergedRow, Nominal, SensitiveItem

SENSITIVE = SensitiveItem._meta.label
WHEN_CLOSED = "closed_at"  # follows the state of an action, which is compared


class Step(NamedTuple):
    """Rows of one table that change alike: from one record to another, other columns, or both."""

    model: type[models.Model]
    rows: list[int]
    column: str
    start: int
    end: int
    values: dict[str, Any]

    def write(self, start: int, end: int) -> None:
        """Change the rows that still are where they are expected."""
        rows = self.model._base_manager.filter(pk__in=self.rows)
        if self.column:
            rows.filter(**{self.column: start}).update(**{self.column: end}, **self.values)
        elif self.values:
            rows.update(**self.values)


def write_plan(merge: Merge, plan: Plan, actor: User) -> None:
    """Change the rows as planned, and note each."""
    noted = [
        MergedRow(merge=merge, table=relation.label, row=row, changes=changes, column=relation.column if relation.column in changes else "")
        for relation, found in plan.changes.items()
        for row, changes in found.items()
    ]
    write_all(alike((row, 0, 1) for row in noted), leaving=merge.survivor_id)
    moved = {"nominal_id": [merge.merged_id, merge.survivor_id]}
    sensitive = move_sensitive(actor, merge.merged_id, merge.survivor_id, None)
    noted += [MergedRow(merge=merge, table=SENSITIVE, row=key, column="nominal_id", changes=moved) for key in sensitive]
    MergedRow.objects.bulk_create(noted, batch_size=1000)


def write_back(merge: Merge, added: Iterable[Added], actor: User) -> None:
    """Put each row back where it was, and the added ones where somebody placed them. What was changed since keeps the change."""
    noted = list(merge.rows.all())
    home = [still_so(row) for row in noted if row.table != SENSITIVE]
    for each in added:
        changes = {each.relation.column: [merge.merged_id, merge.survivor_id]}
        home.append(MergedRow(table=each.relation.label, row=each.row.pk, column=each.relation.column, changes=changes))
    write_all(alike((row, 1, 0) for row in home), leaving=merge.merged_id)
    move_sensitive(actor, merge.survivor_id, merge.merged_id, [row.row for row in noted if row.table == SENSITIVE])


def still_so(row: MergedRow) -> MergedRow:
    """Leave out the columns that somebody changed since."""
    others = [name for name in row.changes if name not in {row.column, WHEN_CLOSED}]
    if others:
        held = apps.get_model(row.table)._base_manager.filter(pk=row.row).values(*others).first() or {}
        changed = {name for name in others if held.get(name) != row.changes[name][1]}
        row.changes = {name: pair for name, pair in row.changes.items() if name not in changed}
    return row


def alike(rows: Iterable[tuple[MergedRow, int, int]]) -> list[Step]:
    """Gather rows that change alike; each comes with which of its two values stands now and which shall."""
    steps: dict[tuple[str, str, str], Step] = {}
    for row, now, then in rows:
        start, end = (row.changes[row.column][at] if row.column else 0 for at in (now, then))
        values = {name: pair[then] for name, pair in row.changes.items() if name != row.column}
        step = Step(apps.get_model(row.table), [], row.column, start, end, values)
        steps.setdefault((row.table, row.column, repr((start, end, values))), step).rows.append(row.row)
    return list(steps.values())


def write_all(steps: Collection[Step], *, leaving: int) -> None:
    """Write the changes, and have the database check them now.

    Foreign keys are checked when a transaction ends: what leaves this record stands for a moment under a key that nobody has, so that
    rows of two records can change places.
    """
    swapped = [step for step in steps if step.column and step.start == leaving]
    with explained():
        for step in swapped:
            step.write(leaving, -leaving)
        for step in steps:
            if step not in swapped:
                step.write(step.start, step.end)
        for step in swapped:
            step.write(-leaving, step.end)


@contextmanager
def explained() -> Iterator[None]:
    """Say in words which table refused, when one did."""
    try:
        with transaction.atomic():
            yield
            with connection.cursor() as cursor:
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")
    except IntegrityError as error:
        table = getattr(getattr(error.__cause__, "diag", None), "table_name", "") or ""
        names = {model._meta.db_table: model._meta.label for model in apps.get_models()}
        raise DomainError(
            "{table}: these entries cannot stand side by side. Set them right on the record, then try again.",
            table=words_of_table(names[table]) if table in names else _("Something"),
        ) from error


def move_sensitive(actor: User, start: int, end: int, rows: list[int] | None) -> list[int]:
    """Let sensitive items go with the record, though whoever merges may not read them all; return which went."""
    with row_security(actor), connection.cursor() as cursor:
        cursor.execute("SELECT vigil_move_sensitive(%s, %s, %s)", [start, end, rows])
        return [key for (key,) in cursor.fetchall()]


def restrict(merge: Merge, survivor: Nominal) -> None:
    """Let the record that stays be as closed as the one that was merged into it."""
    survivor.is_restricted = True
    survivor.save(update_fields=["is_restricted"])
    changes = {"is_restricted": [False, True]}
    MergedRow.objects.create(merge=merge, table=Nominal._meta.label, row=survivor.pk, changes=changes)
