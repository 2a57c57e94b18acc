"""Telling people what flags matched: recipients are asked again at the moment of telling whether they may know."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils.timezone import localdate
from django.utils.translation import gettext_noop

from accounts.access import may
from accounts.models import User
from accounts.permissions import Perm
from actions.models import Notification
from actions.services.telling import LONGEST
from intelligence.choices.flags import Audience, Channel, DeliveryState, Sight
from intelligence.models import EventType, FlagDelivery
from intelligence.rules.flags import may_tell_from
from intelligence.services.flag_actions import hand_over
from intelligence.services.flag_canaries import note_arrivals
from offenders.models import Nominal

BATCH = 500
ROUTE = "intelligence:flag-told"
FLAG, TEST = gettext_noop("Flag on a record"), gettext_noop("Test of flags")
Told = tuple[User, int | None, str]  # recipient, record, channel: one message


@dataclass
class Batch:
    """Deliveries that are told together, with what telling them needs, asked once for all."""

    deliveries: list[FlagDelivery]
    now: datetime
    words: dict[str, EventType] = field(default_factory=dict)
    nominals: dict[int, Nominal] = field(default_factory=dict)
    last_told: dict[tuple[int | None, int | None], datetime] = field(default_factory=dict)
    readable: dict[int, dict[str, set[int]]] = field(default_factory=dict)

    def load(self) -> None:
        """Ask for kinds of events, records, and when each flag last told each person."""
        self.words = {event.code: event for event in EventType.objects.on(localdate(self.now))}
        records = {delivery.occurrence.nominal for delivery in self.deliveries if delivery.occurrence.nominal}
        people = ("force", "unit", "offender_manager__organisation")
        self.nominals = Nominal.objects.filter(pk__in=records).select_related(*people).in_bulk()
        flags = {delivery.setting_id for delivery in self.deliveries if delivery.setting and delivery.setting.least_interval_hours}
        told = FlagDelivery.objects.filter(setting__in=flags, told_at__isnull=False).order_by().values_list("setting", "recipient")
        self.last_told = {(flag, person): at for flag, person, at in told.annotate(Max("told_at"))}

    def ask_who_may_know(self) -> None:
        """Ask for each recipient, in one statement for each kind of sight, which of their records they may read."""
        wanted: dict[User, dict[str, set[int]]] = defaultdict(lambda: defaultdict(set))
        for delivery in self.deliveries:
            event, record = self.words.get(delivery.occurrence.kind), delivery.occurrence.nominal
            if delivery.recipient and event and record:
                wanted[delivery.recipient][event.needs].add(record)
        for user, by_sight in wanted.items():
            self.readable[user.pk] = {sight: readable_by(user, sight, keys) for sight, keys in by_sight.items()}

    def may_know(self, delivery: FlagDelivery) -> bool:
        """Whether the recipient works with notifications and may read now what the event needs; a test concerns no record."""
        event, user, record = self.words.get(delivery.occurrence.kind), delivery.recipient, delivery.occurrence.nominal
        if user is None or event is None or not may(user, Perm.VIEW_ACTION):
            return False
        return record is None or record in self.readable.get(user.pk, {}).get(event.needs, ())


def readable_by(user: User, sight: Sight | str, keys: Iterable[int]) -> set[int]:
    """Return which of these records a person may read as far as an event needs."""
    return set(Nominal.objects.for_user(user, Perm(sight)).filter(pk__in=keys).values_list("pk", flat=True))


def tell_due(*, actor: User | None, now: datetime) -> int:
    """Tell all that is due; return how many deliveries were looked at. Safe to run twice and at the same time."""
    looked = 0
    while number := tell_batch(now):
        looked += number
    return looked


@transaction.atomic
def tell_batch(now: datetime) -> int:
    """Tell the oldest that are due and that nobody else is telling; return how many were looked at."""
    rows = FlagDelivery.objects.filter(state=DeliveryState.WAITING, due_at__lte=now).order_by("due_at", "pk")
    held = rows.select_for_update(of=("self",), skip_locked=True)
    flag = ("setting__nominal", "setting__user", "setting__unit", "setting__agency")
    related = (*flag, "occurrence", "canary__watcher__unit", "canary__watcher__organisation", "recipient__organisation")
    batch = Batch(list(held.select_related(*related).prefetch_related("recipient__groups")[:BATCH]), now)
    if batch.deliveries:
        batch.load()
        follow_managers(batch)
        batch.ask_who_may_know()
        told = sort_out(batch)
        send_messages(batch, told)
        FlagDelivery.objects.bulk_update(batch.deliveries, ["recipient", "state", "due_at", "told_at", "notification", "action"])
        note_arrivals(batch.deliveries, now)
    return len(batch.deliveries)


def follow_managers(batch: Batch) -> None:
    """What was for the managing officer goes to whoever manages the record now."""
    for delivery in batch.deliveries:
        if delivery.setting and delivery.setting.audience == Audience.MANAGER and delivery.occurrence.nominal:
            manager = batch.nominals[delivery.occurrence.nominal].offender_manager
            if manager.pk != delivery.occurrence.raised_by_id:
                delivery.recipient = manager


def sort_out(batch: Batch) -> dict[Told, list[FlagDelivery]]:
    """Decide on each delivery; return those to be told by a message, by person, record and channel."""
    told: dict[Told, list[FlagDelivery]] = defaultdict(list)
    for delivery in batch.deliveries:
        channel = delivery.setting.channel if delivery.setting else delivery.canary.channel if delivery.canary else ""
        if is_over(delivery, batch):
            delivery.state = DeliveryState.NOBODY
        elif later := wait_until(delivery, batch):
            delivery.due_at = later
        elif channel == Channel.ACTION:
            hand_over(delivery, batch.nominals.get(delivery.occurrence.nominal or 0), batch.now)
        elif delivery.recipient and batch.may_know(delivery):
            told[delivery.recipient, delivery.occurrence.nominal, channel].append(delivery)
        else:
            delivery.state = DeliveryState.NOBODY
    return told


def is_over(delivery: FlagDelivery, batch: Batch) -> bool:
    """Whether the flag or its agreement ended, its kind of event no longer exists, or an action's owner may not know."""
    setting = delivery.setting
    if delivery.occurrence.kind not in batch.words:
        return True
    if setting is None:
        return False
    if setting.ended_on or (setting.agreement_until and setting.agreement_until < localdate(batch.now)):
        return True
    if left_the_audience(delivery):
        return True
    if setting.channel != Channel.ACTION or setting.audience == Audience.AGENCY:
        return False
    return not (batch.may_know(delivery) if delivery.recipient else some_member_may_know(delivery, batch))


