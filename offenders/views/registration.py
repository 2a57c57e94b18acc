"""The page of registration and orders, and the pages of convictions, notifications and reviews."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Prefetch
from django.utils.text import format_lazy
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from accounts.permissions import Perm
from audit.views import get_or_404
from offenders.choices.registration import BreachState, DutyKind, DutyState, LengthUnit, ReviewState
from offenders.forms.registration import (
    ConvictionForm,
    CorrectConvictionForm,
    DutyForm,
    ExcuseForm,
    MoveReviewForm,
    NotifiedForm,
    ReviewForm,
)
from offenders.models import (
    Breach,
    Condition,
    Conviction,
    CourtOrder,
    NotificationDuty,
    RegistrationPeriod,
    RegistrationReview,
    TravelNotification,
)
from offenders.reports.registration import bans_during
from offenders.rules.notifying import BREACH_MOVES, REVIEW_MOVES
from offenders.services.convictions import add_conviction, correct_conviction
from offenders.services.duties import add_duty, excuse_duty, record_notification
from offenders.services.registration import move_review, receive_review
from offenders.views.base import NominalPage
from offenders.views.changes import ChangeForm, RecordForm, Stored
from ui.templatetags.ui import date_words, uk_date

PAGE = "offenders:registration"
CLOSED_SHOWN = 50  # how many notifications that are over the page shows


class RegistrationPage(NominalPage):
    """How long the person must notify and why, what is due, orders, convictions, breaches, travel."""

    permission = Perm.VIEW_CASE_FILE
    template_name = "offenders/registration/overview.html"

    def rows(self, model: type[models.Model]) -> Any:
        """Return the record's rows that the user may see."""
        return model.objects.for_user(self.request.user, Perm.VIEW_CASE_FILE).filter(nominal=self.nominal)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add everything, each in one statement."""
        today = localdate()
        duties = self.rows(NotificationDuty)
        return super().get_context_data(
            today=today,
            **self.registration(today),
            due=list(duties.filter(state=DutyState.DUE)),
            done=list(duties.exclude(state=DutyState.DUE).order_by("-due_on", "-pk")[:CLOSED_SHOWN]),
            convictions=list(self.rows(Conviction)),
            breaches=self.breaches(),
            **self.orders_and_travel(today),
            **kwargs,
        )

    def registration(self, today: Any) -> dict[str, Any]:
        """Return the period of today or the latest, the others, and reviews with what can follow."""
        periods = list(self.rows(RegistrationPeriod).filter(withdrawn_at__isnull=True))
        live = next((row for row in periods if row.period.lower <= today and (not row.period.upper or today < row.period.upper)), None)
        reviews = list(self.rows(RegistrationReview))
        for review in reviews:
            review.may_move = bool(REVIEW_MOVES[ReviewState(review.state)])
        may_ask = live is not None and live.review_from and live.review_from <= today and not any(review.may_move for review in reviews)
        return {"live": live, "periods": [row for row in periods if row is not live], "reviews": reviews, "may_ask": may_ask}

    def breaches(self) -> list[Breach]:
        """Return breaches with their steps and whether one can follow."""
        rows = list(self.rows(Breach).select_related("duty", "order").prefetch_related("steps"))
        for row in rows:
            row.may_move = bool(BREACH_MOVES[BreachState(row.state)])
        return rows

    def orders_and_travel(self, today: Any) -> dict[str, Any]:
        """Return orders in force and over with their prohibitions, and journeys with the bans that they meet."""
        lines = Condition.objects.for_user(self.request.user, Perm.VIEW_CASE_FILE).filter(nominal=self.nominal)
        orders = list(self.rows(CourtOrder).prefetch_related(Prefetch("conditions", lines.order_by("pk")), "variations"))
        trips = list(self.rows(TravelNotification).prefetch_related("journeys"))
        bans = list(lines)
        for trip in trips:
            trip.bans = [] if trip.cancelled_on else bans_during(trip, bans)
        in_force = [order for order in orders if order.is_in_force(today)]
        return {"orders": in_force, "other_orders": [order for order in orders if order not in in_force], "trips": trips}


class RegistrationForm(RecordForm):
    """A form that leads back to the page."""

    back = PAGE


class RowForm(ChangeForm):
    """A form about one row of the record, which another person may change meanwhile."""

    back = PAGE
    model: ClassVar[type[models.Model]]

    def load(self) -> None:
        """Find the row among those that the user may change."""
        rows = self.model.objects.for_user(self.request.user, Perm.CHANGE_RECORD).filter(nominal=self.nominal)
        self.row = get_or_404(rows, public_id=self.kwargs["public_id"])

    def version(self) -> int:
        """Return the version of the row."""
        self.row.refresh_from_db()
        return int(self.row.version)

    def stored(self) -> Stored:
        """Return where the row stands now."""
        return [(_("State"), self.row.get_state_display())]


class AddConviction(RegistrationForm):
    """Add a conviction or caution."""

    form_class = ConvictionForm
    title = _("Add a conviction or caution")
    button = _("Add")
    done_message = _("The conviction has been added. If it makes the person notify, the period below was worked out from it.")

    def perform(self, **data: Any) -> Conviction:
        """Add it."""
        return add_conviction(actor=self.request.user, nominal=self.nominal, **data)


class CorrectConviction(RowForm):
    """Correct a conviction or add the release."""

    model = Conviction
    form_class = CorrectConvictionForm
    title = _("Change a conviction or caution")
    done_message = _("The conviction has been changed, and registration worked out again. The history keeps what it was.")

    def get_initial(self) -> dict[str, Any]:
        """Show what is stored."""
        names = set(CorrectConvictionForm.base_fields) - {"reason", "age"}
        age = "yes" if self.row.was_under_18 else "no"
        unit = self.row.length_unit or LengthUnit.MONTHS
        return {**{name: getattr(self.row, name) for name in names}, "age": age, "length_unit": unit, "version": self.version()}

    def stored(self) -> Stored:
        """Return what somebody else saved."""
        row = self.row
        sentence = f"{row.get_disposal_display()} {row.length_words}".strip()
        days = [(_("Convicted"), uk_date(row.convicted_on)), (_("Released"), uk_date(row.released_on) or _("No date"))]
        return [(_("Offence"), row.offence), (_("Sentence"), sentence), *days]

    def perform(self, **data: Any) -> Conviction:
        """Change it."""
        return correct_conviction(actor=self.request.user, conviction=self.row, **data)


class AddDuty(RegistrationForm):
    """Record something that must be notified."""

    form_class = DutyForm
    title = _("Add something to notify")
    button = _("Start the clock")
    done_message = _("The notification is due. You will be reminded.")

    def perform(self, **data: Any) -> NotificationDuty:
        """Add it."""
        return add_duty(actor=self.request.user, nominal=self.nominal, **data)


class DutyRow(RowForm):
    """A form about one notification."""

    model = NotificationDuty

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say which one."""
        kind, due = DutyKind(self.row.kind).label, date_words(self.row.due_on)
        intro = format_lazy(_("{kind}, due {day}. {about}"), kind=kind, day=due, about=self.row.about)
        return super().get_context_data(intro=intro, **kwargs)


