"""Pure rules about people: which roles an organisation may give, and how long authority may be lent."""
import calendar
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from accounts.choices import OrganisationKind, Role
from accounts.errors import DomainError

# An agency's people see what was shared with the agency and nothing else; somebody there keeps its accounts.
AGENCY_ROLES = frozenset({Role.PARTNER, Role.ADMINISTRATOR})
FORCE_ROLES = frozenset(Role) - {Role.PARTNER}


@dataclass(frozen=True)
class DelegationLimit:
    """How long authority may be lent at one time, since when, and who says so."""

    since: date
    months: int
    source: str


# Oldest first. A new policy is a new row, so that old delegations still read under the policy of their day.
DELEGATION_LIMITS = (DelegationLimit(date(2020, 1, 1), 12, "force policy, to be confirmed"),)


def roles_open_to(kind: str) -> frozenset[Role]:
    """Return the roles that people of this kind of organisation may hold."""
    return FORCE_ROLES if kind == OrganisationKind.FORCE else AGENCY_ROLES


def check_roles(kind: str, roles: Collection[str]) -> None:
    """Refuse roles that this kind of organisation cannot give."""
    wrong = sorted(Role(role).label for role in set(roles) - roles_open_to(kind))
    if wrong:
        raise DomainError(f"Remove {' and '.join(wrong)}: people of this organisation cannot hold it.", field="roles")


def add_months(day: date, months: int) -> date:
    """Return the same day so many months later, or the last day of a shorter month."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def delegation_limit(on: date) -> DelegationLimit:
    """Return the limit that counts on this day."""
    return next((limit for limit in reversed(DELEGATION_LIMITS) if limit.since <= on), DELEGATION_LIMITS[0])


def check_delegation_period(first_day: date, last_day: date, today: date) -> None:
    """Refuse a period that starts in the past, ends before it starts or is longer than policy allows."""
    if first_day < today:
        raise DomainError("First day must be today or later. Authority cannot be lent for the past.", field="first_day")
    if last_day < first_day:
        raise DomainError("Last day must be the same as or after the first day.", field="last_day")
    limit = delegation_limit(today)
    latest = add_months(first_day, limit.months) - timedelta(days=1)
    if last_day > latest:
        raise DomainError(f"Last day must be within {limit.months} months of the first day ({limit.source}).", field="last_day")
