"""How long orders may last, and where their prohibitions stand on the card."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from accounts.errors import DomainError
from actions.rules import Length
from offenders.choices import ConditionKind
from offenders.choices.registration import OrderKind
from offenders.rules.registration import day_after
from ui.templatetags.ui import words_in_sentence

TRAVEL_BAN = "order-travel-ban-max"
SHORTEST = {OrderKind.SHPO: "order-shpo-min", OrderKind.SRO: "order-sro-min", OrderKind.VOO: "order-voo-min"}
LONGEST = {OrderKind.VOO: "order-voo-max", OrderKind.FOREIGN_TRAVEL: TRAVEL_BAN}
CODES = (*SHORTEST.values(), *LONGEST.values())
INTERIM = frozenset({OrderKind.INTERIM_SHPO, OrderKind.INTERIM_SRO})
# Orders that make somebody notify who need not already.
IMPOSES_NOTIFICATION = frozenset({OrderKind.SHPO, OrderKind.INTERIM_SHPO, OrderKind.NOTIFICATION, OrderKind.SOPO, OrderKind.VOO})
CONDITION_KINDS = {
    OrderKind.INTERIM_SHPO: ConditionKind.SHPO,
    OrderKind.INTERIM_SRO: ConditionKind.SRO,
    OrderKind.NOTIFICATION: ConditionKind.OTHER_ORDER,
    OrderKind.OTHER: ConditionKind.OTHER_ORDER,
}


def condition_kind(kind: OrderKind | str) -> ConditionKind:
    """Return how a prohibition of this order is called on the card."""
    return CONDITION_KINDS.get(OrderKind(kind)) or ConditionKind(OrderKind(kind).value)


def wrong_length(kind: OrderKind | str, start: date, last: date | None, lengths: Mapping[str, Length | None]) -> DomainError | None:
    """Return what is wrong with the last day of an order; None when nothing is. `last` None: until further order."""
    order = words_in_sentence(OrderKind(kind).label)
    longest = lengths.get(LONGEST.get(OrderKind(kind), ""))
    shortest = lengths.get(SHORTEST.get(OrderKind(kind), ""))
    if last is None:
        return DomainError("A {order} lasts {longest} at most. Enter its last day.", order=order, longest=longest) if longest else None
    if last < start:
        return DomainError("The last day must not be before the first day.")
    upper = last + timedelta(days=1)
    if shortest and upper < day_after(start, shortest):
        return DomainError("A {order} lasts {shortest} at least. Check the dates on the order.", order=order, shortest=shortest)
    if longest and upper > day_after(start, longest):
        return DomainError("A {order} lasts {longest} at most. Check the dates on the order.", order=order, longest=longest)
    return None


def wrong_ban(start: date, last: date | None, longest: Length) -> DomainError | None:
    """Return what is wrong with the last day of a prohibition on foreign travel; None when nothing is."""
    if last is None:
        return DomainError("A ban on foreign travel lasts {longest} at most. Enter its last day.", longest=longest)
    if last < start:
        return DomainError("The last day must not be before the first day.")
    if last + timedelta(days=1) > day_after(start, longest):
        return DomainError("A ban on foreign travel lasts {longest} at most. Check the dates on the order.", longest=longest)
    return None
