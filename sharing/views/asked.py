"""Pages of an agency about its own requests: the list, asking, one request, replying."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation
from accounts.permissions import Perm
from audit.choices import Verb
from audit.services import record_read
from audit.views import FormEdge, ListEdge, PageEdge, get_or_404
from sharing.choices.requests import CameBy
from sharing.forms.requests import AskForm, ReplyForm
from sharing.models import InformationRequest
from sharing.reports.requests import as_asked, forces_open_to, with_answers
from sharing.rules.requests import State
from sharing.services import requests as services


def own(request: HttpRequest) -> QuerySet[InformationRequest]:
    """Return the requests of the user's agency."""
    return with_answers(InformationRequest.objects.for_user(request.user, Perm.ASK_POLICE))


class AskedList(ListEdge):
    """What the agency asked, newest first."""

    permission = Perm.ASK_POLICE
    template_name = "sharing/requests/asked_list.html"

    def rows(self) -> QuerySet:
        """Return them."""
        return own(self.request).order_by("-pk")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add whether there is a force that can be asked."""
        return super().get_context_data(may_ask=forces_open_to(self.request.user).exists(), **kwargs)


class Ask(FormEdge):
    """Asking a police force."""

    permission = Perm.ASK_POLICE
    form_class = AskForm
    title = _("Ask for information")
    button = _("Send the request")
    done_message = _("The request was sent.")

    def get_form_kwargs(self) -> dict[str, Any]:
        """Say which forces can be asked."""
        return {"forces": forces_open_to(self.request.user)}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the way back."""
        back = reverse("sharing:asked-list")
        return super().get_context_data(**{"back_url": back, "cancel_url": back, **kwargs})

    def perform(self, force: Organisation, **data: Any) -> InformationRequest:
        """Ask."""
        user = self.request.user
        return services.ask_police(actor=user, force=force, came_by=CameBy.BROWSER, asked_for=user.display_name[:100], **data)

    def get_success_url(self) -> str:
        """On to the request."""
        return reverse("sharing:asked", args=[self.result.public_id])


class OneAsked:
    """Finds a request of the user's agency."""

    permission: ClassVar[Perm] = Perm.ASK_POLICE
    request: HttpRequest
    kwargs: dict[str, Any]

    def find(self) -> InformationRequest:
        """Return it; any other is not there."""
        asked: InformationRequest = get_or_404(own(self.request), public_id=self.kwargs["public_id"])
        record_read(Verb.VIEWED, asked, page=type(self).__name__)
        return asked

    def get_success_url(self) -> str:
        """Back to the request."""
        return reverse("sharing:asked", args=[self.kwargs["public_id"]])


class AskedPage(OneAsked, PageEdge):
    """One request as the agency reads it."""

    template_name = "sharing/requests/asked.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add it."""
        asked = self.find()
        return super().get_context_data(asked=asked, shown=as_asked(asked), may_reply=asked.state == State.QUESTION, **kwargs)


class ReplyPage(OneAsked, FormEdge):
    """Replying to what was asked back."""

    form_class = ReplyForm
    title = _("Reply to the question")
    button = _("Send the reply")
    done_message = _("The reply was sent.")

    def load(self) -> None:
        """Find it."""
        self.asked = self.find()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add what was asked, and the way back."""
        asked = [note.text for note in self.asked.notes.all() if note.is_question]
        back = self.get_success_url()
        return super().get_context_data(
            **{"caption": self.asked.reference, "intro": asked[-1] if asked else "", "back_url": back, "cancel_url": back, **kwargs}
        )

    def perform(self, text: str) -> InformationRequest:
        """Reply."""
        user = self.request.user
        return services.reply_to_question(actor=user, request=self.asked, text=text, on_behalf_of=user.display_name[:100])
