"""Two baselines at the addresses of the pages that they are held against, so that finding the view costs the same on both sides."""
from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase

from accounts.permissions import Access
from audit import context
from audit.views import PageEdge

BARE, UNRECORDED = "bare", "unrecorded"


class BarePage(PageEdge):
    """The frame of every page around nothing: what a page costs before it does anything."""

    permission = Access.SIGNED_IN
    template_name = "base.html"


class Baselines:
    """Answer `?bare` with an empty page, and `?unrecorded` without writing down that the page was read. The innermost middleware."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if UNRECORDED in request.GET:
            context.current().waiting.clear()
        return response

    def process_view(self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any) -> HttpResponseBase | None:
        """Take the place of the view that was found."""
        return BarePage.as_view()(request) if BARE in request.GET else None
