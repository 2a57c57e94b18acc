"""Meeting days, each of which may cover several people: the calendar, one day, changes, the file for calendars."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.timezone import localdate, localtime, make_aware, now
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from accounts.access import may
from accounts.errors import DomainError
from accounts.models import User
from accounts.permissions import Perm
from actions.models import Action
from audit.choices import Verb
from audit.references import references_of
from audit.services import record_read
from audit.views import Edge, FormEdge, get_or_404
from offenders.choices.meetings import MeetingState, MinutesState
from offenders.forms.meetings import AgendaForm, MeetingForm, ReasonForm
from offenders.models import AgendaItem, Meeting, Minutes, Nominal
from offenders.reports.meetings import lacks_of
from offenders.services.levels import REVIEW
from offenders.services.meetings import add_to_agenda, cancel_meeting, change_meeting
from offenders.views.meetings import meeting_file

ROWS = 200
FIRST_YEAR, LAST_YEAR = 2000, 2100


def month_of(text: str, today: date) -> date:
    """Return the first day of the month that an address names like 2026-11; this month for anything else."""
    try:
        day = datetime.strptime(text, "%Y-%m").date()  # noqa: DTZ007  (a month has no time zone)
    except ValueError:
        return today.replace(day=1)
    return day if FIRST_YEAR <= day.year <= LAST_YEAR else today.replace(day=1)


def following(month: date) -> date:
    """Return the first day of the next month."""
    return (month + timedelta(days=31)).replace(day=1)


def midnight(day: date) -> datetime:
    """Return the first moment of a day."""
    return make_aware(datetime.combine(day, datetime.min.time()))


def items_for(user: User) -> Any:
    """Return the agenda items that the user may see, with what tells how far they are."""
    rows = AgendaItem.objects.for_user(user).filter(withdrawn_at__isnull=True).select_related("nominal", "meeting")
    return rows.prefetch_related("minutes", "invitations").order_by("starts_at", "position", "pk")


def month_page(request: HttpRequest, today: date) -> dict[str, Any]:
    """Return the meetings of two months with what each lacks, minutes that wait for a chair, and reviews that are due."""
    user = request.user
    month = month_of(request.GET.get("month", ""), today)
    meetings = Meeting.objects.for_user(user).filter(starts_at__gte=midnight(month), starts_at__lt=midnight(following(following(month))))
    meetings = meetings.select_related("chair", "coordinator").prefetch_related(Prefetch("items", items_for(user), to_attr="shown"))
    found = list(meetings.order_by("starts_at", "pk")[:ROWS])
    for meeting in found:
        meeting.day = localdate(meeting.starts_at)
        for item in meeting.shown:
            item.lacks = lacks_of(item, now()) if meeting.state != MeetingState.CANCELLED else []
    waiting = Minutes.objects.for_user(user).filter(state=MinutesState.SUBMITTED).select_related("item__meeting", "nominal", "edited_by")
    reviews = Action.objects.for_user(user).waiting().filter(kind=REVIEW).order_by("late_from", "pk")[:ROWS]
    references = references_of(row.nominal for row in reviews)
    readable = set(Nominal.objects.for_user(user, Perm.VIEW_MEETING).filter(pk__in=references).values_list("pk", flat=True))
    record_read(Verb.LISTED, page="Meetings", rows="offenders.meeting", ids=[row.pk for row in found])
    return {
        "month": month,
        "month_after": following(month),
        "previous": f"{month - timedelta(days=1):%Y-%m}",
        "next": f"{following(month):%Y-%m}",
        "meetings": found,
        "waiting": list(waiting.order_by("item__meeting__starts_at")[:ROWS]),
        "reviews": [(row, references.get(row.nominal or 0, ""), row.nominal in readable) for row in reviews],
        "is_chair": may(user, Perm.CHAIR_MEETING),
        "moment": now(),
    }


class MeetingCalendar(Edge, TemplateView):
    """The coordinator's and the chair's month."""

    permission = Perm.VIEW_MEETING
    template_name = "offenders/meetings/calendar.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the month."""
        return super().get_context_data(**month_page(self.request, localdate()), **kwargs)


