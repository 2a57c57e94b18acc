"""Pages of the neutral answer, of closing, and of figures."""

from __future__ import annotations

import csv
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from accounts.errors import DomainError
from accounts.permissions import Perm
from audit.choices import Verb
from audit.services import record_read
from audit.views import Edge, PageEdge
from disclosure.choices.applications import Verdict
from disclosure.forms.outcomes import AnswerForm, CloseForm, FiguresForm
from disclosure.reports.outcomes import neutral_text
from disclosure.reports.scheme_figures import HEADINGS, figures_of, lines_of, year_of
from disclosure.rules.applications import State, missing
from disclosure.services import outcomes_answer as services
from disclosure.views.outcomes_base import ApplicationForm, OneApplication
from ui.languages import KEPT_IN, in_reader_words
from ui.pdf import pdf_response

PAGE = "disclosure:application-answer"


class AnswerPage(ApplicationForm):
    """The neutral answer: its words, and by which safe way it goes; once it went, how."""

    page = PAGE
    form_class = AnswerForm
    template_name = "disclosure/outcomes/answer.html"
    title = _("Neutral answer")
    button = _("It was sent like this")
    done_message = _("Recorded. The letter can be printed below.")

    def get_form_kwargs(self) -> dict[str, Any]:
        """Offer the safe ways."""
        return {"contacts": self.safe_contacts}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the words, or how they went."""
        answer = getattr(self.application, "neutral_answer", None)
        waits = self.application.state == State.DECIDED and (self.facts.verdict != Verdict.DISCLOSE or self.facts.told)
        words = answer.text if answer else neutral_text(self.application).text
        return super().get_context_data(**{"answer": answer, "words": words, "may_answer": waits and answer is None, **kwargs})

    def perform(self, **data: Any) -> Any:
        """Record that it went."""
        return services.answer_neutrally(**self.asked(**data))


class PrintAnswer(OneApplication, Edge):
    """The letter of an answer that went."""

    page = PAGE
    http_method_names = ("post", "options")

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Hand it over; or say why not."""
        try:
            name, file = services.print_answer(actor=request.user, application=self.find())
        except DomainError as error:
            messages.error(request, in_reader_words(request, error))
            return redirect(self.get_success_url())
        return pdf_response(file, name)


class CloseApplication(ApplicationForm):
    """Closes it once somebody was told or answered."""

    form_class = CloseForm
    title = _("Close the application")
    button = _("Close it")
    done_message = _("Closed.")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add what is missing."""
        return super().get_context_data(**{"lacks": missing(State.CLOSED, self.facts), **kwargs})

    def perform(self, **data: Any) -> Any:
        """Close it."""
        return services.close_application(**self.asked(**data))


class OfFigures:
    """Reads between which days figures are wanted: the last whole year of the return, unless other days are asked for."""

    permission = Perm.DECIDE_APPLICATION
    request: HttpRequest

    def days(self) -> tuple[FiguresForm, date, date]:
        """Return the form, and the days that are shown."""
        first, last = year_of(localdate())
        if not self.request.GET:
            return FiguresForm(initial={"first": first, "last": last}), first, last
        form = FiguresForm(self.request.GET)
        return (form, form.cleaned_data["first"], form.cleaned_data["last"]) if form.is_valid() else (form, first, last)


class SchemeFigures(OfFigures, PageEdge):
    """The figures for the annual return, in numbers alone."""

    template_name = "disclosure/outcomes/figures.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Count."""
        form, first, last = self.days()
        record_read(Verb.LISTED, page=type(self).__name__)
        rows = figures_of(self.request.user, first, last)
        shown = {"form": form, "first": first, "last": last, "headings": HEADINGS, "rows": rows, "asked": self.request.GET.urlencode()}
        return super().get_context_data(**shown, **kwargs)


class ExportFigures(OfFigures, Edge):
    """The same as a file for spreadsheets."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Hand it over and record that."""
        _, first, last = self.days()
        headers = {
            "Content-Disposition": f'attachment; filename="disclosure-schemes-{first}-{last}.csv"',
            "X-Content-Type-Options": "nosniff",
        }
        response = HttpResponse(content_type="text/csv; charset=utf-8", headers=headers)
        with override(KEPT_IN):
            csv.writer(response).writerows(lines_of(figures_of(request.user, first, last), first, last))
        record_read(Verb.EXPORTED, page=type(self).__name__)
        return response
