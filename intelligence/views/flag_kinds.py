"""Pages on which a force's administrators change kinds of events and the flags that records usually have."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from accounts.access import may
from accounts.permissions import Perm
from audit.views import FormEdge, PageEdge, get_or_404
from intelligence.forms.flag_kinds import EventTypeForm, FromDayForm, UsualFlagForm
from intelligence.models import EventType, UsualFlag
from intelligence.reports.flags import event_names
from intelligence.services import flag_kinds as services

OF_EVENT = ("name", "words", "needs", "default_urgency", "is_raised_by_hand")
OF_USUAL = ("kind", "registration", "least_level", "role", "urgency", "review_months", "source")


class UsualFlagList(PageEdge):
    """Which flags records usually have today, and which will be or no longer be proposed from a day to come."""

    permission = Perm.VIEW_RULES
    template_name = "intelligence/flags/usual.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add them, by event."""
        user, today = self.request.user, localdate()
        names = event_names(today)
        rows = UsualFlag.objects.for_user(user).not_over(today)
        usual = sorted(((names.get(row.kind, row.kind), row) for row in rows), key=lambda pair: (pair[0], pair[1].period.lower))
        may_change = may(user, Perm.CHANGE_RULES) and user.organisation.is_force
        return super().get_context_data(usual=usual, today=today, may_change=may_change, **kwargs)


class DatedEdge(FormEdge):
    """A form about something that changes from a day on."""

    permission = Perm.CHANGE_RULES
    back = "intelligence:usual-flags"

    def get_success_url(self) -> str:
        """Return the list."""
        return reverse(self.back)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Lead back to the list."""
        return super().get_context_data(**{"back_url": self.get_success_url(), "cancel_url": self.get_success_url(), **kwargs})


class ChangeEventType(DatedEdge):
    """Tell of a kind of event in another way from a day on."""

    form_class = EventTypeForm
    title = _("Change a kind of event")
    button = _("Save the change")
    done_message = _("The change is saved. It counts from its first day.")
    back = "intelligence:event-types"

    def load(self) -> None:
        """Find its latest row."""
        rows = EventType.objects.for_user(self.request.user, self.permission).filter(code=self.kwargs["code"])
        self.event = get_or_404(rows.order_by("-period"))

    def get_initial(self) -> dict[str, Any]:
        """Show what holds."""
        return {name: getattr(self.event, name) for name in OF_EVENT}

    def perform(self, **data: Any) -> EventType:
        """Change it."""
        return services.change_event_type(actor=self.request.user, event=self.event, **data)


class AddUsualFlag(DatedEdge):
    """Propose another flag."""

    form_class = UsualFlagForm
    title = _("Add a usual flag")
    button = _("Add the flag")
    done_message = _("The flag is proposed from its first day on.")

    def get_form_kwargs(self) -> dict[str, Any]:
        """Offer kinds of events."""
        return {"kinds": event_names(localdate())}

    def perform(self, **data: Any) -> UsualFlag:
        """Add it."""
        return services.add_usual_flag(actor=self.request.user, **data)


class OneUsualFlag(DatedEdge):
    """A form about one usual flag."""

    def load(self) -> None:
        """Find it."""
        self.usual = get_or_404(UsualFlag.objects.for_user(self.request.user, self.permission), pk=self.kwargs["key"])


class ChangeUsualFlag(OneUsualFlag):
    """Propose something else from a day on."""

    form_class = UsualFlagForm
    title = _("Change a usual flag")
    button = _("Save the change")
    done_message = _("The change is saved. Flags that were set already stay.")

    def get_form_kwargs(self) -> dict[str, Any]:
        """Offer kinds of events."""
        return {"kinds": event_names(localdate())}

    def get_initial(self) -> dict[str, Any]:
        """Show what holds."""
        return {name: getattr(self.usual, name) for name in OF_USUAL}

    def perform(self, **data: Any) -> UsualFlag:
        """Change it."""
        return services.change_usual_flag(actor=self.request.user, usual=self.usual, **data)


class EndUsualFlag(OneUsualFlag):
    """Propose it no more from a day on."""

    form_class = FromDayForm
    title = _("End a usual flag")
    button = _("End it")
    done_message = _("It is proposed no more from that day on. Flags that were set already stay.")

    def perform(self, **data: Any) -> UsualFlag:
        """End it."""
        return services.end_usual_flag(actor=self.request.user, usual=self.usual, **data)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say which one."""
        name = event_names(localdate()).get(self.usual.kind, self.usual.kind)
        return super().get_context_data(intro=name, danger=True, **kwargs)
