"""Orders of courts: made, varied, discharged. Their prohibitions stand on the card while they are in force."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext_noop

from accounts.access import authorise
from accounts.errors import DomainError
from accounts.models import User
from accounts.permissions import Perm
from actions.services import cancel_actions_about
from audit.choices import Verb
from audit.services import record_event
from offenders.choices import ConditionKind
from offenders.choices.registration import OrderKind
from offenders.guards.registration import lines_of, require_lawful_ban, require_lawful_order, require_not_after, require_order_of
from offenders.models import Condition, CourtOrder, Nominal, OrderVariation
from offenders.reports.registration import lengths_on
from offenders.rules.notifying import back
from offenders.rules.orders import condition_kind
from offenders.rules.registration import needed
from offenders.services.records import lock_nominal
from offenders.services.registration import lock_row, raise_for, reckon_registration, save_row

EXPIRY = "order-expiry-review"


@transaction.atomic
def add_order(
    *,
    actor: User,
    nominal: Nominal,
    kind: OrderKind | str,
    court: str,
    made_on: date,
    starts_on: date,
    ends_on: date | None = None,
    court_reference: str = "",
    imposes_notification: bool = False,
    prohibitions: str = "",
    travel_ban: str = "",
    travel_ban_until: date | None = None,
) -> CourtOrder:
    """Enter an order; each line of `prohibitions` becomes one on the card. One that imposes notification registers the person."""
    authorise(actor, Perm.CHANGE_RECORD, nominal)
    locked = lock_nominal(nominal)
    require_not_after(made_on, localdate(), "made_on")
    require_lawful_order(kind, made_on, starts_on, ends_on)
    order = CourtOrder.objects.create(
        nominal=locked, kind=kind, court=court, court_reference=court_reference, made_on=made_on, starts_on=starts_on, ends_on=ends_on,
        imposes_notification=imposes_notification, recorded_by=actor,
    )  # fmt: skip
    add_lines(order, lines_of(prohibitions, "prohibitions"), starts_on)
    add_ban(order, travel_ban, starts_on, travel_ban_until)
    record_event(Verb.CREATED, order, act="Order added", kind=str(kind))
    watch_end(order, actor)
    if imposes_notification:
        reckon_registration(locked, actor)
    return order


def add_lines(order: CourtOrder, lines: Sequence[str], starts_on: date) -> None:
    """Put prohibitions and requirements on the card, from a day on and as long as the order."""
    kind = condition_kind(order.kind)
    for line in lines:
        Condition.objects.create(nominal=order.nominal, order=order, kind=kind, text=line, starts_on=starts_on, ends_on=order.ends_on)


def add_ban(order: CourtOrder, text: str, starts_on: date, last: date | None) -> None:
    """Put a ban on foreign travel on the card; it may end before the order does."""
    if not text.strip():
        if last:
            raise DomainError("Enter what the ban on foreign travel says, or leave its last day empty.", field="travel_ban")
        return
    lines = lines_of(text, "travel_ban")
    require_lawful_ban(order.made_on, starts_on, last, order.ends_on)
    Condition.objects.create(
        nominal=order.nominal, order=order, kind=ConditionKind.FOREIGN_TRAVEL, text=" ".join(lines)[:300], starts_on=starts_on, ends_on=last
    )


def watch_end(order: CourtOrder, actor: User) -> None:
    """Raise the review that comes some time before an order ends; one that ended already needs none."""
    today = localdate()
    if order.last_day and order.last_day >= today:
        ahead = needed(lengths_on([EXPIRY], today)[EXPIRY])
        raise_for(
            order, actor, kind=EXPIRY, title=gettext_noop("Review an order before it ends"), due_on=max(back(order.last_day, ahead), today)
        )


@transaction.atomic
def vary_order(
    *,
    actor: User,
    order: CourtOrder,
    version: int,
    varied_on: date,
    court: str,
    what_changed: str,
    ends_on: date | None,
    added: str = "",
    ended: Sequence[Condition] = (),
) -> OrderVariation:
    """Record that a court changed an order: prohibitions added or ended from that day, another last day."""
    authorise(actor, Perm.CHANGE_RECORD, order)
    nominal = lock_nominal(order.nominal)
    locked = lock_row(order, version)
    require_standing(locked)
    require_not_after(varied_on, localdate(), "varied_on")
    require_order_of(locked.made_on, varied_on, gettext_noop("A variation must not be before the order was made."), "varied_on")
    if ends_on != locked.ends_on:
        require_lawful_order(locked.kind, locked.made_on, locked.starts_on, ends_on)
        require_order_of(varied_on, ends_on,
            gettext_noop("The last day must not be before the variation. Discharge the order instead."), "ends_on",
        )  # fmt: skip
    variation = OrderVariation.objects.create(
        nominal=nominal, order=locked, varied_on=varied_on, court=court, what_changed=what_changed, ended_on_before=locked.ends_on,
        ends_on_after=ends_on, recorded_by=actor,
    )  # fmt: skip
    before = locked.ends_on
    save_row(locked, ends_on=ends_on)
    for condition in Condition.objects.select_for_update().filter(order=locked, pk__in=[each.pk for each in ended]):
        end_line(condition, varied_on)
    for condition in Condition.objects.select_for_update().filter(order=locked, ends_on=before).exclude(pk__in=[each.pk for each in ended]):
        move_line(condition, ends_on)
    add_lines(locked, lines_of(added, "added"), max(varied_on, locked.starts_on))
    record_event(Verb.CHANGED, locked, act="Order varied", on=varied_on.isoformat())
    cancel_actions_about(actor=actor, subject=locked, reason="The order was varied", kind=EXPIRY)
    watch_end(locked, actor)
    reckon_registration(nominal, actor)
    return variation


def end_line(condition: Condition, last: date) -> None:
    """Take a prohibition off the card after a day; one that had not begun never counted longer than its first day."""
    condition.ends_on = max(last, condition.starts_on) if condition.starts_on else last
    condition.save(update_fields=["ends_on"])


def move_line(condition: Condition, last: date | None) -> None:
    """Let a prohibition last as long as its order; a ban on foreign travel keeps its own last day unless the order ends sooner."""
    if condition.kind == ConditionKind.FOREIGN_TRAVEL and (last is None or (condition.ends_on and last > condition.ends_on)):
        return
    condition.ends_on = last
    condition.save(update_fields=["ends_on"])


def require_standing(order: CourtOrder) -> None:
    """The order has not been discharged."""
    if order.discharged_on:
        raise DomainError("This order was discharged already. Enter a new order if the court made one.")


@transaction.atomic
def discharge_order(*, actor: User, order: CourtOrder, version: int, discharged_on: date, reason: str) -> CourtOrder:
    """Record that a court ended an order; its prohibitions leave the card after that day."""
    authorise(actor, Perm.CHANGE_RECORD, order)
    nominal = lock_nominal(order.nominal)
    locked = lock_row(order, version)
    require_standing(locked)
    require_not_after(discharged_on, localdate(), "discharged_on")
    require_order_of(locked.made_on, discharged_on, gettext_noop("A discharge must not be before the order was made."), "discharged_on")
    save_row(locked, discharged_on=discharged_on, discharge_reason=reason)
    for condition in Condition.objects.select_for_update().filter(order=locked):
        if condition.ends_on is None or condition.ends_on > discharged_on:
            end_line(condition, discharged_on)
    cancel_actions_about(actor=actor, subject=locked, reason="The order was discharged", kind=EXPIRY)
    record_event(Verb.CHANGED, locked, reason=reason, act="Order discharged", on=discharged_on.isoformat())
    reckon_registration(nominal, actor)
    return locked
