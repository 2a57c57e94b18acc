"""Putting a report from the border on a person's foreign-travel record, comparing it with what was notified, and taking it off again."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, timedelta

from django.db import transaction
from django.utils.timezone import localdate, now
from django.utils.translation import gettext_noop

from accounts.models import User
from actions.choices import Happening
from actions.services import Owner, cancel_actions_about, raise_action
from actions.services.occurrences import note_occurrence
from actions.services.telling import tell
from audit.choices import Verb
from audit.services import record_event
from intelligence.choices.travel import AlertState, Direction, Finding
from intelligence.guards.travel import require_move_of_alert
from intelligence.models import TravelAlert, TravelRecord
from intelligence.rules.travel import MAY_BE_BREACH, Ban, Comparison, Crossing, Notified, compare_travel
from intelligence.services.check_clocks import hold_record
from offenders.choices import ConditionKind
from offenders.models import Condition, Nominal, RegistrationPeriod, TravelNotification
from offenders.reports.registration import lengths_on

PAGE = "intelligence:travel"
EVALUATION, BREACH = "travel-evaluation", "travel-breach"
SAME_DAY, NEARBY = "travel-same-day", "travel-nearby"
UNSIGNED_FOR = timedelta(days=90)


def file_alert(*, actor: User | None, alert: TravelAlert, nominal: Nominal) -> TravelRecord:
    """Put a report on a record; the caller holds its lock and has asked whether that may be. `actor` is None when it files itself.

    The manager has it to evaluate by a clock. What may be a breach has an action of its own; it is never recorded as one by itself.
    """
    require_move_of_alert(alert, AlertState.FILED)
    locked = hold_record(nominal.pk)
    comparison = compare(alert, locked)
    record = TravelRecord.objects.create(
        nominal=locked, alert=alert, filed_by=actor, notification_id=comparison.journey, finding=comparison.finding,
        explanation=[asdict(line) for line in comparison.lines],
    )  # fmt: skip
    alert.state, alert.nominal, alert.matched_at = AlertState.FILED, locked, alert.matched_at or now()
    alert.taken_by = alert.taken_at = None
    alert.needs_supervisor = False
    alert.decided_by, alert.decided_at = actor, now()
    alert.version += 1
    alert.save()
    record_event(Verb.CREATED, record, act="Travel alert filed", finding=str(comparison.finding), by_itself=actor is None)
    note_occurrence(actor=actor, kind=Happening.TRAVEL_ALERT, nominal=locked, subject=record, route=PAGE, key=f"travel-alert-{record.pk}")
    raise_evaluation(record, actor)
    compare_next_return_again(actor, record)
    return record


def raise_evaluation(record: TravelRecord, actor: User | None) -> None:
    """Give the manager what is to be done about a crossing."""
    nominal, manager = record.nominal, Owner(user=record.nominal.offender_manager)
    raise_action(
        actor=actor, kind=EVALUATION, title=gettext_noop("Evaluate foreign travel seen at the border"), owner=manager, nominal=nominal,
        subject=record, route=PAGE, rule=EVALUATION, key=f"{EVALUATION}-{record.pk}",
    )  # fmt: skip
    if record.finding in MAY_BE_BREACH:
        raise_breach(record, actor)


def raise_breach(record: TravelRecord, actor: User | None) -> None:
    """Give the manager the question whether a requirement or an order was broken, and tell whom flags name."""
    key = f"travel-breach-{record.pk}-{record.version}"
    note_occurrence(actor=actor, kind=Happening.TRAVEL_BREACH, nominal=record.nominal, subject=record, route=PAGE, key=key)
    raise_action(
        actor=actor, kind=BREACH, title=gettext_noop("Foreign travel may be a breach: decide what to do"),
        owner=Owner(user=record.nominal.offender_manager), nominal=record.nominal, subject=record,
        route=PAGE, rule=BREACH, key=f"{BREACH}-{record.pk}-{record.version}",
    )  # fmt: skip


def compare(alert: TravelAlert, nominal: Nominal) -> Comparison:
    """Compare a report with what this person notified and may not do."""
    crossing = crossing_of(alert)
    lengths = lengths_on([SAME_DAY, NEARBY], crossing.on)
    return compare_travel(
        crossing, journeys_of(nominal), bans_of(nominal), crossings_beside(alert, nominal), is_required=had_to_notify(nominal, crossing.on),
        tolerance_days=days_of(lengths[SAME_DAY]), nearby_days=days_of(lengths[NEARBY]),
    )  # fmt: skip


def crossing_of(alert: TravelAlert) -> Crossing:
    """Return what the border saw, as the comparison takes it."""
    direction = Direction(alert.direction)
    elsewhere = alert.origin if direction == Direction.IN else alert.destination
    return Crossing(localdate(alert.travels_at or alert.received_at), direction, elsewhere)


def crossings_beside(alert: TravelAlert, nominal: Nominal) -> list[Crossing]:
    """Return the other crossings on the person's record."""
    rows = TravelRecord.objects.filter(nominal=nominal, withdrawn_at__isnull=True).exclude(alert=alert)
    return [crossing_of(record.alert) for record in rows.select_related("alert")]


