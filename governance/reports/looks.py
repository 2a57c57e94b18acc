"""What auditors see of unusual looks and of questions why."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Count, Q, QuerySet
from django.utils.timezone import localdate, localtime

from accounts.models import User
from accounts.permissions import Perm
from actions.rules import start_of
from audit.models import Event
from audit.references import known_to, references_of
from governance.choices.looks import JUDGED, LookState, Sign
from governance.models import LookRule, UnusualLook

WHOLE = 100


@dataclass(frozen=True)
class Rate:
    """How a rule does: what it found, what of that was judged, and how much was explained, so a false alarm."""

    rule: LookRule
    found: int
    judged: int
    explained: int

    @property
    def name(self) -> str:
        """What the rule is called."""
        return str(Sign(self.rule.code).label)

    @property
    def share(self) -> int | None:
        """Of a hundred that were judged, how many were explained; None before any was."""
        return round(WHOLE * self.explained / self.judged) if self.judged else None


def rates_of(user: User) -> list[Rate]:
    """Return each rule in force today with its rate of false alarms, over every version of it, for the looks that the user may see."""
    looks = UnusualLook.objects.for_user(user).order_by().values("rule__code")
    counts = looks.annotate(
        found=Count("pk"), judged=Count("pk", filter=Q(state__in=JUDGED)), explained=Count("pk", filter=Q(state=LookState.EXPLAINED))
    )
    by_code = {row["rule__code"]: row for row in counts}
    none = {"found": 0, "judged": 0, "explained": 0}
    rows = [(rule, by_code.get(rule.code, none)) for rule in LookRule.objects.on(localdate()).order_by("code")]
    return [Rate(rule, row["found"], row["judged"], row["explained"]) for rule, row in rows]


def with_references(rows: Iterable[UnusualLook]) -> list[UnusualLook]:
    """Put the reference of its record on each look, with one query for all."""
    looks = list(rows)
    found = references_of(look.nominal for look in looks)
    for look in looks:
        look.reference = found.get(look.nominal or 0, "")  # type: ignore[attr-defined]
    return looks


@dataclass(frozen=True)
class Shown:
    """An event as a page of looks shows it."""

    event: Event
    reference: str


def events_for(user: User, keys: Collection[int]) -> list[Shown]:
    """Return events for an auditor with the references of their records, oldest first."""
    return shown_events(Event.objects.for_user(user, Perm.VIEW_AUDIT).filter(pk__in=keys).select_related("actor").order_by("pk"))


def shown_events(rows: Iterable[Event]) -> list[Shown]:
    """Return events that went through for_user with the references of their records, with one query for all."""
    events = list(rows)
    found = references_of(event.nominal for event in events)
    return [Shown(event, found.get(event.nominal or 0, "")) for event in events]


def own_events(user: User, keys: Collection[int]) -> list[Shown]:
    """Return events of somebody's own for their explanation; a record that they may no longer know of stays unnamed."""
    events = list(Event.objects.filter(pk__in=keys, actor=user).order_by("pk"))
    records = {event.nominal for event in events if event.nominal}
    found = dict(known_to(user).filter(pk__in=records).values_list("pk", "reference"))
    return [Shown(event, found.get(event.nominal, "")) for event in events]


def events_beside(user: User, event: Event) -> QuerySet[Event]:
    """Return what the same person did with the same record on the same day, for an auditor who asks about one event."""
    day = localtime(event.at).date()
    start, end = start_of(day), start_of(day + timedelta(days=1))
    beside = Event.objects.for_user(user, Perm.VIEW_AUDIT).filter(actor=event.actor_id, nominal=event.nominal, at__gte=start, at__lt=end)
    return beside.order_by("pk")
