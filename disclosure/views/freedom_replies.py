"""Pages of the reply to a request for information: written, approved, sent, and reviewed inside the force."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from accounts.permissions import Perm
from audit.views import Edge, get_or_404
from disclosure.forms import freedom as forms
from disclosure.models import FreedomReply
from disclosure.reports.freedom import (
    asks_why,
    draft_of,
    open_review_of,
    standing_of,
)
from disclosure.rules.freedom import missing_to_reply
from disclosure.services import freedom_replies as replies
from disclosure.views.freedom import RequestAct, RequestForm
from ui.pdf import pdf_response


class WriteReply(RequestForm):
    """Drafts the reply, or edits it: then it is approved anew."""

    form_class = forms.ReplyForm
    template_name = "disclosure/freedom/write.html"
    title = _("Reply")
    button = _("Save, and ask a second person to approve")
    done_message = _("Saved. A second person must approve it.")

    def get_initial(self) -> dict[str, Any]:
        """Show the draft."""
        draft = draft_of(self.asked)
        if draft is None:
            return super().get_initial()
        said = {f"{part}_{each['code']}": each[part] for each in draft.grounds for part in ("why", "test")}
        stored = {"outcome": draft.outcome, "text": draft.text, "reasons": draft.reasons}
        return super().get_initial() | said | stored | {"grounds": [each["code"] for each in draft.grounds]}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say what is missing before a reply may be written."""
        return super().get_context_data(asked=self.asked, lacks=missing_to_reply(standing_of(self.asked)), **kwargs)

    def perform(self, **data: Any) -> FreedomReply:
        """Store it."""
        return replies.write_reply(actor=self.request.user, request=self.asked, **data)


class AddFigures(RequestForm):
    """Puts the product's own counts into the draft."""

    form_class = forms.FiguresForm
    title = _("Figures of the force")
    button = _("Put them into the reply")
    done_message = _("The figures are in the reply. Small numbers are hidden. A second person must approve it.")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say which."""
        intro = _("People in the community by MAPPA category and level, and registered sexual offenders who must notify, from the records.")
        return super().get_context_data(intro=intro, **kwargs)

    def perform(self, **data: Any) -> FreedomReply:
        """Put them in."""
        return replies.add_figures(actor=self.request.user, request=self.asked, **data)


class RemoveFigures(RequestAct):
    """Takes them out."""

    act = staticmethod(replies.remove_figures)
    done_message = _("The figures are out. A second person must approve the reply.")


class ApproveReply(RequestAct):
    """A second person approves the reply as it stands."""

    act = staticmethod(replies.approve_reply)
    done_message = _("Approved. It can be sent.")


class SendReply(RequestForm):
    """Sends the approved reply; where it is late, the page asks why."""

    template_name = "disclosure/freedom/send.html"
    form_class = forms.LateForm
    title = _("Send the reply")
    button = _("Send it")
    done_message = _("Sent. The letter is kept as it went, and the clock is closed.")

    def get_form_kwargs(self) -> dict[str, Any]:
        """Ask why it is late where that is asked."""
        return {"asks_why": asks_why(self.asked)}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Show what goes."""
        return super().get_context_data(asked=self.asked, reply=draft_of(self.asked), **kwargs)

    def perform(self, **data: Any) -> FreedomReply:
        """Send it."""
        return replies.send_reply(actor=self.request.user, request=self.asked, **data)


class PrintLetter(Edge):
    """The letter as it went."""

    permission = Perm.VIEW_FREEDOM_REQUEST
    http_method_names = ("post", "options")

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Hand it over and record that."""
        rows = FreedomReply.objects.for_user(request.user).filter(request__public_id=kwargs["public_id"], sent_at__isnull=False)
        reply: FreedomReply = get_or_404(rows.defer("letter").select_related("request"), number=kwargs["number"])
        letter = replies.print_letter(actor=request.user, reply=reply)
        return pdf_response(letter, f"{reply.request.reference}-reply-{reply.number}")


class AskReview(RequestForm):
    """The asker complains about the reply."""

    form_class = forms.ComplaintForm
    title = _("Internal review")
    button = _("Take the complaint")
    done_message = _("Taken. Somebody who had no part in the reply must look at it.")

    def perform(self, **data: Any) -> Any:
        """Take it."""
        return replies.ask_review(actor=self.request.user, request=self.asked, **data)


class DecideReview(RequestForm):
    """What the review found."""

    form_class = forms.DecideReviewForm
    title = _("Decide the internal review")
    button = _("Save what it found")
    done_message = _("Saved. Where the reply was not right, another can be written now.")

    def get_form_kwargs(self) -> dict[str, Any]:
        """Ask why it is late where that is asked."""
        return {"asks_why": asks_why(self.asked)}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Show the complaint."""
        review = open_review_of(self.asked)
        return super().get_context_data(intro=review.complaint if review else "", **kwargs)

    def perform(self, **data: Any) -> Any:
        """Store it."""
        return replies.decide_review(actor=self.request.user, request=self.asked, **data)
