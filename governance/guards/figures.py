"""What must hold before figures are drawn or closed."""

from __future__ import annotations

from datetime import date, datetime

from django.utils.translation import gettext_noop

from accounts.errors import DomainError
from accounts.models import Organisation
from governance.models import ClosedYear
from governance.rules.figures import first_of, last_of, name_of
from ui.templatetags.ui import date_words


def require_askable(*, year: int, as_at: date, known: datetime, today: date, now: datetime) -> None:
    """Refuse a day to come, a day before the year, and knowledge that is not there yet."""
    if as_at > today:
        raise DomainError("Nobody knows the figures of a day to come: choose today or an earlier day.", field="as_at")
    if not first_of(year) <= as_at <= last_of(year):
        said = gettext_noop("Choose a day of the year {year}: from {first} to {last}.")
        raise DomainError(said, year=name_of(year), first=date_words(first_of(year)), last=date_words(last_of(year)), field="as_at")
    if known > now:
        raise DomainError("Nobody knows what will be recorded: choose today or an earlier day.", field="known_on")


def require_over(year: int, today: date) -> None:
    """Refuse to close a year that still runs."""
    if last_of(year) >= today:
        said = gettext_noop("The year {year} runs until {last}: it can be closed from the day after.")
        raise DomainError(said, year=name_of(year), last=date_words(last_of(year)))


def require_not_closed(force: Organisation, year: int) -> None:
    """Refuse to close a year twice."""
    if ClosedYear.objects.filter(force=force, year=year).exists():
        raise DomainError("The year {year} is closed. What changed since shows as adjustments on its page.", year=name_of(year))
