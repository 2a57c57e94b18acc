"""Pages of visits to one person: the list with the clock, planning, recording, correcting, calling off."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.timezone import localdate, localtime, make_aware, now
from django.utils.translation import gettext_lazy as _

from accounts.permissions import Perm
from audit.views import get_or_404
from offenders.choices.visits import RiskSeen, VisitNotice, VisitState
from offenders.forms.visits import CancelForm, CorrectForm, PlanForm, RecordForm
from offenders.models import Visit
from offenders.reports.visits import changes_since, last_visit, may_authorise_reactive, reactive_now, waiting_visit
from offenders.rules.visits import days_overdue
from offenders.services.visits import cancel_visit, correct_visit, move_visit, plan_visit, record_visit
from offenders.views.base import NominalPage
from offenders.views.changes import ChangeForm, Stored
from offenders.views.changes import RecordForm as RecordPage
from ui.templatetags.ui import moment_words, uk_datetime

LIST = "offenders:visit-list"
PEOPLE = ("officer", "second_officer", "recorded_by")
SHOWN = 100
TEN = time(10)
SHORT = ("state", "on", "time", "officer", "second_officer", "seen", "said", "risk", "next_on", "next_time", "reason")
WORDS = ("officer", "second_officer", "others_present", "lone_reason", "notice", "purpose", "place")
FINDINGS = (*WORDS, "seen", "said", "home", "devices", "new_facts", "concerns", "risk")


def moment(on: date, at: time | None) -> datetime:
    """Return a local day and time as one moment."""
    return make_aware(datetime.combine(on, at or TEN))


class VisitList(NominalPage):
    """When the next visit is due and why, what is planned, and every visit, the newest first."""

    permission = Perm.VIEW_CASE_FILE
    template_name = "offenders/visits/list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the clock and the visits."""
        user = self.request.user
        visits = Visit.objects.for_user(user).filter(nominal=self.nominal).select_related(*PEOPLE)
        due = waiting_visit(self.nominal)
        return super().get_context_data(
            due=due,
            overdue=days_overdue(due.late_from, now()) if due else 0,
            reactive=reactive_now(user, self.nominal, localdate()),
            may_authorise=may_authorise_reactive(user, self.nominal),
            planned=visits.filter(state=VisitState.PLANNED).order_by("planned_for"),
            past=visits.exclude(state=VisitState.PLANNED).order_by(Coalesce("happened_at", "planned_for").desc(), "-pk")[:SHOWN],
            **kwargs,
        )


class VisitPage(NominalPage):
    """Everything that one visit says."""

    permission = Perm.VIEW_CASE_FILE
    template_name = "offenders/visits/visit.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the visit."""
        rows = Visit.objects.for_user(self.request.user).filter(nominal=self.nominal).select_related(*PEOPLE)
        return super().get_context_data(visit=get_or_404(rows, public_id=self.kwargs["public_id"]), **kwargs)


class OneVisit(ChangeForm):
    """A form about one visit that the user may change."""

    back = LIST

    def load(self) -> None:
        """Find the visit."""
        rows = Visit.objects.for_user(self.request.user, Perm.CHANGE_RECORD).filter(nominal=self.nominal).select_related(*PEOPLE)
        self.visit = get_or_404(rows, public_id=self.kwargs["public_id"])

    def version(self) -> int:
        """Return the version of the visit."""
        self.visit.refresh_from_db(fields=["version"])
        return self.visit.version

    def stored(self) -> Stored:
        """Return how the visit stands now."""
        self.visit.refresh_from_db()
        visit = self.visit
        return [(_("Visit"), visit.get_state_display()), (_("When"), uk_datetime(visit.at)), (_("Officers"), ", ".join(visit.officers))]

    def get_form_kwargs(self) -> dict[str, Any]:
        """Offer the officers of the unit, and those whom the visit names."""
        return {"actor": self.request.user, "nominal": self.nominal, "visit": self.visit}

    def filled(self, names: tuple[str, ...]) -> dict[str, Any]:
        """Return what the visit says already, as a form shows it."""
        at = localtime(self.visit.at)
        values = {name: getattr(self.visit, name) for name in names}
        return {**values, "on": at.date(), "time": at.time(), "version": self.visit.version}


class PlanVisit(RecordPage):
    """Put a visit into the calendar."""

    form_class = PlanForm
    title = _("Plan a visit")
    button = _("Plan the visit")
    done_message = _("The visit is planned. The officers have been told.")
    back = LIST

    def get_form_kwargs(self) -> dict[str, Any]:
        """Offer the officers of the unit."""
        return {"actor": self.request.user, "nominal": self.nominal}

    def get_initial(self) -> dict[str, Any]:
        """Offer the user, and the place of the last visit."""
        last = last_visit(self.request.user, self.nominal)
        return {"officer": self.request.user.pk, "notice": VisitNotice.UNANNOUNCED, "place": last.place if last else ""}

    def perform(self, on: date, time: time, version: int | None = None, **words: Any) -> Visit:
        """Plan it."""
        return plan_visit(actor=self.request.user, nominal=self.nominal, planned_for=moment(on, time), **words)


class MoveVisit(OneVisit):
    """Plan a visit for another time."""

    form_class = PlanForm
    title = _("Change the planned visit")
    done_message = _("The visit is planned anew.")

    def get_initial(self) -> dict[str, Any]:
        """Show what is planned."""
        return self.filled(("officer", "second_officer", "others_present", "notice", "purpose", "place"))

    def perform(self, on: date, time: time, **words: Any) -> Visit:
        """Plan it anew."""
        return move_visit(actor=self.request.user, visit=self.visit, planned_for=moment(on, time), **words)


