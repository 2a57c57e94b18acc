"""What may be done with an action besides doing it: hand it over, stop its clock, give time or a date, say that it is not needed."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.timezone import localdate, now
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.permissions import Perm
from actions.choices import TimeUnit
from actions.forms import DateForm, ExtendForm, HandOverAllForm, HandOverForm, PauseForm, ReasonForm, ResumeForm, TakeBackForm
from actions.models import Action
from actions.services import (
    cancel_action,
    change_date,
    extend_clock,
    hand_over_action,
    hand_over_all,
    pause_clock,
    resume_clock,
    withdraw_extension,
    withdraw_pause,
)
from actions.services.moving import HandedOver
from actions.views.base import ActionEdge
from audit.choices import Verb
from audit.references import references_of
from audit.services import record_read
from audit.views import FormEdge, PageEdge, get_or_404
from ui.languages import shown_words
from ui.templatetags.ui import date_words

SHOWN = 200


class HandOver(ActionEdge):
    """Give it another owner. Whoever gives it away may no longer see it, so the way leads back to the list."""

    form_class = HandOverForm
    title = _("Hand over this action")
    button = _("Hand over")
    done_message = _("The action has been handed over.")

    def get_form_kwargs(self) -> dict[str, Any]:
        """Offer people, units and roles of the force."""
        return {"actor": self.request.user}

    def perform(self, **data: Any) -> Action:
        """Hand it over."""
        return hand_over_action(actor=self.request.user, action=self.action, **data)

    def get_success_url(self) -> str:
        """Return the list."""
        return reverse("actions:action-list")


class Pause(ActionEdge):
    """Stop the clock."""

    form_class = PauseForm
    title = _("Stop the clock")
    button = _("Stop the clock")
    done_message = _("The clock stands still. The unit's supervisors were told.")

    def get_initial(self) -> dict[str, Any]:
        """Offer today."""
        return super().get_initial() | {"since": localdate()}

    def perform(self, **data: Any) -> Action:
        """Stop it."""
        return pause_clock(actor=self.request.user, action=self.action, **data)


class Resume(ActionEdge):
    """Let the clock go on."""

    form_class = ResumeForm
    title = _("Let the clock go on")
    button = _("Let it go on")
    done_message = _("The clock goes on. The time for which it stood still has been added.")

    def get_initial(self) -> dict[str, Any]:
        """Offer today."""
        return super().get_initial() | {"until": localdate()}

    def perform(self, **data: Any) -> Action:
        """Let it go on."""
        return resume_clock(actor=self.request.user, action=self.action, **data)


class Extend(ActionEdge):
    """Give more time."""

    form_class = ExtendForm
    title = _("Give more time")
    button = _("Give the time")
    done_message = _("The action has more time.")

    def perform(self, **data: Any) -> Action:
        """Give it."""
        return extend_clock(actor=self.request.user, action=self.action, **data)


class TakeBack(ActionEdge):
    """Takes back what moved the clock."""

    form_class = TakeBackForm
    button = _("Withdraw")
    done_message = _("Withdrawn. The date was worked out again, and the owner was told.")

    def moved_by(self) -> QuerySet:
        """Return what may be taken back."""
        raise NotImplementedError

    def load(self) -> None:
        """Find the action and what moved its clock."""
        super().load()
        self.row = get_or_404(self.moved_by(), pk=self.kwargs["key"])


class WithdrawPause(TakeBack):
    """A pause is taken back, as if the clock had run on."""

    title = _("Withdraw this pause")

    def moved_by(self) -> QuerySet:
        """The action's pauses."""
        return self.action.pauses.all()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say which."""
        since, until = date_words(self.row.since), date_words(self.row.until)
        intro = format_lazy(_("The clock stood still from {since} until now."), since=since)
        if self.row.until:
            intro = format_lazy(_("The clock stood still from {since} to {until}."), since=since, until=until)
        return super().get_context_data(intro=intro, danger=True, **kwargs)

    def perform(self, **data: Any) -> Action:
        """Take it back."""
        return withdraw_pause(actor=self.request.user, action=self.action, pause=self.row, **data)


class WithdrawExtension(TakeBack):
    """Added time is taken back."""

    title = _("Withdraw this time")

    def moved_by(self) -> QuerySet:
        """The times that were given."""
        return self.action.extensions.all()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say which."""
        said = {"quantity": self.row.quantity, "unit": TimeUnit(self.row.unit).label, "day": date_words(self.row.at)}
        intro = format_lazy(_("{quantity} {unit}, given on {day}."), **said)
        return super().get_context_data(intro=intro, danger=True, **kwargs)

    def perform(self, **data: Any) -> Action:
        """Take it back."""
        return withdraw_extension(actor=self.request.user, action=self.action, extension=self.row, **data)