class RecordNotified(DutyRow):
    """Record that the person notified."""

    form_class = NotifiedForm
    title = _("Record a notification")
    button = _("Record")
    done_message = _("The notification is recorded. If it comes again, the next one is due below.")

    def get_initial(self) -> dict[str, Any]:
        """Most are recorded on the day, by whoever took them."""
        return {"notified_on": localdate(), "taken_by": self.request.user.display_name, "version": self.version()}

    def perform(self, **data: Any) -> NotificationDuty:
        """Record it."""
        return record_notification(actor=self.request.user, duty=self.row, **data)


class ExcuseDuty(DutyRow):
    """Say why a notification is not required."""

    form_class = ExcuseForm
    title = _("This notification is not required")
    button = _("Close it")
    done_message = _("The notification is closed. It stays in the list with the reason.")

    def perform(self, **data: Any) -> NotificationDuty:
        """Close it."""
        return excuse_duty(actor=self.request.user, duty=self.row, **data)


class AddReview(RegistrationForm):
    """Record an application for review."""

    form_class = ReviewForm
    title = _("Record an application for review")
    button = _("Record")
    done_message = _("The application is recorded. The decision is due by its clock.")

    def perform(self, **data: Any) -> RegistrationReview:
        """Record it."""
        return receive_review(actor=self.request.user, nominal=self.nominal, **data)


class MoveReview(RowForm):
    """Record a decision on a review."""

    model = RegistrationReview
    form_class = MoveReviewForm
    title = _("Record a decision on a review")
    button = _("Record")
    done_message = _("The decision is recorded.")

    def get_form_kwargs(self) -> dict[str, Any]:
        """Offer what can follow."""
        return {"moves": REVIEW_MOVES[ReviewState(self.row.state)]}

    def perform(self, **data: Any) -> RegistrationReview:
        """Record it."""
        return move_review(actor=self.request.user, review=self.row, **data)
