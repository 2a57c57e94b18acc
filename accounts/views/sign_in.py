"""Signing in and out: password, second factor, and staying signed in."""
from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

import segno
from django.conf import settings
from django.contrib.auth import authenticate
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, resolve_url
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop
from django.views.decorators.debug import sensitive_post_parameters

from accounts.errors import DomainError
from accounts.forms import CodeForm, SetUpForm, SignInForm
from accounts.guards import CODE, SET_UP, pending_step
from accounts.models import User
from accounts.permissions import Access
from accounts.services.second_factor import confirm_enrolment, start_enrolment, verify_code
from accounts.sessions import ABSOLUTE, IDLE, confirm_session, finish_session, leave_nothing, sign_in_of, start_session, touch
from accounts.throttles import FailuresFromAddress, ask_to_wait
from audit.choices import Verb
from audit.services import record_read
from audit.views import Edge, FormEdge
from ui.languages import render

NEUTRAL = gettext_noop(
    "The username or the password is not right. Check both and try again. A temporary password counts for {hours} hours: if yours is "
    "older, ask your force service desk for a new one."
)
HOURS, MINUTES = settings.SESSION_ABSOLUTE_SECONDS // 3600, settings.SESSION_IDLE_SECONDS // 60
ENDED = {
    IDLE: format_lazy(_("You were signed out after {minutes} minutes without activity."), minutes=MINUTES),
    ABSOLUTE: format_lazy(_("You were signed out because {hours} hours have passed since you signed in."), hours=HOURS),
    "elsewhere": _("This session was ended from another one of yours, or by an administrator."),
}


def page_after(request: HttpRequest) -> str:
    """Return where the person wanted to go, if it is a page of ours; else the home page."""
    wanted = request.GET.get("next", "")
    ours = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if ours else resolve_url(settings.LOGIN_REDIRECT_URL)


def step_url(request: HttpRequest, step: str) -> str:
    """Return the address of a step of signing in that leads on to the page wanted."""
    wanted = request.GET.get("next")
    return reverse(step) + (f"?{urlencode({'next': wanted})}" if wanted else "")


def locked_out(request: HttpRequest, response: HttpResponse | None = None, credentials: dict[str, Any] | None = None) -> HttpResponse:
    """Say that too many wrong passwords have shut the account for a while, and who can help."""
    return render(request, "accounts/locked_out.html", {"minutes": round(settings.AXES_COOLOFF_TIME * 60)}, status=429)


@method_decorator(sensitive_post_parameters("password"), name="dispatch")
class SignIn(FormEdge):
    """Ask for username and password."""

    permission = Access.PUBLIC
    form_class = SignInForm
    template_name = "accounts/sign_in.html"
    title = _("Sign in")
    button = _("Sign in")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Send people who are signed in already to where they want to go."""
        return redirect(page_after(request)) if request.user.is_authenticated else super().dispatch(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Try no password for an address from which too many tries failed, whoever's username they named."""
        limit = FailuresFromAddress()
        return super().post(request, *args, **kwargs) if limit.allow_request(request, self) else ask_to_wait(request, limit)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add why an earlier session ended."""
        return super().get_context_data(ended=ENDED.get(self.request.GET.get("ended", "")), **kwargs)

    def perform(self, username: str, password: str) -> None:
        """Start a session, or say the same of every kind of failure."""
        user = authenticate(self.request, username=username, password=password)
        if user is None:
            FailuresFromAddress().count(self.request)
            record_read(Verb.SIGN_IN_FAILED, User.objects.filter(username=username).first(), username=username[:150], step="password")
            raise DomainError(NEUTRAL, hours=settings.TEMPORARY_PASSWORD_HOURS)
        start_session(self.request, user)

    def get_success_url(self) -> str:
        """Go on to the second factor, or to the page wanted."""
        return step_url(self.request, CODE) if settings.SECOND_FACTOR else page_after(self.request)


class Step(Edge):
    """Part of a step after the password; once it is done, or not due, the person goes on."""

    permission = Access.SIGNED_IN
    step: str

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Go to the step that is due if it is another one."""
        due = pending_step(request.user)
        if due == self.step:
            return super().dispatch(request, *args, **kwargs)
        return redirect(step_url(request, due) if due else page_after(request))


class StepForm(Step, FormEdge):
    """The form of a step."""

    def get_success_url(self) -> str:
        """Go to the page wanted."""
        return page_after(self.request)


class SecondFactor(StepForm):
    """Ask for a code of the authenticator app, or a recovery code."""

    step = CODE
    form_class = CodeForm
    template_name = "accounts/second_factor.html"
    title = _("Enter your code")
    button = _("Continue")

    def perform(self, code: str) -> None:
        """Check the code and open the service."""
        confirm_session(self.request, verify_code(actor=self.request.user, code=code))


class SecondFactorSetUp(StepForm):
    """Connect an authenticator app, the first time."""

    step = SET_UP
    form_class = SetUpForm
    template_name = "accounts/second_factor_set_up.html"
    title = _("Set up your second factor")
    button = _("Continue")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the secret in groups of four, for apps that cannot read the picture."""
        secret = secret_of(start_enrolment(actor=self.request.user).config_url)
        return super().get_context_data(secret=" ".join(secret[at : at + 4] for at in range(0, len(secret), 4)), **kwargs)

    def perform(self, code: str) -> list[str]:
        """Connect the app and open the service. Return the recovery codes."""
        device, codes = confirm_enrolment(actor=self.request.user, code=code)
        confirm_session(self.request, device)
        return codes

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the recovery codes once, in the answer itself: they are kept nowhere in between."""
        response = super().post(request, *args, **kwargs)
        if not hasattr(self, "result"):
            return response
        return render(request, "accounts/recovery_codes.html", {"codes": self.result, "next_url": self.get_success_url()})


def secret_of(url: str) -> str:
    """Return the secret in an authenticator's address."""
    return url.partition("secret=")[2].partition("&")[0]


class SecondFactorImage(Step):
    """The picture that an authenticator app reads; it is shown only until the app is connected."""

    step = SET_UP

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Draw it."""
        response = HttpResponse(content_type="image/svg+xml")
        segno.make(start_enrolment(actor=request.user).config_url, error="m").save(response, kind="svg", scale=5)
        return response


class SignOut(Edge):
    """Leave."""

    unhindered = True
    permission = Access.SIGNED_IN
    http_method_names = ("post", "options")

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """End the session."""
        finish_session(request)
        return leave_nothing(redirect(settings.LOGOUT_REDIRECT_URL))


class KeepAlive(Edge):
    """Somebody says in the time-out dialog that they are still there."""

    unhindered = True
    permission = Access.SIGNED_IN
    http_method_names = ("post", "options")

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Start the idle time again."""
        touch(sign_in_of(request), at_once=True)
        return HttpResponse(status=204)
