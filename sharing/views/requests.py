"""Pages of the unit about requests of agencies: the queue, one request, taking, finding, asking back, answering, refusing."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.access import may
from accounts.models import Organisation
from accounts.permissions import Perm
from audit.choices import Verb
from audit.services import record_read
from audit.views import ActEdge, FormEdge, ListEdge, PageEdge, get_or_404
from intelligence.forms.information import VersionForm
from sharing.forms.requests import AnswerForm, FindRecordForm, QuestionForm, RefuseForm, WriteDownForm, WriteDownReplyForm
from sharing.models import InformationRequest, Release
from sharing.reports.requests import answer_of, due_of, releases_for, with_answers
from sharing.rules.requests import Side, State, may_move
from sharing.services import requests as services


class RequestList(ListEdge):
    """The requests of the queue, newest first: all that wait, or those that are closed."""

    permission = Perm.VIEW_REQUEST
    template_name = "sharing/requests/list.html"

    def rows(self) -> QuerySet:
        """Return them."""
        rows = InformationRequest.objects.for_user(self.request.user).select_related("agency", "unit", "taken_by").order_by("-pk")
        return rows.exclude(pk__in=rows.waiting().values("pk")) if self.is_closed else rows.waiting()

    @property
    def is_closed(self) -> bool:
        """Whether the closed ones are asked for."""
        return self.request.GET.get("show") == "closed"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add when each is late."""
        shown = super().get_context_data(is_closed=self.is_closed, **kwargs)
        dues = due_of(shown["rows"])
        for row in shown["rows"]:
            row.late_from = dues.get(row.pk)
        return shown


class WriteDownRequest(FormEdge):
    """A request that came by telephone, by mail or in person."""

    permission = Perm.ANSWER_REQUEST
    form_class = WriteDownForm
    title = _("Write down a request")
    button = _("Save the request")

    def get_form_kwargs(self) -> dict[str, Any]:
        """Say which agencies there are."""
        return {"agencies": Organisation.objects.for_user(self.request.user, self.permission).filter(is_active=True).exclude(kind="force")}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the way back."""
        back = reverse("sharing:request-list")
        return super().get_context_data(**{"back_url": back, "cancel_url": back, **kwargs})

    def perform(self, **data: Any) -> InformationRequest:
        """Store it."""
        return services.write_down_request(actor=self.request.user, **data)

    def get_success_url(self) -> str:
        """On to the request."""
        return reverse("sharing:request", args=[self.result.public_id])


class OneRequest:
    """Finds a request on which the user holds the permission of the page."""

    permission: ClassVar[Perm] = Perm.ANSWER_REQUEST
    request: HttpRequest
    kwargs: dict[str, Any]

    def find(self) -> InformationRequest:
        """Return it; any other is not there. That it was opened is recorded, with the record that was found."""
        rows = with_answers(InformationRequest.objects.for_user(self.request.user, self.permission))
        asked: InformationRequest = get_or_404(rows.select_related("nominal", "release", "asked_by"), public_id=self.kwargs["public_id"])
        record_read(Verb.VIEWED, asked, page=type(self).__name__)
        return asked

    def get_success_url(self) -> str:
        """Back to the request."""
        return reverse("sharing:request", args=[self.kwargs["public_id"]])


class RequestPage(OneRequest, PageEdge):
    """One request: what was asked, what was found, what both sides wrote, and the answer as the agency reads it."""

    permission = Perm.VIEW_REQUEST
    template_name = "sharing/requests/request.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add what this user may do next."""
        asked = self.find()
        is_able = may(self.request.user, Perm.ANSWER_REQUEST, asked)
        moves = {after.value for after in State if is_able and may_move(State(asked.state), after, Side.UNIT)}
        return super().get_context_data(
            asked=asked, moves=moves, answer=answer_of(asked), late_from=due_of([asked]).get(asked.pk),
            releases=releases_for(self.request.user, asked) if asked.nominal_id else Release.objects.none(), **kwargs,
        )  # fmt: skip


