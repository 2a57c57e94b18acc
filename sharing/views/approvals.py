"""Pages of whoever decides: what waits for them, and deciding with the facts beside the decision."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.permissions import Perm
from audit.choices import Verb
from audit.services import record_read
from audit.views import PageEdge
from offenders.models import Minutes
from sharing.forms.decisions import VerdictForm
from sharing.models import Approval
from sharing.reports.authority import minutes_for, writers_of
from sharing.reports.decisions import waiting_for
from sharing.reports.facts import changed_facts, print_of
from sharing.rules.decisions import State
from sharing.services.approving import decide_decision
from sharing.views.base import DecisionForm
from sharing.views.decisions import authority_of, content_of


class ApprovalList(PageEdge):
    """What waits for this user's verdict, oldest first."""

    permission = Perm.APPROVE_SHARING
    template_name = "sharing/approvals/list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the decisions, and record what was shown."""
        rows = waiting_for(self.request.user)
        nominals = [row.nominal_id for row in rows]
        record_read(Verb.LISTED, page="ApprovalList", rows="sharing.sharingdecision", ids=[row.pk for row in rows], nominals=nominals)
        return super().get_context_data(rows=rows, **kwargs)


class Decide(DecisionForm):
    """The verdict on the left, the decision and the facts on the right; what the record says otherwise now must be read again."""

    permission = Perm.APPROVE_SHARING
    form_class = VerdictForm
    template_name = "sharing/approvals/decide.html"
    title = _("Decide about sharing")
    button = _("Save the verdict")
    done_message = _("Its writer was told of your verdict.")

    def load(self) -> None:
        """Find it, with what the record says otherwise now."""
        super().load()
        self.changed = changed_facts(self.decision) if self.decision.state == State.SUBMITTED else []

    def get_form_kwargs(self) -> dict[str, Any]:
        """Offer minutes where they are needed."""
        rule = self.decision.authority_rule
        in_minutes = rule is not None and rule.is_in_minutes
        seen = Minutes.objects.for_user(self.request.user)
        minutes = seen.filter(pk__in=minutes_for(self.decision).values("pk")).select_related("item__meeting").order_by("-approved_at")
        return {"minutes": minutes if in_minutes else None, "has_changed": bool(self.changed)}

    def get_initial(self) -> dict[str, Any]:
        """Remember what the user reads now."""
        return {"content_hash": self.decision.content_hash, "facts": print_of(self.changed)}

    def show(self, form: forms.Form, status: int = 200) -> HttpResponse:
        """Show it as it stands now: a second try is about that."""
        if self.is_stale or form.errors:
            self.load()
            form.data = form.data.copy()
            for name, value in self.get_initial().items():
                form.data[name] = value
        return super().show(form, status)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the decision, the facts, and whether this user may decide."""
        decision = self.decision
        context = content_of(self.request.user, decision) | authority_of(self.request, decision)
        context |= {"nominal": self.nominal, "changed": self.changed, "is_own": self.request.user.pk in writers_of(decision)}
        return super().get_context_data(**{**context, "back_url": reverse("sharing:approval-list"), **kwargs})

    def perform(self, content_hash: str, facts: str, verdict: str, reasons: str, **data: Any) -> Approval:
        """Decide what was read."""
        read = facts if data.get("is_read") else ""
        return decide_decision(
            actor=self.request.user, decision=self.decision, content_hash=content_hash, verdict=verdict, reasons=reasons,
            minutes=data.get("minutes"), facts_read=read,
        )  # fmt: skip

    def get_success_url(self) -> str:
        """Back to what else waits."""
        return reverse("sharing:approval-list")
