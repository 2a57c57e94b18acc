"""Pure rules about people: which roles an organisation may give, and how long authority may be lent."""
import calendar
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from ipaddress import IPv6Address, ip_address, ip_network

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from accounts.choices import ApiScope, OrganisationKind, Role
from accounts.errors import DomainError
from ui.languages import StrOrPromise
from ui.templatetags.ui import joined_words

# An agency's people see what was shared with the agency and nothing else; somebody there keeps its accounts.
AGENCY_ROLES = frozenset({Role.PARTNER, Role.ADMINISTRATOR})
FORCE_ROLES = frozenset(Role) - {Role.PARTNER}


@dataclass(frozen=True)
class DelegationLimit:
    """How long authority may be lent at one time, since when, and who says so."""

    since: date
    months: int
    source: StrOrPromise


# Oldest first. A new policy is a new row, so that old delegations still read under the policy of their day.
DELEGATION_LIMITS = (DelegationLimit(date(2020, 1, 1), 12, _("force policy, to be confirmed")),)


@dataclass(frozen=True)
class ClientLimit:
    """How long a machine client may be let in at one time, and its old secret work beside the new; since when, who says so."""

    since: date
    months: int
    overlap_days: int
    source: StrOrPromise


CLIENT_LIMITS = (ClientLimit(date(2020, 1, 1), 12, 30, _("force policy, to be confirmed")),)

# Which kinds of agency a scope is for; a scope that stands here for none is for all.
SCOPE_KINDS = {
    ApiScope.TRAVEL_ALERTS: frozenset({OrganisationKind.BORDER}),
    ApiScope.EVENTS: frozenset({OrganisationKind.PROBATION, OrganisationKind.PRISON}),
}


def roles_open_to(kind: str) -> frozenset[Role]:
    """Return the roles that people of this kind of organisation may hold."""
    return FORCE_ROLES if kind == OrganisationKind.FORCE else AGENCY_ROLES


def check_roles(kind: str, roles: Collection[str]) -> None:
    """Refuse roles that this kind of organisation cannot give."""
    wrong = sorted((Role(role).label for role in set(roles) - roles_open_to(kind)), key=str)
    if wrong:
        roles_named = joined_words(wrong, _(" and "))
        raise DomainError("Remove {roles}: people of this organisation cannot hold it.", roles=roles_named, field="roles")


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
        said = gettext_noop("Last day must be within {months} months of the first day ({source}).")
        raise DomainError(said, months=limit.months, source=limit.source, field="last_day")


def client_limit(on: date) -> ClientLimit:
    """Return the limit for machine clients that counts on this day."""
    return next((limit for limit in reversed(CLIENT_LIMITS) if limit.since <= on), CLIENT_LIMITS[0])


def check_client_end(ends_on: date, today: date) -> None:
    """Refuse an end that is past, or further away than policy allows."""
    limit = client_limit(today)
    if not today <= ends_on <= add_months(today, limit.months):
        said = gettext_noop("Last day must be today or later, within {months} months ({source}).")
        raise DomainError(said, months=limit.months, source=limit.source, field="ends_on")


def check_overlap(days: int, today: date) -> None:
    """Refuse to keep an old secret working for longer than policy allows."""
    limit = client_limit(today)
    if not 0 <= days <= limit.overlap_days:
        raise DomainError("Days must be from 0 to {most} ({source}).", most=limit.overlap_days, source=limit.source, field="days")


def check_scopes(kind: str, scopes: Collection[str]) -> None:
    """Refuse scopes that are not for this kind of agency."""
    if not scopes:
        raise DomainError("Select what the client may do.", field="scopes")
    wrong = sorted((ApiScope(scope).label for scope in scopes if kind not in SCOPE_KINDS.get(ApiScope(scope), frozenset({kind}))), key=str)
    if wrong:
        quoted = joined_words([format_lazy("“{}”", label) for label in wrong], _(" and "))
        raise DomainError("Remove {scopes}: it is not for an agency of this kind.", scopes=quoted, field="scopes")


def read_networks(text: str) -> list[str]:
    """Return the networks written one on a line, as 192.0.2.0/24 or 2001:db8::/32; a single address is a network of one.

    Raises DomainError for a line that is none, and for a network that is everywhere: that is decided by its own answer.
    """
    found = []
    for line in filter(None, map(str.strip, text.splitlines())):
        try:
            network = ip_network(line)
        except ValueError as error:
            said = gettext_noop("“{line}” is not a network. Write it like 192.0.2.0/24 or 2001:db8::/32.")
            raise DomainError(said, line=line[:50], field="networks") from error
        if network.prefixlen == 0:
            said = gettext_noop("“{line}” is every address. Select “From any address” if that is meant.")
            raise DomainError(said, line=line[:50], field="networks")
        found.append(str(network))
    return list(dict.fromkeys(found))


def is_in_networks(address: str, networks: Collection[str]) -> bool:
    """Say whether an address lies in one of the networks; IPv4 written as IPv6 counts as IPv4. What is no address lies in none."""
    try:
        caller = ip_address(address)
    except ValueError:
        return False
    caller = (caller.ipv4_mapped or caller) if isinstance(caller, IPv6Address) else caller
    return any(caller in ip_network(network) for network in networks)
