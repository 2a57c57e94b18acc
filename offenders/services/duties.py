"""Notifications that a registered person must make: each with its clock, what became of it, and the next one."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils.timezone import localdate
from django.utils.translation import gettext_noop

from accounts.access import authorise
from accounts.models import User
from accounts.permissions import Perm
from actions.services import Owner, cancel_actions_about, complete_actions_about, raise_action
from audit.choices import Verb
from audit.services import record_event
from offenders.choices.registration import DUTY_TITLES, DutyKind, DutyState
from offenders.guards.registration import require_move, require_none_due, require_not_after, require_order_of, require_registered
from offenders.models import Conviction, Custody, Nominal, NotificationDuty, RegistrationPeriod
from offenders.reports.registration import last_day_in_time, noon
from offenders.rules.notifying import DUTY_MOVES, DUTY_RULES, ONE_AT_A_TIME, annual_base, state_when_notified
from offenders.rules.registration import IN_CUSTODY
from offenders.services.records import lock_nominal
from offenders.services.registration import PAGE, lock_row, reckon_registration, save_row

OVER = "The notification period is over"


def create_duty(nominal: Nominal, actor: User | None, kind: DutyKind | str, starts_on: date, about: str = "") -> NotificationDuty:
    """Store a notification that is due and raise its action; of kinds due one at a time return what is due. The caller holds the lock."""
    kind = DutyKind(kind)
    if kind in ONE_AT_A_TIME:
        standing = NotificationDuty.objects.filter(nominal=nominal, kind=kind, state=DutyState.DUE).first()
        if standing is not None:
            return standing
    rule = DUTY_RULES[kind]
    duty = NotificationDuty.objects.create(
        nominal=nominal, kind=kind, about=about, starts_on=starts_on, recorded_by=actor,
        due_on=last_day_in_time(rule, starts_on, nominal.force.nation),
    )  # fmt: skip
    raise_action(
        actor=actor, kind=rule, title=DUTY_TITLES[kind], owner=Owner(user=nominal.offender_manager),
        nominal=nominal, subject=duty, route=PAGE, rule=rule, starts_at=noon(starts_on), key=f"{rule}-{duty.pk}",
    )  # fmt: skip
    record_event(Verb.CREATED, duty, act="Notification due", kind=str(kind))
    return duty


@transaction.atomic
def add_duty(*, actor: User, nominal: Nominal, kind: DutyKind | str, starts_on: date, about: str = "") -> NotificationDuty:
    """Record that something happened which the person must notify; the clock starts on that day."""
    authorise(actor, Perm.CHANGE_RECORD, nominal)
    locked = lock_nominal(nominal)
    require_not_after(starts_on, localdate(), "starts_on")
    require_registered(locked, starts_on)
    if DutyKind(kind) in ONE_AT_A_TIME:
        require_none_due(locked, kind)
    return create_duty(locked, actor, kind, starts_on, about)


@transaction.atomic
def record_notification(
    *,
    actor: User,
    duty: NotificationDuty,
    version: int,
    notified_on: date,
    station: str,
    what_was_notified: str,
    taken_by: str,
    fingerprints_taken: bool = False,
    photograph_taken: bool = False,
) -> NotificationDuty:
    """Record that the person notified, in time or late; closes the action and raises the next one that recurs."""
    authorise(actor, Perm.CHANGE_RECORD, duty)
    nominal = lock_nominal(duty.nominal)
    locked = lock_row(duty, version)
    require_not_after(notified_on, localdate(), "notified_on")
    require_order_of(locked.starts_on, notified_on,
        gettext_noop("The date must not be before the day that set the clock going."), "notified_on",
    )  # fmt: skip
    state = DutyState.LATE if locked.state == DutyState.BREACHED else state_when_notified(notified_on, locked.due_on)
    require_move(DUTY_MOVES, DutyState(locked.state), state)
    save_row(
        locked, state=state, notified_on=notified_on, station=station, what_was_notified=what_was_notified, taken_by=taken_by,
        fingerprints_taken=fingerprints_taken, photograph_taken=photograph_taken,
    )  # fmt: skip
    complete_actions_about(actor=actor, subject=locked, outcome=str(state.label))
    record_event(Verb.CHANGED, locked, act=str(state.label), kind=locked.kind, on=notified_on.isoformat())
    follow_up(nominal, actor, locked)
    return locked


def follow_up(nominal: Nominal, actor: User | None, duty: NotificationDuty) -> None:
    """Raise the next notification while the person must notify; the first one also says from when a review is possible."""
    if duty.kind == DutyKind.INITIAL:
        reckon_registration(nominal, actor)
    following = {DutyKind.INITIAL: DutyKind.ANNUAL, DutyKind.ANNUAL: DutyKind.ANNUAL, DutyKind.NO_FIXED_ADDRESS: DutyKind.NO_FIXED_ADDRESS}
    kind = following.get(DutyKind(duty.kind))
    if kind is not None and duty.notified_on and must_notify(nominal, localdate()):
        create_duty(nominal, actor, kind, duty.notified_on)


def must_notify(nominal: Nominal, day: date) -> bool:
    """Whether the person must notify on this day."""
    return RegistrationPeriod.objects.filter(nominal=nominal, withdrawn_at__isnull=True, period__contains=day).exists()


@transaction.atomic
def excuse_duty(*, actor: User, duty: NotificationDuty, version: int, reason: str) -> NotificationDuty:
    """Say why a notification is not required, for example because the person has an address again."""
    authorise(actor, Perm.CHANGE_RECORD, duty)
    locked = lock_row(duty, version)
    require_move(DUTY_MOVES, DutyState(locked.state), DutyState.EXCUSED)
    save_row(locked, state=DutyState.EXCUSED, reason=reason)
    cancel_actions_about(actor=actor, subject=locked, reason="The notification is not required")
    record_event(Verb.CHANGED, locked, reason=reason, act="Notification not required", kind=locked.kind)
    return locked


def raise_duties(*, actor: User | None, today: date) -> tuple[int, int]:
    """Raise annual notifications that records lack and end what is due after the period is over; return how many of each.

    Safe to run twice for any day. Each record is a transaction of its own.
    """
    due = NotificationDuty.objects.filter(nominal=OuterRef("nominal"), kind__in=[DutyKind.ANNUAL, DutyKind.INITIAL], state=DutyState.DUE)
    live = RegistrationPeriod.objects.filter(nominal__merged_into__isnull=True, withdrawn_at__isnull=True, period__contains=today)
    # Somebody who is held notifies on release; the release, once recorded, raises the first notification.
    held = Conviction.objects.filter(
        nominal=OuterRef("nominal"), requires_notification=True, disposal__in=IN_CUSTODY, released_on__isnull=True
    )
    in_custody = Custody.objects.filter(nominal=OuterRef("nominal"), period__contains=today)
    free = live.exclude(Exists(held)).exclude(Exists(in_custody))
    lacking = free.exclude(Exists(due)).order_by("nominal").values_list("nominal", flat=True)
    raised = sum(raise_annual(pk, actor, today) for pk in list(lacking))
    still = RegistrationPeriod.objects.filter(nominal=OuterRef("nominal"), withdrawn_at__isnull=True, period__endswith__gt=today)
    endless = RegistrationPeriod.objects.filter(nominal=OuterRef("nominal"), withdrawn_at__isnull=True, period__endswith__isnull=True)
    waiting = NotificationDuty.objects.filter(nominal__merged_into__isnull=True, state=DutyState.DUE, due_on__gte=today)
    over = waiting.exclude(Exists(still)).exclude(Exists(endless))
    ended = sum(end_duty(duty, actor) for duty in list(over.order_by("pk")))
    return raised, ended


@transaction.atomic
def raise_annual(nominal_id: int, actor: User | None, today: date) -> int:
    """Raise the annual notification of one record unless it stands; return how many."""
    nominal = Nominal.objects.select_for_update(of=("self",)).select_related("force", "unit", "offender_manager").get(pk=nominal_id)
    period = RegistrationPeriod.objects.filter(nominal=nominal, withdrawn_at__isnull=True, period__contains=today).first()
    rows = NotificationDuty.objects.filter(nominal=nominal, kind__in=[DutyKind.ANNUAL, DutyKind.INITIAL])
    if period is None or period.period.lower is None or rows.filter(state=DutyState.DUE).exists():
        return 0
    last = rows.filter(starts_on__gte=period.period.lower).order_by("-due_on", "-pk").first()
    base = annual_base(period.period.lower, (last.notified_on or last.due_on) if last else None, today)
    create_duty(nominal, actor, DutyKind.ANNUAL, base)
    return 1


@transaction.atomic
def end_duty(duty: NotificationDuty, actor: User | None) -> int:
    """Close one notification that fell due after the period was over; return how many."""
    locked = lock_row(duty)
    if locked.state != DutyState.DUE:
        return 0
    save_row(locked, state=DutyState.EXCUSED, reason=OVER)
    cancel_actions_about(actor=actor, subject=locked, reason=OVER)
    record_event(Verb.CHANGED, locked, act="Notification not required", kind=locked.kind)
    return 1
