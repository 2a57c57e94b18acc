"""The pages of a nominal in groups, as far as a user may open them: first the groups, then the pages of the group that is open."""
from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse

from accounts.access import permissions_on, scopes_of
from accounts.permissions import Perm
from offenders.models import Nominal

FILE = Perm.VIEW_CASE_FILE
# Each group: its words, and its pages: the words, the route, the permission.
GROUPS: tuple[tuple[str, tuple[tuple[str, str, Perm], ...]], ...] = (
    ("Overview", (("Overview", "offenders:nominal", FILE), ("Timeline", "offenders:timeline", FILE))),
    (
        "Person",
        (
            ("Case file", "offenders:case-file", FILE),
            ("Identity", "offenders:identity", FILE),
            ("Documents", "offenders:document-list", FILE),
        ),
    ),
    (
        "Risk",
        (
            ("Risk and plan", "offenders:assessment-list", FILE),
            ("Risk and MAPPA", "offenders:mappa", FILE),
            ("Uses of material", "offenders:use-list", FILE),
        ),
    ),
    (
        "Visits and contacts",
        (
            ("Visits", "offenders:visit-list", FILE),
            ("Contacts", "offenders:contacts", FILE),
            ("Authorities told", "offenders:authorities", FILE),
            ("Actions", "offenders:actions", FILE),
        ),
    ),
    (
        "Orders and licence",
        (
            ("Registration and orders", "offenders:registration", FILE),
            ("Licence and custody", "offenders:custody", FILE),
            ("Conditions", "offenders:conditions", FILE),
            ("Further offences", "governance:further-list", FILE),
        ),
    ),
    ("MAPPA", (("MAPPA meetings", "offenders:meeting-list", Perm.VIEW_MEETING),)),
    (
        "Intelligence",
        (
            ("Reports", "intelligence:information", FILE),
            ("Links", "intelligence:links", FILE),
            ("Links of the bureau", "intelligence:links-of-record", Perm.LINK_INTELLIGENCE),
            ("System checks", "intelligence:check-list", FILE),
            ("Flags", "intelligence:flag-list", FILE),
            ("Foreign travel", "intelligence:travel", FILE),
            ("Briefings", "intelligence:nominal-briefings", Perm.VIEW_BRIEFING),
        ),
    ),
    (
        "Sharing",
        (
            ("Decisions", "sharing:decision-list", Perm.VIEW_SHARING),
            ("All disclosures", "disclosure:history", FILE),
            ("As the person would read it", "disclosure:as-read", Perm.CHANGE_RECORD),
            ("Telling somebody", "disclosure:tell-somebody", Perm.DECIDE_SHARING),
        ),
    ),
    (
        "Kept apart",
        (
            ("Confidential", "offenders:confidential", Perm.VIEW_CONFIDENTIAL),
            ("Sensitive", "offenders:sensitive", Perm.VIEW_SENSITIVE),
        ),
    ),
    (
        "Access",
        (
            ("History", "offenders:history", FILE),
            ("Who can see it", "offenders:people", Perm.GRANT_ACCESS),
            ("Who has looked", "offenders:looked", Perm.VIEW_ACCESS_LOG),
            ("Transfer", "offenders:transfers", FILE),
            ("Same person", "offenders:same-person", Perm.MERGE_RECORDS),
            ("Retention", "governance:retention", Perm.VIEW_RETENTION),
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
