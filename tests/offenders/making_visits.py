"""Plain functions that make visits and reactive management."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from django.db.backends.postgresql.psycopg_any import DateRange

from accounts.models import User
from offenders.choices.visits import VisitState
from offenders.models import Nominal, ReactiveManagement, Visit

PLANNED = datetime(2031, 5, 6, 9, 30, tzinfo=UTC)


def make_planned(*, nominal: Nominal, **values: Any) -> Visit:
    """A visit that is planned for a day that is still far away."""
    return Visit.objects.create(nominal=nominal, **{"planned_for": PLANNED, "officer": nominal.offender_manager, **values})


def make_visit(*, nominal: Nominal, at: datetime, **values: Any) -> Visit:
    """A visit that was carried out."""
    officer = nominal.offender_manager
    told = {"seen": "The person", "risk": "unchanged", "others_present": "A duty officer", "recorded_by": officer, "recorded_at": at}
    return Visit.objects.create(nominal=nominal, **{"happened_at": at, "state": VisitState.DONE, "officer": officer, **told, **values})


def make_reactive(*, nominal: Nominal, since: date, until: date | None = None, authorised_by: User | None = None) -> ReactiveManagement:
    """A time without visits by the calendar."""
    return ReactiveManagement.objects.create(
        nominal=nominal,
        period=DateRange(since, until),
        review_on=date(2031, 1, 1),
        reason="Long settled",
        end_reason="Moved" if until else "",
        authorised_by=authorised_by or nominal.offender_manager,
    )
