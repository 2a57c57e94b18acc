"""How the log is sealed, as auditors see it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from auditlog.models import LogEntry
from django.db.models import Max
from django.utils.timezone import now

from audit.choices import CheckState
from audit.models import AuditCheck, Erasure, Event, Seal
from audit.seals.chain import COLUMNS, link_from
from audit.seals.merkle import climb
from audit.seals.verifying import path_to

LATE = timedelta(minutes=10)  # without a seal while entries wait
COUNTED = 100_000  # more that wait are not counted one by one


def seal_state() -> dict[str, Any]:
    """Return the newest seal, what waits for the next, what was erased, and the verifications."""
    head = Seal.objects.defer("leaves").first()
    waiting = count_waiting()
    checks = list(AuditCheck.objects.all()[:20])
    return {
        "head": head,
        "waiting": waiting,
        "more_wait": waiting == COUNTED,
        "is_late": waiting > 0 and (head is None or head.sealed_at < now() - LATE),
        "erased": Erasure.objects.count(),
        "disposals": Erasure.objects.values("disposal").distinct().count(),
        "checks": checks,
        "running": next((check for check in checks if check.is_running), None),
        "last": last_check(),
    }


def count_waiting() -> int:
    """Return how many entries no seal holds yet."""
    ends = Seal.objects.aggregate(event=Max("event_to"), entry=Max("entry_to"))
    rows = ((Event, ends["event"]), (LogEntry, ends["entry"]))
    counts = (model._default_manager.order_by().filter(pk__gt=end or 0)[:COUNTED].count() for model, end in rows)
    return min(COUNTED, sum(counts))


def last_check() -> AuditCheck | None:
    """Return the last verification that came to an end."""
    return AuditCheck.objects.filter(state__in=(CheckState.WHOLE, CheckState.BROKEN)).first()


@dataclass(frozen=True)
class Membership:
    """In which seal an event stands, its hash there, and the path from it to the root."""

    number: int
    leaf: str
    path: list[tuple[str, str]]
    root: str
    holds: bool


def membership_of(event: Event) -> Membership | None:
    """Return where an event is sealed; None where no seal holds it."""
    found = Seal.objects.filter(event_to__gte=event.pk).order_by("event_to", "number").values_list(*COLUMNS).first()
    link = link_from(found) if found else None
    sealed = link.leaves_of("event") if link else []
    place = next((index for index, leaf in enumerate(sealed) if leaf.id == event.pk), None)
    if link is None or place is None:
        return None
    leaf, path = sealed[place].hash, path_to(link, "event", place)
    words = [(side, neighbour.hex()) for side, neighbour in path]
    return Membership(link.number, leaf.hex(), words, link.root.hex(), climb(leaf, path) == link.root)
