"""Pages of one person's MAPP meetings: the list, planning, the agenda item, the paper for the meeting."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils.timezone import localdate, now
from django.utils.translation import gettext_lazy as _

from accounts.access import may
from accounts.permissions import Perm
from audit.choices import Verb
from audit.services import record_read
from audit.views import get_or_404
from offenders.cards import read_card
from offenders.choices.meetings import MeetingFormat, MeetingState, MinutesState, Purpose
from offenders.forms.meetings import JoinForm, PlanForm
from offenders.models import AgendaItem, Invitation, MappaPeriod, Meeting, MeetingAction, Minutes, MinutesCopy, Referral
from offenders.reports.meetings import lacks_of, track
from offenders.rules.meetings import basis_words
from offenders.services.meetings import add_to_agenda, plan_meeting
from offenders.views.base import NominalEdge, NominalPage
from offenders.views.changes import RecordForm
from ui.calendars import Event, calendar_response, make_calendar

LATEST = 20


def tracked(edge: NominalEdge) -> list[Any]:
    """Return the actions that meetings set on the record, with how they stand."""
    actions = MeetingAction.objects.for_user(edge.request.user).filter(nominal=edge.nominal)
    return track(actions.select_related("owner", "agency_owner__agency", "agency_owner__user", "item__meeting").order_by("-pk"))


class MeetingList(NominalPage):
    """Level, referrals, meetings and actions of one person."""

    permission = Perm.VIEW_MEETING
    template_name = "offenders/meetings/list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add all of it, newest first."""
        user, nominal = self.request.user, self.nominal
        items = AgendaItem.objects.for_user(user).filter(nominal=nominal).select_related("meeting__chair")
        items = list(items.prefetch_related("minutes", "invitations").order_by("-meeting__starts_at")[:LATEST])
        referrals = list(Referral.objects.for_user(user).filter(nominal=nominal).select_related("agency", "referred_by", "decided_by"))
        for referral in referrals:
            referral.basis_words = basis_words(referral.basis)
        for item in items:
            item.lacks = [] if item.withdrawn_at or item.meeting.state == MeetingState.CANCELLED else lacks_of(item, now())
        periods = MappaPeriod.objects.for_user(user, Perm.VIEW_MEETING).filter(nominal=nominal, period__contains=localdate())
        actions = tracked(self)
        return super().get_context_data(
            period=periods.select_related("set_by").first(),
            items=items,
            referrals=referrals,
            open_actions=[action for action in actions if action.is_open],
            closed_actions=[action for action in actions if not action.is_open],
            may_arrange=may(user, Perm.ARRANGE_MEETING, nominal),
            **kwargs,
        )


class ToList(RecordForm):
    """A form that leads back to the list of meetings."""

    permission = Perm.ARRANGE_MEETING
    back = "offenders:meeting-list"


class PlanMeeting(ToList):
    """Plan a meeting with this person on the agenda."""

    form_class = PlanForm
    title = _("Plan a meeting")
    button = _("Plan the meeting")
    done_message = _("The meeting is planned. Invite the agencies next.")

    def get_form_kwargs(self) -> dict[str, Any]:
        """Offer chairs and coordinators of the force."""
        return {"user": self.request.user}

    def get_initial(self) -> dict[str, Any]:
        """Begin with what is usual."""
        return {"held_as": MeetingFormat.ROOM, "purpose": Purpose.REVIEW}

    def perform(self, **data: Any) -> AgendaItem:
        """Plan it."""
        return plan_meeting(actor=self.request.user, nominal=self.nominal, **data)

    def get_success_url(self) -> str:
        """Go on to the item, where people are invited."""
        return reverse("offenders:agenda-item", args=[self.nominal.reference, self.result.public_id])


class JoinMeeting(PlanMeeting):
    """Put this person on the agenda of a meeting that is planned already."""

    form_class = JoinForm
    title = _("Add to the agenda of a planned meeting")
    button = _("Add to the agenda")
    done_message = _("The person is on the agenda. Invite the agencies next.")

    def get_form_kwargs(self) -> dict[str, Any]:
        """Offer planned meetings of the force that the user may read of."""
        meetings = Meeting.objects.for_user(self.request.user).filter(force=self.nominal.force, state=MeetingState.PLANNED)
        return {"meetings": meetings.filter(starts_at__gt=now())}

    def get_initial(self) -> dict[str, Any]:
        """Begin with what is usual."""
        return {"purpose": Purpose.REVIEW}

    def perform(self, **data: Any) -> AgendaItem:
        """Add it."""
        return add_to_agenda(actor=self.request.user, nominal=self.nominal, **data)


