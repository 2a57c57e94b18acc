"""How the connections to other systems stand, and when the checks of a record are due."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce
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
    of_source = SystemCheck.objects.filter(source=OuterRef("pk")).order_by()
    answered = of_source.filter(state=CheckState.ANSWERED, adapter=AdapterKind.HTTP_JSON).order_by("-finished_at")
    failed = of_source.filter(last_failure_at__isnull=False).order_by("-last_failure_at")
    recent = of_source.filter(last_failure_at__gt=now() - COUNTED).values("source").annotate(sum=Sum("failures")).values("sum")
    waiting = of_source.filter(state=CheckState.ASKED).values("source").annotate(count=Count("pk")).values("count")
    sources = CheckSource.objects.for_user(user).on(localdate()).order_by("-is_routine", "pk").annotate(
        success=Subquery(answered.values("finished_at")[:1]),
        failure=Subquery(failed.values("last_failure_at")[:1]),
        failed=Coalesce(Subquery(recent), 0),
        waiting=Coalesce(Subquery(waiting), 0),
    )  # fmt: skip
    return [Connection(row, is_connected(row), row.success, row.failure, row.failed, row.waiting) for row in sources]


def due_of(nominal: Nominal) -> Action | None:
    """Return the record's waiting action of system checks: when they are due is no secret from readers of the case file."""
    return Action.objects.waiting().filter(nominal=nominal.pk, kind=KIND).first()


def newest_by_source(checks: QuerySet[SystemCheck]) -> dict[int, SystemCheck]:
    """Return the newest answer of each source, without what was withdrawn."""
    standing = checks.filter(state=CheckState.ANSWERED, withdrawn_at__isnull=True)
    return {row.source_id: row for row in standing.order_by("source_id", "-finished_at", "-pk").distinct("source_id")}
