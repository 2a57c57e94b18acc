"""Tier 1 facts: the words of the card, warnings, conditions, risk and MAPPA. Periods follow each other; none is overwritten."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, TypeVar, cast

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import Manager
from django.utils.timezone import localdate

from accounts.access import authorise
from accounts.errors import DomainError
from accounts.models import User
from accounts.permissions import Perm
from actions.choices import Happening
from actions.services.occurrences import note_occurrence
from audit.choices import Verb
from audit.services import record_event
from offenders.choices import ConditionKind, MappaCategory, MappaLevel, RiskLevel, WarningKind
from offenders.choices.meetings import DecidedBy
from offenders.guards import require_card_lines, require_follows, require_started, require_unchanged
from offenders.guards.meetings import require_corrector, require_meeting_decision
from offenders.models import Condition, MappaPeriod, Minutes, Nominal, OperationalFacts, RiskPeriod, WarningMarker
from offenders.models.operational import DatedPart
from offenders.services.assessment_dues import ask_for_assessment
from offenders.services.levels import renew_review
from offenders.services.records import lock_nominal, save_nominal
from offenders.services.visits_due import follow_risk

Period = TypeVar("Period", bound=DatedPart)


@transaction.atomic
def change_facts(*, actor: User, nominal: Nominal, version: int, **facts: Any) -> OperationalFacts:
    """Rewrite the words of the card. Whoever writes them has checked them. `version` is 0 where nothing is written yet."""
    authorise(actor, Perm.CHANGE_RECORD, nominal)
    lock_nominal(nominal)
    row = OperationalFacts.objects.filter(nominal=nominal).first() or OperationalFacts(nominal=nominal, version=0)
    require_unchanged(row, version)
    require_card_lines(facts.get("on_encounter", row.on_encounter))
    changed = sorted(name for name, value in facts.items() if getattr(row, name) != value)
    for name, value in facts.items():
        setattr(row, name, value)
    row.version, row.checked_on, row.checked_by = row.version + 1, localdate(), actor
    row.save()
    record_event(Verb.CHANGED, row, act="Operational facts changed", fields=changed)
    return row


@transaction.atomic
def add_warning(*, actor: User, nominal: Nominal, kind: WarningKind | str, note: str = "") -> WarningMarker:
    """Warn whoever meets the person."""
    authorise(actor, Perm.CHANGE_RECORD, nominal)
    lock_nominal(nominal)
    if WarningMarker.objects.filter(nominal=nominal, kind=kind, ended_on__isnull=True).exists():
        raise DomainError("This warning is on the record already. End it first if its note must change.", field="kind")
    warning = WarningMarker.objects.create(nominal=nominal, kind=kind, note=note)
    record_event(Verb.CHANGED, warning, act="Warning added", kind=str(kind))
    return warning


@transaction.atomic
def end_warning(*, actor: User, warning: WarningMarker, reason: str) -> WarningMarker:
    """Take a warning off the card; it stays in the history."""
    authorise(actor, Perm.CHANGE_RECORD, warning)
    locked = WarningMarker.objects.select_for_update().get(pk=warning.pk)
    if locked.ended_on:
        raise DomainError("This warning has ended already.")
    locked.ended_on = localdate()
    locked.save(update_fields=["ended_on"])
    record_event(Verb.CHANGED, locked, reason=reason, act="Warning ended", kind=locked.kind)
    return locked


@transaction.atomic
def add_condition(
    *, actor: User, nominal: Nominal, kind: ConditionKind | str, text: str, starts_on: date | None = None, ends_on: date | None = None
) -> Condition:
    """Add a licence condition or a prohibition of an order. `ends_on` is its last day."""
    authorise(actor, Perm.CHANGE_RECORD, nominal)
    if starts_on and ends_on and ends_on < starts_on:
        raise DomainError("The last day must not be before the first day.", field="ends_on")
    condition = Condition.objects.create(nominal=nominal, kind=kind, text=text, starts_on=starts_on, ends_on=ends_on)
    record_event(Verb.CHANGED, condition, act="Condition added", kind=str(kind))
    return condition


@transaction.atomic
def end_condition(*, actor: User, condition: Condition, ends_on: date, reason: str) -> Condition:
    """Say which day is a condition's last."""
    authorise(actor, Perm.CHANGE_RECORD, condition)
    locked = Condition.objects.select_for_update().get(pk=condition.pk)
    if locked.starts_on and ends_on < locked.starts_on:
        raise DomainError("The last day must not be before the first day.", field="ends_on")
    locked.ends_on = ends_on
    locked.save(update_fields=["ends_on"])
    record_event(Verb.CHANGED, locked, reason=reason, act="Condition ended", ends_on=ends_on.isoformat())
    return locked


@transaction.atomic
def set_risk(
    *,
    actor: User,
    nominal: Nominal,
    level: RiskLevel | int,
    at_risk: Sequence[str],
    reason: str,
    starts_on: date,
    version: int | None = None,
) -> RiskPeriod:
    """Set the level of risk, and to whom, from a day on, ahead of an assessment, which is then asked for."""
    authorise(actor, Perm.CHANGE_RECORD, nominal)
    locked = lock_nominal(nominal, version)
    period = store_risk(locked, actor, starts_on, level=level, at_risk=at_risk, reason=reason)
    ask_for_assessment(actor=actor, nominal=locked)
    return period


