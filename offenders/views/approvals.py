"""Pages of approval: what waits for a supervisor, and deciding with the facts beside the decision."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib import messages
from django.db.models import Prefetch, QuerySet
from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from accounts.permissions import Perm
from audit.choices import Verb
from audit.services import record_read
from audit.views import PageEdge
from offenders.cards import read_card
from offenders.choices.risk import SignOff
from offenders.forms.risk import DecisionForm
from offenders.models import Assessment, Nominal, RiskPlan
from offenders.models.risk import SignedPart
from offenders.reports.risk import Line, assessment_lines, compare, plan_lines, previous_assessment, previous_plan, source_names
from offenders.services.assessments import decide_assessment
from offenders.services.plans import decide_plan
from offenders.views.changes import ChangeForm, Stored
from offenders.views.plan import find_plan
from offenders.views.risk import find_assessment

MOST = 200  # far above what can wait in a unit


class ApprovalList(PageEdge):
    """What waits for this supervisor, oldest first."""

    permission = Perm.APPROVE_RISK
    template_name = "offenders/risk/approvals.html"

    def waiting(self, model: type[SignedPart]) -> QuerySet:
        """Return what was handed in, with whom it is about."""
        user = self.request.user
        people = Nominal.objects.for_user(user, Perm.APPROVE_RISK).with_summary(localdate())
        rows = model._default_manager.for_user(user, Perm.APPROVE_RISK).filter(state=SignOff.SUBMITTED)  # type: ignore[attr-defined]
        return rows.select_related("author").prefetch_related(Prefetch("nominal", people))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add both kinds in one list, and record what was shown."""
        assessments = list(self.waiting(Assessment).select_related("tool").order_by("submitted_at")[:MOST])
        plans = list(self.waiting(RiskPlan).order_by("submitted_at")[:MOST])
        for rows in (assessments, plans):
            record_read(Verb.LISTED, page="ApprovalList", rows=rows[0]._meta.label_lower if rows else "", ids=[row.pk for row in rows])
        waiting = sorted([*assessments, *plans], key=lambda row: row.submitted_at)
        for row in waiting:
            row.is_own = row.author_id == self.request.user.pk
            row.level_now = row.nominal.risk_today[0].level if row.nominal.risk_today else None
        return super().get_context_data(rows=waiting, **kwargs)


class Decide(ChangeForm):
    """Approve or return: the decision on the left, the facts on the right, the version before beside them."""

    permission = Perm.APPROVE_RISK
    form_class = DecisionForm
    template_name = "offenders/risk/decide.html"
    button = _("Save the decision")
    leads_to: ClassVar[str]
    row: Any

    def find(self) -> Any:
        """Return what waits, as it is stored now."""
        raise NotImplementedError

    def lines(self, row: Any) -> list[Line]:
        """Return what it says."""
        raise NotImplementedError

    def previous(self) -> Any:
        """Return what was approved before."""
        raise NotImplementedError

    def load(self) -> None:
        """Find it among those that the user may decide on."""
        self.row = self.find()

    def version(self) -> int:
        """Return the version that is stored now."""
        self.row = self.find()
        return int(self.row.version)

    def stored(self) -> Stored:
        """Say that it has changed: the facts on the page are the new ones."""
        return [(_("State"), self.row.get_state_display())]

    def get_success_url(self) -> str:
        """Return to what else waits."""
        person = self.row.author.display_name
        messages.success(self.request, format_lazy(_("{person} was told of your decision."), person=person))
        return reverse("offenders:approval-list")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the facts."""
        before = self.previous()
        lines = compare(before and self.lines(before), self.lines(self.row))
        is_own = self.row.author_id == self.request.user.pk
        url = reverse(self.leads_to, args=[self.nominal.reference])
        card = read_card(self.nominal, localdate())
        return super().get_context_data(row=self.row, before=before, lines=lines, is_own=is_own, list_url=url, card=card, **kwargs)


class DecideAssessment(Decide):
    """Decide on an assessment; approval sets the level of risk."""

    title = _("Approve or return a risk assessment")
    leads_to = "offenders:assessment-list"

    def find(self) -> Assessment:
        """Return the assessment."""
        return find_assessment(self, Perm.APPROVE_RISK)

    def lines(self, row: Assessment) -> list[Line]:
        """Return what it says."""
        self.names = getattr(self, "names", None) or source_names()
        return assessment_lines(row, self.names)

    def previous(self) -> Assessment | None:
        """Return the last one with this tool."""
        return previous_assessment(self.row)

    def perform(self, **data: Any) -> Assessment:
        """Decide."""
        return decide_assessment(actor=self.request.user, assessment=self.row, **data)


class DecidePlan(Decide):
    """Decide on a version of the plan."""

    title = _("Approve or return a risk management plan")
    leads_to = "offenders:plan"

    def find(self) -> RiskPlan:
        """Return the plan."""
        return find_plan(self, Perm.APPROVE_RISK)

    def lines(self, row: RiskPlan) -> list[Line]:
        """Return what it says."""
        return plan_lines(row)

    def previous(self) -> RiskPlan | None:
        """Return the version that holds."""
        return previous_plan(self.row)

    def perform(self, **data: Any) -> RiskPlan:
        """Decide."""
        return decide_plan(actor=self.request.user, plan=self.row, **data)
