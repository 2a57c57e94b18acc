"""Figures of the synthetic force: an earlier year is closed, and something was entered later."""

from __future__ import annotations

from datetime import date, timedelta

from accounts.models import User
from governance.rules.figures import last_of, year_of
from governance.services.figures import close_year
from governance.services.further import record_charge
from offenders.models import Nominal


def add_figures(users: dict[str, User], arthur: Nominal, others: list[Nominal], today: date) -> None:
    """Record a charge, close the year before the last, and record another charge of that year afterwards."""
    year = year_of(today) - 2
    first, second = [each for each in others if each != arthur][:2]
    record_charge(actor=first.offender_manager, nominal=first, kind="other", charged_on=last_of(year) - timedelta(days=40))
    close_year(actor=users["mappa_coordinator"], year=year)
    record_charge(actor=second.offender_manager, nominal=second, kind="child", charged_on=last_of(year) - timedelta(days=90))
