"""How the connections to other systems stand, and when the checks of a record are due."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Max, Q, QuerySet, Sum
from django.utils.timezone import localdate, now

from accounts.models import User
from actions.models import Action
from intelligence.adapters.connections import is_connected
from intelligence.choices.checks import AdapterKind, CheckState
from intelligence.models import CheckSource, SystemCheck
from intelligence.services.check_clocks import KIND
from offenders.models import Nominal

COUNTED = timedelta(days=7)


@dataclass(frozen=True)
class Connection:
    """A source, whether Vigil asks it itself, and how that went."""

    source: CheckSource
    is_connected: bool
    last_success: datetime | None
    last_failure: datetime | None
    failures: int
    waiting: int

    @property
    def is_down(self) -> bool:
        """Whether its newest word is a failure."""
        return self.is_connected and self.last_failure is not None and (self.last_success is None or self.last_success < self.last_failure)


def connections(user: User) -> list[Connection]:
    """Return each source in use with figures over all records, which say nothing of any record."""
    asked, week = Q(checks__adapter=AdapterKind.HTTP_JSON), Q(checks__last_failure_at__gt=now() - COUNTED)
    sources = CheckSource.objects.for_user(user).on(localdate()).annotate(
        success=Max("checks__finished_at", filter=asked & Q(checks__state=CheckState.ANSWERED)),
        failure=Max("checks__last_failure_at", filter=asked),
        failed=Sum("checks__failures", filter=asked & week, default=0),
        waiting=Count("checks", filter=asked & Q(checks__state=CheckState.ASKED)),
    )  # fmt: skip
    return [Connection(row, is_connected(row), row.success, row.failure, row.failed, row.waiting) for row in sources]


def due_of(nominal: Nominal) -> Action | None:
    """Return the record's waiting action of system checks: when they are due is no secret from readers of the case file."""
    return Action.objects.waiting().filter(nominal=nominal.pk, kind=KIND).first()


def newest_by_source(checks: QuerySet[SystemCheck]) -> dict[int, SystemCheck]:
    """Return the newest answered check of each source."""
    rows = checks.filter(state=CheckState.ANSWERED).order_by("source_id", "-finished_at", "-pk").distinct("source_id")
    return {row.source_id: row for row in rows}
