"""Machine clients of agencies, as the force's administrators let them in."""
from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_post_parameters

from accounts.forms import ClientForm, NewClientForm, NewSecretForm
from accounts.models import ApiClient
from accounts.permissions import Perm
from accounts.querysets import ApiClientQuerySet
from accounts.reports import recent_refusals
from accounts.services.clients import change_client, create_client, resume_client, revoke_client, rotate_secret, suspend_client
from audit.choices import Verb
from audit.services import record_read
from audit.views import ActEdge, FormEdge, ListEdge, PageEdge, get_or_404
from ui.languages import render

TERMS = ("name", "contact", "scopes", "ends_on")


def clients_of(request: HttpRequest) -> ApiClientQuerySet:
    """Return the clients that the administrator's force let in."""
    return ApiClient.objects.for_user(request.user).select_related("user__organisation", "force", "made_by")


class ClientList(ListEdge):
    """Programs that call the API for agencies."""

    permission = Perm.MANAGE_USERS
    template_name = "accounts/client_list.html"
    context_name = "clients"

    def rows(self) -> ApiClientQuerySet:
        """Return them, newest first."""
        return clients_of(self.request).order_by("-pk")


class ClientPage(PageEdge):
    """One client: terms, secrets, last use, what it was refused."""

    permission = Perm.MANAGE_USERS
    template_name = "accounts/client.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Show it and record that it was read."""
        client = get_or_404(clients_of(self.request), pk=self.kwargs["pk"])
        record_read(Verb.VIEWED, client, page=type(self).__name__)
        return super().get_context_data(client=client, refusals=recent_refusals(client), **kwargs)


@method_decorator(sensitive_post_parameters("current"), name="dispatch")
class ClientFormEdge(FormEdge):
    """A form about a client, with the administrator's password again: a stranger at an open screen must not open a way in."""

    permission = Perm.MANAGE_USERS

    def get_form_kwargs(self) -> dict[str, Any]:
        """Give the form the request that the password is checked with."""
        return {"request": self.request}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Lead back."""
        return super().get_context_data(back_url=self.get_success_url(), **kwargs)


class SecretEdge(ClientFormEdge):
    """A form whose answer shows a secret once: it is kept nowhere."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the secret in the answer itself."""
        response = super().post(request, *args, **kwargs)
        if not hasattr(self, "result"):
            return response
        client, secret = self.result
        return render(request, "accounts/client_secret.html", {"client": client, "secret": secret})


class NewClient(SecretEdge):
    """Let a program of an agency in."""

    form_class = NewClientForm
    title = _("Add a machine client")
    button = _("Add client and show its secret")

    def perform(self, current: str, **data: Any) -> tuple[ApiClient, str]:
        """Make it."""
        return create_client(actor=self.request.user, **data)

    def get_success_url(self) -> str:
        """Go back to the list."""
        return reverse("accounts:client-list")


class OneClient:
    """What the pages of one client share."""

    def load(self) -> None:
        """Fetch the client."""
        self.client = get_or_404(clients_of(self.request), pk=self.kwargs["pk"])

    def get_success_url(self) -> str:
        """Stay on the client."""
        return reverse("accounts:client", args=[self.kwargs["pk"]])


class ChangeClient(OneClient, ClientFormEdge):
    """Change what a client may do, from where and until when."""

    form_class = ClientForm
    title = _("Change a machine client")
    done_message = _("The client was changed. It counts from its next call.")

    def get_initial(self) -> dict[str, Any]:
        """Show what is stored."""
        stored = {name: getattr(self.client, name) for name in TERMS}
        return stored | {"networks": "\n".join(self.client.networks), "any_network": "any" if self.client.any_network else ""}

    def perform(self, current: str, **data: Any) -> None:
        """Change it."""
        change_client(actor=self.request.user, client=self.client, **data)


class NewSecret(OneClient, SecretEdge):
    """Give a client a new secret; the old one works on for some days."""

    form_class = NewSecretForm
    title = _("New secret")
    button = _("Make and show the new secret")

    def perform(self, current: str, days: int) -> tuple[ApiClient, str]:
        """Make it."""
        secret = rotate_secret(actor=self.request.user, client=self.client, days=days)
        self.client.refresh_from_db()
        return self.client, secret


class ClientAct(OneClient, ActEdge):
    """A button on a client."""

    permission = Perm.MANAGE_USERS


class Suspend(ClientAct):
    """Shut a client out for now."""

    done_message = _("The client was suspended. Its tokens have ended.")

    def perform(self) -> None:
        """Suspend it."""
        self.load()
        suspend_client(actor=self.request.user, client=self.client)


class Resume(ClientAct):
    """Let a suspended client in again."""

    done_message = _("The client is let in again.")

    def perform(self) -> None:
        """Resume it."""
        self.load()
        resume_client(actor=self.request.user, client=self.client)


class Revoke(ClientAct):
    """Shut a client out for ever."""

    done_message = _("The client was revoked. Its secrets and tokens have ended.")

    def perform(self) -> None:
        """Revoke it."""
        self.load()
        revoke_client(actor=self.request.user, client=self.client)
