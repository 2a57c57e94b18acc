"""What the safety tests need to try the pages of the log's seal: they are about no record."""

from __future__ import annotations

from collections.abc import Callable

from accounts.models import User
from audit.choices import CheckState
from audit.models import AuditCheck
from offenders.models import Nominal

# Each makes the thing that the address is about, on a nominal, and returns the address's arguments.
OBJECTS: dict[str, Callable[[Nominal], dict]] = {}
# Addresses whose outcome the permission alone does not tell: role and relation to the set of outcomes that may be.
OWN_RULES: dict = {}
# Addresses about something else than a record, with where they are tried.
TRIED_ELSEWHERE: set[str] = set()


def fill(nominal: Nominal, officer: User, number: int) -> None:
    """Add one more verification, for counting queries."""
    AuditCheck.objects.create(asked_by=officer, state=CheckState.WHOLE)
