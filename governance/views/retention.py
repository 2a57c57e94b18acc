"""Pages of how long records are kept: the work list, one record with its reviews and holds, and what is done there."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from accounts.access import may, permissions_on
from accounts.permissions import Perm
from audit.views import ListEdge, PageEdge, get_or_404
from governance.choices.retention import Criterion, Decision, Group, ReviewState
from governance.forms.retention import (
    DisposeForm,
    HigherGroupForm,
    HoldForm,
    LiftForm,
    RetentionRuleForm,
    ReviewForm,
    WhyForm,
    WordsForm,
)
from governance.guards.retention import Answers
from governance.models import Disposal, HigherGroup, LegalHold, RetentionReview, RetentionRule
from governance.reports import retention as reports
from governance.reports.retention_lists import SHOWS, history_of, work_list
from governance.services import disposal, retention, retention_holds, retention_reviews
from intelligence.views.flag_kinds import DatedEdge
from offenders.views.base import NominalPage
from offenders.views.changes import RecordForm

OF_RULE = ("covers", "first_years", "later_years", "needs_clear", "until_age", "source")
ACTS = (Perm.REVIEW_RETENTION, Perm.APPROVE_DISPOSAL)


class RetentionList(ListEdge):
    """What waits: reviews that are due or overdue, proposals, disposals to carry out, holds, and reviews that come."""

    permission = Perm.VIEW_RETENTION
    template_name = "governance/retention/list.html"

    def show(self) -> str:
        """Which of the lists is asked for."""
        asked = self.request.GET.get("show", "")
        return asked if asked in SHOWS else "due"

    def rows(self) -> QuerySet:
        """Return it."""
        return work_list(self.request.user, self.show())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the lists there are."""
        user = self.request.user
        rights = {"may_approve": may(user, Perm.APPROVE_DISPOSAL), "may_see_certificates": may(user, Perm.VIEW_DISPOSAL)}
        return super().get_context_data(show=self.show(), shows=SHOWS, **rights, **kwargs)


class RetentionPage(NominalPage):
    """How long one record is kept and why, line by line; its reviews, its holds, and what stands in the way of disposal."""

    permission = Perm.VIEW_RETENTION
    template_name = "governance/retention/record.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Reckon it now."""
        user = self.request.user
        allowed = permissions_on(user, ACTS, self.nominal)
        reviews = list(history_of(user, self.nominal))
        review = next((each for each in reviews if each.is_waiting or is_to_carry_out(each)), None)
        holds = LegalHold.objects.for_user(user).filter(nominal=self.nominal).select_related("placed_by", "lifted_by")
        return super().get_context_data(
            standing=reports.standing(self.nominal),
            obstacles=reports.obstacles(self.nominal),
            review=review,
            reviews=[each for each in reviews if each is not review],
            holds=holds,
            raised=HigherGroup.objects.for_user(user).filter(nominal=self.nominal).select_related("by"),
            may_review=Perm.REVIEW_RETENTION in allowed,
            may_approve=Perm.APPROVE_DISPOSAL in allowed and review is not None and review.proposed_by_id != user.pk,
            is_to_carry_out=review is not None and is_to_carry_out(review),
            **kwargs,
        )


def is_to_carry_out(review: RetentionReview) -> bool:
    """Whether a disposal was decided and waits."""
    return review.state == ReviewState.APPROVED and review.decision == Decision.DISPOSE


class RetentionForm(RecordForm):
    """A form about how long a record is kept."""

    permission = Perm.REVIEW_RETENTION
    back = "governance:retention"


class SetHigherGroup(RetentionForm):
    """Say that a record belongs to a higher group."""

    form_class = HigherGroupForm
    title = _("Set a higher group")
    done_message = _("Stored. The next review was reckoned anew.")

    def get_form_kwargs(self) -> dict[str, Any]:
        """Offer the groups above what the record holds."""
        lines = reports.standing(self.nominal).group_lines
        return {"reckoned": min(line.group for line in lines if line.group) or Group.FOUR}

    def perform(self, **data: Any) -> HigherGroup:
        """Store it."""
        return retention.set_higher_group(actor=self.request.user, nominal=self.nominal, **data)


class AskForReview(RetentionForm):
    """Review a record before its day."""

    form_class = WhyForm
    title = _("Review it now")
    button = _("Open a review")
    done_message = _("A review is open.")

    def perform(self, **data: Any) -> RetentionReview:
        """Open it."""
        return retention.ask_for_review(actor=self.request.user, nominal=self.nominal, **data)


class PlaceHold(RetentionForm):
    """Hold a record against disposal."""

    form_class = HoldForm
    title = _("Place a legal hold")
    button = _("Place it")
    done_message = _("The record is held. Another person must lift the hold.")

    def perform(self, **data: Any) -> LegalHold:
        """Place it."""
        return retention_holds.place_hold(actor=self.request.user, nominal=self.nominal, **data)


