"""The pages of a nominal in groups, as far as a user may open them: first the groups, then the pages of the group that is open."""
from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.access import permissions_on, scopes_of
from accounts.permissions import Perm
from offenders.models import Nominal

FILE = Perm.VIEW_CASE_FILE
# Each group: its words, and its pages: the words, the route, the permission.
GROUPS: tuple[tuple[str, tuple[tuple[str, str, Perm], ...]], ...] = (
    (_("Overview"), ((_("Overview"), "offenders:nominal", FILE), (_("Timeline"), "offenders:timeline", FILE))),
    (
        _("Person"),
        (
            (_("Case file"), "offenders:case-file", FILE),
            (_("Identity"), "offenders:identity", FILE),
            (_("Documents"), "offenders:document-list", FILE),
        ),
    ),
    (
        _("Risk"),
        (
            (_("Risk and plan"), "offenders:assessment-list", FILE),
            (_("Risk and MAPPA"), "offenders:mappa", FILE),
            (_("Uses of material"), "offenders:use-list", FILE),
        ),
    ),
    (
        _("Visits and contacts"),
        (
            (_("Visits"), "offenders:visit-list", FILE),
            (_("Contacts"), "offenders:contacts", FILE),
            (_("Authorities told"), "offenders:authorities", FILE),
            (_("Actions"), "offenders:actions", FILE),
        ),
    ),
    (
        _("Orders and licence"),
        (
            (_("Registration and orders"), "offenders:registration", FILE),
            (_("Licence and custody"), "offenders:custody", FILE),
            (_("Conditions"), "offenders:conditions", FILE),
            (_("Further offences"), "governance:further-list", FILE),
        ),
    ),
    (_("MAPPA"), ((_("MAPPA meetings"), "offenders:meeting-list", Perm.VIEW_MEETING),)),
    (
        _("Intelligence"),
        (
            (_("Reports"), "intelligence:information", FILE),
            (_("Links"), "intelligence:links", FILE),
            (_("Links of the bureau"), "intelligence:links-of-record", Perm.LINK_INTELLIGENCE),
            (_("System checks"), "intelligence:check-list", FILE),
            (_("Flags"), "intelligence:flag-list", FILE),
            (_("Foreign travel"), "intelligence:travel", FILE),
            (_("Briefings"), "intelligence:nominal-briefings", Perm.VIEW_BRIEFING),
        ),
    ),
    (
        _("Sharing"),
        (
            (_("Decisions"), "sharing:decision-list", Perm.VIEW_SHARING),
            (_("All disclosures"), "disclosure:history", FILE),
            (_("As the person would read it"), "disclosure:as-read", Perm.CHANGE_RECORD),
            (_("Telling somebody"), "disclosure:tell-somebody", Perm.DECIDE_SHARING),
        ),
    ),
    (
        _("Kept apart"),
        (
            (_("Confidential"), "offenders:confidential", Perm.VIEW_CONFIDENTIAL),
            (_("Sensitive"), "offenders:sensitive", Perm.VIEW_SENSITIVE),
        ),
    ),
    (
        _("Access"),
        (
            (_("History"), "offenders:history", FILE),
            (_("Who can see it"), "offenders:people", Perm.GRANT_ACCESS),
            (_("Who has looked"), "offenders:looked", Perm.VIEW_ACCESS_LOG),
            (_("Transfer"), "offenders:transfers", FILE),
            (_("Same person"), "offenders:same-person", Perm.MERGE_RECORDS),
            (_("Retention"), "governance:retention", Perm.VIEW_RETENTION),
        ),
    ),
)
OF_PAGES = {perm for _, pages in GROUPS for _, _, perm in pages if perm != Perm.VIEW_CONFIDENTIAL}
ASKED = sorted(OF_PAGES | {Perm.CHANGE_RECORD, Perm.SIGN_OFF_TRAVEL})


@dataclass(frozen=True)
class Tab:
    """One entry of the navigation of a record; a locked one is shown as words only."""

    text: str
    url: str
    active: bool
    locked: bool


@dataclass(frozen=True)
class Tabs:
    """The groups, and the pages of the group that is open; none where the group has one page."""

    groups: list[Tab]
    pages: list[Tab]


def allowed_on(request: HttpRequest, nominal: Nominal) -> frozenset[Perm]:
    """Return what the user may do on this record, as far as its pages ask, in one statement.

    Confidential opens for everybody whose role may hold a grant: the page itself says nothing of what exists.
    """
    by_role = {Perm.VIEW_CONFIDENTIAL} if scopes_of(request.user, Perm.VIEW_CONFIDENTIAL) else set()
    return permissions_on(request.user, ASKED, nominal) | by_role


def tabs_for(request: HttpRequest, nominal: Nominal, allowed: frozenset[Perm]) -> Tabs:
    """Return every group, and the pages of the open one; those that the user may not open are locked."""
    groups, open_pages = [], []
    for text, pages in GROUPS:
        tabs = [tab_of(request, nominal, page, allowed) for page in pages]
        is_open = any(tab.active for tab in tabs)
        first = next((tab for tab in tabs if not tab.locked), tabs[0])
        groups.append(Tab(text, first.url, active=is_open, locked=first.locked))
        if is_open and len(tabs) > 1:
            open_pages = tabs
    return Tabs(groups, open_pages)


def tab_of(request: HttpRequest, nominal: Nominal, page: tuple[str, str, Perm], allowed: frozenset[Perm]) -> Tab:
    """Return one page as an entry."""
    text, route, perm = page
    url = reverse(route, args=[nominal.reference])
    return Tab(text, url, active=request.path == url, locked=perm not in allowed)
