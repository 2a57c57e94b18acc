"""Pages across a unit's records: visits overdue, who carries how much, and moving cases between officers."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.timezone import localdate, now
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.permissions import Perm
from actions.reports import counters_of
from audit.choices import Verb
from audit.services import record_read
from audit.views import FormEdge, PageEdge
from offenders.choices import RiskLevel
from offenders.forms.team import MoveForm, OfficerFilter
from offenders.models import Nominal
from offenders.querysets import NominalQuerySet
from offenders.reports.visits import overdue_visits
from offenders.reports.workload import Officer, officers_of, people_of
from offenders.rules.visits import days_overdue
from offenders.rules.workload import NOT_SET, Load, measure_on
from offenders.services.workload import reallocate_cases
from offenders.templatetags.nominals import primary_name

PAGE = 50
LEVELS = (*reversed(RiskLevel), NOT_SET)


class OverdueVisits(PageEdge):
    """The unit's visits that are late, the longest first."""

    permission = Perm.CHANGE_RECORD
    template_name = "offenders/visits/overdue.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Cut one page and record it."""
        user, moment = self.request.user, now()
        cases = Nominal.objects.for_user(user, Perm.CHANGE_RECORD)
        form = OfficerFilter(self.request.GET, officers=people_of(user, cases))
        chosen = form.cleaned_data.get("officer") if form.is_valid() else None
        late = overdue_visits(cases.filter(offender_manager=chosen) if chosen else cases, moment).with_summary(localdate())
        page = Paginator(late, PAGE).get_page(self.request.GET.get("page"))
        rows = [(row, days_overdue(row.visit_late_from, moment)) for row in page.object_list]
        record_read(Verb.LISTED, page=type(self).__name__, rows="offenders.nominal", ids=[row.pk for row, _ in rows])
        return super().get_context_data(rows=rows, page=page, filter=form, **self.addresses(page, chosen), **kwargs)

    def addresses(self, page: Any, chosen: int | None) -> dict[str, str]:
        """Return where the pages before and after are."""
        kept = f"&officer={chosen}" if chosen else ""
        previous = f"?page={page.previous_page_number()}{kept}" if page.has_previous() else ""
        return {"previous_url": previous, "next_url": f"?page={page.next_page_number()}{kept}" if page.has_next() else ""}


class TeamBoard(PageEdge):
    """What waits for the unit, and who of it carries how much, against the ceiling."""

    permission = Perm.ALLOCATE_RECORD
    template_name = "offenders/team/board.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add a line for each officer."""
        user, today, moment = self.request.user, localdate(), now()
        cases = Nominal.objects.for_user(user, Perm.ALLOCATE_RECORD)
        officers = officers_of(user, cases, moment, today)
        record_read(Verb.LISTED, page=type(self).__name__, rows="accounts.user", ids=[officer.user.pk for officer in officers])
        lines = [(officer, numbers_of(officer.load)) for officer in officers]
        levels = [RiskLevel(level).label if level else _("Not set") for level in LEVELS]
        waiting = counters_of(user, moment, is_unit=True)
        return super().get_context_data(lines=lines, levels=levels, measure=measure_on(today), **waiting, **kwargs)


def numbers_of(load: Load) -> list[int]:
    """Return how many cases of each level, the highest first."""
    return [load.by_level.get(level, 0) for level in LEVELS]


class MoveCases(FormEdge):
    """Try out what moving cases would do to two officers' loads; store it only when it is confirmed with a reason."""

    permission = Perm.ALLOCATE_RECORD
    form_class = MoveForm
    template_name = "offenders/team/move.html"
    title = _("Move cases")
    button = _("Confirm the move")
    done_message = _("The cases have been moved. Both officers see their new caseloads now.")

    def load(self) -> None:
        """Find the officer and the officer's cases, as far as the user may allocate them."""
        today, chosen = localdate(), self.request.GET.get("officer", "")
        mine = Nominal.objects.for_user(self.request.user, Perm.ALLOCATE_RECORD)
        self.officers = {officer.user.pk: officer for officer in officers_of(self.request.user, mine, now(), today)}
        self.giver = self.officers.get(int(chosen)) if chosen.isdigit() and len(chosen) < 10 else None
        self.cases = self.cases_of(mine, self.giver) if self.giver else {}
        record_read(Verb.LISTED, page=type(self).__name__, rows="offenders.nominal", ids=[case.pk for case in self.cases.values()])

    def cases_of(self, mine: NominalQuerySet, giver: Officer) -> dict[str, Any]:
        """Return an officer's cases by reference, the highest risk first."""
        today = localdate()
        rows = mine.filter(offender_manager=giver.user).with_level(today).with_summary(today).order_by("-risk_level", "pk")
        return {row.reference: row for row in rows}

    def get_form_kwargs(self) -> dict[str, Any]:
        """Offer the cases, and everybody else of the unit who has not left."""
        takers = [officer for officer in self.officers.values() if officer.user.is_active and officer != self.giver]
        return {
            "cases": [(f"{case.reference}.{case.version}", self.words_of(case)) for case in self.cases.values()],
            "officers": [(officer.user.pk, officer.words) for officer in takers],
            "confirms": "compare" not in self.request.POST,
        }

    def words_of(self, case: Any) -> str:
        """Name a case and its level."""
        level = RiskLevel(case.risk_level).label if case.risk_level else gettext("Not set")
        return f"{primary_name(case)}, {case.reference}: {level}"

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Compare without storing anything, or confirm."""
        if "compare" not in request.POST:
            return super().post(request, *args, **kwargs)
        self.load()
        form = MoveForm(request.POST, **self.get_form_kwargs())
        return self.show(form) if form.is_valid() else self.show(form, status=422)

    def perform(self, cases: list[str], offender_manager: int, reason: str) -> list[Nominal]:
        """Move all of them, or none."""
        seen = [(self.cases[key.partition(".")[0]], int(key.partition(".")[2])) for key in cases]
        return reallocate_cases(actor=self.request.user, cases=seen, offender_manager=self.taker(offender_manager), reason=reason)

    def taker(self, key: int) -> User:
        """Return the receiving officer."""
        return self.officers[key].user

    def get_success_url(self) -> str:
        """Return the board."""
        return reverse("offenders:team")

    def get_context_data(self, form: forms.Form, **kwargs: Any) -> dict[str, Any]:
        """Add both loads, before and after, once a choice was made."""
        chosen = getattr(form, "cleaned_data", {}) if form.is_bound else {}
        loads = self.loads(chosen) if chosen.get("cases") and chosen.get("offender_manager") else []
        giver = self.giver.user if self.giver else None
        board = reverse("offenders:team")
        back = {"back_url": board, "cancel_url": board}
        return super().get_context_data(form=form, giver=giver, loads=loads, measure=self.measure, **back, **kwargs)

    @cached_property
    def measure(self) -> Any:
        """Today's ceiling."""
        return measure_on(localdate())

    def loads(self, chosen: dict[str, Any]) -> list[tuple[User, Load, Load]]:
        """Return both officers with their loads before and after."""
        moved: dict[int, int] = {}
        for key in chosen["cases"]:
            level = self.cases[key.partition(".")[0]].risk_level or NOT_SET
            moved[level] = moved.get(level, 0) + 1
        giver, taker = self.giver, self.officers[chosen["offender_manager"]]
        return [(giver.user, giver.load, giver.load.with_cases(moved, -1)), (taker.user, taker.load, taker.load.with_cases(moved))]