class RequestAct(OneRequest, ActEdge):
    """A button on a request, for the version that the user saw."""

    def version(self) -> int:
        """Return that version; 0 stands for none."""
        form = VersionForm(self.request.POST)
        return form.cleaned_data["version"] if form.is_valid() else 0


class TakeRequest(RequestAct):
    """Takes a request for the user's unit."""

    done_message = _("Yours now. Find the person, then answer.")

    def perform(self) -> None:
        """Take it."""
        services.take_request(actor=self.request.user, request=self.find(), version=self.version())


class GiveBackRequest(RequestAct):
    """Lets another unit answer."""

    done_message = _("Given on.")

    def perform(self) -> None:
        """Give it back."""
        services.give_back_request(actor=self.request.user, request=self.find(), version=self.version())

    def get_success_url(self) -> str:
        """To the queue: the request may be gone from it."""
        return reverse("sharing:request-list")


class RequestFormEdge(OneRequest, FormEdge):
    """A form about one request."""

    def load(self) -> None:
        """Find it."""
        self.asked = self.find()

    def get_initial(self) -> dict[str, Any]:
        """Remember which version the user saw."""
        return {"version": self.asked.version}

    def version(self) -> int:
        """Return the version that is stored now."""
        self.asked.refresh_from_db(fields=["version"])
        return self.asked.version

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the way back."""
        back = reverse("sharing:request", args=[self.asked.public_id])
        return super().get_context_data(**{"caption": self.asked.reference, "back_url": back, "cancel_url": back, **kwargs})


class FindRecord(RequestFormEdge):
    """Saying which record the request is about."""

    form_class = FindRecordForm
    title = _("Find the record")
    button = _("Save")
    done_message = _("Saved. The agency learns nothing of it.")

    def get_form_kwargs(self) -> dict[str, Any]:
        """Say whose records they are."""
        return {"actor": self.request.user}

    def get_initial(self) -> dict[str, Any]:
        """Show what was found."""
        return super().get_initial() | {"nominal": self.asked.nominal.reference if self.asked.nominal else ""}

    def perform(self, **data: Any) -> InformationRequest:
        """Store it."""
        return services.link_request(actor=self.request.user, request=self.asked, **data)


class AskBack(RequestFormEdge):
    """Asking the agency for more."""

    form_class = QuestionForm
    title = _("Ask the agency")
    button = _("Send the question")
    done_message = _("The question was sent. The clock begins anew with the reply.")

    def perform(self, **data: Any) -> InformationRequest:
        """Ask."""
        return services.ask_back(actor=self.request.user, request=self.asked, **data)


class WriteDownReply(RequestFormEdge):
    """A reply that came by telephone or mail."""

    form_class = WriteDownReplyForm
    title = _("Write down the reply")
    button = _("Save the reply")
    done_message = _("Saved.")

    def perform(self, **data: Any) -> InformationRequest:
        """Store it."""
        return services.write_down_reply(actor=self.request.user, request=self.asked, **data)


class AnswerRequest(RequestFormEdge):
    """The complete answer."""

    form_class = AnswerForm
    title = _("Answer the request")
    button = _("Send the answer")
    done_message = _("Answered.")

    def get_form_kwargs(self) -> dict[str, Any]:
        """Say what it may be answered with."""
        return {"releases": releases_for(self.request.user, self.asked)}

    def perform(self, **data: Any) -> InformationRequest:
        """Answer."""
        return services.answer_request(actor=self.request.user, request=self.asked, **data)


class RefuseRequest(RequestFormEdge):
    """A refusal with its reason."""

    form_class = RefuseForm
    title = _("Refuse the request")
    button = _("Refuse it")
    done_message = _("Refused. The agency reads the reason.")

    def perform(self, **data: Any) -> InformationRequest:
        """Refuse."""
        return services.refuse_request(actor=self.request.user, request=self.asked, **data)
