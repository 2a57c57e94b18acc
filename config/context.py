"""What every page shows: the menu of the acting role, and banners."""
from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.access import scopes_of
from accounts.choices import Role
from accounts.guards import pending_step
from accounts.permissions import ROLE_RIGHTS, Perm
from accounts.roles import acting_role
from actions.reports import count_unread
from audit.context import current
from audit.models import AuditCheck
from guide.rules.topics import is_for, topic_of
from offenders.views.home import PAGES

# Each entry: the words, the route, and the permission without which it is left out; what is used most stands first. What some roles
# use more than others stands twice, and shows where it comes first.
MENU = (
    (_("My work"), "home", None),
    (_("Find a person"), "offenders:find", Perm.FIND_PERSON),
    (_("Shared with us"), "sharing:shared-list", Perm.VIEW_SHARED),
    (_("Actions"), "actions:action-list", Perm.VIEW_ACTION),
    (_("People"), "offenders:nominal-list", Perm.VIEW_CARD),
    (_("Team"), "offenders:team", Perm.ALLOCATE_RECORD),
    (_("Approvals"), "offenders:approval-list", Perm.APPROVE_RISK),
    (_("Sharing to decide"), "sharing:approval-list", Perm.APPROVE_RISK),
    (_("Sharing to decide"), "sharing:approval-list", Perm.DELEGATE_AUTHORITY),
    (_("Sharing to decide"), "sharing:approval-list", Perm.CHAIR_MEETING),
    (_("Agreements"), "sharing:agreement-list", Perm.MANAGE_AGREEMENTS),
    (_("Media"), "sharing:media-list", Perm.MANAGE_MEDIA),
    (_("Freedom of information"), "disclosure:freedom-list", Perm.VIEW_FREEDOM_REQUEST),
    (_("Visits"), "offenders:visit-overdue", Perm.CHANGE_RECORD),
    (_("Reviews of flags"), "intelligence:flag-reviews", Perm.VERIFY_FLAGS),
    (_("Intelligence bureau"), "intelligence:report-queue", Perm.VIEW_REPORT),
    (_("Travel alerts"), "intelligence:alert-list", Perm.VIEW_ALERT),
    (_("Meetings"), "offenders:meetings", Perm.VIEW_MEETING),
    (_("Requests of agencies"), "sharing:request-list", Perm.VIEW_REQUEST),
    (_("Subject access"), "disclosure:subject-list", Perm.VIEW_SUBJECT_REQUEST),
    (_("Retention"), "governance:retention-list", Perm.REVIEW_RETENTION),
    (_("News of agencies"), "sharing:news-list", Perm.VIEW_REQUEST),
    (_("Intelligence of agencies"), "sharing:intelligence-list", Perm.VIEW_REPORT),
    (_("Disclosure applications"), "disclosure:application-list", Perm.VIEW_APPLICATION),
    (_("Requests to the police"), "sharing:asked-list", Perm.ASK_POLICE),
    (_("Report information"), "intelligence:report-list", Perm.SUBMIT_REPORT),
    (_("Sharing to decide"), "sharing:approval-list", Perm.APPROVE_SHARING),
    (_("Activity"), "audit:event-list", Perm.VIEW_AUDIT),
    (_("Seal of the log"), "audit:seal", Perm.VIEW_AUDIT),
    (_("Unusual looks"), "governance:look-list", Perm.REVIEW_ACCESS),
    (_("Questions about looks"), "governance:question-list", Perm.REVIEW_ACCESS),
    (_("Emergency openings"), "offenders:break-glass-list", Perm.REVIEW_BREAK_GLASS),
    (_("Users"), "accounts:user-list", Perm.MANAGE_USERS),
    (_("Health"), "governance:health", Perm.VIEW_HEALTH),
    (_("Briefings"), "intelligence:briefing-list", Perm.VIEW_BRIEFING),
    (_("Intelligence for you"), "intelligence:received-list", Perm.READ_INTELLIGENCE),
    (_("Search reports"), "intelligence:report-search", Perm.VIEW_CASE_FILE),
    (_("Taskings"), "intelligence:tasking-list", Perm.VIEW_TASKING),
    (_("Unused material"), "disclosure:prosecution-list", Perm.VIEW_PROSECUTION),
    (_("On licence"), "offenders:on-licence", Perm.VIEW_CARD),
    (_("Offers of records"), "offenders:transfer-list", Perm.RECEIVE_RECORD),
    (_("Possible duplicates"), "intelligence:duplicates", Perm.MERGE_RECORDS),
    (_("Merges"), "offenders:merge-list", Perm.MERGE_RECORDS),
    (_("Kept apart"), "offenders:own-sections", Perm.VIEW_CONFIDENTIAL),
    (_("Confidential matters"), "intelligence:covert-list", Perm.VIEW_CONFIDENTIAL),
    (_("Matters of the bureau"), "intelligence:source-reviews", Perm.REVIEW_SOURCE),
    (_("What came of sharing"), "sharing:calibration", Perm.ALLOCATE_RECORD),
    (_("Figures of the disclosure schemes"), "disclosure:scheme-figures", Perm.DECIDE_APPLICATION),
    (_("Annual figures"), "governance:figures", Perm.VIEW_FIGURES),
    (_("Quarterly indicators"), "governance:indicators", Perm.VIEW_FIGURES),
    (_("Quality of data"), "governance:quality", Perm.VIEW_QUALITY),
    (_("Imports"), "offenders:import-list", Perm.IMPORT_NOMINALS),
    (_("Delegations"), "accounts:delegation-list", Perm.DELEGATE_AUTHORITY),
    (_("Decided in your name"), "sharing:lent-authority", Perm.DELEGATE_AUTHORITY),
    (_("Agreements"), "sharing:agreement-list", Perm.VIEW_AGREEMENT),
    (_("Media"), "sharing:media-list", Perm.VIEW_MEDIA),
    (_("Connections"), "intelligence:connections", Perm.VIEW_RULES),
    (_("Clock rules"), "actions:rule-list", Perm.VIEW_RULES),
    (_("Events of flags"), "intelligence:event-types", Perm.CHANGE_RULES),
    (_("Practice of intelligence"), "intelligence:practice", Perm.CHANGE_RULES),
    (_("Sources of travel alerts"), "intelligence:alert-sources", Perm.CHANGE_RULES),
    (_("Practice of sharing"), "sharing:practice", Perm.CHANGE_RULES),
    (_("Practice of disclosure"), "disclosure:practice", Perm.CHANGE_RULES),
    (_("Rules of unusual looks"), "governance:look-rules", Perm.CHANGE_RULES),
    (_("Retention rules"), "governance:retention-rules", Perm.CHANGE_RULES),
    (_("Retention"), "governance:retention-list", Perm.VIEW_RETENTION),
    (_("Check a paper"), "governance:paper-check", Perm.REVIEW_ACCESS),
    (_("Disposals"), "governance:disposal-list", Perm.VIEW_DISPOSAL),
    (_("Who may see what"), "sharing:internal-access", Perm.VIEW_RULES),
    (_("Questions about looks"), "governance:question-list", Perm.EXPLAIN_ACCESS),
)
IN_THE_BAR = 7  # more would not be found at a glance; the others stand on the page "More"
LETTERS_IN_THE_BAR, GAP = 112, 3  # as many letters as fit beside each other, and for how many a gap counts


