"""Convictions, registration, orders, notifications, breaches and journeys of the synthetic force."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import Any

from accounts.models import User
from actions.choices import TimeUnit
from actions.rules import Length
from audit.choices import Channel
from audit.context import acting_as
from offenders.choices import Registration
from offenders.choices.registration import BreachState, Disposal, DutyKind, OrderKind
from offenders.models import Nominal, NotificationDuty
from offenders.rules.registration import day_after
from offenders.services.breaches import decide_breach, record_breach
from offenders.services.convictions import add_conviction
from offenders.services.duties import add_duty, record_notification
from offenders.services.orders import add_order, vary_order
from offenders.services.travel import notify_travel

COURT = "Northmere Crown Court"
# What the others were convicted of: offence, disposal, length in months, years ago.
OTHERS: tuple[tuple[str, Disposal, int | None, int], ...] = (
    ("Possession of indecent images of children", Disposal.SUSPENDED, 10, 2),
    ("Sexual assault", Disposal.COMMUNITY, None, 1),
    ("Exposure", Disposal.CAUTION, None, 1),
    ("Voyeurism", Disposal.FINE, None, 3),
    ("Sexual communication with a child", Disposal.CUSTODY, 24, 4),
)


def add_registration(users: dict[str, User], arthur: Nominal, others: list[Nominal], today: date) -> None:
    """Tell Arthur Sample's story from his conviction to next month's journey, and shorter ones of the others."""
    officer = users["offender_manager"]
    with acting_as(officer, channel=Channel.COMMAND):
        released = today - timedelta(days=300)
        convict(officer, arthur, released)
        add_orders(officer, arthur, released)
        notify(officer, arthur, released, today)
        miss_and_travel(officer, arthur, today)
    for nominal, told in zip(others, OTHERS, strict=False):
        if nominal.registration == Registration.REGISTERED:
            add_other(nominal, told, today)


def convict(officer: User, arthur: Nominal, released: date) -> None:
    """Convicted twice; the second sentence was long enough for registration without end."""
    first = date(2009, 6, 12)
    add_conviction(
        actor=officer, nominal=arthur, offence="Sexual assault of a child under 13", is_sexual=True, is_against_child=True,
        requires_notification=True, offence_on=date(2008, 11, 2), convicted_on=first, court=COURT, disposal=Disposal.CUSTODY,
        length_quantity=18, length_unit="months", released_on=date(2010, 3, 12), first_notified_on=date(2010, 3, 13),
    )  # fmt: skip
    add_conviction(
        actor=officer, nominal=arthur, offence="Meeting a child following sexual grooming", is_sexual=True, is_against_child=True,
        requires_notification=True, offence_on=date(2019, 8, 4), convicted_on=date(2020, 3, 2), court=COURT, disposal=Disposal.CUSTODY,
        length_quantity=8, length_unit="years", released_on=released, first_notified_on=released + timedelta(days=1),
    )  # fmt: skip


def add_orders(officer: User, arthur: Nominal, released: date) -> None:
    """One order, varied after release. Its prohibitions repeat the licence, so that the card stays one screen."""
    made = date(2020, 3, 2)
    order = add_order(
        actor=officer, nominal=arthur, kind=OrderKind.SHPO, court=COURT, court_reference="T20200417", made_on=made, starts_on=made,
        ends_on=day_after(made, Length(15, TimeUnit.YEARS)) - timedelta(days=1), imposes_notification=True,
    )  # fmt: skip
    vary_order(
        actor=officer, order=order, version=order.version, varied_on=released + timedelta(days=60), court=COURT,
        what_changed="Terms made plainer after reports of coaching", ends_on=order.ends_on,
    )  # fmt: skip


def notify(officer: User, arthur: Nominal, released: date, today: date) -> None:
    """A move notified in time, a card notified late, a phone contract that waits."""
    told: dict[str, Any] = {"actor": officer, "station": "Northport police station", "taken_by": "PC 4417 Doyle"}
    for kind, days, done, about in (
        (DutyKind.CHANGE, 40, 2, "Moved within Northport"),
        (DutyKind.BANK, 150, 9, "New debit card"),
    ):
        starts_on = released + timedelta(days=days)
        duty = add_duty(actor=officer, nominal=arthur, kind=kind, starts_on=starts_on, about=about)
        record_notification(
            duty=duty, version=duty.version, notified_on=starts_on + timedelta(days=done), what_was_notified=about,
            photograph_taken=True, **told,
        )  # fmt: skip
    add_duty(actor=officer, nominal=arthur, kind=DutyKind.PASSPORT, starts_on=today - timedelta(days=2), about="Applied for a passport")


def miss_and_travel(officer: User, arthur: Nominal, today: date) -> None:
    """The late card was charged as a breach, another breach waits; next month's journey was notified in time."""
    late = NotificationDuty.objects.get(nominal=arthur, kind=DutyKind.BANK)
    found = late.notified_on or today
    breach = record_breach(
        actor=officer, nominal=arthur, duty=late, what_happened="A debit card was used for a week before it was notified",
        happened_on=late.due_on + timedelta(days=1), discovered_on=found, excuse="Says that he forgot; no reasonable excuse",
    )  # fmt: skip
    for state, days in ((BreachState.ARRESTED, 1), (BreachState.CHARGED, 2), (BreachState.CONVICTED, 40)):
        on = min(found + timedelta(days=days), today)
        decision = {"state": state, "on": on, "reason": "Northmere Magistrates' Court"}
        breach = decide_breach(actor=officer, breach=breach, version=breach.version, **decision)
    record_breach(
        actor=officer, nominal=arthur, order=arthur.court_orders.get(kind=OrderKind.SHPO), discovered_on=today - timedelta(days=4),
        what_happened="Seen inside Northport Leisure Centre", happened_on=today - timedelta(days=5),
    )  # fmt: skip
    notify_travel(
        actor=officer, nominal=arthur, notified_on=today - timedelta(days=1), notified_time=time(10, 15),
        leaves_on=today + timedelta(days=26),
        leaves_time=None, returns_on=today + timedelta(days=33), country="Spain", place="Costa Verde", accommodation="Hotel Mirador",
        carrier="Northmere Air", port_out="Northmere Airport", port_back="Northmere Airport",
    )  # fmt: skip


def add_other(nominal: Nominal, told: tuple[str, Disposal, int | None, int], today: date) -> None:
    """One conviction, first notification made the next day."""
    offence, disposal, months, years = told
    on = today - timedelta(days=365 * years - 30)
    officer = nominal.offender_manager
    length: dict[str, Any] = {"length_quantity": months, "length_unit": "months"} if months else {}
    is_held = disposal == Disposal.CUSTODY
    released = on + timedelta(days=300) if is_held else None
    with acting_as(officer, channel=Channel.COMMAND):
        add_conviction(
            actor=officer, nominal=nominal, offence=offence, is_sexual=True, requires_notification=True, convicted_on=on, court=COURT,
            disposal=disposal, was_under_18=False, released_on=released, first_notified_on=(released or on) + timedelta(days=1), **length,
        )  # fmt: skip
