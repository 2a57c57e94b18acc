"""By which rule somebody could see a record at a moment: the scopes of accounts/permissions.py said once more, over values of the past."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from accounts.choices import Role
from accounts.permissions import NEEDS_QUALIFICATION, OPENED_BY, ROLE_RIGHTS, Perm, Scope
from governance.choices.could_see import LEVELS

LONDON = ZoneInfo("Europe/London")
ROLES = {str(role): role for role in Role}  # asked for everybody at every moment


@dataclass(frozen=True)
class Person:
    """Somebody as they were at a moment."""

    key: int
    force: int
    unit: int | None
    roles: frozenset[str]
    is_active: bool
    trained_until: date | None
    vetted_until: date | None
    since: datetime

    def is_qualified(self, day: date) -> bool:
        """Whether training and vetting counted on a day."""
        return bool(self.trained_until and self.vetted_until and min(self.trained_until, self.vetted_until) >= day)


@dataclass(frozen=True)
class Record:
    """A record as it was held at a moment."""

    force: int
    unit: int
    manager: int
    is_restricted: bool
    is_merged: bool
    since: datetime


@dataclass(frozen=True)
class Stretch:
    """Something that counted from one moment to another; without an end it still does."""

    since: datetime
    until: datetime | None

    def counts(self, at: datetime) -> bool:
        """Whether it counted at this moment."""
        return self.since <= at and (self.until is None or at < self.until)


@dataclass(frozen=True)
class Named(Stretch):
    """A grant, a stated reason, an emergency opening, an exclusion: of a person, or of everybody with a role; what it opens."""

    user: int | None = None
    role: str = ""
    opens: str = ""


@dataclass(frozen=True)
class Partner(Stretch):
    """A force, perhaps with a unit, that worked with the record."""

    force: int = 0
    unit: int | None = None


@dataclass(frozen=True)
class Lent(Stretch):
    """Authority that was lent to somebody, for records of a force, or of one unit, on days."""

    user: int = 0
    force: int = 0
    unit: int | None = None
    first: date = date.min
    after: date = date.max


@dataclass
class Past:
    """Everything about a record that lets people see it, or keeps them from it."""

    partners: list[Partner] = field(default_factory=list)
    grants: list[Named] = field(default_factory=list)
    reasons: list[Named] = field(default_factory=list)
    openings: list[Named] = field(default_factory=list)
    sections: list[Named] = field(default_factory=list)
    exclusions: list[Named] = field(default_factory=list)
    lent: list[Lent] = field(default_factory=list)

    def moments_of(self, key: int) -> set[datetime]:
        """When something began or ended to count for one person, or for everybody."""
        exceptions = [*self.grants, *self.reasons, *self.openings, *self.sections, *self.exclusions]
        own: list[Stretch] = [each for each in exceptions if each.user in {key, None}]
        own += [each for each in self.lent if each.user == key]
        return {at for each in [*own, *self.partners] for at in (each.since, each.until) if at}


@dataclass(frozen=True)
class Change:
    """A change of a row: when, what stood there before, and which roles came or went."""

    at: datetime
    before: dict[str, Any] = field(default_factory=dict)
    roles_added: frozenset[str] = frozenset()
    roles_removed: frozenset[str] = frozenset()

    def take_back(self, row: Any) -> Any:
        """Return a person or a record as they were before."""
        if self.roles_added or self.roles_removed:
            return replace(row, roles=(row.roles - self.roles_added) | self.roles_removed)
        return replace(row, **self.before)


@dataclass(frozen=True)
class Then:
    """A person, a record and what let people see it, at a moment."""

    person: Person
    record: Record
    past: Past
    at: datetime

    @property
    def day(self) -> date:
        """The local day of the moment."""
        return self.at.astimezone(LONDON).date()

    @property
    def is_shut(self) -> bool:
        """Whether nothing of the record could be seen by the person: no account, no record, an exclusion."""
        is_there = self.person.is_active and self.person.since <= self.at and self.record.since <= self.at and not self.record.is_merged
        return not is_there or self.has_own(self.past.exclusions)

    @property
    def partners(self) -> list[Partner]:
        """Forces that worked with the record."""
        return [each for each in self.past.partners if each.counts(self.at)]

    @property
    def is_of_partner(self) -> bool:
        """Whether the person's force was one of them."""
        return any(each.force == self.person.force for each in self.partners)

    def has_own(self, exceptions: Iterable[Named], *opens: str) -> bool:
        """Whether one of these exceptions counted that names the person, and opens one of these where that is asked."""
        own = (each for each in exceptions if each.user == self.person.key and (not opens or each.opens in opens))
        return any(each.counts(self.at) for each in own)

    def has_reason(self, perm: Perm) -> bool:
        """Whether a stated reason counted that opens the permission."""
        opens = OPENED_BY.get(perm, ())
        return bool(opens) and self.has_own(self.past.reasons, *opens)

    def has_grant(self, perm: Perm) -> bool:
        """Whether a grant to the person, or to everybody with one of their roles, counted that opens the permission."""
        if perm == Perm.VIEW_CONFIDENTIAL:
            return self.has_own(self.past.sections)
        opens = OPENED_BY.get(perm, ())
        of_roles = (each for each in self.past.grants if each.role in self.person.roles and each.opens in opens)
        return bool(opens) and (self.has_own(self.past.grants, *opens) or any(each.counts(self.at) for each in of_roles))

    def was_lent(self, lent: Lent) -> bool:
        """Whether authority that was lent to the person counted for the record."""
        is_of_record = lent.force == self.record.force and lent.unit in {None, self.record.unit}
        return lent.user == self.person.key and is_of_record and lent.counts(self.at) and lent.first <= self.day < lent.after


