"""Reading visits: from which day the next one counts, when it is due, what changed since the last."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from auditlog.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, F, OuterRef, QuerySet, Subquery
from django.utils.timezone import localdate, now
from django.utils.translation import gettext

from accounts.access import may
from accounts.models import User
from accounts.permissions import Perm
from actions.models import Action
from offenders.choices.visits import VisitState
from offenders.history import Change, changes_of, describe_changes
from offenders.models import Condition, Custody, MappaPeriod, Name, Nominal, ReactiveManagement, RiskPeriod, Visit, WarningMarker
from offenders.querysets import NominalQuerySet
from offenders.rules.visits import Cycle, cycle_for
from offenders.timeline import Entry, Kind
from offenders.timeline.sources import every_source

KIND = "visit"
CHANGES_SHOWN = 50
# What officers at the door must know to have changed, and the kinds of the timeline that tell the same.
CHANGES_THAT_MATTER = (RiskPeriod, MappaPeriod, WarningMarker, Condition, Name)
TOLD_BY_THE_CHANGE_LOG = frozenset({Kind.VISIT, Kind.RISK, Kind.WARNING, Kind.CONDITION, Kind.IDENTITY})
NOT_FOR_THE_DOOR = frozenset({Kind.APART, Kind.CHECK, Kind.BRIEFING, Kind.INTELLIGENCE, Kind.DISCLOSURE})
# A sheet may be left behind, so it tells of what the person knows; what others said, asked or look into is not on it.
ON_A_SHEET = frozenset(
    {Kind.NOTIFICATION, Kind.REGISTRATION, Kind.TRAVEL, Kind.CONVICTION, Kind.ORDER, Kind.LICENCE, Kind.CUSTODY, Kind.ADDRESS}
    | {Kind.WORK, Kind.ONLINE, Kind.VEHICLE}
)


def with_cycle(rows: NominalQuerySet, today: date) -> NominalQuerySet:
    """Add what the clock of each record's next visit follows from."""
    done = Visit.objects.filter(nominal=OuterRef("pk"), state=VisitState.DONE).order_by("-happened_at")
    reactive = ReactiveManagement.objects.filter(nominal=OuterRef("pk"))
    custody = Custody.objects.filter(nominal=OuterRef("pk"))
    return rows.with_level(today).annotate(
        last_visit_at=Subquery(done.values("happened_at")[:1]),
        reactive_until=latest_end(reactive, today),
        held_until=latest_end(custody, today),
        is_reactive=Exists(reactive.filter(period__contains=today)),
        is_held=Exists(custody.filter(period__contains=today)),
    )


def latest_end(rows: QuerySet, today: date) -> Subquery:
    """Return the day on which the latest of these periods has ended."""
    ended = rows.filter(period__endswith__lte=today).annotate(until=F("period__endswith")).order_by("-until")
    return Subquery(ended.values("until")[:1])


def cycle_of(row: Any) -> Cycle | None:
    """Return the clock of the next visit to somebody whose record was read with_cycle."""
    return cycle_for(
        level=row.risk_level,
        registered=localdate(row.created_at),
        last_visit=localdate(row.last_visit_at) if row.last_visit_at else None,
        suspended_until=max(filter(None, (row.reactive_until, row.held_until)), default=None),
        is_suspended=row.is_reactive or row.is_held,
    )


def waiting_visit(nominal: Nominal) -> Action | None:
    """Return the one waiting action that says when the next visit is due."""
    return Action.objects.waiting().filter(kind=KIND, subject_type=nominal._meta.label_lower, subject_id=nominal.pk).first()


def with_visit_due(cases: NominalQuerySet) -> NominalQuerySet:
    """Add the first moment at which each record's next visit is late."""
    waiting = Action.objects.waiting().filter(kind=KIND, subject_type=Nominal._meta.label_lower, subject_id=OuterRef("pk"))
    return cases.annotate(visit_late_from=Subquery(waiting.values("late_from")[:1]))


def overdue_visits(cases: NominalQuerySet, moment: datetime) -> NominalQuerySet:
    """Return the cases whose visit is late, the longest first, with the last visit and the next one planned."""
    done = Visit.objects.filter(nominal=OuterRef("pk"), state=VisitState.DONE).order_by("-happened_at")
    planned = Visit.objects.filter(nominal=OuterRef("pk"), state=VisitState.PLANNED).order_by("planned_for")
    return (
        with_visit_due(cases)
        .filter(visit_late_from__lte=moment)
        .annotate(last_visit_at=Subquery(done.values("happened_at")[:1]), planned_at=Subquery(planned.values("planned_for")[:1]))
        .order_by("visit_late_from", "pk")
    )


@dataclass(frozen=True)
class Difference:
    """Something that has changed: when, and in a few words what."""

    at: datetime
    words: str


def changes_since(
    user: User, nominal: Nominal, since: datetime, kinds: Iterable[Kind] = set(Kind) - NOT_FOR_THE_DOOR
) -> list[Difference]:
    """Return what changed on a record after a moment, as far as this person may read it, newest first.

    `kinds` are those of the timeline that are told of; what the change log tells better is told from there.
    """
    wanted = set(kinds) - TOLD_BY_THE_CHANGE_LOG
    types = ContentType.objects.get_for_models(*CHANGES_THAT_MATTER).values()
    entries = changes_of(user, nominal).filter(timestamp__gt=since, content_type__in=types)[:CHANGES_SHOWN]
    found = [Difference(change.at, words_of(change)) for change in describe_changes(list[LogEntry](entries))]
    told = [entry for source in every_source() for entry in since_then(source, user, nominal, since) if entry.kind in wanted]
    found += [Difference(entry.at, f"{entry.title}: {entry.text}" if entry.text else entry.title) for entry in told]
    return sorted(found, key=lambda difference: difference.at, reverse=True)[:CHANGES_SHOWN]


def since_then(source: Callable[..., Any], user: User, nominal: Nominal, since: datetime) -> list[Entry]:
    """Return what one subject of the timeline has to say of the time after a moment."""
    entries = source(user, nominal, now(), CHANGES_SHOWN)
    return [entry for entry in entries if entry.at > since]


def words_of(change: Change) -> str:
    """Put a change of the change log into one line."""
    fields = "; ".join(f"{field.field} {field.after}" for field in change.fields[:4])
    line = (gettext("%(what)s %(action)s") % {"what": change.what, "action": change.action}).lower().replace("mappa", "MAPPA")
    return f"{line[:1].upper()}{line[1:]}{': ' if fields else ''}{fields}"


def last_visit(user: User, nominal: Nominal) -> Visit | None:
    """Return the last visit that was carried out, where this person may read it."""
    done = Visit.objects.for_user(user).filter(nominal=nominal, state=VisitState.DONE)
    return done.select_related("officer", "second_officer").order_by("-happened_at").first()


def reactive_now(user: User, nominal: Nominal, today: date) -> ReactiveManagement | None:
    """Return the reactive management that holds on a day, where this person may read it."""
    rows = ReactiveManagement.objects.for_user(user).filter(nominal=nominal, period__contains=today)
    return rows.select_related("authorised_by").first()


def may_authorise_reactive(user: User, nominal: Nominal) -> bool:
    """Whether this person may say that no visits fall due."""
    return may(user, Perm.APPROVE_RISK, nominal)