class LiftHold(RetentionForm):
    """Lift a hold that another person placed."""

    form_class = LiftForm
    title = _("Lift a legal hold")
    button = _("Lift it")
    done_message = _("The hold is lifted.")

    def load(self) -> None:
        """Find it on this record."""
        rows = LegalHold.objects.for_user(self.request.user, self.permission).filter(nominal=self.nominal)
        self.hold: LegalHold = get_or_404(rows, public_id=self.kwargs["public_id"])

    def get_initial(self) -> dict[str, Any]:
        """Remember the version."""
        return {"version": self.hold.version}

    def version(self) -> int | None:
        """Return the version that is stored now."""
        self.hold.refresh_from_db(fields=["version"])
        return self.hold.version

    def perform(self, **data: Any) -> LegalHold:
        """Lift it."""
        return retention_holds.lift_hold(actor=self.request.user, hold=self.hold, **data)


class ReviewEdge(RetentionForm):
    """A form about one review of a record, with the version that the user saw."""

    def load(self) -> None:
        """Find it on this record."""
        rows = RetentionReview.objects.for_user(self.request.user, self.permission).filter(nominal=self.nominal)
        self.review: RetentionReview = get_or_404(rows.select_related("rule"), public_id=self.kwargs["public_id"])

    def get_initial(self) -> dict[str, Any]:
        """Remember the version."""
        return {"version": self.review.version}

    def version(self) -> int | None:
        """Return the version that is stored now."""
        rows = RetentionReview.objects.for_user(self.request.user, self.permission).filter(pk=self.review.pk)
        return rows.values_list("version", flat=True).first()


class Propose(ReviewEdge):
    """Answer the questions of a review and propose what becomes of the record."""

    form_class = ReviewForm
    title = _("Review the record")
    button = _("Propose it")
    done_message = _("Proposed. Another person decides.")

    def perform(self, decision: str, next_review_on: Any, reason: str, version: int, **data: Any) -> RetentionReview:
        """Store it."""
        answers: Answers = {each.value: (data[each.value] == "yes", data[f"{each.value}_reason"]) for each in Criterion}
        return retention_reviews.propose(
            actor=self.request.user, review=self.review, version=version, answers=answers, decision=decision, reason=reason,
            next_review_on=next_review_on,
        )  # fmt: skip


class SecondEdge(ReviewEdge):
    """What the second person does."""

    permission = Perm.APPROVE_DISPOSAL
    form_class = WordsForm


class Approve(SecondEdge):
    """Approve a proposal."""

    title = _("Approve the proposal")
    button = _("Approve")
    done_message = _("Approved. Both names stand.")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say what is approved."""
        intro = format_lazy(_("The proposal: {decision}."), decision=self.review.get_decision_display())
        return super().get_context_data(intro=intro, **kwargs)

    def perform(self, **data: Any) -> RetentionReview:
        """Store it."""
        return retention_reviews.approve(actor=self.request.user, review=self.review, **data)


class GiveBack(SecondEdge):
    """Give a proposal back."""

    title = _("Give the proposal back")
    button = _("Give it back")
    done_message = _("It went back to whoever proposed it.")

    def perform(self, **data: Any) -> RetentionReview:
        """Store it."""
        return retention_reviews.give_back(actor=self.request.user, review=self.review, **data)


class Dispose(ReviewEdge):
    """Carry out a disposal that was decided. Nothing takes it back."""

    form_class = DisposeForm
    title = _("Dispose of the record")
    button = _("Dispose of it for good")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say what follows."""
        intro = _(
            "Everything about the person goes: rows, files, searches, the words of the log. What others need of it stays without the name. "
            "A certificate without content is left."
        )
        return super().get_context_data(intro=intro, danger=True, **kwargs)

    def perform(self, **data: Any) -> Disposal:
        """Do it."""
        return disposal.dispose(actor=self.request.user, review=self.review, **data)

    def get_success_url(self) -> str:
        """On to the certificate; back to the record before."""
        done: Disposal | None = getattr(self, "result", None)
        return reverse("governance:disposal", args=[done.public_id]) if done else super().get_success_url()


class RuleList(PageEdge):
    """How long records of each group are kept, with the past."""

    permission = Perm.VIEW_RULES
    template_name = "governance/retention/rules.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the rules, and whether the user may change them."""
        user = self.request.user
        rows = RetentionRule.objects.for_user(user).order_by("group", "-period")
        may_change = may(user, Perm.CHANGE_RULES) and user.organisation.is_force
        return super().get_context_data(rows=rows, may_change=may_change, today=localdate(), **kwargs)


class ChangeRule(DatedEdge):
    """Keep records of a group for other periods from a day on."""

    form_class: ClassVar = RetentionRuleForm
    title = _("Change a retention rule")
    button = _("Save the change")
    done_message = _("The change is saved. It counts from its first day.")
    back = "governance:retention-rules"

    def load(self) -> None:
        """Find it."""
        self.row: RetentionRule = get_or_404(RetentionRule.objects.for_user(self.request.user, self.permission), pk=self.kwargs["key"])

    def get_initial(self) -> dict[str, Any]:
        """Show what holds."""
        return {name: getattr(self.row, name) for name in OF_RULE}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say which group."""
        return super().get_context_data(caption=self.row.get_group_display(), **kwargs)

    def perform(self, **data: Any) -> RetentionRule:
        """Change it."""
        return retention.change_retention_rule(actor=self.request.user, rule=self.row, **data)
