"""The service's addresses and a baseline of the API: a bare answer."""
from __future__ import annotations

from typing import Any, ClassVar

from django.urls import include, path
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.edges import TokenEdge
from accounts.choices import ApiScope
from config.urls import handler403, handler404, handler500
from sharing.api.serializers import SharedRowOut
from sharing.models import Release
from sharing.reports.shared import as_shared

__all__ = ["handler403", "handler404", "handler500", "urlpatterns"]


class BareAnswer(TokenEdge):
    """What the list of shared records answers, made once: what a client's call costs before anything is looked up."""

    required_scope = ApiScope.SHARED
    results: ClassVar[list[Any]] = []

    def get(self, request: Request) -> Response:
        """Return it."""
        if not self.results:
            rows = Release.objects.for_user(request.user).select_related("force").order_by("-pk")[:100]
            self.results.extend(SharedRowOut([as_shared(row) for row in rows], many=True).data)
        return Response({"next": None, "previous": None, "results": self.results})


# Last, so that finding it takes no less than finding the pages it is compared with.
urlpatterns = [
    path("", include("config.urls")),
    path("bench/bare-answer/", BareAnswer.as_view(), name="bench-bare-answer"),
]
