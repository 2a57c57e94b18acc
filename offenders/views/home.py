"""Where each role starts: what there is to do, or where to do it."""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple

from django.db.models import Count, F, Q, Subquery
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils.timezone import localdate, now
from django.utils.translation import gettext
from django.views.generic import TemplateView

from accounts.access import may
from accounts.choices import Role
from accounts.models import User
from accounts.permissions import Access, Perm
from accounts.roles import acting_role
from actions.models import Action
from actions.reports import counters_of, soonest_of
from audit.choices import Verb
from audit.services import record_read
from audit.views import Edge
from offenders.cards import CHECK_EVERY
from offenders.choices import RiskLevel
from offenders.forms.records import CaseloadFilter
from offenders.models import BreakGlass, Nominal, Notice
from offenders.querysets import NominalQuerySet
from offenders.reports.visits import with_visit_due
from offenders.views.meeting_days import month_page

ROWS = 200  # far above any caseload
ELSEWHERE = {Role.AUDITOR: "audit:event-list", Role.ADMINISTRATOR: "accounts:user-list"}
ELSEWHERE |= {Role.MAPPA_COORDINATOR: "offenders:meetings", Role.PARTNER: "sharing:shared-list"}


class Counter(NamedTuple):
    """A number that leads to the list behind it."""

    number: int
    words: str
    show: str
    colour: str


class Home(Edge, TemplateView):
    """The first page after signing in, by acting role."""

    permission = Access.SIGNED_IN

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Show the role's own page, or send on to where its work is."""
        self.role = acting_role(request)
        if self.role in PAGES:
            return super().get(request, *args, **kwargs)
        if self.role in ELSEWHERE:
            return redirect(ELSEWHERE[Role(self.role)])
        return redirect("offenders:find")

    def get_template_names(self) -> list[str]:
        """Return the template of the acting role."""
        return [PAGES[self.role][0]]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Return what the page of the acting role shows."""
        return super().get_context_data(**PAGES[self.role][1](self.request, localdate()), **kwargs)


def my_work(request: HttpRequest, today: date) -> dict[str, Any]:
    """An offender manager's notices and caseload."""
    cases = Nominal.objects.for_user(request.user, Perm.VIEW_CARD).filter(offender_manager=request.user)
    rows, form = caseload(request, cases, today)
    notices = unanswered(request.user).filter(nominal__offender_manager=request.user)
    page = {"notices": notices[:ROWS], "counters": counters(cases, notices.count(), today), "rows": rows, "filter": form}
    return page | counters_of(request.user, now())


def team_board(request: HttpRequest, today: date) -> dict[str, Any]:
    """A supervisor's unit: what waits, who carries how much, what is missing."""
    cases = Nominal.objects.for_user(request.user, Perm.ANSWER_NOTICE)
    notices = unanswered(request.user)
    rows, form = caseload(request, cases, today) if request.GET else ([], CaseloadFilter())
    page = {"notices": notices[:ROWS], "counters": counters(cases, notices.count(), today), "rows": rows, "filter": form}
    page |= counters_of(request.user, now(), is_unit=True)
    return page | {"officers": officers(cases, today), "openings": openings_to_review(request.user)}


def nothing(request: HttpRequest, today: date) -> dict[str, Any]:
    """Pages that say why there is nothing and who can help."""
    return {}


PAGES = {
    Role.OFFENDER_MANAGER: ("offenders/home_manager.html", my_work),
    Role.SUPERVISOR: ("offenders/home_supervisor.html", team_board),
    Role.MAPP_CHAIR: ("offenders/meetings/calendar.html", month_page),
    "": ("offenders/home_nothing.html", nothing),
}


def unanswered(user: User) -> Any:
    """Notices that wait for this user's answer, newest first."""
    waiting = Notice.objects.for_user(user).filter(answered_at__isnull=True)
    return waiting.select_related("nominal", "reported_by", "nominal__offender_manager").order_by("-pk")


def caseload(request: HttpRequest, cases: NominalQuerySet, today: date) -> tuple[list[Nominal], CaseloadFilter]:
    """Return the cases to show, soonest action first and then highest risk, and record that they were listed."""
    form = CaseloadFilter(request.GET)
    chosen = form.cleaned_data if form.is_valid() else {}
    cases = narrow(cases, chosen.get("show", ""), today).with_level(today)
    if levels := chosen.get("risk"):
        cases = cases.filter(risk_level__in=levels)
    cases = with_visit_due(cases)
    soonest = soonest_of(request.user)
    cases = cases.annotate(soonest=Subquery(soonest.values("pk")[:1]), soonest_at=Subquery(soonest.values("late_from")[:1]))
    order = (F("soonest_at").asc(nulls_last=True), F("soonest").asc(nulls_last=True), "-risk_level", "-pk")
    rows = list(cases.with_summary(today).with_unanswered_notice().select_related("facts").order_by(*order)[:ROWS])
    actions = Action.objects.for_user(request.user).in_bulk([row.soonest for row in rows if row.soonest])
    for row in rows:
        row.next_action = actions.get(row.soonest)
    record_read(Verb.LISTED, page="Home", rows="offenders.nominal", ids=[row.pk for row in rows])
    return rows, form


def narrow(cases: NominalQuerySet, show: str, today: date) -> NominalQuerySet:
    """Keep the cases behind one counter."""
    match show:
        case "unchecked":
            return cases.unchecked_since(today - CHECK_EVERY)
        case "risk":
            return cases.without_risk(today)
        case "mappa":
            return cases.without_mappa(today)
        case "restricted":
            return cases.filter(is_restricted=True)
    return cases


def counters(cases: NominalQuerySet, notices: int, today: date) -> list[Counter]:
    """Return what needs doing, as numbers in one query each."""
    return [
        Counter(notices, gettext("Notices to answer"), "", "red"),
        Counter(narrow(cases, "unchecked", today).count(), gettext("Cards not checked for 90 days"), "unchecked", "orange"),
        Counter(narrow(cases, "risk", today).count(), gettext("Risk level not set"), "risk", "blue"),
        Counter(narrow(cases, "mappa", today).count(), gettext("MAPPA not set"), "mappa", "blue"),
        Counter(narrow(cases, "restricted", today).count(), gettext("Restricted records"), "restricted", "grey"),
    ]


def officers(cases: NominalQuerySet, today: date) -> list[dict[str, Any]]:
    """Return how many cases each officer of the unit carries, in one query."""
    highest = Q(risk_periods__period__contains=today, risk_periods__level=RiskLevel.VERY_HIGH)
    fields = (
        "offender_manager",
        "offender_manager__rank",
        "offender_manager__collar_number",
        "offender_manager__last_name",
        "offender_manager__is_active",
    )
    load = cases.order_by().values(*fields).annotate(cases=Count("pk", distinct=True), very_high=Count("pk", filter=highest, distinct=True))
    return list(load.order_by("-cases"))


def openings_to_review(user: User) -> int:
    """Return how many emergency openings wait for this user's review."""
    if not may(user, Perm.REVIEW_BREAK_GLASS):
        return 0
    return int(BreakGlass.objects.for_user(user).filter(reviewed_at__isnull=True).count())
