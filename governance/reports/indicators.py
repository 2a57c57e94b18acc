"""The quarterly indicators of a force, from its clocks: as at a day, as known at a moment."""

from __future__ import annotations

from collections.abc import Iterable

from accounts.models import User
from accounts.replica import from_replica
from actions.models import Action
from actions.querysets import ActionQuerySet
from governance.choices.figures import Source
from governance.reports.figures import Question
from governance.reports.ledger import known_in
from governance.rules.figures import Entry, Table, last_of
from governance.rules.indicators import INDICATORS, KINDS, quarters_of, share_in_time, tables_of
from governance.rules.ledger import ONE_DAY, end_of

DUE = """values ->> 'kind' = ANY(%(kinds)s)
    AND (values ->> 'late_from')::timestamptz > %(first)s AND (values ->> 'late_from')::timestamptz <= %(end)s"""


@from_replica
def indicators_of(asked: Question) -> list[Table]:
    """Return a table for each quarter of the year that had begun by the day."""
    between = {"first": end_of(asked.first - ONE_DAY), "end": end_of(last_of(asked.year))}
    actions = known_in(asked.force, Source.ACTION, asked.known, DUE, kinds=list(KINDS), **between)
    return tables_of([quarter for quarter in quarters_of(asked.year) if quarter.first <= asked.as_at], actions, asked.as_at)


def shares(tables: Iterable[Table]) -> list[tuple[str, int]]:
    """Return of each indicator how many of a hundred were in time over the year; those of which nothing fell due are left out."""
    found = [(indicator.name, share_in_time(tables, indicator.code)) for indicator in INDICATORS]
    return [(name, share) for name, share in found if share is not None]


def split_actions(user: User, entries: Iterable[Entry]) -> tuple[ActionQuerySet, int]:
    """Return the actions of these entries that the user may see, and how many others there are."""
    keys = {entry.row for entry in entries}
    rows = Action.objects.for_user(user).filter(pk__in=keys)
    return rows.order_by("-pk"), len(keys) - rows.count()
