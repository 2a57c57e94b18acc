"""What must hold before convictions, notifications, orders, breaches and journeys change."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import TypeVar

from django.utils.translation import gettext_noop

from accounts.errors import DomainError
from offenders.choices.registration import DutyKind, OrderKind
from offenders.models import CourtOrder, Nominal, NotificationDuty, RegistrationPeriod
from offenders.reports.registration import lengths_on
from offenders.rules.orders import CODES, TRAVEL_BAN, wrong_ban, wrong_length
from offenders.rules.registration import IN_CUSTODY, WITH_LENGTH, needed

State = TypeVar("State", bound=str)
LINE_LENGTH = 300


def require_not_after(day: date | None, today: date, field: str) -> None:
    """What is recorded has happened."""
    if day is not None and day > today:
        raise DomainError("The date must be today or in the past.", field=field)


def require_order_of(first: date | None, second: date | None, words: str, field: str) -> None:
    """The second day is not before the first, where both are known."""
    if first and second and second < first:
        raise DomainError(words, field=field)


def require_length(disposal: str, quantity: int | None) -> None:
    """A sentence or discharge of fixed length says how long; nothing else does."""
    if disposal in WITH_LENGTH and not quantity:
        raise DomainError("Enter how long the sentence or discharge is.", field="length_quantity")
    if disposal not in WITH_LENGTH and quantity:
        raise DomainError("Leave the length empty: this disposal has none.", field="length_quantity")


def require_known_age(was_under_18: bool | None) -> bool:
    """Whether the person was under 18 is known."""
    if was_under_18 is None:
        raise DomainError(
            "The date of birth on the record does not tell the age on that day. Choose whether the person was under 18.", field="age"
        )
    return was_under_18


def require_release_in_custody(disposal: str, released_on: date | None) -> None:
    """Only somebody who was held is released."""
    if released_on and disposal not in IN_CUSTODY:
        raise DomainError("Leave the day of release empty: this disposal does not hold anybody.", field="released_on")


def require_move(moves: Mapping[State, Iterable[State]], before: State, after: State, field: str = "state") -> None:
    """The table of moves allows it."""
    if after not in moves[before]:
        raise DomainError("This cannot follow from what is recorded. Open the page again to see what is possible now.", field=field)


def require_registered(nominal: Nominal, day: date) -> None:
    """The person must notify on this day."""
    if not RegistrationPeriod.objects.filter(nominal=nominal, withdrawn_at__isnull=True, period__contains=day).exists():
        raise DomainError("This person need not notify on that day. Add the conviction or order that says so first.", field="starts_on")


def require_none_due(nominal: Nominal, kind: DutyKind | str) -> None:
    """One of these is due at a time."""
    if NotificationDuty.objects.filter(nominal=nominal, kind=kind, state="due").exists():
        raise DomainError("A notification of this kind is due already. Record how it went first.", field="kind")


def require_lawful_order(kind: str, made_on: date, starts_on: date, ends_on: date | None) -> None:
    """An order lasts as long as the law says, by the rules of the day on which it was made."""
    require_order_of(made_on, starts_on, gettext_noop("An order is in force from the day it was made or later."), "starts_on")
    if wrong := wrong_length(OrderKind(kind), starts_on, ends_on, lengths_on(CODES, made_on)):
        raise wrong.on("ends_on")


def require_lawful_ban(made_on: date, starts_on: date, last: date | None, order_ends_on: date | None) -> None:
    """A ban on foreign travel is no longer than the law and its order say."""
    longest = needed(lengths_on([TRAVEL_BAN], made_on)[TRAVEL_BAN])
    if wrong := wrong_ban(starts_on, last, longest):
        raise wrong.on("travel_ban_until")
    if order_ends_on and last and last > order_ends_on:
        raise DomainError("A ban on foreign travel ends with its order or earlier.", field="travel_ban_until")


def require_in_force(order: CourtOrder, day: date, field: str) -> None:
    """The order binds on this day."""
    if not order.is_in_force(day):
        raise DomainError("The order is not in force on that day. Check the date.", field=field)


def lines_of(text: str, field: str) -> list[str]:
    """Return the lines of a box, one prohibition each; DomainError when one is too long for the card."""
    lines = [" ".join(line.split()) for line in text.splitlines() if line.strip()]
    if any(len(line) > LINE_LENGTH for line in lines):
        raise DomainError(
            "Each line must be {most} characters or fewer: it stands on the card. Split what is longer.", most=LINE_LENGTH, field=field
        )
    return lines


