"""Pages of what others are asked to do under the plan; whoever is asked reports back without the case file."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from accounts.access import may
from accounts.models import Unit, User
from accounts.permissions import Perm
from actions.choices import ActionState
from actions.models import Action
from audit.choices import Verb
from audit.services import record_read
from audit.views import FormEdge, get_or_404
from offenders.forms.plan import PlanActionForm, PlanReportForm
from offenders.forms.records import RemoveForm
from offenders.models import Nominal, PlanAction, PlanReport
from offenders.services.plan_actions import PLAN, add_plan_action, end_plan_action, report_on_plan
from offenders.views.base import NominalPage
from offenders.views.changes import RecordForm

PAGE = "offenders:plan"


class AddPlanAction(RecordForm):
    """Ask somebody for something."""

    form_class = PlanActionForm
    title = _("Add a plan action")
    button = _("Add")
    done_message = _("Whoever is asked finds it among their actions.")
    back = PAGE

    def get_form_kwargs(self) -> dict[str, Any]:
        """Offer colleagues and the units of the force."""
        people = User.objects.colleagues_of(self.request.user).order_by("last_name", "pk")
        units: QuerySet[Unit] = self.nominal.force.units.order_by("name")
        return {"people": people, "units": units}

    def perform(self, **data: Any) -> PlanAction:
        """Ask."""
        return add_plan_action(actor=self.request.user, nominal=self.nominal, **data)


class EndPlanAction(RecordForm):
    """Ask for it no longer."""

    form_class = RemoveForm
    title = _("End this plan action")
    button = _("End it")
    done_message = _("Nobody is asked for it any more. What was reported stays.")
    back = PAGE

    def load(self) -> None:
        """Find it among those that the user may change."""
        rows = PlanAction.objects.for_user(self.request.user, Perm.CHANGE_RECORD).filter(nominal=self.nominal)
        self.planned = get_or_404(rows, public_id=self.kwargs["public_id"])

    def perform(self, reason: str) -> PlanAction:
        """End it."""
        return end_plan_action(actor=self.request.user, planned=self.planned, reason=reason)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say which one."""
        return super().get_context_data(intro=self.planned.what, danger=True, **kwargs)


class TurnList(NominalPage):
    """What the user is asked to do about one record: no more of it than the card."""

    permission = Perm.VIEW_CARD
    template_name = "offenders/risk/turns.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the turns that wait, and nothing of the record."""
        rows = Action.objects.for_user(self.request.user, Perm.WORK_ACTION).waiting().filter(kind=PLAN, nominal=self.nominal.pk)
        return {"view": self, "nominal": self.nominal, "rows": rows, "today": localdate(), **kwargs}


class ReportOnPlan(FormEdge):
    """Report back on one turn: the action's own words, the record's reference, and the way to the card."""

    permission = Perm.WORK_ACTION
    form_class = PlanReportForm
    template_name = "offenders/risk/report.html"
    title = _("Report back")
    button = _("Send the report")
    done_message = _("Thank you. The offender manager was told.")

    def load(self) -> None:
        """Find the action among those that the user may work."""
        rows = Action.objects.for_user(self.request.user, Perm.WORK_ACTION).filter(kind=PLAN)
        self.action = get_or_404(rows, public_id=self.kwargs["public_id"])
        self.nominal = get_or_404(Nominal.objects.for_user(self.request.user), pk=self.action.nominal)
        record_read(Verb.VIEWED, self.action, page="ReportOnPlan")

    def get_initial(self) -> dict[str, Any]:
        """Mostly it is today."""
        return {"happened_on": localdate()}

    def perform(self, **data: Any) -> PlanReport:
        """Report."""
        return report_on_plan(actor=self.request.user, action=self.action, **data)

    def get_success_url(self) -> str:
        """Return to what else is asked about the record; without the card, to the report's own page."""
        if may(self.request.user, Perm.VIEW_CARD, self.nominal):
            return reverse("offenders:plan-turn-list", args=[self.nominal.reference])
        return reverse("offenders:plan-report", args=[self.action.public_id])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the action's words and the reference."""
        is_open = self.action.state == ActionState.OPEN
        may_card = may(self.request.user, Perm.VIEW_CARD, self.nominal)
        return super().get_context_data(action=self.action, nominal=self.nominal, is_open=is_open, may_card=may_card, **kwargs)
