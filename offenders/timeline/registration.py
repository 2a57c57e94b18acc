"""What registration and orders put on the line of time: convictions, orders, notifications, breaches, journeys."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import F
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext

from accounts.models import User
from accounts.permissions import Perm
from offenders.models import (
    Breach,
    BreachStep,
    Conviction,
    CourtOrder,
    Nominal,
    NotificationDuty,
    OrderVariation,
    RegistrationReview,
    TravelNotification,
)
from offenders.reports.registration import noon
from offenders.timeline import Entry, Kind
from ui.templatetags.ui import in_sentence

PAGE = "offenders:registration"


def entries_of_registration(user: User, nominal: Nominal, before: datetime, count: int) -> list[Entry]:
    """Return the newest entries before a moment, as many as asked at most; nothing to whom the case file is closed."""
    found = sorted(all_entries(user, nominal, before, count), key=lambda entry: entry.at, reverse=True)
    return found[:count]


def newest(rows: models.QuerySet, day: str, before: datetime, count: int) -> Any:
    """Return the newest rows of one table by their own day; those of the day itself only if its middle is before the moment."""
    until = rows.filter(**{f"{day}__lte": localdate(before)})
    return [row for row in until.order_by(F(day).desc(), "-pk")[:count] if noon(getattr(row, day)) < before]


def disposal_words(row: Conviction) -> str:
    """Say what the court or the police did, and for how long."""
    return ", ".join(filter(None, [row.get_disposal_display(), row.length_words]))


# Each table with the field of its day, the word of the filter, the title and the text.
Words = Callable[[Any], str]
SOURCES: tuple[tuple[type[models.Model], str, Kind, Words, Words], ...] = (
    (
        Conviction,
        "convicted_on",
        Kind.CONVICTION,
        lambda row: gettext("Conviction or caution: %(disposal)s") % {"disposal": disposal_words(row)},
        lambda row: row.offence,
    ),
    (CourtOrder, "made_on", Kind.ORDER, lambda row: gettext("%(kind)s made") % {"kind": row.get_kind_display()}, lambda row: row.court),
    (
        CourtOrder,
        "discharged_on",
        Kind.ORDER,
        lambda row: gettext("%(kind)s discharged") % {"kind": row.get_kind_display()},
        lambda row: row.discharge_reason,
    ),
    (OrderVariation, "varied_on", Kind.ORDER, lambda row: gettext("Order varied"), lambda row: row.what_changed),
    (
        NotificationDuty,
        "notified_on",
        Kind.NOTIFICATION,
        lambda row: f"{row.get_kind_display()}: {in_sentence(row.get_state_display())}",
        lambda row: row.what_was_notified,
    ),
    (Breach, "discovered_on", Kind.BREACH, lambda row: gettext("Breach discovered"), lambda row: row.what_happened),
    (
        BreachStep,
        "on",
        Kind.BREACH,
        lambda row: gettext("Breach: %(state)s") % {"state": in_sentence(row.get_state_display())},
        lambda row: row.reason,
    ),
    (
        RegistrationReview,
        "received_on",
        Kind.REGISTRATION,
        lambda row: gettext("Application for review of indefinite notification"),
        lambda row: row.get_state_display(),
    ),
    (
        TravelNotification,
        "leaves_on",
        Kind.TRAVEL,
        lambda row: (
            gettext("Foreign travel that was notified and cancelled") if row.cancelled_on else gettext("Foreign travel that was notified")
        ),
        lambda row: gettext("From %(port)s") % {"port": row.port_out},
    ),
)


def all_entries(user: User, nominal: Nominal, before: datetime, count: int) -> Iterator[Entry]:
    """Yield the newest entries of each table."""
    url = reverse(PAGE, args=[nominal.reference])
    for model, day, kind, title, text in SOURCES:
        mine = model._default_manager.for_user(user, Perm.VIEW_CASE_FILE).filter(nominal=nominal)
        for row in newest(mine, day, before, count):
            yield Entry(noon(getattr(row, day)), kind, title(row), text(row), url=url)
