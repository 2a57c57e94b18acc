"""The line of time of a record: everything that the reader may see, newest first, of one kind or of any."""

from __future__ import annotations

from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse
from django.utils.timezone import now

from accounts.permissions import Perm
from audit.choices import Verb
from audit.services import record_event
from offenders.documents.timeline import timeline_paper
from offenders.timeline.reading import moment_of, read_timeline
from offenders.views.base import NominalEdge, NominalPage
from ui.pdf import pdf_response

LONGEST_KIND = 40


class Timeline(NominalPage):
    """One page of the line; full or compact."""

    permission = Perm.VIEW_CASE_FILE
    template_name = "offenders/case_file/timeline.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Read from the moment in the address downwards."""
        asked = self.request.GET
        kind, before, present = asked.get("kind", "")[:LONGEST_KIND], asked.get("before", ""), now()
        page = read_timeline(self.request.user, self.nominal, moment_of(before, present), kind)
        return super().get_context_data(
            page=page,
            kind=kind if kind in page.kinds else "",
            is_unknown=bool(kind) and kind not in page.kinds,
            is_compact=asked.get("view") == "compact",
            next_before=page.next_before.isoformat() if page.next_before else None,
            is_first_page=not before,
            **kwargs,
        )


class PrintTimeline(NominalEdge):
    """The line as a paper; recorded before it leaves."""

    permission = Perm.VIEW_CASE_FILE
    http_method_names: ClassVar = ["post", "options"]

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Record, then hand over the paper."""
        record_event(Verb.PRINTED, self.nominal, page="Timeline")
        pdf = timeline_paper(request.user, self.nominal, now(), request.POST.get("kind", "")[:LONGEST_KIND])
        return pdf_response(pdf, f"{self.nominal.reference}-timeline")
