"""Reports from the border as they come in: each is stored once, whatever door it came through and however often."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Count
from django.utils.timezone import now

from audit.choices import Verb
from audit.services import record_event
from intelligence.choices.travel import AlertState, Direction
from intelligence.models import AlertRepeat, RawMessage, TravelAlert
from intelligence.rules.travel import fingerprint

if TYPE_CHECKING:
    from collections.abc import Iterable

    from intelligence.parsing import ParsedAlert

AT_ONCE = 500
FACTS = (
    "surname", "given_names", "birth_year", "birth_month", "birth_day", "sex", "nationality", "document_type", "document_number",
    "direction", "travels_at", "port", "carrier", "service", "origin", "destination",
)  # fmt: skip
LONGEST = {name: getattr(TravelAlert._meta.get_field(name), "max_length", None) for name in FACTS}


def receive_alerts(*, message: RawMessage, rows: Iterable[ParsedAlert]) -> int:
    """Store the reports of a message, in parts that stand each for itself; return how many lines were taken.

    Reading the same message again, wholly or from where a worker was killed, changes nothing: a line that is stored stays as it is,
    and the same report from elsewhere counts as a repeat of the first. What cannot be used is stored too, and says why.
    """
    taken = 0
    for part in parts_of(rows):
        receive_part(message, part)
        taken += len(part)
    return taken


def parts_of(rows: Iterable[ParsedAlert]) -> Iterator[list[ParsedAlert]]:
    """Yield the reports in handfuls."""
    waiting = iter(rows)
    while part := list(islice(waiting, AT_ONCE)):
        yield part


@transaction.atomic
def receive_part(message: RawMessage, rows: Sequence[ParsedAlert]) -> None:
    """Store some reports of a message and how far it is read, in one transaction."""
    locked = RawMessage.objects.select_for_update(of=("self",)).get(pk=message.pk)
    marked = [(fingerprint_of(row), row) for row in rows]
    fresh = dict(reversed(marked))  # of the same twice in one message, the first line counts
    # In one order, so that two messages with the same reports never wait for each other.
    alerts = [alert_of(locked, mark, row) for mark, row in sorted(fresh.items(), key=lambda each: each[0])]
    TravelAlert.objects.bulk_create(alerts, ignore_conflicts=True)
    held = TravelAlert.objects.filter(force=locked.force_id, fingerprint__in=fresh).values_list("fingerprint", "pk", "message_id", "line")
    known = {mark: (key, place) for mark, key, *place in held}
    repeated = [(known[mark][0], row.line) for mark, row in marked if known[mark][1] != [locked.pk, row.line]]
    again = [AlertRepeat(alert_id=key, message=locked, line=line) for key, line in repeated]
    AlertRepeat.objects.bulk_create(again, ignore_conflicts=True)
    count_repeats({repeat.alert_id for repeat in again})
    locked.lines_read = max(locked.lines_read, *(row.line for row in rows))
    locked.save(update_fields=["lines_read"])
    record_event(Verb.CREATED, locked, act="Travel alerts received", lines=len(rows), repeats=len(again))
    transaction.on_commit(match_later, robust=True)


def count_repeats(keys: set[int]) -> None:
    """Write on each report how many times it was seen."""
    counted = AlertRepeat.objects.filter(alert__in=keys).order_by().values_list("alert").annotate(times=Count("pk"))
    rows = [TravelAlert(pk=key, times_seen=1 + times) for key, times in counted]
    TravelAlert.objects.bulk_update(rows, ["times_seen"])


def fingerprint_of(row: ParsedAlert) -> str:
    """Return what tells this report from every other: its facts; of one that cannot be used, what stood there."""
    if row.problem:
        return fingerprint({"problem": row.problem, **{f"given {name}": value for name, value in row.as_given.items()}})
    return fingerprint({name: getattr(row, name) for name in FACTS})


def alert_of(message: RawMessage, mark: str, row: ParsedAlert) -> TravelAlert:
    """Make the row of one report; what does not fit a column stands in `as_given` in full."""
    facts: dict[str, Any] = {name: cut(getattr(row, name), LONGEST[name]) for name in FACTS}
    facts["direction"] = facts["direction"] if facts["direction"] in Direction.values else Direction.UNKNOWN
    state = AlertState.REJECTED if row.problem else AlertState.RECEIVED
    decided = {"decided_at": now()} if row.problem else {}
    return TravelAlert(
        source_id=message.source_id, force_id=message.force_id, unit_id=message.unit_id, message=message, line=row.line, fingerprint=mark,
        as_given=dict(row.as_given), state=state, problem=row.problem[:500], is_time_known=row.is_time_known, **facts, **decided,
    )  # fmt: skip


def cut(value: Any, longest: int | None) -> Any:
    """Shorten words to what a column holds."""
    return value[:longest] if isinstance(value, str) else value


def match_later() -> None:
    """Leave the comparing to a worker. If the message is lost, a sweep finds the rows."""
    from intelligence.tasks import match_travel_alerts  # noqa: PLC0415  (tasks import services)

    match_travel_alerts.delay()
