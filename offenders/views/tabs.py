"""The pages of a nominal, as far as a user may open them."""
from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse

from accounts.access import may, scopes_of
from accounts.permissions import Perm
from offenders.models import Nominal

# Each: the words, the route, the permission.
TABS = (
    ("Overview", "offenders:nominal", Perm.VIEW_CASE_FILE),
    ("Identity", "offenders:identity", Perm.VIEW_CASE_FILE),
    ("Actions", "offenders:actions", Perm.VIEW_CASE_FILE),
    ("Risk and MAPPA", "offenders:mappa", Perm.VIEW_CASE_FILE),
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


def tabs_for(request: HttpRequest, nominal: Nominal) -> list[Tab]:
    """Return every tab; those that the user may not open are locked.

    Confidential opens for everybody whose role may hold a grant: the page itself says nothing of what exists.
    """
    allowed = {perm: may(request.user, perm, nominal) for perm in {perm for _, _, perm in TABS if perm != Perm.VIEW_CONFIDENTIAL}}
    allowed[Perm.VIEW_CONFIDENTIAL] = bool(scopes_of(request.user, Perm.VIEW_CONFIDENTIAL))
    urls = [(text, reverse(route, args=[nominal.reference]), perm) for text, route, perm in TABS]
    return [Tab(text, url, active=request.path == url, locked=not allowed[perm]) for text, url, perm in urls]
