"""Pages of orders, breaches and notified travel."""

from __future__ import annotations

from typing import Any

from django.utils.text import format_lazy
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from accounts.permissions import Perm
from audit.views import get_or_404
from offenders.choices.registration import BreachState, DutyState, OrderKind
from offenders.forms.orders import DischargeForm, OrderForm, VaryForm
from offenders.forms.registration import BreachForm, CancelTravelForm, DecideBreachForm, JourneyForm, TravelForm
from offenders.models import Breach, Condition, CourtOrder, Journey, NotificationDuty, OrderVariation, TravelNotification
from offenders.rules.notifying import BREACH_MOVES
from offenders.services.breaches import decide_breach, record_breach
from offenders.services.orders import add_order, discharge_order, vary_order
from offenders.services.travel import add_journey, cancel_travel, notify_travel
from offenders.views.changes import Stored
from offenders.views.registration import RegistrationForm, RowForm
from ui.templatetags.ui import date_words, uk_date


class AddOrder(RegistrationForm):
    """Add an order."""

    form_class = OrderForm
    title = _("Add an order")
    button = _("Add")
    done_message = _("The order has been added. Its prohibitions stand on the card while it is in force.")

    def perform(self, **data: Any) -> CourtOrder:
        """Add it."""
        return add_order(actor=self.request.user, nominal=self.nominal, **data)


class OrderRow(RowForm):
    """A form about one order."""

    model = CourtOrder

    def stored(self) -> Stored:
        """Return what holds now."""
        last_day, discharged = uk_date(self.row.last_day), uk_date(self.row.discharged_on)
        return [(_("Last day"), last_day or _("Until further order")), (_("Discharged"), discharged or _("No"))]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say which one."""
        kind, day = OrderKind(self.row.kind).label, date_words(self.row.made_on)
        intro = format_lazy(_("{kind}, {court}, made {day}"), kind=kind, court=self.row.court, day=day)
        return super().get_context_data(intro=intro, **kwargs)


class VaryOrder(OrderRow):
    """Record a variation."""

    form_class = VaryForm
    title = _("Vary an order")
    button = _("Record the variation")
    done_message = _("The variation is recorded, and the card shows the order as it stands now.")

    def get_initial(self) -> dict[str, Any]:
        """Start from the order as it stands."""
        return {"ends_on": self.row.ends_on, "court": self.row.court, "version": self.version()}

    def get_form_kwargs(self) -> dict[str, Any]:
        """Offer the prohibitions that have not ended."""
        lines = Condition.objects.for_user(self.request.user, Perm.CHANGE_RECORD).filter(order=self.row)
        return {"conditions": lines.exclude(ends_on__lt=localdate()).order_by("pk")}

    def perform(self, **data: Any) -> OrderVariation:
        """Record it."""
        return vary_order(actor=self.request.user, order=self.row, **data)


class DischargeOrder(OrderRow):
    """Record a discharge."""

    form_class = DischargeForm
    title = _("Discharge an order")
    button = _("Record the discharge")
    done_message = _("The order is discharged. Its prohibitions leave the card after that day.")

    def perform(self, **data: Any) -> CourtOrder:
        """Record it."""
        return discharge_order(actor=self.request.user, order=self.row, **data)


class AddBreach(RegistrationForm):
    """Record a breach."""

    form_class = BreachForm
    title = _("Record a breach")
    button = _("Record")
    done_message = _("The breach is recorded. A decision is due by its clock.")

    def get_form_kwargs(self) -> dict[str, Any]:
        """Offer what can have been broken: notifications past their day or late, and every order."""
        user = self.request.user
        duties = NotificationDuty.objects.for_user(user, Perm.CHANGE_RECORD).filter(nominal=self.nominal)
        late = duties.filter(state=DutyState.DUE, due_on__lt=localdate()) | duties.filter(state=DutyState.LATE)
        return {"duties": late, "orders": CourtOrder.objects.for_user(user, Perm.CHANGE_RECORD).filter(nominal=self.nominal)}

    def perform(self, **data: Any) -> Breach:
        """Record it."""
        return record_breach(actor=self.request.user, nominal=self.nominal, **data)


class DecideBreach(RowForm):
    """Record a decision on a breach."""

    model = Breach
    form_class = DecideBreachForm
    title = _("Decide on a breach")
    button = _("Record the decision")
    done_message = _("The decision is recorded.")

    def get_initial(self) -> dict[str, Any]:
        """Keep what is known of an excuse."""
        return {"excuse": self.row.excuse, "version": self.version()}

    def get_form_kwargs(self) -> dict[str, Any]:
        """Offer what can follow."""
        return {"moves": BREACH_MOVES[BreachState(self.row.state)]}

    def perform(self, **data: Any) -> Breach:
        """Record it."""
        return decide_breach(actor=self.request.user, breach=self.row, **data)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say which one."""
        return super().get_context_data(intro=self.row.what_happened, **kwargs)


class AddTravel(RegistrationForm):
    """Record notified travel."""

    form_class = TravelForm
    title = _("Record foreign travel that was notified")
    button = _("Record")
    done_message = _("The journey is recorded. Below you see whether it was notified in time and whether an order forbids it.")

    def get_initial(self) -> dict[str, Any]:
        """Most are recorded on the day."""
        return {"notified_on": localdate()}

    def perform(self, **data: Any) -> TravelNotification:
        """Record it."""
        return notify_travel(actor=self.request.user, nominal=self.nominal, **data)


class AddJourney(RegistrationForm):
    """Add another place."""

    form_class = JourneyForm
    title = _("Add another place of the journey")
    button = _("Add")
    done_message = _("The place has been added.")

    def load(self) -> None:
        """Find the journey among those that the user may change."""
        rows = TravelNotification.objects.for_user(self.request.user, Perm.CHANGE_RECORD).filter(nominal=self.nominal)
        self.row = get_or_404(rows, public_id=self.kwargs["public_id"])

    def perform(self, **data: Any) -> Journey:
        """Add it."""
        return add_journey(actor=self.request.user, travel=self.row, **data)


class CancelTravel(RowForm):
    """Cancel a journey."""

    model = TravelNotification
    form_class = CancelTravelForm
    title = _("Cancel a journey")
    button = _("Cancel the journey")
    done_message = _("The journey is cancelled. It stays in the list.")

    def stored(self) -> Stored:
        """Return what holds now."""
        return [(_("Leaves"), uk_date(self.row.leaves_on)), (_("Cancelled"), uk_date(self.row.cancelled_on) or _("No"))]

    def perform(self, **data: Any) -> TravelNotification:
        """Cancel it."""
        return cancel_travel(actor=self.request.user, travel=self.row, **data)