# The twins of the conditions in offenders/querysets. Those of OPEN reach no restricted record.
ANY: dict[Scope, Callable[[Then, Perm], bool]] = {
    Scope.OWN: lambda then, _: then.record.manager == then.person.key,
    Scope.UNIT_RESTRICTED: lambda then, _: then.record.unit == then.person.unit,
    Scope.GRANTED: lambda then, perm: then.has_grant(perm),
    Scope.BREAK_GLASS: lambda then, perm: perm == Perm.VIEW_CONFIDENTIAL and then.has_own(then.past.openings),
}
OPEN: dict[Scope, Callable[[Then, Perm], bool]] = {
    Scope.UNIT: lambda then, _: then.record.unit == then.person.unit,
    Scope.PARTNERED_UNIT: lambda then, _: any(each.unit == then.person.unit for each in then.partners if each.unit),
    Scope.FORCE: lambda then, _: then.record.force == then.person.force,
    Scope.PARTNERED_FORCE: lambda then, _: then.is_of_partner,
    Scope.ALL: lambda then, _: True,
    Scope.STATED_REASON: lambda then, perm: then.has_reason(perm),
    Scope.FORCE_STATED_REASON: lambda then, perm: (then.record.force == then.person.force or then.is_of_partner) and then.has_reason(perm),
    Scope.DELEGATED: lambda then, _: any(map(then.was_lent, then.past.lent)),
}


def reaches(scope: Scope, perm: Perm, then: Then) -> bool:
    """Whether a scope reached the record."""
    if scope in ANY:
        return ANY[scope](then, perm)
    return not then.record.is_restricted and OPEN[scope](then, perm)


def ways(then: Then) -> Iterator[tuple[Perm, Scope]]:
    """Yield each permission with the scopes by which the person held it on the record at a moment."""
    if then.is_shut:
        return
    qualified = then.person.is_qualified(then.day)
    roles = [ROLES[role] for role in then.person.roles if role in ROLES]
    for perm, _, _ in LEVELS:
        if qualified or perm not in NEEDS_QUALIFICATION:
            held = {scope for role in roles for scope in ROLE_RIGHTS[role].get(perm, ())}
            yield from ((perm, scope) for scope in sorted(held) if reaches(scope, perm, then))


@dataclass(frozen=True)
class Way:
    """A rule by which somebody could see something, and since and until when on the day; None: from its start, to its end."""

    perm: Perm
    scope: Scope
    since: datetime | None
    until: datetime | None


@dataclass(frozen=True)
class Story:
    """Something as it is now, and what changed of it, newest first."""

    now: Any
    changes: Sequence[Change] = ()

    def at(self, moment: datetime) -> Any:
        """Take back what changed after a moment."""
        then = self.now
        for change in self.changes:
            if change.at > moment:
                then = change.take_back(then)
        return then

    @property
    def moments(self) -> set[datetime]:
        """When it began and when it changed."""
        return {self.now.since, *(change.at for change in self.changes)}


def ways_on(person: Story, record: Story, past: Past, start: datetime, end: datetime) -> list[Way]:
    """Return every way that counted at some moment between two, by looking at each moment at which something changed."""
    changed = person.moments | record.moments | past.moments_of(person.now.key)
    moments = [start, *sorted(at for at in changed if start < at <= end)]
    held: dict[tuple[Perm, Scope], list[int]] = {}
    for place, at in enumerate(moments):
        for way in ways(Then(person.at(at), record.at(at), past, at)):
            held.setdefault(way, []).append(place)
    return [way_from(perm, scope, places, moments) for (perm, scope), places in held.items()]


def way_from(perm: Perm, scope: Scope, places: Sequence[int], moments: Sequence[datetime]) -> Way:
    """Return a way with the moments between which it counted; places in the list of moments at which it did."""
    since = moments[places[0]] if places[0] else None
    after = places[-1] + 1
    return Way(perm, scope, since, moments[after] if after < len(moments) else None)
