"""Who could have seen a record on a past day, for auditors: as a page and on paper, and checking such a paper."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from accounts.permissions import Perm
from audit.choices import Verb
from audit.references import of_force, references_of
from audit.services import record_read
from audit.views import Edge, FormEdge, get_or_404
from governance.choices.could_see import Shown
from governance.forms.looks import CheckForm, DayForm
from governance.reports.could_see import sight_on
from governance.services.sight_papers import Checked, check_paper, issue_paper
from offenders.models import Nominal
from ui.languages import render
from ui.pdf import pdf_response


class OfRecord(Edge):
    """Something about who could have seen one record: its reference, and nothing else of it."""

    permission = Perm.REVIEW_ACCESS

    def find(self) -> Nominal:
        """Return the record of the auditor's force; hidden and missing look the same."""
        nominal: Nominal = get_or_404(of_force(self.request.user), reference=self.kwargs["reference"])
        return nominal

    def form(self) -> DayForm:
        """Return the form with the day of the address, or with the boxes that were filled; today where neither says."""
        asked = self.request.GET
        if any(name.startswith("on_") for name in asked):
            return DayForm(asked)
        day = localdate()
        with suppress(ValueError):
            day = date.fromisoformat(asked.get("on", ""))
        return DayForm({"on_day": day.day, "on_month": day.month, "on_year": day.year, "show": asked.get("show", "")})


class CouldSee(OfRecord):
    """Everybody who could have seen it on a day, by which rule, and what they did."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Reconstruct the day, and record that it was read."""
        nominal, form = self.find(), self.form()
        shown: dict[str, Any] = {"nominal": nominal, "form": form}
        if form.is_valid():
            day = form.cleaned_data["on"]
            sight = sight_on(nominal, day)
            record_read(Verb.VIEWED, nominal, page="WhoCouldSee", on=day.isoformat())
            shown |= {"sight": sight, "seers": sight.shown(form.cleaned_data["show"] or Shown.FILE)}
        return render(request, "governance/looks/could_see.html", shown, status=200 if form.is_valid() else 422)


class PrintSight(OfRecord):
    """The same on paper, with a code to check it by."""

    http_method_names = ("post", "options")

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Issue it and hand it over."""
        nominal, form = self.find(), self.form()
        day = form.cleaned_data["on"] if form.is_valid() else localdate()
        paper, file = issue_paper(actor=request.user, nominal=nominal, day=day)
        return pdf_response(file, f"{nominal.reference}-who-could-see-{day.isoformat()}-{paper.code}")


class CheckPaper(FormEdge):
    """Says whether a paper is one that was issued here, unchanged."""

    permission = Perm.REVIEW_ACCESS
    form_class = CheckForm
    template_name = "governance/looks/check_paper.html"
    title = _("Check a paper")
    button = _("Check")

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show what was found on the same page: a check changes nothing."""
        response = super().post(request, *args, **kwargs)
        if not hasattr(self, "result"):
            return response
        checked: Checked = self.result
        reference = references_of([checked.paper.nominal]).get(checked.paper.nominal, "")
        form = self.form_class(initial={"code": checked.paper.code})
        return render(request, self.template_name, self.get_context_data(form=form, checked=checked, reference=reference))

    def perform(self, code: str, file: Any) -> Checked:
        """Check it."""
        return check_paper(actor=self.request.user, code=code, file=file.read() if file else None)

    def get_success_url(self) -> str:
        """It stays where it is."""
        return self.request.path
