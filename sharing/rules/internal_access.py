"""Who may open what inside the police, in plain words: read from the table of rights, so that the words cannot differ from what holds."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.choices import Role
from accounts.permissions import NEEDS_QUALIFICATION, OPENED_BY, ROLE_RIGHTS, Perm, Scope, holders_of
from ui.languages import StrOrPromise

# What is explained, widest first: tier or kind, what it holds.
THINGS: dict[Perm, tuple[StrOrPromise, StrOrPromise]] = {
    Perm.VIEW_MARKER: (_("Marker"), _("That there is a record, who manages it and how to reach them")),
    Perm.VIEW_CARD: (_("Operational card"), _("Identity, warnings, risk, conditions, what to do on meeting the person")),
    Perm.VIEW_CASE_FILE: (_("Case file"), _("History, visits, plans, addresses, documents")),
    Perm.VIEW_MEETING: (_("MAPPA"), _("Referrals, meetings and minutes")),
    Perm.VIEW_SHARING: (_("Sharing"), _("Decisions to share or not to share, what was sent, what came of it")),
    Perm.VIEW_SENSITIVE: (_("Sensitive material"), _("Health and other special matters, what its originator controls")),
    Perm.VIEW_CONFIDENTIAL: (_("Confidential sections"), _("Victims, other people, tactics")),
}
WITHOUT_ASKING: dict[Scope, StrOrPromise] = {
    Scope.ALL: _("everybody on record, except records restricted to named people"),
    Scope.FORCE: _("people whom your force manages, except restricted records"),
    Scope.PARTNERED_FORCE: _("people of other forces with whom your force works"),
    Scope.UNIT_RESTRICTED: _("people of your unit, restricted records too"),
    Scope.UNIT: _("people of your unit, except restricted records"),
    Scope.PARTNERED_UNIT: _("people of other forces with whom your unit works"),
    Scope.OWN: _("people whom you manage"),
    Scope.DELEGATED: _("people for whom a superintendent has lent you authority"),
}
WITH_A_REASON: dict[Scope, StrOrPromise] = {
    Scope.STATED_REASON: _("a reason that you state, for any force, for some hours"),
    Scope.FORCE_STATED_REASON: _("a reason that you state, in your own force or where it is a partner, for some hours"),
}
BY_A_GRANT: dict[Scope, StrOrPromise] = {Scope.GRANTED: _("somebody names you, with a reason and an end")}
IN_AN_EMERGENCY: dict[Scope, StrOrPromise] = {Scope.BREAK_GLASS: _("you open it in an emergency; an auditor reviews every opening")}


@dataclass(frozen=True)
class Line:
    """What somebody may open of one thing, and how."""

    name: StrOrPromise
    holds: StrOrPromise
    without_asking: list[StrOrPromise] = field(default_factory=list)
    with_a_reason: list[StrOrPromise] = field(default_factory=list)
    by_a_grant: list[StrOrPromise] = field(default_factory=list)
    in_an_emergency: list[StrOrPromise] = field(default_factory=list)
    needs_qualification: bool = False
    opened_by: str = ""

    @property
    def is_closed(self) -> bool:
        """Whether nothing opens it."""
        return not (self.without_asking or self.with_a_reason or self.by_a_grant or self.in_an_emergency)


def lines_for(roles: Iterable[Role]) -> list[Line]:
    """Return what these roles together open, thing by thing."""
    held = list(roles)
    return [line_of(perm, frozenset().union(*(ROLE_RIGHTS[role].get(perm, frozenset()) for role in held))) for perm in THINGS]


def line_of(perm: Perm, scopes: frozenset[Scope]) -> Line:
    """Put the scopes of one permission into words."""
    name, holds = THINGS[perm]
    wider = [THINGS[other][0] for other in OPENED_BY.get(perm, ()) if other != perm] if scopes & {*WITH_A_REASON, *BY_A_GRANT} else []
    return Line(
        name, holds, ways_in(WITHOUT_ASKING, scopes), ways_in(WITH_A_REASON, scopes), ways_in(BY_A_GRANT, scopes),
        ways_in(IN_AN_EMERGENCY, scopes), needs_qualification=perm in NEEDS_QUALIFICATION, opened_by=gettext(" or ").join(map(str, wider)),
    )  # fmt: skip


def ways_in(words: dict[Scope, StrOrPromise], scopes: frozenset[Scope]) -> list[StrOrPromise]:
    """Return the words of those ways that are among the scopes."""
    return [text for scope, text in words.items() if scope in scopes]


def police_roles() -> list[Role]:
    """Return the roles of police staff who may know that somebody is on record."""
    return holders_of(Perm.VIEW_MARKER)
