"""What stands between a session and the pages: time limits, and the steps after the password."""
from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django_htmx.http import HttpResponseClientRedirect

from accounts.guards import pending_step
from accounts.models import SignIn
from accounts.sessions import end_sessions, leave_nothing, sign_in_of, touch, why_over
from accounts.throttles import FilesOfPerson, PagesOfPerson, UnhinderedPagesOfPerson, ask_to_wait
from audit.choices import Channel, Verb
from audit.context import Context, in_context
from audit.services import record_event

GetResponse = Callable[[HttpRequest], HttpResponse]
API = "/api/"


class SessionLimits:
    """End sessions that were idle or open too long, or were ended elsewhere; keep signed-in pages out of every cache.

    A view whose class says `polls = True` is fetched by the page itself and so is no sign that somebody is there.
    """

    def __init__(self, get_response: GetResponse):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        answer = self.sign_out_if_over(request) if request.user.is_authenticated else None
        response = answer or self.get_response(request)
        if request.user.is_authenticated or answer:
            add_never_cache_headers(response)
        return response

    def process_view(self, request: HttpRequest, view: Callable[..., Any], args: list[Any], kwargs: dict[str, Any]) -> None:
        """Count this request as activity unless the page polls by itself."""
        sign_in = getattr(request, "sign_in", None)
        if sign_in and not getattr(class_of(view), "polls", False):
            touch(sign_in)

    def sign_out_if_over(self, request: HttpRequest) -> HttpResponse | None:
        """Return the way to the sign-in page when the session is over; API callers go on as strangers and get a 401."""
        request.sign_in = sign_in_of(request)  # type: ignore[attr-defined]
        reason = why_over(request.sign_in)  # type: ignore[attr-defined]
        if reason is None:
            return None
        end_overdue(request, request.sign_in, reason)  # type: ignore[attr-defined]
        del request.sign_in  # type: ignore[attr-defined]
        return None if request.path.startswith(API) else to_sign_in(request, reason)


def class_of(view: Callable[..., Any]) -> type | None:
    """Return the class behind a view of a page or of the API."""
    return getattr(view, "view_class", None) or getattr(view, "cls", None)


def end_overdue(request: HttpRequest, sign_in: SignIn, reason: str) -> None:
    """End the session and say so in the trail, in the name of its person."""
    with in_context(Context(user=sign_in.user, channel=Channel.WEB, ip_address=request.META.get("REMOTE_ADDR") or None)):
        if end_sessions(SignIn.objects.filter(pk=sign_in.pk)):
            record_event(Verb.SESSION_ENDED, sign_in, why=reason)
    logout(request)


def to_sign_in(request: HttpRequest, reason: str) -> HttpResponse:
    """Send the browser to the sign-in page, which says why, and from there back to where it was."""
    sign_in = reverse("accounts:sign-in")
    returns = request.method == "GET" and "HX-Request" not in request.headers and request.path != sign_in
    url = f"{sign_in}?{urlencode({'ended': reason} | ({'next': request.get_full_path()} if returns else {}))}"
    return leave_nothing(HttpResponseClientRedirect(url) if "HX-Request" in request.headers else redirect(url))


class SecondFactorRequired:
    """Open nothing but the steps of signing in until all of them are done: second factor, then a password of one's own."""

    always_open = frozenset({"accounts:sign-out", "accounts:keep-alive", "accounts:second-factor-image"})

    def __init__(self, get_response: GetResponse):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Callable[..., Any], args: list[Any], kwargs: dict[str, Any]) -> HttpResponse | None:
        """Send people who have not finished to the step that is due. Pages open to strangers, and the API, decide for themselves."""
        if not request.user.is_authenticated or not getattr(view, "login_required", True):
            return None
        step = pending_step(request.user)
        here = request.resolver_match.view_name if request.resolver_match else ""
        return redirect(step) if step and here != step and here not in self.always_open else None


class PersonLimits:
    """Stop a person, or what runs in their name, who opens more in a minute than anybody reads.

    A view whose class says `unhindered = True` counts apart and has ten times the limit, as one that polls: nobody in an emergency is
    stopped at the search or the card, however much else was opened in their name.
    """

    def __init__(self, get_response: GetResponse):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.user.is_authenticated and response.get("Content-Disposition", "").startswith("attachment"):
            FilesOfPerson().count(request)
        return response

    def process_view(self, request: HttpRequest, view: Callable[..., Any], args: list[Any], kwargs: dict[str, Any]) -> HttpResponse | None:
        """Count what is opened; answer one too many with when to come back."""
        if not request.user.is_authenticated:
            return None
        kind = class_of(view)
        unhindered = getattr(kind, "unhindered", False) or getattr(kind, "polls", False)
        limits = [UnhinderedPagesOfPerson()] if unhindered else [PagesOfPerson(), FilesOfPerson()]
        full = next((limit for limit in limits if not limit.allow_request(request, view)), None)
        return ask_to_wait(request, full) if full else None
