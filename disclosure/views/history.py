"""All disclosures about a record, on one line of time."""

from __future__ import annotations

from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse
from django.utils.timezone import now

from accounts.permissions import Perm
from audit.choices import Verb
from audit.services import record_event
from disclosure.documents.history import history_paper
from disclosure.reports.history import history_page
from offenders.views.base import NominalEdge, NominalPage
from ui.pdf import pdf_response

LONGEST_KIND = 40


class History(NominalPage):
    """What was decided, sent, told and asked about the person, as far as the reader may read it."""

    permission = Perm.VIEW_CASE_FILE
    template_name = "disclosure/history/history.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Cut one page, of one kind or of any."""
        asked = self.request.GET
        number = asked.get("page", "")
        number = int(number) if number.isascii() and number.isdigit() and len(number) < 6 else 1
        kind, number = asked.get("kind", "")[:LONGEST_KIND], max(number, 1)
        page = history_page(self.request.user, self.nominal, kind, number)
        previous = self.address_of(number - 1) if number > 1 else ""
        following = "" if page.is_last else self.address_of(number + 1)
        return super().get_context_data(page=page, kind=kind, previous_url=previous, next_url=following, **kwargs)

    def address_of(self, number: int) -> str:
        """Return the address of another page of the same kind."""
        query = self.request.GET.copy()
        query["page"] = str(number)
        return f"?{query.urlencode()}"


class PrintHistory(NominalEdge):
    """The same as a paper; recorded before it leaves."""

    permission = Perm.VIEW_CASE_FILE
    http_method_names: ClassVar = ["post", "options"]

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Record, then hand over the paper."""
        record_event(Verb.PRINTED, self.nominal, page="History of disclosures")
        paper = history_paper(request.user, self.nominal, now(), request.POST.get("kind", "")[:LONGEST_KIND])
        return pdf_response(paper, f"{self.nominal.reference}-disclosures")