def some_member_may_know(delivery: FlagDelivery, batch: Batch) -> bool:
    """Whether an action for a unit or a role has somebody who may read what the event needs: else nobody would ever see it."""
    setting, event = delivery.setting, batch.words[delivery.occurrence.kind]
    if setting is None:
        return False
    people = User.objects.filter(is_active=True).select_related("organisation").prefetch_related("groups")
    force = setting.nominal.force_id
    members = people.filter(unit=setting.unit) if setting.unit else people.filter(organisation=force, groups__name=setting.role)
    return any(may(user, Perm.VIEW_ACTION) and readable_by(user, event.needs, [setting.nominal_id]) for user in members)


def left_the_audience(delivery: FlagDelivery) -> bool:
    """Whether the person left the unit or gave up the role that the flag tells."""
    setting, user = delivery.setting, delivery.recipient
    if setting is None or user is None:
        return False
    left_unit = setting.audience == Audience.UNIT and user.unit_id != setting.unit_id
    return left_unit or (setting.audience == Audience.ROLE and setting.role not in user.roles)


def wait_until(delivery: FlagDelivery, batch: Batch) -> datetime | None:
    """Return until when the flag's quiet hours or its least interval hold the message back, or None."""
    setting = delivery.setting
    if setting is None:
        return None
    key = (setting.pk, delivery.recipient_id)
    last = batch.last_told.get(key) if setting.least_interval_hours else None
    start, end, hours = setting.quiet_from, setting.quiet_until, setting.least_interval_hours
    earliest = may_tell_from(batch.now, start=start, end=end, last_told=last, least_interval_hours=hours)
    return earliest if earliest > batch.now else None


def send_messages(batch: Batch, told: dict[Told, list[FlagDelivery]]) -> None:
    """Write one message for each person and record; a test of a route writes its message and takes it back."""
    for (recipient, record, channel), deliveries in told.items():
        nominal = batch.nominals.get(record or 0)
        words = "; ".join(dict.fromkeys(batch.words[delivery.occurrence.kind].words for delivery in deliveries))
        text = f"{FLAG}: {words}" if nominal else TEST
        row = Notification(
            recipient=recipient, nominal=record, route=ROUTE if nominal else "", text=text[:LONGEST], is_mailed=channel == Channel.MAIL
        )
        store_message(row, keeps=nominal is not None)
        for delivery in deliveries:
            delivery.state, delivery.told_at, delivery.notification = DeliveryState.TOLD, batch.now, row if nominal else None


def store_message(row: Notification, *, keeps: bool) -> None:
    """Store a message; that of a test is stored and taken back, so that the whole way is tried and nobody is troubled."""
    point = transaction.savepoint()
    row.save(force_insert=True)
    if keeps:
        transaction.savepoint_commit(point)
    else:
        transaction.savepoint_rollback(point)
