"""Pages of requests for information of the force: the list, one request, and each act about it."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.access import may
from accounts.permissions import Perm
from audit.choices import Verb
from audit.services import record_read
from audit.views import ActEdge, FormEdge, ListEdge, PageEdge, get_or_404
from disclosure.forms import freedom as forms
from disclosure.models import FreedomRequest
from disclosure.reports.clocks import clocks_of
from disclosure.reports.freedom import (
    advice_of,
    open_question_of,
    open_review_of,
    parts_of,
    standing_of,
    table_of,
    with_people,
)
from disclosure.rules.freedom import missing_to_reply
from disclosure.services import freedom as services
from intelligence.forms.information import VersionForm


class FreedomList(ListEdge):
    """The force's requests with when each is due and what locks it, newest first."""

    permission = Perm.VIEW_FREEDOM_REQUEST
    template_name = "disclosure/freedom/list.html"

    def rows(self) -> QuerySet:
        """Return them."""
        return with_people(FreedomRequest.objects.for_user(self.request.user)).order_by("-pk")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add clocks, locks and replies, and whether the user takes requests."""
        context = super().get_context_data(may_answer=may(self.request.user, Perm.ANSWER_FREEDOM_REQUEST), **kwargs)
        return context | {"table": table_of(context["rows"])}


class OneRequest:
    """Finds a request on which the user holds the permission of the page."""

    permission: ClassVar[Perm] = Perm.ANSWER_FREEDOM_REQUEST
    request: HttpRequest
    kwargs: dict[str, Any]

    def find(self) -> FreedomRequest:
        """Return it; any other is not there. That it was opened is recorded."""
        rows = with_people(FreedomRequest.objects.for_user(self.request.user, self.permission))
        asked: FreedomRequest = get_or_404(rows, public_id=self.kwargs["public_id"])
        record_read(Verb.VIEWED, asked, page=type(self).__name__)
        return asked

    def get_success_url(self) -> str:
        """Back to the request."""
        return reverse("disclosure:freedom", args=[self.kwargs["public_id"]])


class FreedomPage(OneRequest, PageEdge):
    """One request: what was asked, what locks it, the clocks, clarifying, the press office, replies and reviews."""

    permission = Perm.VIEW_FREEDOM_REQUEST
    template_name = "disclosure/freedom/request.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add what hangs on it and what this user may do."""
        user, asked = self.request.user, self.find()
        parts = parts_of(asked)
        newest = parts["replies"][0] if parts["replies"] else None
        may_answer = may(user, Perm.ANSWER_FREEDOM_REQUEST, asked)
        return super().get_context_data(
            asked=asked,
            lacks=missing_to_reply(standing_of(asked)) if asked.is_open else [],
            clocks=clocks_of(user, asked),
            draft=newest if newest and not newest.sent_at else None,
            newest=newest,
            review=open_review_of(asked),
            is_asked_back=any(row.said_on is None for row in parts["clarifications"]),
            may_answer=may_answer and asked.is_open,
            may_review=may_answer,
            may_note=asked.is_open and asked.press_told_at and may(user, Perm.MANAGE_MEDIA, asked),
            **parts,
            **kwargs,
        )


