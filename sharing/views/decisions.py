"""Pages of decisions to share: the tab of a record, beginning one, one decision as it stands, ending and reviewing it."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.access import may, permissions_on
from accounts.models import User
from accounts.permissions import Perm
from audit.views import PageEdge
from intelligence.forms.information import WhyForm
from offenders.views.base import NominalForm, NominalPage
from sharing.choices.decisions import SCHEMES, Choice, Template
from sharing.forms.decisions import ReviewForm, StartForm
from sharing.models import SharingDecision
from sharing.reports.authority import what_lacks, who_decides, who_decides_about
from sharing.reports.chosen import items_for
from sharing.reports.decisions import advice_of, answers_of, approvals_of, facts_used, lines_of, plan_of, said_on, table_of
from sharing.reports.seals import seal_of
from sharing.rules.decisions import State
from sharing.rules.questions import PAGES, recipients_of
from sharing.services import decisions as services
from sharing.views.base import DecisionForm, OneDecision

BEGUN_HERE = [choice for choice in Template.choices if choice[0] not in SCHEMES]


class DecisionList(NominalPage):
    """Every decision about a record, to share or not."""

    permission = Perm.VIEW_SHARING
    template_name = "sharing/decisions/list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the decisions, and what may be begun."""
        user = self.request.user
        rows = list(table_of(SharingDecision.objects.for_user(user).filter(nominal=self.nominal)))
        may_write = may(user, Perm.DECIDE_SHARING, self.nominal)
        return super().get_context_data(rows=rows, may_write=may_write, templates=BEGUN_HERE, **kwargs)


class StartDecision(NominalForm):
    """Begins a decision by one of the templates; who would decide stands beside it."""

    permission = Perm.DECIDE_SHARING
    form_class = StartForm
    template_name = "sharing/decisions/start.html"
    button = _("Begin")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Only templates that begin on the record."""
        if kwargs["template"] not in dict(BEGUN_HERE):
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    @property
    def template(self) -> Template:
        """The template of the address."""
        return Template(self.kwargs["template"])

    def get_form_kwargs(self) -> dict[str, Any]:
        """Offer its recipients."""
        return {"template": self.template}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add who would decide, for each sort of recipient."""
        found = [who_decides_about(self.nominal, kind, {self.request.user.pk}) for kind in recipients_of(self.template)]
        authorities = list({who.circumstance: who for who in found}.values())
        back = reverse("sharing:decision-list", args=[self.nominal.reference])
        return super().get_context_data(
            **{"authorities": authorities, "title": self.template.label, "back_url": back, "cancel_url": back, **kwargs}
        )

    def perform(self, **data: Any) -> SharingDecision:
        """Begin it."""
        return services.start_decision(actor=self.request.user, nominal=self.nominal, template=self.template, **data)

    def get_success_url(self) -> str:
        """On to its first page."""
        return reverse("sharing:decision-page", args=[self.result.public_id, 1])


class DecisionPage(OneDecision, PageEdge):
    """One decision: what was answered, what would go, who advised, who decided, what was sent."""

    permission = Perm.VIEW_SHARING
    template_name = "sharing/decisions/decision.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add what this user may see and do."""
        user, decision = self.request.user, self.find()
        releases = list(decision.releases.order_by("-pk"))
        held = permissions_on(user, [Perm.DECIDE_SHARING, Perm.APPROVE_SHARING], decision)
        return super().get_context_data(
            decision=decision,
            nominal=decision.nominal,
            may_write=Perm.DECIDE_SHARING in held and decision.state != State.ENDED,
            pages=PAGES.items(),
            reviews=decision.reviews.select_related("by"),
            releases=releases,
            is_sent=any(release.content_hash == decision.content_hash for release in releases),
            may_review=Perm.DECIDE_SHARING in held and decision.state == State.APPROVED and decision.choice == Choice.DO_NOT,
            **content_of(user, decision),
            **authority_of(self.request, decision),
            **kwargs,
        )


def content_of(user: User, decision: SharingDecision) -> dict[str, Any]:
    """Return what a page shows this user of what a decision says."""
    answers = answers_of(decision)
    return {
        "lines": lines_of(decision),
        "said": said_on(decision, answers),
        "facts": facts_used(decision, answers),
        "items": items_for(user, decision),
        "advice": advice_of(decision),
        "approvals": approvals_of(decision),
        "plan": plan_of(decision) if decision.template == Template.MEDIA else None,
        "is_intact": not decision.content_hash or decision.content_hash == seal_of(decision),
    }


def authority_of(request: HttpRequest, decision: SharingDecision) -> dict[str, Any]:
    """Return who decides it as things stand now, and what is missing."""
    who = who_decides(decision)
    is_open = decision.state in {State.DRAFT, State.SUBMITTED}
    lacks = what_lacks(decision, who) if who and is_open else []
    is_decider = who is not None and decision.state == State.SUBMITTED and who.decider(request.user) is not None
    return {"who": who, "lacks": lacks, "is_decider": is_decider}


class EndDecision(DecisionForm):
    """Ends a decision: a draft is given up, under an approved one nothing more goes."""

    form_class = WhyForm
    title = _("End this decision")
    button = _("End it")
    done_message = _("It has ended.")

    def perform(self, **data: Any) -> SharingDecision:
        """End it."""
        return services.end_decision(actor=self.request.user, decision=self.decision, **data)


class ReviewDecision(DecisionForm):
    """Looks at a decision not to share again."""

    form_class = ReviewForm
    title = _("Review the decision not to share")
    done_message = _("The review is recorded.")

    def perform(self, **data: Any) -> Any:
        """Record what was found."""
        return services.review_decision(actor=self.request.user, decision=self.decision, **data)