class CancelVisit(OneVisit):
    """Call a planned visit off."""

    form_class = CancelForm
    title = _("Cancel this visit")
    button = _("Cancel the visit")
    done_message = _("The visit is cancelled. When the next one is due has not changed.")

    def get_form_kwargs(self) -> dict[str, Any]:
        """The form asks only why."""
        return {}

    def get_initial(self) -> dict[str, Any]:
        """Nothing is known before."""
        return {}

    def perform(self, reason: str) -> Visit:
        """Call it off."""
        return cancel_visit(actor=self.request.user, visit=self.visit, reason=reason)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say which one."""
        intro = format_lazy(_("Planned for {moment}."), moment=moment_words(self.visit.planned_for))
        return super().get_context_data(intro=intro, danger=True, **kwargs)


class ShortForm:
    """Shows the fields that every visit needs, and the others below."""

    template_name = "offenders/visits/record.html"

    def get_context_data(self, form: Any, **kwargs: Any) -> dict[str, Any]:
        """Part the fields; add what changed since the last visit."""
        user, nominal = self.request.user, self.nominal
        last = last_visit(user, nominal)
        more = [field for field in form.visible_fields() if field.name not in SHORT]
        return super().get_context_data(
            form=form,
            short=[form[name] for name in SHORT if name in form.fields],
            more=more,
            more_is_open=any(field.errors for field in more),
            last=last,
            changes=changes_since(user, nominal, last.happened_at) if last else [],
            **kwargs,
        )


class RecordVisit(ShortForm, RecordPage):
    """Record a visit that nobody planned; one that is planned for now or earlier is taken up instead."""

    form_class = RecordForm
    title = _("Record a visit")
    button = _("Save the visit")
    done_message = _("The visit has been saved.")
    back = LIST

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Take up the visit that is planned for today, so that nothing is typed twice."""
        today = moment(localdate(), time.max)
        rows = Visit.objects.for_user(request.user, Perm.CHANGE_RECORD).filter(nominal=self.nominal, state=VisitState.PLANNED)
        if planned := rows.filter(planned_for__lte=today).order_by("planned_for").first():
            return redirect("offenders:visit-planned-record", reference=self.nominal.reference, public_id=planned.public_id)
        return super().get(request, *args, **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        """Offer the officers of the unit."""
        return {"actor": self.request.user, "nominal": self.nominal}

    def get_initial(self) -> dict[str, Any]:
        """Offer now, the user, and the company and place of the last visit."""
        at, last = localtime(), last_visit(self.request.user, self.nominal)
        same = {"second_officer": last.second_officer_id, "place": last.place} if last else {}
        if same.get("second_officer") == self.request.user.pk:
            same.pop("second_officer")
        start = {"state": VisitState.DONE, "on": at.date(), "time": at.time(), "officer": self.request.user.pk}
        return {**start, "notice": VisitNotice.UNANNOUNCED, **same}

    def perform(self, version: int | None = None, **data: Any) -> Visit:
        """Record it."""
        return record_visit(actor=self.request.user, nominal=self.nominal, **times(data))

    def get_success_url(self) -> str:
        """Return the visits, or the level of risk when it has changed."""
        return after_visit(self)


class RecordPlanned(ShortForm, OneVisit):
    """Record what came of a planned visit."""

    form_class = RecordForm
    title = _("Record this visit")
    button = _("Save the visit")
    done_message = _("The visit has been saved.")

    def get_initial(self) -> dict[str, Any]:
        """Show what was planned."""
        early = {"on": localdate(), "time": localtime().time()} if self.visit.planned_for and self.visit.planned_for > now() else {}
        return {"state": VisitState.DONE, **self.filled(WORDS), **early}

    def perform(self, **data: Any) -> Visit:
        """Record it."""
        return record_visit(actor=self.request.user, nominal=self.nominal, visit=self.visit, **times(data))

    def get_success_url(self) -> str:
        """Return the visits, or the level of risk when it has changed."""
        return after_visit(self)


class CorrectVisit(ShortForm, OneVisit):
    """Put right what a recorded visit says."""

    form_class = CorrectForm
    title = _("Correct this visit")
    done_message = _("The visit has been corrected. The history keeps what it said before.")

    def get_initial(self) -> dict[str, Any]:
        """Show what it says."""
        return self.filled(FINDINGS)

    def perform(self, on: date, time: time, **words: Any) -> Visit:
        """Correct it."""
        return correct_visit(actor=self.request.user, visit=self.visit, happened_at=moment(on, time), **words)


def times(data: dict[str, Any]) -> dict[str, Any]:
    """Turn the days and times of the form into moments."""
    happened_at = moment(data.pop("on"), data.pop("time"))
    next_on, next_time = data.pop("next_on"), data.pop("next_time")
    return {**data, "happened_at": happened_at, "next_at": moment(next_on, next_time) if next_on else None}


def after_visit(view: RecordVisit | RecordPlanned) -> str:
    """Return where to go: a changed risk is set at once, while it is fresh."""
    page = "offenders:risk-change" if view.result.risk == RiskSeen.CHANGED else LIST
    return reverse(page, args=[view.nominal.reference])
