"""Pages for readers of released intelligence: on a person's record, and what one was sent."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from accounts.permissions import Perm
from audit.choices import Verb
from audit.services import record_read
from audit.views import Edge, FormEdge, ListEdge, get_or_404
from intelligence.documents.information import report_paper
from intelligence.forms.information import DidForm, TakeForm
from intelligence.models import Dissemination, InformationRelease, ReportRoute
from intelligence.reports.information import licence_of, release_of, told_about
from intelligence.services.information_routing import take_route
from intelligence.services.information_sending import confirm_report, say_what_was_done
from offenders.views.base import NominalPage
from offenders.views.changes import RecordForm
from offenders.views.visit_papers import PaperEdge
from ui.pdf import pdf_response


class NominalInformation(NominalPage):
    """What was reported about this person: the sanitised text with its grade once it is released, and who took it."""

    permission = Perm.VIEW_CASE_FILE
    template_name = "intelligence/information/of_nominal.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add it, and whom to tell of a person on licence."""
        told = told_about(self.request.user, self.nominal)
        return super().get_context_data(told=told, licence=licence_of(self.nominal), **kwargs)


class TakeReport(RecordForm):
    """Taking a report about this person, with what was done."""

    form_class = TakeForm
    title = _("Take the intelligence report")
    button = _("Take it")
    done_message = _("The report is taken.")
    back = "intelligence:information"

    def load(self) -> None:
        """Find it."""
        rows = ReportRoute.objects.for_user(self.request.user, Perm.CHANGE_RECORD).filter(nominal=self.nominal)
        self.route = get_or_404(rows.select_related("nominal"), public_id=self.kwargs["public_id"])

    def perform(self, **data: Any) -> ReportRoute:
        """Take it."""
        return take_route(actor=self.request.user, route=self.route, **data)


class InformationPaper(PaperEdge):
    """What was released last of a report about this person, on paper."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Print it and record that."""
        routes = ReportRoute.objects.for_user(request.user).filter(nominal=self.nominal, public_id=kwargs["public_id"])
        rows = InformationRelease.objects.for_user(request.user).filter(report__in=routes.exclude(is_about=False).values("report"))
        release = get_or_404(rows.select_related("report").order_by("-number"))
        record_read(Verb.PRINTED, self.nominal, page=type(self).__name__, report=release.report.reference)
        holder = str(request.user.unit or request.user.organisation)
        return pdf_response(report_paper(release, request.user, now(), holder=holder), f"intelligence-{release.report.reference}")


class ReceivedList(ListEdge):
    """Released reports that the user, or the user's unit, was sent."""

    permission = Perm.READ_INTELLIGENCE
    template_name = "intelligence/information/received_list.html"

    def rows(self) -> QuerySet:
        """Return them, newest first."""
        return Dissemination.objects.for_user(self.request.user).select_related("report", "user", "unit", "sent_by").order_by("-pk")


class Received(FormEdge):
    """A released report that one was sent; opening it is the receipt, and what was done goes back to the bureau."""

    permission = Perm.READ_INTELLIGENCE
    form_class = DidForm
    template_name = "intelligence/information/received.html"
    title = _("Intelligence for you")
    button = _("Tell the bureau")
    done_message = _("The bureau was told.")

    def load(self) -> None:
        """Find it, and record that it was read."""
        rows = Dissemination.objects.for_user(self.request.user).select_related("report", "sent_by", "did_by")
        self.sent = get_or_404(rows, public_id=self.kwargs["public_id"])
        record_read(Verb.VIEWED, self.sent, page=type(self).__name__)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show it; that is the receipt."""
        response = super().get(request, *args, **kwargs)
        confirm_report(actor=request.user, sent=self.sent)
        return response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the text as it holds now."""
        return super().get_context_data(sent=self.sent, release=release_of(self.request.user, self.sent), **kwargs)

    def perform(self, did: str) -> Dissemination:
        """Store it."""
        return say_what_was_done(actor=self.request.user, sent=self.sent, did=did)

    def get_success_url(self) -> str:
        """Stay."""
        return reverse("intelligence:received", args=[self.sent.public_id])


class ReceivedPaper(Edge):
    """A released report that one was sent, on paper; taking it is the receipt as well."""

    permission = Perm.READ_INTELLIGENCE
    http_method_names = ("post", "options")

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Print it and record that."""
        sent = get_or_404(Dissemination.objects.for_user(request.user).select_related("report"), public_id=kwargs["public_id"])
        release = release_of(request.user, sent)
        if release is None:
            raise Http404
        record_read(Verb.PRINTED, sent, page=type(self).__name__)
        confirm_report(actor=request.user, sent=sent)
        return pdf_response(report_paper(release, request.user, now(), sent=sent), f"intelligence-{sent.report.reference}")
