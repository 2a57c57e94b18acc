"""Pages of the administrator about telling an agency's system of changes."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.permissions import Perm
from accounts.views.clients import ClientAct, ClientFormEdge, OneClient, clients_of
from audit.choices import Verb
from audit.services import record_read
from audit.views import PageEdge, get_or_404
from sharing.forms.webhooks import WebhookForm
from sharing.models import Webhook, WebhookDelivery
from sharing.services import webhooks as services
from ui.languages import render

SHOWN = 50


class ToWebhook(OneClient):
    """Leads back to the page of the webhook."""

    def get_success_url(self) -> str:
        """Stay there."""
        return reverse("sharing:webhook", args=[self.kwargs["pk"]])


class WebhookPage(PageEdge):
    """Where a client is told of changes, and what became of the last ones."""

    permission = Perm.MANAGE_USERS
    template_name = "sharing/webhooks/webhook.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Show it and record that it was read."""
        user, client = self.request.user, get_or_404(clients_of(self.request), pk=self.kwargs["pk"])
        record_read(Verb.VIEWED, client, page=type(self).__name__)
        deliveries = WebhookDelivery.objects.for_user(user).filter(webhook__client=client).select_related("change").order_by("-pk")
        webhook = Webhook.objects.for_user(user).filter(client=client).first()
        given_up = deliveries.filter(state="given_up").count()
        return super().get_context_data(client=client, webhook=webhook, deliveries=deliveries[:SHOWN], given_up=given_up, **kwargs)


class SetWebhook(ToWebhook, ClientFormEdge):
    """Says where a client is told of changes, and shows the new secret once."""

    form_class = WebhookForm
    title = _("Tell a system of changes")
    button = _("Save and show the secret")

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the secret in the answer itself: afterwards nobody can read it."""
        response = super().post(request, *args, **kwargs)
        if not hasattr(self, "result"):
            return response
        return render(request, "sharing/webhooks/secret.html", {"client": self.client, "secret": self.result[1]})

    def perform(self, current: str, **data: Any) -> tuple[Webhook, str]:
        """Store it."""
        return services.set_webhook(actor=self.request.user, client=self.client, **data)


class EndWebhook(ToWebhook, ClientAct):
    """Tells a client nothing any more."""

    done_message = _("The system is told of nothing any more.")

    def perform(self) -> None:
        """End it."""
        self.load()
        services.end_webhook(actor=self.request.user, client=self.client)


class SendAgain(ToWebhook, ClientAct):
    """Sends again what was given up."""

    done_message = _("It is sent again within a minute.")

    def perform(self) -> None:
        """Have it sent."""
        self.load()
        services.send_again(actor=self.request.user, client=self.client)
