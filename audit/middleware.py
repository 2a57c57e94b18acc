"""Open the circumstances of a request and write its reads before the answer leaves."""
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from accounts.roles import acting_role
from audit.choices import Channel
from audit.context import Context, in_context
from audit.services import flush_events


class Trail:
    """Name the actor and the acting role; nothing is shown whose record could not be written."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        context = Context(
            user=SimpleLazyObject(lambda: request.user),
            acting_role=acting_role(request),
            channel=Channel.API if request.path.startswith("/api/") else Channel.WEB,
            ip_address=request.META.get("REMOTE_ADDR") or None,
            collects=True,
        )
        request.trail_id = context.request_id  # type: ignore[attr-defined]  # for log lines written after the block
        with in_context(context):
            response = self.get_response(request)
            flush_events()
        response["X-Request-ID"] = str(context.request_id)
        return response
