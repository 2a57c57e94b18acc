"""Pages of messages from the border: the list, one message with what came of it, its bytes, and a word on one that is held back."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.access import may
from accounts.permissions import Perm
from audit.choices import Verb
from audit.services import record_read
from audit.views import Edge, FormEdge, ListEdge, PageEdge, get_or_404
from intelligence.choices.travel import MessageState
from intelligence.models import RawMessage
from intelligence.reports.doors import beginning_of, rows_of, scan_of
from intelligence.services.messages import refuse_message, release_message
from offenders.forms.custody import WhyForm

PEOPLE = ("source", "decided_by")


class MessageList(ListEdge):
    """Messages of the queues that the user keeps, newest first; all of them, or those in one state."""

    permission = Perm.VIEW_ALERT
    template_name = "intelligence/messages/list.html"

    def rows(self) -> QuerySet:
        """Those in the state that was asked for."""
        rows = RawMessage.objects.for_user(self.request.user).defer("content").select_related("source").order_by("-pk")
        state = self.state()
        return rows.filter(state=state) if state else rows

    def state(self) -> str:
        """Return the state that was asked for; none for a word that is no state."""
        wanted = self.request.GET.get("state", "")
        return wanted if wanted in MessageState.values else ""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add what can be chosen."""
        return super().get_context_data(states=MessageState.choices, state=self.state(), **kwargs)


class MessagePage(PageEdge):
    """One message: where it came from, whether its sender is believed, what came of it, and its text."""

    permission = Perm.VIEW_ALERT
    template_name = "intelligence/messages/message.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add it."""
        user = self.request.user
        message = get_or_404(RawMessage.objects.for_user(user).select_related(*PEOPLE), public_id=kwargs["public_id"])
        record_read(Verb.VIEWED, message, page=type(self).__name__)
        return super().get_context_data(
            message=message,
            beginning=beginning_of(message),
            rows=rows_of(message, user),
            scan=scan_of(message),
            may_triage=may(user, Perm.TRIAGE_ALERT, message),
            is_held_back=message.state == MessageState.QUARANTINED,
            **kwargs,
        )


class MessageContent(Edge):
    """The bytes of a message as a file that no browser opens by itself."""

    permission = Perm.TRIAGE_ALERT
    http_method_names = ("post", "options")

    def post(self, request: HttpRequest, public_id: Any) -> HttpResponseBase:
        """Hand them over and record that."""
        message = get_or_404(RawMessage.objects.for_user(request.user, Perm.TRIAGE_ALERT), public_id=public_id)
        record_read(Verb.EXPORTED, message, page=type(self).__name__)
        headers = {
            "Content-Disposition": f'attachment; filename="message-{message.pk}.bin"',
            "X-Content-Type-Options": "nosniff",
            "Content-Security-Policy": "default-src 'none'; sandbox",
        }
        return HttpResponse(bytes(message.content), content_type="application/octet-stream", headers=headers)


class MessageForm(FormEdge):
    """A word, with its reason, on a message that is held back."""

    permission = Perm.TRIAGE_ALERT
    form_class = WhyForm

    def load(self) -> None:
        """Find the message."""
        rows = RawMessage.objects.for_user(self.request.user, Perm.TRIAGE_ALERT).defer("content").select_related("source")
        self.message = get_or_404(rows, public_id=self.kwargs["public_id"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say which one, and lead back to it."""
        back = {"back_url": self.get_success_url(), "intro": f"{self.message.source.name}: {self.message.get_sender_verdict_display()}."}
        return super().get_context_data(**back, **kwargs)

    def get_success_url(self) -> str:
        """Return to the message."""
        return reverse("intelligence:message", args=[self.message.public_id])


class ReleaseMessage(MessageForm):
    """Have it read."""

    title = _("Read this message")
    button = _("Have it read")
    done_message = _("The message is being read. Load the page again in a minute to see what came of it.")

    def perform(self, reason: str) -> RawMessage:
        """Release it."""
        return release_message(actor=self.request.user, message=self.message, reason=reason)


class RefuseMessage(MessageForm):
    """Leave it unread for good."""

    title = _("Refuse this message")
    button = _("Refuse it")
    done_message = _("The message is refused. It stays stored, and nothing of it is read.")

    def perform(self, reason: str) -> RawMessage:
        """Refuse it."""
        return refuse_message(actor=self.request.user, message=self.message, reason=reason)
