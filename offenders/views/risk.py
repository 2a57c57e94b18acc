"""Pages of risk assessments: the list, one assessment, writing it, taking it back."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from accounts.access import may
from accounts.permissions import Perm
from audit.views import get_or_404
from offenders.choices.risk import SignOff
from offenders.forms.risk import AssessmentForm, StartAssessmentForm, WithdrawForm, scores_as_initial
from offenders.models import Assessment, AssessmentTool, InformationSource, RiskPlan
from offenders.reports.risk import assessment_lines, compare, previous_assessment, source_names
from offenders.services.assessments import (
    revise_assessment,
    save_assessment,
    start_assessment,
    take_back_assessment,
    withdraw_assessment,
)
from offenders.views.base import NominalAct, NominalEdge, NominalPage
from offenders.views.changes import ChangeForm, RecordForm, Stored

CONTENT = ("assessed_on", "occasion", "level_proposed", "difference_reason", "at_risk", "rationale", "sources", "version")
PEOPLE = ("author", "decided_by", "tool", "replaces")


def find_assessment(view: NominalEdge, perm: Perm | None = None) -> Assessment:
    """Return the assessment of the address among those on which the user holds the permission."""
    rows = Assessment.objects.for_user(view.request.user, perm).filter(nominal=view.nominal).select_related(*PEOPLE)
    row: Assessment = get_or_404(rows.prefetch_related("tool__fields"), public_id=view.kwargs["public_id"])
    row.nominal = view.nominal
    return row


class AssessmentList(NominalPage):
    """Risk and plan: the assessments of a record, newest first, and what leads on from them."""

    permission = Perm.VIEW_CASE_FILE
    template_name = "offenders/risk/list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the assessments and where the plan stands."""
        user = self.request.user
        rows = Assessment.objects.for_user(user).filter(nominal=self.nominal).select_related(*PEOPLE)
        plans = RiskPlan.objects.for_user(user).filter(nominal=self.nominal).select_related("author", "decided_by")
        held = plans.filter(Q(state=SignOff.APPROVED) | Q(state=SignOff.SUBMITTED))
        return super().get_context_data(rows=rows, plans=held, may_decide=may(user, Perm.APPROVE_RISK, self.nominal), **kwargs)


class AssessmentPage(NominalPage):
    """One assessment, under the form on which it was made, beside the one before."""

    permission = Perm.VIEW_CASE_FILE
    template_name = "offenders/risk/assessment.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add its lines and what may be done with it."""
        row, names, user = find_assessment(self), source_names(), self.request.user
        before = previous_assessment(row)
        lines = compare(before and assessment_lines(before, names), assessment_lines(row, names))
        rights = {"is_author": row.author_id == user.pk, "may_decide": may(user, Perm.APPROVE_RISK, self.nominal)}
        return super().get_context_data(row=row, before=before, lines=lines, **rights, **kwargs)


class StartAssessment(RecordForm):
    """Begin an assessment."""

    form_class = StartAssessmentForm
    title = _("Start a risk assessment")
    button = _("Go on")
    back = "offenders:assessment-list"

    def get_form_kwargs(self) -> dict[str, Any]:
        """Offer the tools that are in use."""
        return {"tools": AssessmentTool.objects.for_user(self.request.user).filter(period__contains=localdate())}

    def get_initial(self) -> dict[str, Any]:
        """Mostly it is today."""
        return {"assessed_on": localdate()}

    def perform(self, **data: Any) -> Assessment:
        """Begin it."""
        return start_assessment(actor=self.request.user, nominal=self.nominal, **data)

    def get_success_url(self) -> str:
        """Go on to writing it."""
        return reverse("offenders:assessment-write", args=[self.nominal.reference, self.result.public_id])


