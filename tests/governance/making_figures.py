"""Makes what figures count."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.timezone import localdate, now

from accounts.choices import Role
from accounts.models import Organisation, Unit, User
from governance.models import Fact
from governance.reports.figures import Question, figures_of
from governance.rules.figures import Table, last_of, year_of
from offenders.models import (
    Breach,
    BreachStep,
    CourtOrder,
    Custody,
    Licence,
    MappaPeriod,
    Nominal,
    Recall,
    RegistrationPeriod,
    RegistrationReview,
)
from tests.factories import make_nominal, make_user

TODAY = localdate()
YEAR = year_of(TODAY) - 1  # the last year that is over
LAST = last_of(YEAR)
MIDDLE = date(YEAR, 10, 1)


def make_coordinator(force: Organisation) -> User:
    """Somebody who closes years."""
    return make_user(Role.MAPPA_COORDINATOR, organisation=force)


def make_person(unit: Unit, category: int = 1, level: int = 1, **values: Any) -> Nominal:
    """Somebody under MAPPA since long ago."""
    nominal = make_nominal(unit=unit, **values)
    MappaPeriod.objects.filter(nominal=nominal).update(category=category, level=level, period=DateRange(date(2015, 1, 1), None))
    return nominal


def register(nominal: Nominal, start: date = date(2016, 1, 1)) -> None:
    """Let somebody have to notify."""
    RegistrationPeriod.objects.create(nominal=nominal, period=DateRange(start, None), basis="x")


def hold(nominal: Nominal, start: date, end: date | None = None) -> Custody:
    """Lock somebody up."""
    by = nominal.offender_manager
    return Custody.objects.create(nominal=nominal, period=DateRange(start, end), kind="sentence", establishment="HMP Made", recorded_by=by)


def make_recall(nominal: Nominal, returned_on: date = MIDDLE) -> Recall:
    """Somebody who went back to prison."""
    by, at = nominal.offender_manager, datetime.combine(returned_on, datetime.min.time(), tzinfo=now().tzinfo) + timedelta(hours=12)
    licence = Licence.objects.create(
        nominal=nominal, kind="standard", period=DateRange(returned_on - timedelta(days=90), returned_on), probation_office="Northmere",
        probation_manager="P. Officer", probation_phone="01632 960200", tell_probation="Anything", recorded_by=by,
    )  # fmt: skip
    times = {"requested_at": at, "revoked_at": at, "arrested_at": at, "returned_at": at}
    return Recall.objects.create(
        nominal=nominal, licence=licence, kind="standard", state="returned", requested_by="P. Officer", reason="x", recorded_by=by, **times
    )


def make_order(nominal: Nominal, made_on: date = MIDDLE, kind: str = "shpo") -> CourtOrder:
    """An order of a court."""
    return CourtOrder.objects.create(nominal=nominal, kind=kind, court="Northmere", made_on=made_on, starts_on=made_on)


def make_breach(nominal: Nominal, *states: str, order: CourtOrder | None = None, on: date = MIDDLE) -> Breach:
    """A breach with these decisions, all on one day."""
    of = "order" if order else "notification"
    breach = Breach.objects.create(
        nominal=nominal, of=of, order=order, what_happened="x", discovered_on=on, state=states[-1] if states else "open", state_since=on
    )
    for state in states:
        BreachStep.objects.create(nominal=nominal, breach=breach, state=state, on=on, reason="x")
    return breach


def make_review(nominal: Nominal, state: str, decided_on: date = MIDDLE, appeal_decided_on: date | None = None) -> RegistrationReview:
    """A decision on an application to end an indefinite requirement."""
    return RegistrationReview.objects.create(
        nominal=nominal, received_on=decided_on - timedelta(days=30), state=state, decided_on=decided_on, decided_by_words="Superintendent",
        reason="x", appeal_decided_on=appeal_decided_on,
    )  # fmt: skip


def ask(force: Organisation, *, as_at: date = LAST, known: datetime | None = None) -> dict[str, Table]:
    """Return the tables of the year in which the day falls, by code."""
    tables = figures_of(Question(force.pk, year_of(as_at), as_at, known or later()))
    return {table.shape.code: table for table in tables}


def later() -> datetime:
    """Return a moment after everything that was written."""
    return now() + timedelta(days=1)


def database_now() -> datetime:
    """Return the present moment of the database, between what was written before and after."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        return cursor.fetchone()[0]


def write_facts(facts: list[Fact]) -> None:
    """Write facts as the owner of the database, with any times: the application may not."""
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
    Fact.objects.bulk_create(facts)
    with connection.cursor() as cursor:
        cursor.execute(f"SET ROLE {settings.DATABASE_APP_ROLE}")
