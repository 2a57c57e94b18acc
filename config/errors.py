"""How each refusal reaches the caller, in the browser and in the API; refusals are recorded here and nowhere else."""
from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseServerError, JsonResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext, gettext_noop
from rest_framework import exceptions, status
from rest_framework.response import Response
from rest_framework.views import exception_handler

from accounts.errors import PROBLEM, DomainError, DoorClosed, NotPermitted, StaleRecord
from audit.choices import Verb
from audit.context import current
from audit.services import flush_events, record_read
from config.refusals import explain_refusal
from ui.languages import render

EXPIRED = gettext_noop("The form had expired. Go back, load the page again and send it once more.")
NOT_THERE, NOTHING_THERE = "Not found", "There is nothing here that you may see."


def record_refusal(request: HttpRequest, exc: BaseException) -> None:
    """Write down what was refused: the rule's name, never the address (it may be guessed at)."""
    route = getattr(request.resolver_match, "view_name", "") or ""
    asked = {name: str(value) for name, value in request.resolver_match.kwargs.items()} if request.resolver_match else {}
    if isinstance(exc, Http404):
        record_read(Verb.NOT_FOUND, route=route, asked=asked)
    else:
        why = {"why": exc.why} if hasattr(exc, "why") else {}
        permission = str(getattr(exc, "perm", ""))
        record_read(Verb.REFUSED, getattr(exc, "subject", None), route=route, permission=permission, asked=asked, **why)


def forbidden(request: HttpRequest, exception: BaseException) -> HttpResponse:
    """403: the page exists, this person's roles do not reach it; says who can help."""
    record_refusal(request, exception)
    return render(request, "403.html", {"refusal": explain_refusal(request.user, exception)}, status=403)


def not_found(request: HttpRequest, exception: BaseException) -> HttpResponse:
    """404: missing and hidden alike, with the same words."""
    record_refusal(request, exception)
    if request.path.startswith("/api/"):  # an address that no route of the API has; programs read no pages
        said = {"title": NOT_THERE, "status": 404, "detail": NOTHING_THERE}
        return JsonResponse(said, status=404, content_type=PROBLEM)
    return render(request, "404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """500: a page that asks the database nothing; its reference stands in the log too."""
    return HttpResponseServerError(render_to_string("500.html", {"request_id": current().request_id}))


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form that was open too long or came from elsewhere. Runs before the trail opens, so writes at once."""
    record_read(Verb.REFUSED, route="form check", permission="")
    flush_events()
    return render(request, "403.html", {"refusal": gettext(EXPIRED)}, status=403)


def problem(code: int, title: str, detail: Any, headers: dict[str, str] | None = None) -> Response:
    """Return an answer in the form of RFC 9457."""
    return Response({"title": title, "status": code, "detail": detail}, status=code, content_type=PROBLEM, headers=headers)


def refused(request: HttpRequest, exc: Exception) -> Response | None:
    """Return the problem document of a refusal of ours, and record it; None for anything else."""
    if isinstance(exc, RequestDataTooBig):
        record_refusal(request, exc)
        return problem(status.HTTP_413_REQUEST_ENTITY_TOO_LARGE, "Too large", "Send less at once.")
    if isinstance(exc, Http404 | exceptions.NotFound):
        record_refusal(request, Http404())
        return problem(status.HTTP_404_NOT_FOUND, NOT_THERE, NOTHING_THERE)
    if isinstance(exc, DoorClosed):
        record_refusal(request, exc)
        return problem(status.HTTP_403_FORBIDDEN, exc.title, str(exc))
    if isinstance(exc, PermissionDenied | exceptions.PermissionDenied):
        record_refusal(request, exc)
        detail = explain_refusal(request.user, exc) if isinstance(exc, NotPermitted) else "You may not do this."
        return problem(status.HTTP_403_FORBIDDEN, "Not permitted", detail)
    return None


def api_exception_handler(exc: Exception, context: dict[str, Any]) -> Response | None:
    """Map our exceptions and DRF's to problem documents; record refusals. Anything else stays a server error."""
    request = context["request"]._request  # noqa: SLF001 - DRF gives no other way to the request of the middleware
    if isinstance(exc, StaleRecord):
        return problem(status.HTTP_409_CONFLICT, "Changed by somebody else", str(exc))
    if isinstance(exc, DomainError):
        return problem(status.HTTP_422_UNPROCESSABLE_ENTITY, "A rule was broken", str(exc))
    if answer := refused(request, exc):
        return answer
    response = exception_handler(exc, context)
    if response is None:
        return None
    if isinstance(exc, exceptions.NotAuthenticated | exceptions.AuthenticationFailed):
        record_refusal(request, exc)
    headers = {name: response[name] for name in ("WWW-Authenticate", "Retry-After", "Allow") if name in response}
    return problem(response.status_code, "The request was not accepted", response.data, headers)