class WriteAssessment(ChangeForm):
    """Write an assessment: kept as a draft at any time, handed in when it is complete."""

    form_class = AssessmentForm
    template_name = "offenders/risk/write.html"
    title = _("Risk assessment")
    back = "offenders:assessment-list"

    def load(self) -> None:
        """Find it among those that the user may change."""
        self.row = find_assessment(self, Perm.CHANGE_RECORD)
        self.is_submitted = "finish" in self.request.POST

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the form to its author; send anybody else to the page that says how it stands."""
        self.load()
        if self.row.author_id != request.user.pk or not self.row.is_being_written:
            messages.error(request, _("Only its author can change an assessment, and only before it is handed in."))
            return redirect(self.get_success_url())
        return super().get(request, *args, **kwargs)

    def version(self) -> int:
        """Return the version that is stored now."""
        self.row.refresh_from_db(fields=["version"])
        return self.row.version

    def get_form_kwargs(self) -> dict[str, Any]:
        """Ask what the tool asks."""
        day = self.row.assessed_on
        sources = InformationSource.objects.for_user(self.request.user).filter(Q(period__contains=day) | Q(code__in=self.row.sources))
        return {"questions": self.row.tool.form, "sources": sources, "is_submitted": self.is_submitted}

    def get_initial(self) -> dict[str, Any]:
        """Show what is stored."""
        return {name: getattr(self.row, name) for name in CONTENT} | scores_as_initial(self.row)

    def stored(self) -> Stored:
        """Return what somebody else saved."""
        return list(assessment_lines(find_assessment(self, Perm.CHANGE_RECORD), source_names()))

    def perform(self, **data: Any) -> Assessment:
        """Store or hand in."""
        row = save_assessment(actor=self.request.user, assessment=self.row, is_submitted=self.is_submitted, **data)
        done = _("It waits for a supervisor's approval.") if self.is_submitted else _("The draft has been saved.")
        messages.success(self.request, done)
        return row

    def get_success_url(self) -> str:
        """Return the assessment."""
        return reverse("offenders:assessment", args=[self.nominal.reference, self.row.public_id])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Name the tool."""
        return super().get_context_data(row=self.row, caption=self.row.tool.name, **kwargs)


class AssessmentAct(NominalAct):
    """A button on an assessment."""

    permission = Perm.CHANGE_RECORD

    def get_success_url(self) -> str:
        """Return the assessment."""
        return reverse("offenders:assessment", args=[self.nominal.reference, self.kwargs["public_id"]])


class TakeBackAssessment(AssessmentAct):
    """Change what was handed in."""

    done_message = _("You have it back. Change it and hand it in again.")

    def perform(self) -> Assessment:
        """Take it back."""
        return take_back_assessment(actor=self.request.user, assessment=find_assessment(self, Perm.CHANGE_RECORD))


class ReviseAssessment(AssessmentAct):
    """Change an approved assessment."""

    done_message = _("This is a new draft. The earlier approval does not cover it: hand it in for approval when it is right.")
    made: Assessment | None = None

    def perform(self) -> Assessment:
        """Copy it into a new draft."""
        self.made = revise_assessment(actor=self.request.user, assessment=find_assessment(self, Perm.CHANGE_RECORD))
        return self.made

    def get_success_url(self) -> str:
        """Go on to the draft, if there is one."""
        if self.made is None:
            return super().get_success_url()
        return reverse("offenders:assessment-write", args=[self.nominal.reference, self.made.public_id])


class WithdrawAssessment(RecordForm):
    """Give up an assessment that was not approved."""

    form_class = WithdrawForm
    title = _("Withdraw this assessment")
    button = _("Withdraw")
    done_message = _("The assessment was withdrawn. It stays on the list.")
    back = "offenders:assessment-list"

    def load(self) -> None:
        """Find it among those that the user may change."""
        self.row = find_assessment(self, Perm.CHANGE_RECORD)

    def perform(self, reason: str) -> Assessment:
        """Withdraw it."""
        return withdraw_assessment(actor=self.request.user, assessment=self.row, reason=reason)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say which one."""
        return super().get_context_data(intro=self.row.tool.name, danger=True, **kwargs)
