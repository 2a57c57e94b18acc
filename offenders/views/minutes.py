"""Pages of minutes: read, draft, submit, approve, send back."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from accounts.access import may
from accounts.models import Organisation
from accounts.permissions import Perm
from audit.views import get_or_404
from offenders.choices.meetings import MinutesState
from offenders.documents.minutes import sections_of
from offenders.forms.minutes import AGENCY, ApproveForm, MinutesForm, ReturnForm
from offenders.models import AgencyInformation, Invitation, MeetingAction, Minutes, RestrictedItem
from offenders.reports.meetings import content_of, track
from offenders.rules.meetings import PARTS, content_hash
from offenders.services.minutes import approve_minutes, return_minutes, save_minutes, submit_minutes
from offenders.views.base import NominalAct, NominalPage
from offenders.views.changes import ChangeForm, Stored
from offenders.views.meetings import OfItem, shown_minutes


class ToMinutes(OfItem):
    """Leads back to the minutes of the item."""

    def get_success_url(self) -> str:
        """Return the page of the minutes."""
        return reverse("offenders:minutes", args=[self.nominal.reference, self.item.public_id])


class MinutesPage(OfItem, NominalPage):
    """The newest version that the user may read."""

    permission = Perm.VIEW_MEETING
    template_name = "offenders/meetings/minutes.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the text, restricted parts that the user may read, actions, and what can be done next."""
        self.load()
        user = self.request.user
        versions = list(shown_minutes(self, self.item))
        wanted = self.request.GET.get("version", "")
        chosen = next((row for row in versions if str(row.number) == wanted), None) or next(iter(versions), None)
        invitations = Invitation.objects.for_user(user).filter(item=self.item).select_related("user", "agency").order_by("pk")
        actions = MeetingAction.objects.for_user(user).filter(item=self.item)
        return super().get_context_data(
            item=self.item,
            meeting=self.item.meeting,
            minutes=chosen,
            versions=versions,
            invitations=invitations,
            actions=track(actions.select_related("owner", "agency_owner__agency", "agency_owner__user")),
            may_arrange=may(user, Perm.ARRANGE_MEETING, self.nominal),
            may_chair=may(user, Perm.CHAIR_MEETING, self.nominal),
            **(self.parts(chosen) if chosen else {}),
            **kwargs,
        )

    def parts(self, minutes: Minutes) -> dict[str, Any]:
        """Return what hangs on a version."""
        user = self.request.user
        information = AgencyInformation.objects.for_user(user).filter(minutes=minutes).exclude(text="").select_related("agency")
        restricted = (
            RestrictedItem.objects.for_user(user).filter(minutes=minutes).prefetch_related("recipients__user", "recipients__agency")
        )
        return {
            "sections": sections_of(minutes),
            "information": information,
            "restricted": restricted,
            "is_intact": not minutes.content_hash or minutes.content_hash == content_hash(content_of(minutes)),
            "is_author": user.pk in {minutes.drafted_by_id, minutes.edited_by_id},
        }


class EditMinutes(ToMinutes, ChangeForm):
    """Write the draft; after an approval this begins the next version."""

    permission = Perm.ARRANGE_MEETING
    form_class = MinutesForm
    title = _("Minutes")
    button = _("Save the draft")
    done_message = _("The draft is saved.")
    back = "offenders:meeting-list"

    def in_work(self) -> Minutes | None:
        """Return the version that is not approved yet."""
        rows = Minutes.objects.for_user(self.request.user, self.permission).filter(item=self.item)
        return rows.filter(state__in=[MinutesState.DRAFT, MinutesState.SUBMITTED]).first()

    def latest(self) -> Minutes:
        """Return what the form begins with."""
        rows = Minutes.objects.for_user(self.request.user, self.permission).filter(item=self.item)
        return rows.order_by("-number").first() or Minutes(item=self.item)

    def version(self) -> int:
        """Return the version of the draft; 0 where none is begun."""
        draft = self.in_work()
        return draft.version if draft else 0

    def get_form_kwargs(self) -> dict[str, Any]:
        """Ask what each invited agency said."""
        user = self.request.user
        invited = Invitation.objects.for_user(user, self.permission).filter(item=self.item).values("agency")
        return {"agencies": list(Organisation.objects.for_user(user, Perm.VIEW_MEETING).filter(pk__in=invited).order_by("name"))}

    def get_initial(self) -> dict[str, Any]:
        """Show what is stored."""
        stored = self.latest()
        names = [name for name in MinutesForm.base_fields if name != "version"]
        rows = AgencyInformation.objects.for_user(self.request.user).filter(minutes=stored) if stored.pk else ()
        said = {f"{AGENCY}{row.agency_id}": row.text for row in rows}
        return {name: getattr(stored, name) for name in names} | said | super().get_initial()

    def stored(self) -> Stored:
        """Return the parts that somebody else saved."""
        latest = self.latest()
        values = [(label, getattr(latest, name)) for name, label in PARTS.items()]
        return [(label, str(value)) for label, value in values if value not in {"", None}]

    def perform(self, **data: Any) -> Minutes:
        """Save the draft."""
        return save_minutes(actor=self.request.user, item=self.item, **data)


class SubmitMinutes(ToMinutes, NominalAct):
    """Hand the draft to the chair."""

    permission = Perm.ARRANGE_MEETING
    done_message = _("The minutes wait for the chair's approval.")

    def perform(self) -> Minutes:
        """Submit."""
        rows = Minutes.objects.for_user(self.request.user, self.permission).filter(item=self.item)
        draft = get_or_404(rows.select_related("nominal"), state=MinutesState.DRAFT)
        return submit_minutes(actor=self.request.user, minutes=draft)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Find the item first."""
        self.load()
        return super().post(request, *args, **kwargs)


class Decide(ToMinutes, ChangeForm):
    """The chair's page for minutes that wait."""

    permission = Perm.CHAIR_MEETING
    back = "offenders:meeting-list"

    def load(self) -> None:
        """Find the version that waits, or the newest where somebody was quicker."""
        super().load()
        rows = Minutes.objects.for_user(self.request.user, self.permission).filter(item=self.item)
        self.minutes = rows.select_related("nominal").order_by("-number").first()
        if self.minutes is None:
            raise Http404

    def version(self) -> int:
        """Return the version of the minutes."""
        self.minutes.refresh_from_db(fields=["version", "state"])
        return self.minutes.version

    def stored(self) -> Stored:
        """Say how they stand."""
        return [("Minutes", self.minutes.get_state_display())]


class ApproveMinutes(Decide):
    """Approve."""

    form_class = ApproveForm
    title = _("Approve these minutes")
    button = _("Approve")
    done_message = _("The minutes are approved, and category and level stand as the meeting decided.")

    def perform(self, **data: Any) -> Minutes:
        """Approve."""
        return approve_minutes(actor=self.request.user, minutes=self.minutes, **data)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say what approval does."""
        level = self.minutes.get_decided_level_display()
        said = _("Decision: {level}. Approval sets it from the day of the meeting and closes the text. A later change is a new version.")
        intro = format_lazy(said, level=level)
        return super().get_context_data(intro=intro, **kwargs)


class ReturnMinutes(Decide):
    """Send back."""

    form_class = ReturnForm
    title = _("Send these minutes back")
    button = _("Send back")
    done_message = _("The minutes are a draft again. Whoever wrote them has been told.")

    def perform(self, **data: Any) -> Minutes:
        """Send back."""
        return return_minutes(actor=self.request.user, minutes=self.minutes, **data)
