"""Rows of registration for tests; every argument has a sensible default."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.timezone import localdate, now

from offenders.choices.registration import BreachOf, BreachState, Disposal, DutyKind, OrderKind
from offenders.models import (
    Breach,
    BreachStep,
    Condition,
    Conviction,
    CourtOrder,
    Journey,
    Nominal,
    NotificationDuty,
    OrderVariation,
    RegistrationPeriod,
    RegistrationReview,
    TravelNotification,
)


def make_conviction(*, nominal: Nominal, **values: Any) -> Conviction:
    """A conviction to a fine, without registration."""
    defaults = {"offence": "Sexual assault", "is_sexual": True, "convicted_on": date(2024, 3, 10), "disposal": Disposal.FINE}
    return Conviction.objects.create(nominal=nominal, **{**defaults, **values})


def make_period(*, nominal: Nominal, start: date = date(2024, 3, 10), upper: date | None = None, **values: Any) -> RegistrationPeriod:
    """A registration period, indefinite unless told otherwise."""
    return RegistrationPeriod.objects.create(nominal=nominal, period=DateRange(start, upper), **{"basis": "Life imprisonment", **values})


def make_duty(*, nominal: Nominal, kind: str = DutyKind.CHANGE, **values: Any) -> NotificationDuty:
    """A notification due in two days."""
    today = localdate()
    defaults = {"starts_on": today - timedelta(days=1), "due_on": today + timedelta(days=2)}
    return NotificationDuty.objects.create(nominal=nominal, kind=kind, **{**defaults, **values})


def make_order(*, nominal: Nominal, kind: str = OrderKind.SHPO, **values: Any) -> CourtOrder:
    """An order in force until further order."""
    defaults = {"court": "Northmere Crown Court", "made_on": date(2024, 3, 10), "starts_on": date(2024, 3, 10)}
    return CourtOrder.objects.create(nominal=nominal, kind=kind, **{**defaults, **values})


def make_breach(*, nominal: Nominal, **values: Any) -> Breach:
    """A breach that waits for a decision."""
    day = localdate() - timedelta(days=2)
    defaults = {"of": BreachOf.NOTIFICATION, "what_happened": "Did not attend", "discovered_on": day, "state_since": day}
    return Breach.objects.create(nominal=nominal, **{**defaults, **values})


def make_review(*, nominal: Nominal, **values: Any) -> RegistrationReview:
    """An application for review."""
    return RegistrationReview.objects.create(nominal=nominal, **{"received_on": localdate() - timedelta(days=3), **values})


def make_travel(*, nominal: Nominal, **values: Any) -> TravelNotification:
    """A journey next month, notified in time."""
    leaves = localdate() + timedelta(days=30)
    days = {"leaves_on": leaves, "returns_on": leaves + timedelta(days=7)}
    defaults = {"notified_at": now(), "port_out": "Dover", "is_in_time": True, **days}
    travel = TravelNotification.objects.create(nominal=nominal, **{**defaults, **values})
    Journey.objects.create(nominal=nominal, travel=travel, country="France", arrives_on=travel.leaves_on)
    return travel


def fill_registration(nominal: Nominal, number: int) -> None:
    """One more of each row, with rows below it."""
    make_conviction(nominal=nominal)
    start = date(1990 + number, 1, 1)
    make_period(nominal=nominal, start=start, upper=start + timedelta(days=300))
    duty = make_duty(nominal=nominal)
    order = make_order(nominal=nominal)
    Condition.objects.create(nominal=nominal, order=order, kind="shpo", text=f"Not to enter park {number}")
    OrderVariation.objects.create(nominal=nominal, order=order, varied_on=localdate(), court="Court", what_changed="One added")
    make_review(nominal=nominal, state="refused", decided_on=localdate(), decided_by_words="Supt", reason="Risk")
    breach = make_breach(nominal=nominal, duty=duty)
    make_breach(nominal=nominal, of=BreachOf.ORDER, order=order)
    BreachStep.objects.create(nominal=nominal, breach=breach, state=BreachState.WARNED, on=localdate(), reason="First")
    make_travel(nominal=nominal)
    make_duty(nominal=nominal, state="excused", reason="Has an address again")
