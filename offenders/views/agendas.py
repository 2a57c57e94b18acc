"""Changing one person's place on an agenda, and who is invited for that person."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.permissions import Perm
from audit.views import get_or_404
from offenders.forms.meetings import InvitationForm, InviteForm, ItemForm, ReasonForm
from offenders.models import AgendaItem, Invitation
from offenders.services.meetings import change_invitation, change_item, invite_again, invite_person, withdraw_item
from offenders.views.base import NominalAct
from offenders.views.changes import ChangeForm, Stored
from offenders.views.meetings import OfItem, ToList


class ChangeItem(OfItem, ChangeForm):
    """Change the person's place on the agenda."""

    permission = Perm.ARRANGE_MEETING
    form_class = ItemForm
    title = _("Change the agenda")
    done_message = _("The agenda has been changed.")
    back = "offenders:meeting-list"

    def version(self) -> int:
        """Return the version of the item."""
        self.item.refresh_from_db(fields=["version", "position", "starts_at", "purpose"])
        return self.item.version

    def get_initial(self) -> dict[str, Any]:
        """Show what is stored."""
        stored = self.item
        begins = f"{stored.starts_at:%H:%M}" if stored.starts_at else ""
        return {"position": stored.position, "starts_at": begins, "purpose": stored.purpose} | super().get_initial()

    def stored(self) -> Stored:
        """Return what somebody else saved."""
        return [(_("Place on the agenda"), str(self.item.position)), (_("Why"), self.item.get_purpose_display())]

    def perform(self, **data: Any) -> AgendaItem:
        """Store it."""
        return change_item(actor=self.request.user, item=self.item, **data)


class InviteAgain(OfItem, NominalAct):
    """Invite everybody who was invited last time."""

    permission = Perm.ARRANGE_MEETING
    done_message = _("Everybody of the last meeting who still holds the post is invited.")

    def perform(self) -> int:
        """Invite them."""
        return invite_again(actor=self.request.user, item=self.item)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Find the item first."""
        self.load()
        return super().post(request, *args, **kwargs)


class WithdrawItem(OfItem, ToList):
    """Take the person off the agenda."""

    form_class = ReasonForm
    title = _("Take this person off the agenda")
    button = _("Take off the agenda")
    done_message = _("The person is off the agenda.")

    def perform(self, reason: str) -> AgendaItem:
        """Take off."""
        return withdraw_item(actor=self.request.user, item=self.item, reason=reason)


class InvitePerson(OfItem, ToList):
    """Invite somebody."""

    form_class = InviteForm
    title = _("Invite somebody")
    button = _("Invite")
    done_message = _("The person is invited.")

    def get_form_kwargs(self) -> dict[str, Any]:
        """Offer colleagues and agencies."""
        return {"user": self.request.user}

    def perform(self, **data: Any) -> Invitation:
        """Invite."""
        return invite_person(actor=self.request.user, item=self.item, **data)


class ChangeInvitation(ChangeForm):
    """Record an answer, attendance, papers, or that somebody left the post."""

    permission = Perm.ARRANGE_MEETING
    form_class = InvitationForm
    title = _("Answer and attendance")
    done_message = _("The invitation has been changed.")
    back = "offenders:meeting-list"

    def load(self) -> None:
        """Find the invitation."""
        rows = Invitation.objects.for_user(self.request.user, self.permission).filter(nominal=self.nominal)
        self.invitation = get_or_404(rows.select_related("item__meeting", "user", "agency"), public_id=self.kwargs["public_id"])

    def version(self) -> int:
        """Return the version of the invitation."""
        self.invitation.refresh_from_db(fields=["version", "attendance", "papers_sent_on", "left_on"])
        return self.invitation.version

    def get_initial(self) -> dict[str, Any]:
        """Show what is stored."""
        stored = self.invitation
        values = {"attendance": stored.attendance, "papers_sent_on": stored.papers_sent_on, "left_on": stored.left_on}
        return values | super().get_initial()

    def stored(self) -> Stored:
        """Return what somebody else saved."""
        return [(_("Answer or attendance"), self.invitation.get_attendance_display())]

    def perform(self, **data: Any) -> Invitation:
        """Store it."""
        return change_invitation(actor=self.request.user, invitation=self.invitation, **data)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say who it is."""
        return super().get_context_data(intro=self.invitation.who, **kwargs)

    def get_success_url(self) -> str:
        """Go back to the item."""
        return reverse("offenders:agenda-item", args=[self.nominal.reference, self.invitation.item.public_id])
