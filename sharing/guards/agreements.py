"""What must hold before an agreement with an agency is kept or changed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from accounts.errors import DomainError
from accounts.models import Organisation
from sharing.choices.agreements import DataClass, Purpose
from sharing.models import AgencyContact, Agreement
from sharing.reports.practice import powers_on
from ui.templatetags.ui import date_words


def require_agency(agency: Organisation) -> None:
    """The other side is an agency that is not closed, never a force."""
    if agency.is_force or not agency.is_active:
        raise DomainError("Choose an agency that works with your force.", field="agency")


def require_terms(purposes: Sequence[str], data_classes: Sequence[str], powers: Sequence[str], on: date) -> None:
    """It says what for, of which kinds, and under which powers that hold on a day."""
    if not purposes or not set(purposes) <= set(Purpose.values):
        raise DomainError("Choose what information is shared for.", field="purposes")
    if not data_classes or not set(data_classes) <= set(DataClass.values):
        raise DomainError("Choose which kinds of information it covers.", field="data_classes")
    if not powers or not set(powers) <= {power.code for power in powers_on(on)}:
        raise DomainError("Choose the powers from the list.", field="powers")


def require_days(first_day: date, last_day: date, review_on: date, today: date) -> None:
    """It ends after it begins and not before today, and is looked at again while it holds."""
    if last_day < first_day:
        raise DomainError("The last day must not be before the first day.", field="last_day")
    if last_day < today:
        raise DomainError("Enter a last day that is today or later.", field="last_day")
    require_review_day(review_on, last_day, today)


def require_review_day(review_on: date, last_day: date, today: date) -> None:
    """A review falls on a day to come, before the agreement ends."""
    if review_on <= today:
        raise DomainError("Enter a day after today.", field="review_on")
    if review_on > last_day:
        raise DomainError("The agreement ends on {day}. Enter that day or an earlier one.", day=date_words(last_day), field="review_on")


def require_not_over(agreement: Agreement) -> None:
    """What has ended stays as it was."""
    if agreement.state == "ended":
        raise DomainError("This agreement has ended. Add a new one.")


def require_not_suspended(agreement: Agreement) -> None:
    """It is suspended once."""
    if agreement.suspended_at:
        raise DomainError("This agreement is suspended already.")


def require_suspended(agreement: Agreement) -> None:
    """Only what is suspended is resumed."""
    if not agreement.suspended_at:
        raise DomainError("This agreement is not suspended.")


def require_earlier_end(agreement: Agreement, last_day: date, today: date) -> None:
    """It ends from today on, and earlier than was agreed."""
    if last_day < max(today, agreement.first_day):
        raise DomainError("Enter {day} or a later day.", day=date_words(max(today, agreement.first_day)), field="last_day")
    if last_day >= agreement.last_day:
        raise DomainError("It ends on {day} already. Enter an earlier day.", day=date_words(agreement.last_day), field="last_day")


def require_why(reason: str) -> None:
    """A decision says why."""
    if not reason.strip():
        raise DomainError("Say why.", field="reason")


def require_reachable(phone: str, email: str) -> None:
    """A contact can be reached."""
    if not phone.strip() and not email.strip():
        raise DomainError("Enter a telephone number or an e-mail address.", field="phone")


def require_contact_live(contact: AgencyContact) -> None:
    """A contact ends once."""
    if contact.ended_on:
        raise DomainError("This contact has ended already.")