@dataclass(frozen=True)
class MenuItem:
    """One entry of the service navigation."""

    text: str
    url: str
    active: bool


def menu(request: HttpRequest) -> list[MenuItem]:
    """Return the entries that this person may follow in the acting role."""
    role = acting_role(request)
    has_home = role in PAGES  # other roles start at another entry of the menu
    rights = ROLE_RIGHTS[Role(role)] if role else {}
    allowed = [
        (text, reverse(route))
        for text, route, perm in MENU
        if (perm in rights and scopes_of(request.user, perm) if perm else has_home)
    ]
    once = dict.fromkeys(allowed)
    here = max((url for _text, url in once if request.path.startswith(url) and (url != "/" or request.path == "/")), key=len, default=None)
    return [MenuItem(str(text), url, active=url == here) for text, url in once]


def bar(items: list[MenuItem], path: str) -> list[MenuItem]:
    """Return what the bar shows: everything where it fits on one line, else the first entries and "More"."""
    ends = list(accumulate(len(item.text) + GAP for item in items))
    fit = sum(end <= LETTERS_IN_THE_BAR for end in ends)
    if fit == len(items) <= IN_THE_BAR + 1:
        return items
    fit = min(fit, IN_THE_BAR)
    more = reverse("accounts:more")
    return [*items[:fit], MenuItem(gettext("More"), more, active=path == more or any(item.active for item in items[fit:]))]


def help_url(request: HttpRequest) -> str:
    """Return the help of the page that was asked for; the index where none of one's roles opens it, or no page has the address."""
    match = getattr(request, "resolver_match", None)
    topic = topic_of(match.view_name) if match else None
    return reverse("guide:topic", args=[topic.slug]) if topic and is_for(topic, request.user.roles) else reverse("guide:index")


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
    # Asked by the pages on which somebody can act; on the others not even the query is built.
    banners["log_is_broken"] = SimpleLazyObject(lambda: AuditCheck.objects.unsettled().exists())
    items = SimpleLazyObject(lambda: menu(request))
    shown = {"navigation": SimpleLazyObject(lambda: bar(items, request.path)), "menu": items}
    banners["help_url"] = help_url(request)
    return banners | shown | {"acting_role": Role(role) if role else "", "roles": roles}