class ChangeDate(ActionEdge):
    """Give another date."""

    form_class = DateForm
    title = _("Give another date")
    button = _("Change the date")
    done_message = _("The date has been changed.")

    def perform(self, due_on: date, **data: Any) -> Action:
        """Change it."""
        return change_date(actor=self.request.user, action=self.action, due_on=due_on, **data)


class Cancel(ActionEdge):
    """Say that it is no longer needed."""

    form_class = ReasonForm
    title = _("This action is no longer needed")
    button = _("Close the action")
    done_message = _("The action is closed as no longer needed.")

    def perform(self, **data: Any) -> Action:
        """Close it."""
        return cancel_action(actor=self.request.user, action=self.action, **data)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """It cannot be opened again."""
        return super().get_context_data(danger=True, **kwargs)


class Officers(PageEdge):
    """Who owns how much of what the user may hand over."""

    permission = Perm.ASSIGN_ACTION
    template_name = "actions/officers.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Count by owner, in one query."""
        rows = Action.objects.for_user(self.request.user, Perm.ASSIGN_ACTION).waiting().filter(owner__isnull=False).order_by()
        named = rows.values("owner", "owner__rank", "owner__collar_number", "owner__last_name", "owner__is_active")
        owners = named.annotate(number=Count("pk"), late=Count("pk", filter=Q(late_from__lte=now()))).order_by("-late", "-number", "owner")
        return super().get_context_data(owners=owners[:SHOWN], **kwargs)


class OfficerActions(FormEdge):
    """All that one officer owns and the user may hand over; handed to a colleague in one go when the officer leaves."""

    permission = Perm.ASSIGN_ACTION
    form_class = HandOverAllForm
    template_name = "actions/officer_actions.html"
    title = _("Work of one officer")
    button = _("Hand over all of it")

    def load(self) -> None:
        """Find the officer among the owners of what the user may hand over."""
        rows = Action.objects.for_user(self.request.user, Perm.ASSIGN_ACTION).waiting().filter(owner=self.kwargs["pk"])
        self.rows = rows.soonest_first().select_related("owner", "owner_unit", "unit")
        self.officer: User = get_or_404(self.rows).owner

    def get_form_kwargs(self) -> dict[str, Any]:
        """Offer the colleagues."""
        return {"actor": self.request.user}

    def perform(self, to: User, reason: str) -> HandedOver:
        """Hand over."""
        return hand_over_all(actor=self.request.user, owner=self.officer, to=to, reason=reason)

    @property
    def done_message(self) -> str:  # type: ignore[override]
        """Say how many went, and what is left to do."""
        moved, stayed = len(self.result.moved), self.result.stayed
        with shown_words(self.request):
            said = ngettext("%(number)s action handed over.", "%(number)s actions handed over.", moved) % {"number": moved}
            left = gettext("%(number)s stay, because the new owner cannot have them: hand these over one by one.") % {"number": stayed}
        return f"{said} {left}" if stayed else said

    def get_success_url(self) -> str:
        """Return the list of officers, or what stays."""
        return reverse("actions:officer", args=[self.officer.pk]) if self.result.stayed else reverse("actions:officers")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add what the officer owns, with the reference of each record."""
        shown = list(self.rows[:SHOWN])
        references = references_of(row.nominal for row in shown)
        rows = [(row, references.get(row.nominal or 0, "")) for row in shown]
        record_read(Verb.LISTED, page="OfficerActions", rows="actions.action", ids=[row.pk for row in shown])
        return super().get_context_data(
            officer=self.officer, rows=rows, number=self.rows.count(), back_url=reverse("actions:officers"), **kwargs
        )
