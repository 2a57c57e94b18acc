"""Stores planned records, a batch at a time, inside the caller's transaction."""
from __future__ import annotations

from collections import defaultdict

from django.db import connection
from django.db.models import Model

from audit.choices import Verb
from audit.models import Event
from audit.services import describe_event
from offenders.imports.planning import Planned
from offenders.models import Name, Nominal
from offenders.references import next_references
from offenders.search import index_names


def store_plan(planned: list[Planned]) -> None:
    """Add new nominals set by set; save changes one by one, so that the change log keeps each old value."""
    new = [each for each in planned if each.known.is_new]
    changed = [each for each in planned if not each.known.is_new and each.rows]
    add_nominals(new)
    for each in changed:
        for row in each.rows:
            row.save()
    renamed = [each.known.nominal.pk for each in (*new, *changed) if any(isinstance(row, Name) for row in each.rows)]
    if renamed:
        index_names(renamed)
    record_events(new, changed)
    check_now()


def add_nominals(new: list[Planned]) -> None:
    """Store new nominals and the rows about them."""
    for each, reference in zip(new, next_references(len(new)), strict=True):
        each.known.nominal.reference = reference
    Nominal.objects.bulk_create([each.known.nominal for each in new])
    by_table: dict[type[Model], list[Model]] = defaultdict(list)
    for each in new:
        for row in each.rows:
            by_table[type(row)].append(row)
    for model, rows in by_table.items():
        model._default_manager.bulk_create(rows, batch_size=5000)


def record_events(new: list[Planned], changed: list[Planned]) -> None:
    """One event for each nominal, all in one statement."""
    events = [describe_event(Verb.CREATED, each.known.nominal, "", {"act": "Imported"}) for each in new]
    for each in changed:
        tables = sorted({str(row._meta.verbose_name) for row in each.rows})
        events.append(describe_event(Verb.CHANGED, each.known.nominal, "", {"act": "Imported", "fields": tables}))
    Event.objects.bulk_create(events)


def check_now() -> None:
    """Have the database run the checks that it keeps for the end, so that they do not pile up."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")
