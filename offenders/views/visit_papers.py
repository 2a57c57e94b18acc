"""What leaves the screen about visits: the sheet for the door, and a planned visit for the officer's calendar."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.generic import View

from accounts.permissions import Perm
from audit.choices import Verb
from audit.services import record_event
from audit.views import Edge, get_or_404
from offenders.documents.visits import make_sheet
from offenders.models import Visit
from offenders.views.base import NominalEdge
from ui.calendars import Event, calendar_response, make_calendar
from ui.pdf import pdf_response


class PaperEdge(NominalEdge, Edge, View):
    """A button that hands over a file."""

    permission = Perm.VIEW_CASE_FILE
    http_method_names = ("post", "options")


class PrintSheet(PaperEdge):
    """Print the visit sheet."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Make the sheet; the paper is recorded."""
        sheet = make_sheet(request.user, self.nominal)
        record_event(Verb.PRINTED, self.nominal, page=type(self).__name__)
        return pdf_response(sheet, f"visit-sheet-{self.nominal.reference}")


class VisitCalendar(PaperEdge):
    """Put a visit into one's own calendar: the reference and the time, nothing of the person, not even the address."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Make the file; that it left is recorded."""
        rows = Visit.objects.for_user(request.user).filter(nominal=self.nominal)
        visit = get_or_404(rows, public_id=kwargs["public_id"], planned_for__isnull=False)
        event = Event(
            uid=f"{visit.public_id}@vigil",
            starts_at=visit.at,
            ends_at=visit.ends_at,
            summary=f"Visit {self.nominal.reference}",
            description=f"{visit.get_purpose_display()}. {visit.get_notice_display()}. Open the record for the address and the sheet.",
        )
        record_event(Verb.EXPORTED, visit, page=type(self).__name__)
        return calendar_response(make_calendar([event]), f"visit-{self.nominal.reference}")
