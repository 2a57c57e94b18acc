"""How the system does: for its administrator, for probes, for Prometheus."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.crypto import constant_time_compare
from django.utils.timezone import now
from prometheus_client import CONTENT_TYPE_LATEST

from accounts.permissions import Access, Perm
from audit.choices import Verb
from audit.services import record_read
from audit.views import Edge, PageEdge
from governance.models import JobRun
from governance.reports.health import findings, readiness, worst_of
from governance.reports.jobs import jobs_of
from governance.reports.metrics import metrics_text


class HealthPage(PageEdge):
    """Every check with what to do, and every job of the clock; it names nobody, and is the same for every force."""

    permission = Perm.VIEW_HEALTH
    template_name = "governance/health/health.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Look at everything, and record that it was looked at."""
        record_read(Verb.VIEWED, page=type(self).__name__)
        found = findings()
        jobs = jobs_of(list(JobRun.objects.for_user(self.request.user)), now())
        shown = {"findings": found, "worst": worst_of(found), "jobs": jobs, "at": now(), "runbook": settings.RUNBOOK_URL}
        return super().get_context_data(**shown, version=settings.VERSION, **kwargs)


class Alive(Edge):
    """Whether this process answers; it asks nothing of anything else."""

    permission = Access.PUBLIC

    def get(self, request: HttpRequest) -> HttpResponse:
        """Say so."""
        return JsonResponse({"alive": True})


class Ready(Edge):
    """Whether what every request needs is there: names of parts and nothing of why."""

    permission = Access.PUBLIC

    def get(self, request: HttpRequest) -> HttpResponse:
        """Ask each part; 503 as long as one is missing."""
        parts = readiness()
        words = {name: "ok" if is_there else "missing" for name, is_there in parts.items()}
        return JsonResponse(words, status=200 if all(parts.values()) else 503)


class Metrics(Edge):
    """Figures for Prometheus, to whoever brings the token of the settings; for everybody else there is no such page."""

    permission = Access.PUBLIC

    def get(self, request: HttpRequest) -> HttpResponse:
        """Compare the token and return the figures."""
        given = request.headers.get("Authorization", "").removeprefix("Bearer ")
        if not settings.METRICS_TOKEN or not constant_time_compare(given, settings.METRICS_TOKEN):
            raise Http404
        return HttpResponse(metrics_text(), content_type=CONTENT_TYPE_LATEST)