class OfItem:
    """Finds the agenda item of the address among those on which the user holds the permission; comes before a page or form."""

    def find_item(self) -> AgendaItem:
        """Return it; hidden and missing are both 404."""
        rows = AgendaItem.objects.for_user(self.request.user, self.permission).filter(nominal=self.nominal)
        related = rows.select_related("meeting__force", "meeting__chair", "meeting__coordinator", "nominal")
        return get_or_404(related, public_id=self.kwargs["public_id"])

    def load(self) -> None:
        """Keep it."""
        self.item = self.find_item()

    def get_success_url(self) -> str:
        """Go back to the item."""
        return reverse("offenders:agenda-item", args=[self.nominal.reference, self.item.public_id])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the way back."""
        return super().get_context_data(**{"back_url": self.get_success_url(), "cancel_url": self.get_success_url(), **kwargs})


def shown_minutes(edge: NominalEdge, item: AgendaItem) -> Any:
    """Return the versions that the user may read, newest first: drafts only for those who arrange or chair."""
    user = edge.request.user
    rows = Minutes.objects.for_user(user).filter(item=item).select_related("drafted_by", "edited_by", "approved_by").order_by("-number")
    if may(user, Perm.ARRANGE_MEETING, edge.nominal) or may(user, Perm.CHAIR_MEETING, edge.nominal):
        return rows
    return rows.filter(state__in=[MinutesState.APPROVED, MinutesState.SUPERSEDED])


class AgendaItemPage(OfItem, NominalPage):
    """One person on the agenda: when and where, who comes, how the minutes stand."""

    permission = Perm.VIEW_MEETING
    template_name = "offenders/meetings/item.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add invitations, versions of the minutes, copies."""
        self.load()
        user = self.request.user
        invitations = Invitation.objects.for_user(user).filter(item=self.item).select_related("user", "agency").order_by("pk")
        copies = MinutesCopy.objects.for_user(user).filter(minutes__item=self.item)
        is_open = self.item.withdrawn_at is None and self.item.meeting.state != MeetingState.CANCELLED
        return super().get_context_data(
            item=self.item,
            meeting=self.item.meeting,
            invitations=invitations,
            versions=list(shown_minutes(self, self.item)),
            copies=copies.select_related("recipient__user", "recipient__agency", "issued_by", "minutes").order_by("-pk"),
            may_arrange=is_open and may(user, Perm.ARRANGE_MEETING, self.nominal),
            has_begun=self.item.meeting.starts_at <= now(),
            is_planned=self.item.meeting.state == MeetingState.PLANNED,
            **kwargs,
        )


class MeetingPaper(OfItem, NominalPage):
    """What the meeting reads beforehand: the facts of the card, the last minutes, open actions."""

    permission = Perm.VIEW_MEETING
    template_name = "offenders/meetings/paper.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Gather it as it stands now."""
        self.load()
        earlier = Minutes.objects.for_user(self.request.user).filter(nominal=self.nominal, state=MinutesState.APPROVED)
        earlier = earlier.filter(item__meeting__starts_at__lt=self.item.meeting.starts_at).select_related("item__meeting")
        return super().get_context_data(
            item=self.item,
            meeting=self.item.meeting,
            card=read_card(self.nominal, localdate()),
            last=earlier.order_by("-item__meeting__starts_at").first(),
            actions=tracked(self),
            **kwargs,
        )


class ItemCalendar(OfItem, NominalPage):
    """The meeting as a calendar file: the record's reference, never a name."""

    permission = Perm.VIEW_MEETING

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Hand it over and record that it left."""
        self.load()
        record_read(Verb.EXPORTED, self.item, page=type(self).__name__)
        return meeting_file(self.item.meeting, f"Level {self.item.meeting.level} meeting, {self.nominal.reference}")


def meeting_file(meeting: Meeting, summary: str) -> HttpResponse:
    """Return a meeting as a file for calendars."""
    event = Event(f"meeting-{meeting.public_id}@vigil", meeting.starts_at, meeting.ends_at, summary, location=meeting.place)
    return calendar_response(make_calendar([event]), f"meeting-{meeting.pk}")
