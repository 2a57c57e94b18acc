"""Foreign travel that a registered person notified."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, datetime, time

from django.db import transaction
from django.utils.timezone import localdate, make_aware, now
from django.utils.translation import gettext_noop

from accounts.access import authorise
from accounts.errors import DomainError
from accounts.models import User
from accounts.permissions import Perm
from actions.choices import Happening
from actions.services import cancel_actions_about
from actions.services.occurrences import note_occurrence
from audit.choices import Verb
from audit.services import record_event
from offenders.choices import ConditionKind
from offenders.guards.registration import require_not_after, require_order_of
from offenders.models import Condition, Journey, Nominal, TravelNotification
from offenders.reports.registration import bans_during, lengths_on
from offenders.rules.notifying import judge_travel
from offenders.rules.registration import needed
from offenders.services.records import lock_nominal
from offenders.services.registration import lock_row, raise_for, save_row

AHEAD, LATE_PLANS = "notify-travel", "notify-travel-late"
CONFLICT = "travel-conflict"
LEAVES_THAT_DAY = gettext_noop("Leaves; the time is not known, so the first moment of the day counts")
NOTIFIED_THAT_DAY = gettext_noop("Notified; the time is not known, so the last moment of the day counts")


@transaction.atomic
def notify_travel(
    *,
    actor: User,
    nominal: Nominal,
    notified_on: date,
    notified_time: time | None,
    leaves_on: date,
    leaves_time: time | None,
    country: str,
    port_out: str,
    returns_on: date | None = None,
    port_back: str = "",
    carrier: str = "",
    place: str = "",
    accommodation: str = "",
    why_late: str = "",
) -> TravelNotification:
    """Record what the person notified. Whether it was in time is reckoned; a ban on travel in those days raises an action at once."""
    authorise(actor, Perm.CHANGE_RECORD, nominal)
    locked = lock_nominal(nominal)
    # Without a time the last moment of notifying counts, and the first of leaving: the doubt is not the person's gain.
    notified_at = make_aware(datetime.combine(notified_on, notified_time or time(23, 59)))
    require_not_after(notified_on, localdate(), "notified_on")
    if notified_time and notified_at > now():
        raise DomainError("The time must not be in the future.", field="notified_time")
    require_order_of(leaves_on, returns_on, gettext_noop("The return must not be before the journey out."), "returns_on")
    travel = TravelNotification(
        nominal=locked, notified_at=notified_at, is_notified_time_known=notified_time is not None, leaves_on=leaves_on,
        leaves_time=leaves_time, returns_on=returns_on, carrier=carrier, port_out=port_out, port_back=port_back, why_late=why_late,
        recorded_by=actor,
    )  # fmt: skip
    judge(travel)
    travel.save(force_insert=True)
    Journey.objects.create(
        nominal=locked, travel=travel, country=country, place=place, arrives_on=leaves_on, carrier=carrier, accommodation=accommodation
    )
    record_event(Verb.CREATED, travel, act="Foreign travel notified", in_time=travel.is_in_time)
    note_occurrence(actor=actor, kind=Happening.TRAVEL_NOTIFIED, nominal=locked, subject=travel, route="offenders:registration")
    if is_banned(travel):
        raise_for(travel, actor, kind=CONFLICT, title=gettext_noop("Travel was notified against a prohibition"), due_on=localdate())
        note_occurrence(actor=actor, kind=Happening.TRAVEL_BREACH, nominal=locked, subject=travel, route="offenders:registration")
    return travel


def judge(travel: TravelNotification) -> None:
    """Say on the row whether it was notified in time, with each step."""
    lengths = lengths_on([AHEAD, LATE_PLANS], localdate(travel.notified_at))
    found = judge_travel(
        notified_at=travel.notified_at, leaves_at=travel.leaves_at, ahead=needed(lengths[AHEAD]), late_plans=needed(lengths[LATE_PLANS]),
        is_late_plan=bool(travel.why_late.strip()),
        leaves_words="Leaves" if travel.leaves_time else LEAVES_THAT_DAY,
        notified_words="Notified" if travel.is_notified_time_known else NOTIFIED_THAT_DAY,
    )  # fmt: skip
    travel.is_in_time, travel.explanation = found.is_in_time, [asdict(line) for line in found.lines]


def is_banned(travel: TravelNotification) -> bool:
    """Whether a ban on foreign travel is in force on any day of the journey."""
    return bool(bans_during(travel, list(Condition.objects.filter(nominal=travel.nominal, kind=ConditionKind.FOREIGN_TRAVEL))))


@transaction.atomic
def add_journey(
    *, actor: User, travel: TravelNotification, country: str, arrives_on: date, place: str = "", carrier: str = "", accommodation: str = ""
) -> Journey:
    """Add another place of a notified journey."""
    authorise(actor, Perm.CHANGE_RECORD, travel)
    locked = lock_row(travel)
    require_planned(locked)
    require_order_of(locked.leaves_on, arrives_on, gettext_noop("The arrival must not be before the journey out."), "arrives_on")
    require_order_of(arrives_on, locked.returns_on, gettext_noop("The arrival must not be after the return."), "arrives_on")
    leg = Journey.objects.create(
        nominal=locked.nominal, travel=locked, country=country, place=place, arrives_on=arrives_on, carrier=carrier,
        accommodation=accommodation,
    )  # fmt: skip
    record_event(Verb.CHANGED, locked, act="Place of a journey added")
    return leg


@transaction.atomic
def cancel_travel(*, actor: User, travel: TravelNotification, version: int, reason: str) -> TravelNotification:
    """Record that the journey will not be made."""
    authorise(actor, Perm.CHANGE_RECORD, travel)
    locked = lock_row(travel, version)
    require_planned(locked)
    save_row(locked, cancelled_on=localdate(), cancel_reason=reason)
    cancel_actions_about(actor=actor, subject=locked, reason="The journey was cancelled")
    record_event(Verb.CHANGED, locked, reason=reason, act="Notified travel cancelled")
    return locked


def require_planned(travel: TravelNotification) -> None:
    """The journey was not cancelled."""
    if travel.cancelled_on:
        raise DomainError("This journey was cancelled already. Enter a new one if plans changed again.")
