"""What must hold before a system check is stored or asked."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext_noop

from accounts.errors import DomainError
from intelligence.choices.checks import CheckResult, CheckState
from intelligence.models import CheckSource, SystemCheck
from offenders.models import Nominal


def require_source_in_use(source: CheckSource, day: date) -> None:
    """The source could be asked on that day."""
    if not CheckSource.objects.on(day).filter(pk=source.pk).exists():
        raise DomainError("This system could not be asked on that day. Choose another system or day.", field="source")


def require_past(day: date, today: date) -> None:
    """What is recorded has happened."""
    if day > today:
        raise DomainError("The day of the check must be today or earlier. Record it when it has been made.", field="checked_on")


def require_consistent(result: CheckResult | str, records_found: int | None) -> None:
    """No trace means that nothing was found."""
    if result == CheckResult.NO_TRACE and records_found:
        raise DomainError("No trace means that nothing was found. Choose another result, or leave the number empty.", field="records_found")


def require_not_waiting(nominal: Nominal, source: CheckSource) -> None:
    """One question to a source about a record at a time."""
    if SystemCheck.objects.filter(nominal=nominal, source=source, state=CheckState.ASKED).exists():
        said = gettext_noop("{system} has been asked already and has yet to answer. Load the page again in a minute.")
        raise DomainError(said, system=source.name)


def require_withdrawable(check: SystemCheck) -> None:
    """The check is finished and has not been withdrawn."""
    if check.state == CheckState.ASKED:
        raise DomainError("This system has yet to answer. Wait for its answer.")
    if check.withdrawn_at:
        raise DomainError("This check was withdrawn already.")
