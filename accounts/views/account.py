"""One's own account: details, acting role, sessions, password, recovery codes."""
from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_post_parameters

from accounts.errors import DomainError
from accounts.forms import CurrentPasswordForm, PasswordForm, ProofForm
from accounts.permissions import Access
from accounts.roles import SESSION_KEY
from accounts.services.passwords import change_password
from accounts.services.second_factor import count_recovery_codes, renew_recovery_codes, require_code
from accounts.sessions import end_own_session, keep_session
from audit.choices import Verb
from audit.services import record_event
from audit.views import ActEdge, FormEdge, PageEdge, get_or_404
from ui.languages import render


class More(PageEdge):
    """Every page that the acting role may start from."""

    permission = Access.SIGNED_IN
    template_name = "accounts/more.html"


class Account(PageEdge):
    """What the service knows of the person who is signed in."""

    permission = Access.SIGNED_IN
    template_name = "accounts/account.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Show details, sessions and what is left of the recovery codes."""
        user, key = self.request.user, self.request.session.session_key
        own = user.sign_ins.live()
        sessions = {"this_session": own.filter(session_key=key).first(), "other_sessions": own.exclude(session_key=key)}
        codes = count_recovery_codes(user) if settings.SECOND_FACTOR else None
        return super().get_context_data(codes_left=codes, **sessions, **kwargs)


@method_decorator(sensitive_post_parameters("current"), name="dispatch")
class EndSession(FormEdge):
    """End another session of one's own."""

    permission = Access.SIGNED_IN
    form_class = CurrentPasswordForm
    title = _("End this session")
    button = _("End session")
    done_message = _("The session was ended.")

    def load(self) -> None:
        """Find it, if it is one's own and not this one."""
        others = self.request.user.sign_ins.live().exclude(session_key=self.request.session.session_key)
        self.sign_in = get_or_404(others, public_id=self.kwargs["public_id"])

    def get_form_kwargs(self) -> dict[str, Any]:
        """Let the form check the present password."""
        return {"request": self.request}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say which session it is."""
        browser, address = self.sign_in.browser or _("Unknown browser"), self.sign_in.ip_address or _("an unknown address")
        intro = format_lazy(_("{browser}, from {address}."), browser=browser, address=address)
        return super().get_context_data(intro=intro, back_url=self.get_success_url(), **kwargs)

    def perform(self, current: str) -> None:
        """End it."""
        end_own_session(actor=self.request.user, sign_in=self.sign_in)

    def get_success_url(self) -> str:
        """Stay on the account page."""
        return reverse("accounts:account")


class ActingRole(ActEdge):
    """Work in another of one's roles."""

    permission = Access.SIGNED_IN

    def perform(self) -> None:
        """Switch to a role that the person holds."""
        role = self.request.POST.get("role")
        if not role:
            raise DomainError("Select the role that you want to act in.")
        if role not in self.request.user.roles:
            raise PermissionDenied
        self.request.session[SESSION_KEY] = role
        record_event(Verb.CHANGED_ROLE, self.request.user, role=role)

    def get_success_url(self) -> str:
        """Go to the home page of the new role."""
        return reverse("home")


@method_decorator(sensitive_post_parameters("current", "new"), name="dispatch")
class Password(FormEdge):
    """Change one's password; every other session ends."""

    permission = Access.SIGNED_IN
    form_class = PasswordForm
    template_name = "accounts/password.html"
    title = _("Change your password")
    button = _("Change password")
    done_message = _("Your password was changed. Your other sessions were ended.")

    def get_form_kwargs(self) -> dict[str, Any]:
        """Let the form check the present password."""
        return {"request": self.request}

    def perform(self, current: str, new: str, code: str | None = None) -> None:
        """Set it and stay signed in here."""
        require_code(actor=self.request.user, code=code)
        change_password(actor=self.request.user, new=new)
        keep_session(self.request, self.request.user)

    def get_success_url(self) -> str:
        """Go back to the account page."""
        return reverse("accounts:account")


@method_decorator(sensitive_post_parameters("current"), name="dispatch")
class RecoveryCodes(FormEdge):
    """Replace the recovery codes."""

    permission = Access.SIGNED_IN
    form_class = ProofForm
    title = _("Make new recovery codes")
    button = _("Make new codes")

    def get_form_kwargs(self) -> dict[str, Any]:
        """Let the form check the present password."""
        return {"request": self.request}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say what happens to the old ones."""
        return super().get_context_data(intro=_("The codes you have now will stop working."), back_url=self.get_success_url(), **kwargs)

    def perform(self, current: str, code: str | None = None) -> list[str]:
        """Make them."""
        require_code(actor=self.request.user, code=code)
        return renew_recovery_codes(actor=self.request.user)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the codes once, in the answer itself."""
        response = super().post(request, *args, **kwargs)
        if not hasattr(self, "result"):
            return response
        return render(request, "accounts/recovery_codes.html", {"codes": self.result, "next_url": self.get_success_url()})

    def get_success_url(self) -> str:
        """Go back to the account page."""
        return reverse("accounts:account")
