"""The service's addresses and two baselines: an empty page for people signed in, and the card without its access record."""
from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.urls import include, path

from accounts.permissions import Access
from audit import context
from audit.views import PageEdge
from config.urls import handler403, handler404, handler500
from offenders.views.card import CardPage

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


# Last, so that finding them takes no less than finding the pages they are compared with.
urlpatterns = [
    path("", include("config.urls")),
    path("bench/bare/", BarePage.as_view(), name="bench-bare"),
    path("bench/<str:reference>/card/", UnrecordedCard.as_view(), name="bench-card"),
]
