"""What every page shows: the menu of the acting role, and banners."""
from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from accounts.access import scopes_of
from accounts.choices import Role
from accounts.guards import pending_step
from accounts.permissions import Perm
from accounts.roles import acting_role
from actions.reports import count_unread
from audit.context import current
from offenders.views.home import PAGES

# Each entry: the words, the route, and the permission without which it is left out.
MENU = (
    ("My work", "home", None),
    ("Actions", "actions:action-list", Perm.VIEW_ACTION),
    ("Find a person", "offenders:find", Perm.FIND_PERSON),
    ("People", "offenders:nominal-list", Perm.VIEW_CARD),
    ("On licence", "offenders:on-licence", Perm.VIEW_CARD),
    ("Briefings", "intelligence:briefing-list", Perm.VIEW_BRIEFING),
    ("Offers", "offenders:transfer-list", Perm.RECEIVE_RECORD),
    ("Visits", "offenders:visit-overdue", Perm.CHANGE_RECORD),
    ("Team", "offenders:team", Perm.ALLOCATE_RECORD),
    ("Kept apart", "offenders:own-sections", Perm.VIEW_CONFIDENTIAL),
    ("Approvals", "offenders:approval-list", Perm.APPROVE_RISK),
    ("Meetings", "offenders:meetings", Perm.ARRANGE_MEETING),
    ("Imports", "offenders:import-list", Perm.IMPORT_NOMINALS),
    ("Delegations", "accounts:delegation-list", Perm.DELEGATE_AUTHORITY),
    ("Activity", "audit:event-list", Perm.VIEW_AUDIT),
    ("Emergency openings", "offenders:break-glass-list", Perm.REVIEW_BREAK_GLASS),
    ("Users", "accounts:user-list", Perm.MANAGE_USERS),
    ("Connections", "intelligence:connections", Perm.CHANGE_RULES),
    ("Rules", "actions:rule-list", Perm.CHANGE_RULES),
)


@dataclass(frozen=True)
class MenuItem:
    """One entry of the service navigation."""

    text: str
    url: str
    active: bool


def menu(request: HttpRequest) -> list[MenuItem]:
    """Return the entries that this person may follow."""
    has_home = acting_role(request) in PAGES  # other roles start at another entry of the menu
    allowed = [(text, reverse(route)) for text, route, perm in MENU if (scopes_of(request.user, perm) if perm else has_home)]
    return [MenuItem(text, url, active=request.path == url or (url != "/" and request.path.startswith(url))) for text, url in allowed]


def page(request: HttpRequest) -> dict[str, Any]:
    """Return the context of the base template."""
    banners: dict[str, Any] = {
        "demo": settings.DEMO,
        "second_factor_off": not settings.SECOND_FACTOR,
        "idle_seconds": settings.SESSION_IDLE_SECONDS,
        "request_id": current().request_id,
    }
    if not getattr(request, "user", None) or not request.user.is_authenticated or pending_step(request.user):
        return banners
    role = acting_role(request)
    roles = sorted(request.user.roles, key=lambda held: held.label)
    if scopes_of(request.user, Perm.VIEW_ACTION):
        banners["unread"] = SimpleLazyObject(lambda: count_unread(request.user))
    return banners | {"navigation": SimpleLazyObject(lambda: menu(request)), "acting_role": Role(role) if role else "", "roles": roles}
