"""Pages of what hangs on minutes: parts for named recipients only, actions, numbered copies."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from audit.views import get_or_404
from offenders.forms.meetings import ReasonForm
from offenders.forms.minutes import IssueForm, MeetingActionForm, OutcomeForm, RestrictedItemForm
from offenders.models import Invitation, MeetingAction, Minutes, MinutesCopy, RestrictedItem
from offenders.reports.meetings import day_words
from offenders.services.minutes_parts import (
    add_meeting_action,
    add_restricted_item,
    close_meeting_action,
    issue_copy,
    remove_restricted_item,
)
from offenders.views.meetings import ToList
from offenders.views.minutes import ToMinutes
from ui.pdf import pdf_response


class AddRestrictedItem(ToMinutes, ToList):
    """Keep a part apart."""

    form_class = RestrictedItemForm
    title = _("Add a part for named recipients only")
    button = _("Add")
    done_message = _("The part is kept apart. It stands only in the copies of the people you ticked.")

    def load(self) -> None:
        """Find the draft."""
        super().load()
        rows = Minutes.objects.for_user(self.request.user, self.permission).filter(item=self.item)
        self.minutes = rows.select_related("nominal").order_by("-number").first()
        if self.minutes is None:
            raise Http404

    def get_form_kwargs(self) -> dict[str, Any]:
        """Offer whoever is invited."""
        rows = Invitation.objects.for_user(self.request.user, self.permission).filter(item=self.item)
        return {"invitations": rows.select_related("user", "agency").order_by("pk")}

    def perform(self, **data: Any) -> RestrictedItem:
        """Add it."""
        return add_restricted_item(actor=self.request.user, minutes=self.minutes, **data)


class RemoveRestrictedItem(ToMinutes, ToList):
    """Take a restricted part out of the draft."""

    form_class = ReasonForm
    title = _("Take this part out of the draft")
    button = _("Take out")
    done_message = _("The part is out of the draft.")

    def load(self) -> None:
        """Find the part."""
        rows = RestrictedItem.objects.for_user(self.request.user, self.permission).filter(nominal=self.nominal)
        self.part = get_or_404(rows.select_related("minutes__item", "minutes__nominal"), public_id=self.kwargs["public_id"])
        self.item = self.part.minutes.item

    def perform(self, reason: str) -> None:
        """Take it out."""
        remove_restricted_item(actor=self.request.user, part=self.part, reason=reason)


class AddMeetingAction(ToMinutes, ToList):
    """Give somebody something to do."""

    form_class = MeetingActionForm
    title = _("Add an action")
    button = _("Add the action")
    done_message = _("The action is set. Its owner, or the coordinator for an agency, has been asked.")

    def get_form_kwargs(self) -> dict[str, Any]:
        """Offer colleagues and people of agencies who are invited."""
        rows = Invitation.objects.for_user(self.request.user, self.permission).filter(item=self.item, user__isnull=True)
        return {"user": self.request.user, "invitations": rows.select_related("agency", "user").order_by("pk")}

    def perform(self, **data: Any) -> MeetingAction:
        """Add it."""
        return add_meeting_action(actor=self.request.user, item=self.item, **data)


class CloseMeetingAction(ToList):
    """Record what came of an action."""

    form_class = OutcomeForm
    title = _("Outcome of an action")
    button = _("Record the outcome")
    done_message = _("The outcome is recorded.")

    def load(self) -> None:
        """Find the action."""
        rows = MeetingAction.objects.for_user(self.request.user, self.permission).filter(nominal=self.nominal)
        self.action = get_or_404(rows, public_id=self.kwargs["public_id"])

    def perform(self, outcome: str) -> None:
        """Record it."""
        close_meeting_action(actor=self.request.user, action=self.action, outcome=outcome)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say which one."""
        return super().get_context_data(intro=self.action.text, **kwargs)


class IssueCopy(ToMinutes, ToList):
    """Make a numbered copy for one recipient and hand it over as PDF."""

    form_class = IssueForm
    title = _("Issue a numbered copy")
    button = _("Issue and download")

    def load(self) -> None:
        """Find the recipient and the approved minutes."""
        user = self.request.user
        rows = Invitation.objects.for_user(user, self.permission).filter(nominal=self.nominal)
        self.recipient = get_or_404(rows.select_related("item__meeting", "user", "agency"), public_id=self.kwargs["public_id"])
        self.item = self.recipient.item
        approved = Minutes.objects.for_user(user, self.permission).filter(item=self.item).select_related("nominal")
        self.minutes = approved.order_by("state", "-number").first()
        if self.minutes is None:
            raise Http404

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say to whom it goes."""
        said = _("To {person}. Parts that are not for this person are left out. The copy is numbered and recorded.")
        intro = format_lazy(said, person=self.recipient.who)
        return super().get_context_data(intro=intro, **kwargs)

    def perform(self, **data: Any) -> tuple[MinutesCopy, bytes]:
        """Issue it."""
        return issue_copy(actor=self.request.user, minutes=self.minutes, recipient=self.recipient)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Hand the PDF over, or show what is wrong."""
        response = super().post(request, *args, **kwargs)
        if not hasattr(self, "result"):
            return response
        copy, pdf = self.result
        return pdf_response(pdf, f"minutes-{self.nominal.reference}-{day_words(self.item.meeting.starts_at)}-copy-{copy.number}")