def days_of(length: object) -> int:
    """Return a length that counts days, in days."""
    return int(getattr(length, "quantity", 0))


def journeys_of(nominal: Nominal) -> list[Notified]:
    """Return the journeys that the person notified and did not call off."""
    rows = TravelNotification.objects.filter(nominal=nominal, cancelled_on__isnull=True).prefetch_related("journeys")
    return [
        Notified(
            key=row.pk, notified_on=localdate(row.notified_at), leaves_on=row.leaves_on, returns_on=row.returns_on,
            countries=tuple(leg.country for leg in row.journeys.all()), is_in_time=row.is_in_time,
        )
        for row in rows
    ]  # fmt: skip


def bans_of(nominal: Nominal) -> list[Ban]:
    """Return the prohibitions of foreign travel, those of the past among them."""
    rows = Condition.objects.filter(nominal=nominal, kind=ConditionKind.FOREIGN_TRAVEL)
    return [Ban(starts_on, ends_on) for starts_on, ends_on in rows.values_list("starts_on", "ends_on")]


def had_to_notify(nominal: Nominal, day: date) -> bool:
    """Whether the person had to notify foreign travel on that day."""
    return RegistrationPeriod.objects.filter(nominal=nominal, withdrawn_at__isnull=True, period__contains=day).exists()


def withdraw_record(*, actor: User, record: TravelRecord, reason: str) -> None:
    """Take a crossing off a record, because it was somebody else; the row stays and says so. For callers that have authorised the actor."""
    record.withdrawn_at, record.withdrawn_by, record.withdrawn_why = now(), actor, reason
    record.version += 1
    record.save()
    cancel_actions_about(actor=actor, subject=record, reason="The alert was about somebody else")
    record.alert.candidates.filter(nominal=record.nominal_id).update(ruled_out_at=now(), ruled_out_by=actor)
    record_event(Verb.CHANGED, record, reason=reason, act="Crossing withdrawn from the record")
    compare_next_return_again(actor, record)


def compare_next_return_again(actor: User | None, record: TravelRecord) -> None:
    """Compare the next return after a crossing anew: the crossing may be its journey out, or the end of that."""
    on = crossing_of(record.alert).on
    rows = TravelRecord.objects.filter(nominal=record.nominal_id, alert__direction=Direction.IN).exclude(pk=record.pk)
    days = [(crossing_of(row.alert).on, row.pk) for row in rows.select_related("alert")]
    if later := [(day, key) for day, key in days if day >= on]:
        compare_record_again(actor, min(later)[1])


def compare_records_again(*, actor: User | None) -> int:
    """Compare crossings that nobody has signed off with what was notified since; tell managers of changes; return how many."""
    rows = TravelRecord.objects.filter(signed_off_at__isnull=True, withdrawn_at__isnull=True, filed_at__gt=now() - UNSIGNED_FOR)
    return sum(compare_record_again(actor, key) for key in rows.order_by("pk").values_list("pk", flat=True).iterator())


@transaction.atomic
def compare_record_again(actor: User | None, key: int) -> bool:
    """Compare one crossing anew; say whether the finding changed."""
    rows = TravelRecord.objects.select_for_update(of=("self",)).select_related("alert", "nominal__offender_manager", "nominal__force")
    record = rows.filter(pk=key, signed_off_at__isnull=True, withdrawn_at__isnull=True).first()
    if record is None:
        return False
    comparison = compare(record.alert, record.nominal)
    lines = [asdict(line) for line in comparison.lines]
    if (record.finding, record.notification_id, record.explanation) == (comparison.finding, comparison.journey, lines):
        return False
    before, record.finding = Finding(record.finding), comparison.finding
    record.notification_id, record.explanation, record.version = comparison.journey, lines, record.version + 1
    record.save()
    record_event(Verb.CHANGED, record, act="Crossing compared anew", before=str(before), after=str(record.finding))
    if before != record.finding:
        text = gettext_noop("Foreign travel of a person compares otherwise than before: look again.")
        tell(actor=actor, people=[record.nominal.offender_manager], text=text, nominal=record.nominal_id, route=PAGE)
        if record.finding in MAY_BE_BREACH and before not in MAY_BE_BREACH:
            raise_breach(record, actor)
    return True
