"""The pages of a nominal, as far as a user may open them."""
from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse

from accounts.access import permissions_on, scopes_of
from accounts.permissions import Perm
from offenders.models import Nominal

# Each: the words, the route, the permission.
TABS = (
    ("Overview", "offenders:nominal", Perm.VIEW_CASE_FILE),
    ("Timeline", "offenders:timeline", Perm.VIEW_CASE_FILE),
    ("Identity", "offenders:identity", Perm.VIEW_CASE_FILE),
    ("Licence and custody", "offenders:custody", Perm.VIEW_CASE_FILE),
    ("Authorities told", "offenders:authorities", Perm.VIEW_CASE_FILE),
    ("Briefings", "intelligence:nominal-briefings", Perm.VIEW_BRIEFING),
    ("Transfer", "offenders:transfers", Perm.VIEW_CASE_FILE),
    ("Case file", "offenders:case-file", Perm.VIEW_CASE_FILE),
    ("Registration and orders", "offenders:registration", Perm.VIEW_CASE_FILE),
    ("Risk and plan", "offenders:assessment-list", Perm.VIEW_CASE_FILE),
    ("MAPPA meetings", "offenders:meeting-list", Perm.VIEW_MEETING),
    ("Actions", "offenders:actions", Perm.VIEW_CASE_FILE),
    ("Risk and MAPPA", "offenders:mappa", Perm.VIEW_CASE_FILE),
    ("Visits", "offenders:visit-list", Perm.VIEW_CASE_FILE),
    ("Sensitive", "offenders:sensitive", Perm.VIEW_SENSITIVE),
    ("Documents", "offenders:document-list", Perm.VIEW_CASE_FILE),
    ("System checks", "intelligence:check-list", Perm.VIEW_CASE_FILE),
    ("Confidential", "offenders:confidential", Perm.VIEW_CONFIDENTIAL),
    ("History", "offenders:history", Perm.VIEW_CASE_FILE),
    ("Who can see it", "offenders:people", Perm.GRANT_ACCESS),
    ("Who has looked", "offenders:looked", Perm.VIEW_ACCESS_LOG),
)


@dataclass(frozen=True)
class Tab:
    """One entry of the sub-navigation; a locked one is shown as words only."""

    text: str
    url: str
    active: bool
    locked: bool


ASKED = sorted({perm for _, _, perm in TABS if perm != Perm.VIEW_CONFIDENTIAL} | {Perm.CHANGE_RECORD})


def allowed_on(request: HttpRequest, nominal: Nominal) -> frozenset[Perm]:
    """Return what the user may do on this record, as far as its pages ask, in one statement.

    Confidential opens for everybody whose role may hold a grant: the page itself says nothing of what exists.
    """
    by_role = {Perm.VIEW_CONFIDENTIAL} if scopes_of(request.user, Perm.VIEW_CONFIDENTIAL) else set()
    return permissions_on(request.user, ASKED, nominal) | by_role


def tabs_for(request: HttpRequest, nominal: Nominal, allowed: frozenset[Perm]) -> list[Tab]:
    """Return every tab; those that the user may not open are locked."""
    urls = [(text, reverse(route, args=[nominal.reference]), perm) for text, route, perm in TABS]
    return [Tab(text, url, active=request.path == url, locked=perm not in allowed) for text, url, perm in urls]
