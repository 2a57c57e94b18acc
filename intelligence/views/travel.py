"""The foreign-travel record of a person: notified and seen side by side, evaluation, sign-off, and reports that may be about them."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from accounts.permissions import Perm
from audit.views import get_or_404
from intelligence.choices.travel import AlertState, Direction, Finding
from intelligence.forms.travel import AnswerForm, EvaluationForm, SignOffForm
from intelligence.models import AlertCandidate, TravelRecord
from intelligence.reports.alerts import compare_facts
from intelligence.services.travel_records import evaluate_travel, return_evaluation, sign_off_travel
from intelligence.services.triage import answer_for_person
from offenders.forms.registration import BreachForm
from offenders.models import Breach, CourtOrder, NotificationDuty, TravelNotification
from offenders.services.breaches import record_breach
from offenders.templatetags.registration import line_day
from offenders.views.base import NominalPage
from offenders.views.changes import ChangeForm, RecordForm, Stored
from offenders.views.tabs import allowed_on
from ui.templatetags.ui import date_words, words_in_sentence

SHOWN = 100
PAGE = "intelligence:travel"
PEOPLE = ("alert", "filed_by", "evaluated_by", "signed_off_by", "withdrawn_by", "notification")


class TravelPage(NominalPage):
    """What the person notified, what the border saw, how both compare, and reports that may be about the person."""

    permission = Perm.VIEW_CASE_FILE
    template_name = "intelligence/travel/travel.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add both columns."""
        user, allowed = self.request.user, allowed_on(self.request, self.nominal)
        records = TravelRecord.objects.for_user(user).filter(nominal=self.nominal).select_related(*PEOPLE)
        trips = TravelNotification.objects.for_user(user).filter(nominal=self.nominal).prefetch_related("journeys")
        return super().get_context_data(
            records=records[:SHOWN], trips=trips[:SHOWN], questions=self.questions() if Perm.CHANGE_RECORD in allowed else [],
            may_sign_off=Perm.SIGN_OFF_TRAVEL in allowed, **kwargs,
        )  # fmt: skip

    def questions(self) -> list[AlertCandidate]:
        """Return the reports that wait for somebody to say whether they are about this person."""
        rows = AlertCandidate.objects.for_user(self.request.user, Perm.CHANGE_RECORD).filter(nominal=self.nominal)
        waiting = rows.filter(ruled_out_at__isnull=True, alert__state=AlertState.TRIAGE)
        return list(waiting.select_related("alert").order_by("-score")[:SHOWN])


class OneRecord(ChangeForm):
    """A form about one crossing that the user may see."""

    back = PAGE

    def load(self) -> None:
        """Find the crossing."""
        rows = TravelRecord.objects.for_user(self.request.user, self.permission).filter(nominal=self.nominal).select_related(*PEOPLE)
        self.record = get_or_404(rows, public_id=self.kwargs["public_id"])

    def version(self) -> int:
        """Return the version of the crossing."""
        self.record.refresh_from_db(fields=["version"])
        return self.record.version

    def stored(self) -> Stored:
        """Return what stands there now."""
        self.record.refresh_from_db()
        return [(_("Finding"), Finding(self.record.finding).label), (_("Evaluation"), self.record.evaluation or _("None"))]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say which crossing."""
        alert = self.record.alert
        day = date_words(alert.travels_at) if alert.travels_at else _("day not said")
        finding = words_in_sentence(Finding(self.record.finding).label)
        intro = format_lazy("{}, {}: {}.", Direction(alert.direction).label, day, finding)
        return super().get_context_data(intro=intro, record=self.record, **kwargs)


class EvaluateTravel(OneRecord):
    """Say what one makes of a crossing."""

    permission = Perm.CHANGE_RECORD
    form_class = EvaluationForm
    title = _("Evaluate foreign travel")
    button = _("Send to a supervisor")
    done_message = _("The evaluation is saved. A supervisor signs it off.")

    def get_initial(self) -> dict[str, Any]:
        """Show what was written before."""
        return {"version": self.version(), "evaluation": self.record.evaluation}

    def perform(self, **data: Any) -> TravelRecord:
        """Save it."""
        return evaluate_travel(actor=self.request.user, record=self.record, **data)


class SignOffTravel(OneRecord):
    """Agree with the evaluation of a crossing, or give it back."""

    permission = Perm.SIGN_OFF_TRAVEL
    form_class = SignOffForm
    template_name = "intelligence/travel/sign_off.html"
    title = _("Sign off foreign travel")
    button = _("Save")
    done_message = _("Saved.")

    def perform(self, agreed: bool, words: str, version: int) -> TravelRecord:
        """Do what was chosen."""
        given = {"actor": self.request.user, "record": self.record, "version": version}
        return sign_off_travel(sign_off=words, **given) if agreed else return_evaluation(reason=words, **given)


class RecordTravelBreach(RecordForm):
    """Record a breach that a crossing shows, with what is known filled in; whoever records it decides what it says."""

    form_class = BreachForm
    title = _("Record a breach by foreign travel")
    button = _("Record the breach")
    done_message = _("The breach is recorded. A decision is due by its clock.")
    back = PAGE

    def load(self) -> None:
        """Find the crossing."""
        rows = TravelRecord.objects.for_user(self.request.user, Perm.CHANGE_RECORD).filter(nominal=self.nominal)
        self.record = get_or_404(rows.select_related("alert").filter(withdrawn_at__isnull=True), public_id=self.kwargs["public_id"])

    def get_form_kwargs(self) -> dict[str, Any]:
        """Offer what may have been broken."""
        user = self.request.user
        return {
            "duties": NotificationDuty.objects.for_user(user).filter(nominal=self.nominal),
            "orders": CourtOrder.objects.for_user(user).filter(nominal=self.nominal),
        }

    def get_initial(self) -> dict[str, Any]:
        """Fill in what the border saw and how it compares."""
        alert = self.record.alert
        lines = [f"{line['words']}: {line_day(line['day'])}" if line["day"] else line["words"] for line in self.record.explanation]
        day = localdate(alert.travels_at) if alert.travels_at else None
        return {"what_happened": ". ".join(lines), "happened_on": day, "discovered_on": localdate(self.record.filed_at)}

    def perform(self, **data: Any) -> Breach:
        """Record it."""
        return record_breach(actor=self.request.user, nominal=self.nominal, **data)


class AnswerAlert(RecordForm):
    """Say whether a report from the border is about this person."""

    form_class = AnswerForm
    template_name = "intelligence/travel/answer.html"
    title = _("Is this alert about this person?")
    button = _("Save the answer")
    done_message = _("Your answer is saved.")
    back = PAGE

    def load(self) -> None:
        """Find the report among those that may be about the person."""
        rows = AlertCandidate.objects.for_user(self.request.user, Perm.CHANGE_RECORD).filter(nominal=self.nominal)
        waiting = rows.filter(ruled_out_at__isnull=True, alert__state=AlertState.TRIAGE).select_related("alert", "nominal")
        self.candidate = get_or_404(waiting, alert__public_id=self.kwargs["public_id"])

    def perform(self, **data: Any) -> TravelRecord | None:
        """Save it."""
        return answer_for_person(actor=self.request.user, candidate=self.candidate, **data)

    def get_success_url(self) -> str:
        """Show the travel of the person."""
        return reverse(PAGE, args=[self.nominal.reference])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add both sides."""
        person = compare_facts(self.candidate.alert, [self.candidate], whole=False)[0]
        return super().get_context_data(alert=self.candidate.alert, person=person, **kwargs)
