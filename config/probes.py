"""What happens around a request for the sake of whoever runs the service: probes are answered, requests are counted."""
from __future__ import annotations

from collections.abc import Callable
from time import perf_counter

from django.http import HttpRequest, HttpResponse
from django.urls import resolve

from governance.services.requests import count_request

GetResponse = Callable[[HttpRequest], HttpResponse]
PROBES = {"/healthz", "/readyz"}
UNKNOWN = "none"


class Probes:
    """Answer probes before anything else is asked: they come by number and unencrypted from the proxy or the container itself.

    So neither the name in `Host` nor TLS counts for them, and no session, trail or database is touched on the way.
    """

    def __init__(self, get_response: GetResponse):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path_info not in PROBES:
            return self.get_response(request)
        match = resolve(request.path_info)
        return match.func(request, *match.args, **match.kwargs)


class RequestCount:
    """Count each request by route and kind of answer, with how long it took."""

    def __init__(self, get_response: GetResponse):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        begun = perf_counter()
        response = self.get_response(request)
        route = request.resolver_match.view_name if request.resolver_match else UNKNOWN
        count_request(actor=None, route=route or UNKNOWN, status=response.status_code, seconds=perf_counter() - begun)
        return response
