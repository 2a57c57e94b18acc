"""Figures of reports from the border: the sum for each day and source, and how each source stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import Count, F, Max, Min, Q, QuerySet
from django.db.models import Sum as Total
from django.db.models.functions import TruncDate
from django.utils.timezone import now

from intelligence.choices.travel import AlertState, MessageState
from intelligence.models import AlertRepeat, AlertSource, RawMessage, TravelAlert, TravelRecord

if TYPE_CHECKING:
    from accounts.models import User

ENDS = (AlertState.FILED, AlertState.TRIAGE, AlertState.NO_MATCH, AlertState.NOT_OURS, AlertState.REJECTED)


@dataclass(frozen=True)
class Sum:
    """The reports of one source on one day: how many came, how many stand in each state, and how many came again.

    `on_record` and `kept_repeats` count rows of other tables, so that a report that says it is filed but stands on no record shows.
    """

    day: date
    source: AlertSource
    received: int
    states: dict[str, int] = field(default_factory=dict)
    repeats: int = 0
    on_record: int = 0
    kept_repeats: int = 0

    @property
    def waiting(self) -> int:
        """Not compared yet."""
        return self.states.get(AlertState.RECEIVED, 0)

    @property
    def ends(self) -> list[tuple[AlertState, int]]:
        """Each state in which a report may come to rest, with its number."""
        return [(state, self.states.get(state, 0)) for state in ENDS]

    @property
    def adds_up(self) -> bool:
        """Whether every report stands in one state, each filed one on exactly one record, and each that came again is kept."""
        is_placed = self.received == self.waiting + sum(number for _, number in self.ends)
        return is_placed and (self.on_record, self.kept_repeats) == (self.states.get(AlertState.FILED, 0), self.repeats)


def sums_of(alerts: QuerySet[TravelAlert], since: date) -> list[Sum]:
    """Return the sums since a day, the newest first. What came, the states, the records and the repeats are counted apart."""
    days = alerts.filter(received_at__date__gte=since).order_by().annotate(day=TruncDate("received_at"))
    totals = days.values("day", "source").annotate(received=Count("fingerprint", distinct=True), repeats=Total(F("times_seen") - 1))
    states: dict[tuple[date, int], dict[str, int]] = {}
    for day, source, state, number in days.values_list("day", "source", "state").annotate(number=Count("pk")):
        states.setdefault((day, source), {})[state] = number
    records = count_rows(TravelRecord.objects.filter(withdrawn_at__isnull=True, alert__in=days.values("pk")))
    repeats = count_rows(AlertRepeat.objects.filter(alert__in=days.values("pk")))
    sources = AlertSource.objects.in_bulk({row["source"] for row in totals})
    found = [
        Sum(
            day=row["day"], source=sources[row["source"]], received=row["received"], states=states.get(key, {}),
            repeats=row["repeats"] or 0, on_record=records.get(key, 0), kept_repeats=repeats.get(key, 0),
        )
        for key, row in {(row["day"], row["source"]): row for row in totals}.items()
    ]  # fmt: skip
    return sorted(found, key=lambda each: (-each.day.toordinal(), each.source.name))


def count_rows(rows: QuerySet[Any]) -> dict[tuple[date, int], int]:
    """Count rows that hang on reports, by day and source of the report."""
    days = rows.order_by().annotate(day=TruncDate("alert__received_at")).values_list("day", "alert__source")
    return {(day, source): number for day, source, number in days.annotate(number=Count("pk"))}


@dataclass(frozen=True)
class Feed:
    """How one source stands."""

    source: AlertSource
    last_message: datetime | None
    to_read: int
    held_back: int
    to_compare: int
    in_triage: int
    oldest: datetime | None

    @property
    def is_silent(self) -> bool:
        """Whether it has said nothing for longer than it may; one that never spoke counts from when it was set up."""
        return (self.last_message or self.source.added_at) < now() - timedelta(hours=self.source.silent_after_hours)


def feeds_of(sources: Sequence[AlertSource]) -> list[Feed]:
    """Return how each source stands, in two statements for all of them."""
    keys = [source.pk for source in sources]
    messages = {
        row["source"]: row
        for row in RawMessage.objects.filter(source__in=keys).order_by().values("source").annotate(
            last=Max("last_seen_at"), to_read=Count("pk", filter=Q(state=MessageState.TAKEN)),
            held_back=Count("pk", filter=Q(state=MessageState.QUARANTINED)),
        )
    }  # fmt: skip
    in_triage = Q(state=AlertState.TRIAGE)
    alerts = {
        row["source"]: row
        for row in TravelAlert.objects.filter(source__in=keys, state__in=[AlertState.RECEIVED, AlertState.TRIAGE]).order_by().values(
            "source"
        ).annotate(
            to_compare=Count("pk", filter=~in_triage), triage=Count("pk", filter=in_triage), oldest=Min("received_at", filter=in_triage),
        )
    }  # fmt: skip
    none: dict[str, None] = {}
    return [
        Feed(
            source, messages.get(source.pk, none).get("last"), messages.get(source.pk, none).get("to_read") or 0,
            messages.get(source.pk, none).get("held_back") or 0, alerts.get(source.pk, none).get("to_compare") or 0,
            alerts.get(source.pk, none).get("triage") or 0, alerts.get(source.pk, none).get("oldest"),
        )
        for source in sources
    ]  # fmt: skip


def feeds_for(user: User) -> list[Feed]:
    """Return how each source in use of the user's force stands."""
    return feeds_of(list(AlertSource.objects.for_user(user).filter(is_active=True).select_related("unit")))
