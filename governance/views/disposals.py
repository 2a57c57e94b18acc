"""Pages of certificates: what is left of records that were disposed of."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.timezone import now

from accounts.permissions import Perm
from audit.choices import Verb
from audit.services import record_event, record_read
from audit.views import Edge, ListEdge, PageEdge, get_or_404
from governance.documents.disposals import certificate_paper
from governance.models import Disposal
from governance.reports.retention_lists import certificates, files_on
from ui.pdf import pdf_response


class CertificateEdge(Edge):
    """For whoever decides about records' ends or reads the trail."""

    permission = Perm.VIEW_DISPOSAL
    request: HttpRequest
    kwargs: dict[str, Any]

    def find(self) -> Disposal:
        """Return the certificate of the address."""
        found: Disposal = get_or_404(certificates(self.request.user), public_id=self.kwargs["public_id"])
        return found


class DisposalList(CertificateEdge, ListEdge):
    """The certificates of the force, newest first."""

    template_name = "governance/disposals/list.html"

    def rows(self) -> QuerySet:
        """Return those that the user may see."""
        return certificates(self.request.user)


class DisposalPage(CertificateEdge, PageEdge):
    """One certificate: when, by whose decision and by which rule, how much went. No content."""

    template_name = "governance/disposals/certificate.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add it."""
        disposal = self.find()
        record_read(Verb.VIEWED, disposal, page=type(self).__name__)
        return super().get_context_data(disposal=disposal, files=files_on(disposal), **kwargs)


class DisposalPaper(CertificateEdge):
    """The same as a paper; recorded before it leaves."""

    http_method_names: ClassVar = ["post", "options"]

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Record, then hand over the paper."""
        disposal = self.find()
        record_event(Verb.PRINTED, disposal, page="Certificate of disposal")
        return pdf_response(certificate_paper(request.user, disposal, now()), f"disposal-{disposal.references[0]}")
