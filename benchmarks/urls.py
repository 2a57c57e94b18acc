"""The service's addresses and three baselines: an empty page for people signed in, the card without its access record, a bare answer."""
from __future__ import annotations

from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponseBase
from django.urls import include, path
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.edges import TokenEdge
from accounts.choices import ApiScope
from accounts.permissions import Access
from audit import context
from audit.views import PageEdge
from config.urls import handler403, handler404, handler500
from offenders.views.card import CardPage
from sharing.api.serializers import SharedRowOut
from sharing.models import Release
from sharing.reports.shared import as_shared

__all__ = ["handler403", "handler404", "handler500", "urlpatterns"]


class BarePage(PageEdge):
    """The frame of every page around nothing: what a page costs before it does anything."""

    permission = Access.SIGNED_IN
    template_name = "base.html"


class UnrecordedCard(CardPage):
    """The card, without writing down that it was read."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Build the page and drop its event, so that the end of the request has none to write."""
        response = super().dispatch(request, *args, **kwargs)
        context.current().waiting.clear()
        return response


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


# Last, so that finding them takes no less than finding the pages they are compared with.
urlpatterns = [
    path("", include("config.urls")),
    path("bench/bare-answer/", BareAnswer.as_view(), name="bench-bare-answer"),
    path("bench/bare/", BarePage.as_view(), name="bench-bare"),
    path("bench/<str:reference>/card/", UnrecordedCard.as_view(), name="bench-card"),
]