def store_risk(
    nominal: Nominal, actor: User, starts_on: date, *, level: RiskLevel | int, at_risk: Sequence[str], reason: str
) -> RiskPeriod:
    """Store a level of risk and record it; the caller has authorised the actor and holds the nominal's lock."""
    before = RiskPeriod.objects.filter(nominal=nominal).order_by("-period").values_list("level", flat=True).first()
    period = succeed(RiskPeriod, nominal, actor, starts_on, reason=reason, level=int(level), at_risk=list(at_risk))
    save_nominal(nominal)
    if before is not None and before != int(level):
        note_occurrence(actor=actor, kind=Happening.LEVEL_CHANGE, nominal=nominal, subject=period, route="offenders:nominal")
    follow_risk(actor=actor, nominal=nominal)
    record_event(Verb.CHANGED, period, reason=reason, act=f"Risk set to {RiskLevel(level).label.lower()}", level=int(level))
    return period


@transaction.atomic
def set_mappa(
    *,
    actor: User,
    nominal: Nominal,
    category: MappaCategory | int | None,
    level: MappaLevel | int | None,
    reason: str,
    starts_on: date,
    version: int | None = None,
    is_correction: bool = False,
) -> MappaPeriod:
    """Set MAPPA category and level from a day on; both None: not under MAPPA from that day.

    The lead agency decides at level 1 and may raise a level at once. Only a meeting lowers it from level 2 or 3: approving its
    minutes does. A level that was stored by mistake is put right by a supervisor, who says so (`is_correction`).
    """
    authorise(actor, Perm.CHANGE_RECORD, nominal)
    locked = lock_nominal(nominal, version)
    latest = latest_mappa(locked)
    if is_correction:
        require_corrector(actor, locked)
        decided_by = DecidedBy.CORRECTION
    else:
        require_meeting_decision(latest, level, None)
        is_raised = latest is not None and (level or 0) > max(latest.level or 0, MappaLevel.ONE)
        decided_by = DecidedBy.URGENT if is_raised else DecidedBy.LEAD_AGENCY
    return apply_mappa(
        actor=actor, nominal=locked, category=category, level=level, reason=reason, starts_on=starts_on, decided_by=decided_by
    )


def latest_mappa(nominal: Nominal) -> MappaPeriod | None:
    """Return the newest period of category and level."""
    return MappaPeriod.objects.filter(nominal=nominal).order_by("-period").first()


@transaction.atomic
def apply_mappa(
    *,
    actor: User,
    nominal: Nominal,
    category: MappaCategory | int | None,
    level: MappaLevel | int | None,
    reason: str,
    starts_on: date,
    decided_by: DecidedBy,
    decision: Minutes | None = None,
) -> MappaPeriod:
    """Store category and level, with who decided. For callers that have authorised the actor and hold the nominal's lock."""
    if (category is None) != (level is None):
        raise DomainError("Choose both a category and a level, or neither.", field="level" if level is None else "category")
    before = latest_mappa(nominal)
    level_before = before.level if before else None  # read now: a change on the day of the latest period amends that row
    values = {"category": category, "level": level, "decided_by": decided_by, "decision": decision}
    period = succeed(MappaPeriod, nominal, actor, starts_on, reason=reason, **values)
    save_nominal(nominal)
    if level != level_before:
        renew_review(actor=actor, nominal=nominal, level=level, starts_on=starts_on)
    if before is not None and level != level_before:
        note_occurrence(actor=actor, kind=Happening.LEVEL_CHANGE, nominal=nominal, subject=period, route="offenders:nominal")
    words = f"MAPPA set to category {category}, level {level}" if category else "MAPPA ended"
    record_event(Verb.CHANGED, period, reason=reason, act=words, category=category, level=level, decided_by=str(decided_by))
    return period


def succeed(model: type[Period], nominal: Nominal, actor: User, starts_on: date, **values: Any) -> Period:
    """End the latest period and start the next; the caller holds the nominal's lock.

    A second change on the day of the first amends that day's row: a day has one level, and the change log keeps both.
    """
    rows = cast("Manager[Period]", model._default_manager)
    latest = rows.filter(nominal=nominal).order_by("-period").first()
    require_started(starts_on, localdate())
    require_follows(latest, starts_on)
    if latest is not None and latest.period.lower == starts_on:
        return amend(latest, {"set_by": actor, **values})
    if latest is not None:
        amend(latest, {"period": DateRange(latest.period.lower, starts_on)})
    return rows.create(nominal=nominal, period=DateRange(starts_on, None), set_by=actor, **values)


def amend(period: Period, values: dict[str, Any]) -> Period:
    """Store other values on a period."""
    for name, value in values.items():
        setattr(period, name, value)
    period.save(update_fields=list(values))
    return period
