"""Reports from the border: each line of a message becomes one row, and the same report again is that row again."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from dataclasses import asdict
from typing import Any

from django.db import connection, transaction
from django.db.models import Case, F, IntegerField, Value, When

from intelligence.choices.travel import AlertState
from intelligence.models import AlertRepeat, RawMessage, TravelAlert
from intelligence.parsing import ParsedAlert

RECEIVE_LOCK = 7_301_013  # any number that no other advisory lock of the application has
NOT_FACTS = {"line", "as_given", "problem"}


@transaction.atomic
def receive_alerts(*, message: RawMessage, rows: list[ParsedAlert]) -> None:
    """Store the reports of a message. What was stored of it before stays as it is; a report that is known by its facts is counted.

    Twice is the same as once: a line of a message is one row, or one repeat of a row, however often it is handed in.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [RECEIVE_LOCK, message.force_id])
    lines = [row.line for row in rows]
    done = {*TravelAlert.objects.filter(message=message, line__in=lines).values_list("line", flat=True)}
    done |= {*AlertRepeat.objects.filter(message=message, line__in=lines).values_list("line", flat=True)}
    new = {row.line: (fingerprint(message, row), row) for row in rows if row.line not in done}
    prints = {print_ for print_, _ in new.values()}
    known = dict(TravelAlert.objects.filter(force=message.force_id, fingerprint__in=prints).values_list("fingerprint", "pk"))
    first = {print_: row for print_, row in reversed(new.values()) if print_ not in known}
    made = TravelAlert.objects.bulk_create(new_alert(message, print_, row) for print_, row in reversed(first.items()))
    known |= {alert.fingerprint: alert.pk for alert in made}
    count_again(message, [(known[print_], line) for line, (print_, row) in new.items() if first.get(print_) is not row])


def fingerprint(message: RawMessage, row: ParsedAlert) -> str:
    """Return what knows the same report again: its facts; of one that cannot be used its place, since nothing else is sure of it."""
    facts = {name: value for name, value in asdict(row).items() if name not in NOT_FACTS}
    told: Any = [message.pk, row.line] if row.problem else [str(value).casefold() for _, value in sorted(facts.items())]
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()


def new_alert(message: RawMessage, print_: str, row: ParsedAlert) -> TravelAlert:
    """Return the row of a report that came for the first time."""
    state = AlertState.REJECTED if row.problem else AlertState.RECEIVED
    facts = {**asdict(row), "as_given": dict(row.as_given), "state": state, "fingerprint": print_}
    return TravelAlert(message=message, source_id=message.source_id, force_id=message.force_id, unit_id=message.unit_id, **facts)


def count_again(message: RawMessage, repeats: list[tuple[int, int]]) -> None:
    """Note where reports stood that had come before, and how often each has come."""
    AlertRepeat.objects.bulk_create(AlertRepeat(alert_id=key, message=message, line=line) for key, line in repeats)
    times = Counter(key for key, _ in repeats)
    if times:
        more = Case(*(When(pk=key, then=Value(count)) for key, count in times.items()), output_field=IntegerField())
        TravelAlert.objects.filter(pk__in=times).update(times_seen=F("times_seen") + more)
