"""Pages of the risk management plan: reading, writing, printing."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.timezone import localdate, now
from django.utils.translation import gettext_lazy as _

from accounts.access import may
from accounts.permissions import Perm
from audit.choices import Verb
from audit.services import record_event
from audit.views import get_or_404
from offenders.choices.risk import PlanPart, SignOff
from offenders.documents.plan import plan_paper
from offenders.forms.plan import PlanForm
from offenders.forms.risk import WithdrawForm
from offenders.models import PlanAction, PlanReport, RiskPlan
from offenders.reports.risk import plan_lines
from offenders.services.plans import save_plan, start_plan, take_back_plan, withdraw_plan
from offenders.views.base import NominalAct, NominalEdge, NominalPage
from offenders.views.changes import ChangeForm, RecordForm, Stored
from ui.pdf import pdf_response

PAGE = "offenders:plan"


def find_plan(view: NominalEdge, perm: Perm | None = None) -> RiskPlan:
    """Return the version of the address among those on which the user holds the permission."""
    rows = RiskPlan.objects.for_user(view.request.user, perm).filter(nominal=view.nominal).select_related("author", "decided_by")
    row: RiskPlan = get_or_404(rows, public_id=view.kwargs["public_id"])
    row.nominal = view.nominal
    return row


class PlanPage(NominalPage):
    """The plan that holds, the version at work, what others are asked to do and what they reported."""

    permission = Perm.VIEW_CASE_FILE
    template_name = "offenders/risk/plan.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add all of it."""
        user = self.request.user
        plans = RiskPlan.objects.for_user(user).filter(nominal=self.nominal).select_related("author", "decided_by", "replaces")
        versions = list(plans)
        latest = next((row for row in versions if row.state == SignOff.APPROVED), None)
        at_work = next((row for row in versions if row.state in {SignOff.DRAFT, SignOff.RETURNED, SignOff.SUBMITTED}), None)
        reports = PlanReport.objects.for_user(user).select_related("reported_by")
        planned = PlanAction.objects.for_user(user).filter(nominal=self.nominal).select_related("officer", "unit")
        return super().get_context_data(
            versions=versions,
            held=latest,
            at_work=at_work,
            is_author=at_work is not None and at_work.author_id == user.pk,
            may_decide=may(user, Perm.APPROVE_RISK, self.nominal),
            planned=planned.prefetch_related(Prefetch("reports", reports)),
            today=localdate(),
            **kwargs,
        )


class PlanAct(NominalAct):
    """A button on the plan."""

    permission = Perm.CHANGE_RECORD

    def get_success_url(self) -> str:
        """Return the plan."""
        return reverse(PAGE, args=[self.nominal.reference])


class StartPlan(PlanAct):
    """Begin the next version."""

    made: RiskPlan | None = None

    def perform(self) -> RiskPlan:
        """Begin it."""
        self.made = start_plan(actor=self.request.user, nominal=self.nominal)
        return self.made

    def get_success_url(self) -> str:
        """Go on to writing it."""
        if self.made is None:
            return super().get_success_url()
        return reverse("offenders:plan-write", args=[self.nominal.reference, self.made.public_id])


class TakeBackPlan(PlanAct):
    """Change what was handed in."""

    done_message = _("You have it back. Change it and hand it in again.")

    def perform(self) -> RiskPlan:
        """Take it back."""
        return take_back_plan(actor=self.request.user, plan=find_plan(self, Perm.CHANGE_RECORD))


class WritePlan(ChangeForm):
    """Write a version of the plan."""

    form_class = PlanForm
    template_name = "offenders/risk/write.html"
    title = _("Risk management plan")
    back = PAGE

    def load(self) -> None:
        """Find it among those that the user may change."""
        self.row = find_plan(self, Perm.CHANGE_RECORD)
        self.is_submitted = "finish" in self.request.POST

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the form to its author; send anybody else to the plan."""
        self.load()
        if self.row.author_id != request.user.pk or not self.row.is_being_written:
            messages.error(request, _("Only its author can change a plan, and only before it is handed in."))
            return redirect(self.get_success_url())
        return super().get(request, *args, **kwargs)

    def version(self) -> int:
        """Return the version that is stored now."""
        self.row.refresh_from_db(fields=["version"])
        return self.row.version

    def get_form_kwargs(self) -> dict[str, Any]:
        """Say whether it is handed in."""
        return {"is_submitted": self.is_submitted}

    def get_initial(self) -> dict[str, Any]:
        """Show what is stored."""
        return {name: getattr(self.row, name) for name in (*PlanPart.values, "review_on", "version")}

    def stored(self) -> Stored:
        """Return what somebody else saved."""
        return list(plan_lines(find_plan(self, Perm.CHANGE_RECORD)))

    def perform(self, **data: Any) -> RiskPlan:
        """Store or hand in."""
        row = save_plan(actor=self.request.user, plan=self.row, is_submitted=self.is_submitted, **data)
        done = _("It waits for a supervisor's approval.") if self.is_submitted else _("The draft has been saved.")
        messages.success(self.request, done)
        return row

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Name the version."""
        caption = format_lazy(_("Version {number}"), number=self.row.number)
        return super().get_context_data(row=self.row, caption=caption, **kwargs)


class WithdrawPlan(RecordForm):
    """Give up a version that was not approved."""

    form_class = WithdrawForm
    title = _("Withdraw this version of the plan")
    button = _("Withdraw")
    done_message = _("The version was withdrawn.")
    back = PAGE

    def load(self) -> None:
        """Find it among those that the user may change."""
        self.row = find_plan(self, Perm.CHANGE_RECORD)

    def perform(self, reason: str) -> RiskPlan:
        """Withdraw it."""
        return withdraw_plan(actor=self.request.user, plan=self.row, reason=reason)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say which one."""
        intro = format_lazy(_("Version {number}"), number=self.row.number)
        return super().get_context_data(intro=intro, danger=True, **kwargs)


class PrintPlan(NominalEdge):
    """The plan as PDF. The paper is recorded before it leaves."""

    permission = Perm.VIEW_CASE_FILE
    http_method_names = ("post", "options")

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Record, then hand it over."""
        plan = find_plan(self)
        actions = PlanAction.objects.for_user(request.user).filter(nominal=self.nominal, ended_at__isnull=True)
        record_event(Verb.PRINTED, plan, page="PrintPlan", version=plan.number)
        paper = plan_paper(plan=plan, actions=list(actions.select_related("officer", "unit")), printed_by=request.user, printed_at=now())
        return pdf_response(paper, f"plan-{self.nominal.reference}-{plan.number}")