class MeetingEdge(Edge):
    """Finds the meeting of the address; hidden and missing are both 404."""

    def find(self) -> Meeting:
        """Return it."""
        rows = Meeting.objects.for_user(self.request.user, self.permission).select_related("force", "chair", "coordinator")
        return get_or_404(rows, public_id=self.kwargs["public_id"])


class MeetingDay(MeetingEdge, TemplateView):
    """One meeting: when, where, who leads it, and the people on its agenda of whom the user may read."""

    permission = Perm.VIEW_MEETING
    template_name = "offenders/meetings/day.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the agenda and record whom it showed."""
        meeting = self.find()
        items = list(items_for(self.request.user).filter(meeting=meeting))
        for item in items:
            item.lacks = lacks_of(item, now()) if meeting.state != MeetingState.CANCELLED else []
        record_read(Verb.LISTED, meeting, page=type(self).__name__, rows="offenders.agendaitem", ids=[item.pk for item in items])
        may_arrange = meeting.state == MeetingState.PLANNED and may(self.request.user, Perm.ARRANGE_MEETING, meeting)
        return super().get_context_data(meeting=meeting, items=items, may_arrange=may_arrange, **kwargs)


class MeetingFile(MeetingEdge):
    """The meeting as a calendar file, without anybody's reference or name."""

    permission = Perm.VIEW_MEETING

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Hand it over and record that it left."""
        meeting = self.find()
        record_read(Verb.EXPORTED, meeting, page=type(self).__name__)
        return meeting_file(meeting, f"Level {meeting.level} MAPP meeting")


class MeetingChange(MeetingEdge, FormEdge):
    """Base of forms about one meeting."""

    permission = Perm.ARRANGE_MEETING

    def load(self) -> None:
        """Find it."""
        self.meeting = self.find()

    def get_success_url(self) -> str:
        """Go back to the meeting."""
        return reverse("offenders:meeting", args=[self.meeting.public_id])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the way back."""
        return super().get_context_data(back_url=self.get_success_url(), cancel_url=self.get_success_url(), **kwargs)


class ChangeMeeting(MeetingChange):
    """Move the meeting or change who leads it."""

    form_class = MeetingForm
    title = _("Change this meeting")
    done_message = _("The meeting has been changed. Invited colleagues have been told.")

    def get_form_kwargs(self) -> dict[str, Any]:
        """Offer chairs and coordinators of the force."""
        return {"user": self.request.user}

    def get_initial(self) -> dict[str, Any]:
        """Show what is stored."""
        meeting, starts, ends = self.meeting, localtime(self.meeting.starts_at), localtime(self.meeting.ends_at)
        when = {"day": starts.date(), "starts": f"{starts:%H:%M}", "ends": f"{ends:%H:%M}"}
        return when | {name: getattr(meeting, name) for name in ("held_as", "place", "chair", "coordinator", "version")}

    def version(self) -> int:
        """Return the version that is stored now."""
        return self.find().version

    def perform(self, **data: Any) -> Meeting:
        """Change it."""
        return change_meeting(actor=self.request.user, meeting=self.meeting, **data)


class AddToAgenda(MeetingChange):
    """Put a person on the agenda by reference."""

    form_class = AgendaForm
    title = _("Add somebody to the agenda")
    button = _("Add to the agenda")
    done_message = _("The person is on the agenda.")

    def perform(self, reference: str, **data: Any) -> AgendaItem:
        """Find the record among those that the user arranges meetings for, and add it."""
        rows = Nominal.objects.for_user(self.request.user, Perm.ARRANGE_MEETING).select_related("force", "unit", "offender_manager")
        nominal = rows.filter(reference__iexact=reference.strip()).first()
        if nominal is None:
            raise DomainError("You can put no record with this reference on an agenda. Check the reference.", field="reference")
        return add_to_agenda(actor=self.request.user, meeting=self.meeting, nominal=nominal, **data)


class CancelMeeting(MeetingChange):
    """Call it off."""

    form_class = ReasonForm
    title = _("Cancel this meeting")
    button = _("Cancel the meeting")
    done_message = _("The meeting is cancelled. Invited colleagues have been told.")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Warn."""
        return super().get_context_data(danger=True, **kwargs)

    def perform(self, reason: str) -> Meeting:
        """Cancel."""
        return cancel_meeting(actor=self.request.user, meeting=self.meeting, reason=reason)