class TakeRequest(FormEdge):
    """What somebody asked the force."""

    permission = Perm.ANSWER_FREEDOM_REQUEST
    form_class = forms.TakeForm
    title = _("Take a request")
    button = _("Take it")
    done_message = _("Taken. The clock runs from the day after it came.")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the way back."""
        back = reverse("disclosure:freedom-list")
        return super().get_context_data(**{"back_url": back, "cancel_url": back, **kwargs})

    def perform(self, **data: Any) -> FreedomRequest:
        """Take it."""
        return services.take_request(actor=self.request.user, **data)

    def get_success_url(self) -> str:
        """On to the request."""
        return reverse("disclosure:freedom", args=[self.result.public_id])


class RequestForm(OneRequest, FormEdge):
    """A form about one request that two people may have open at once."""

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
        back = self.get_success_url()
        return super().get_context_data(**{"caption": self.asked.reference, "back_url": back, "cancel_url": back, **kwargs})


class RequestAct(OneRequest, ActEdge):
    """A button about one request, with the version that the user saw."""

    act: ClassVar[Any]

    def perform(self) -> Any:
        """Do it."""
        form = VersionForm(self.request.POST)
        version = form.cleaned_data["version"] if form.is_valid() else 0
        return type(self).act(actor=self.request.user, request=self.find(), version=version)


class SortRequest(RequestForm):
    """What it asks for and concerns, said anew."""

    form_class = forms.SortForm
    title = _("What it asks for and concerns")

    def get_initial(self) -> dict[str, Any]:
        """Show what was said."""
        asked = self.asked
        said = {"kind": asked.kind, "concerns": "yes" if asked.concerns else "no", "why_not": asked.why_not}
        return super().get_initial() | said

    def perform(self, **data: Any) -> FreedomRequest:
        """Store it."""
        return services.sort_request(actor=self.request.user, request=self.asked, **data)


class AgreeNo(RequestAct):
    """A second person agrees to a no."""

    act = staticmethod(services.agree_no)
    done_message = _("Agreed.")


class ReferRequest(RequestForm):
    """When it was referred to the national unit."""

    form_class = forms.ReferForm
    title = _("Referred to the national unit")

    def perform(self, **data: Any) -> Any:
        """Store it."""
        return services.refer_request(actor=self.request.user, request=self.asked, **data)


class RecordAdvice(RequestForm):
    """What the national unit advised."""

    form_class = forms.AdviceForm
    title = _("Advice of the national unit")

    def get_initial(self) -> dict[str, Any]:
        """Show what is stored; nothing is chosen before the unit has advised."""
        advice = advice_of(self.asked)
        if advice is None:
            return super().get_initial()
        said = {name: getattr(advice, name) for name in ("their_reference", "given_on", "text", "why_not")}
        followed = {} if advice.is_followed is None else {"is_followed": "yes" if advice.is_followed else "no"}
        return super().get_initial() | said | followed

    def perform(self, **data: Any) -> Any:
        """Store it."""
        return services.record_advice(actor=self.request.user, request=self.asked, **data)


class AgreeDeparture(RequestAct):
    """A second person agrees that the advice is not followed."""

    act = staticmethod(services.agree_departure)
    done_message = _("Agreed.")


class AskBack(RequestForm):
    """Asks whoever asked what they mean."""

    form_class = forms.AskBackForm
    title = _("Ask what they mean")
    done_message = _("Saved. The clock stands still until they answer.")

    def perform(self, **data: Any) -> Any:
        """Store it."""
        return services.ask_back(actor=self.request.user, request=self.asked, **data)


class HearBack(RequestForm):
    """What they said."""

    form_class = forms.HearBackForm
    title = _("What they said")
    done_message = _("Saved. The clock runs again: how its date was worked out says from when.")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Show what they were asked."""
        row = open_question_of(self.asked)
        return super().get_context_data(intro=row.asked if row else "", **kwargs)

    def perform(self, **data: Any) -> Any:
        """Store it."""
        return services.hear_back(actor=self.request.user, request=self.asked, **data)


class GiveTimeToWeigh(RequestForm):
    """More time, while the public interest is weighed."""

    form_class = forms.WeighForm
    title = _("More time to weigh the public interest")
    button = _("Give the time")
    done_message = _("The request has more time. The new last day stands with the clock.")

    def perform(self, **data: Any) -> Any:
        """Give it."""
        return services.give_time_to_weigh(actor=self.request.user, request=self.asked, **data)


class TellPressOffice(RequestAct):
    """Tells the press office."""

    act = staticmethod(services.tell_press_office)
    done_message = _("The press office was told.")


class NoteAsPressOffice(OneRequest, FormEdge):
    """What the press office notes."""

    permission = Perm.MANAGE_MEDIA
    form_class = forms.NotesForm
    title = _("What the press office notes")

    def load(self) -> None:
        """Find it."""
        self.asked = self.find()

    def get_initial(self) -> dict[str, Any]:
        """Show what was noted."""
        return {"notes": self.asked.press_notes}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the way back."""
        back = self.get_success_url()
        return super().get_context_data(**{"caption": self.asked.reference, "back_url": back, "cancel_url": back, **kwargs})

    def perform(self, notes: str) -> FreedomRequest:
        """Store it."""
        return services.note_as_press_office(actor=self.request.user, request=self.asked, notes=notes)


class WithdrawRequest(RequestForm):
    """The asker withdrew."""

    form_class = forms.WithdrawForm
    title = _("Withdrawn by whoever asked")
    button = _("Close it without a reply")
    done_message = _("Closed without a reply.")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """It cannot be opened again."""
        return super().get_context_data(danger=True, **kwargs)

    def perform(self, **data: Any) -> FreedomRequest:
        """Close it."""
        return services.withdraw_request(actor=self.request.user, request=self.asked, **data)
