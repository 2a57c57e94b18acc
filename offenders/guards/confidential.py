"""What must hold before something kept apart, or something sensitive, changes."""

from __future__ import annotations

from datetime import date

from accounts.errors import DomainError
from offenders.choices.confidential import Consent
from offenders.models import ConfidentialSection, SensitiveItem


def require_future(day: date | None, today: date, field: str = "review_on") -> None:
    """A date to review lies ahead."""
    if day is None or day <= today:
        raise DomainError("The date to review it must be in the future", field=field)


def require_open_section(section: ConfidentialSection) -> None:
    """A closed section stays as it was."""
    if section.closed_at:
        raise DomainError("This section is closed and stays as it is. Add a new section instead.")


def require_not_ended(item: SensitiveItem) -> None:
    """What has ended stays as it was."""
    if item.ended_on:
        raise DomainError("This has ended and stays as it is. Add it anew if it is needed again.")


def require_consent_dates(consent: str, asked_on: date | None, answered_on: date | None, today: date) -> None:
    """Asking and answering have their days, in that order, none in the future."""
    if consent != Consent.NOT_ASKED and asked_on is None:
        raise DomainError("Enter the day on which they were asked.", field="asked_on")
    if consent == Consent.NOT_ASKED and asked_on:
        raise DomainError("They were asked, so say what came of it.", field="consent")
    if consent in (Consent.GIVEN, Consent.REFUSED) and answered_on is None:
        raise DomainError("Enter the day on which they answered.", field="answered_on")
    if consent not in (Consent.GIVEN, Consent.REFUSED) and answered_on:
        raise DomainError("They answered, so say what: given or refused.", field="consent")
    if asked_on and answered_on and answered_on < asked_on:
        raise DomainError("The answer cannot come before the question.", field="answered_on")
    if any(day and day > today for day in (asked_on, answered_on)):
        raise DomainError("The day must be today or earlier.", field="asked_on" if asked_on and asked_on > today else "answered_on")


def require_originator(kind: str, originator: str) -> None:
    """Material of a third party names whoever controls it."""
    if kind == "third_party" and not originator:
        raise DomainError("Enter who gave it: they decide where it may go.", field="originator")
