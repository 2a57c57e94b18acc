"""Pages for the second person of records that only named people may know of: the proposals without content, and the answer."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from accounts.permissions import Perm
from audit.views import FormEdge, ListEdge, get_or_404
from governance.choices.retention import Decision
from governance.forms.retention import WordsForm
from governance.models import RetentionReview
from governance.reports.unseen import unseen_by, without_content
from governance.services import retention_reviews


class UnseenList(ListEdge):
    """Proposals that wait for a second person who may not see the record."""

    permission = Perm.APPROVE_DISPOSAL
    template_name = "governance/retention/unseen.html"

    def rows(self) -> QuerySet:
        """Return them."""
        return unseen_by(self.request.user)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Leave the content out."""
        context = super().get_context_data(**kwargs)
        return {**context, "rows": [without_content(review) for review in context["rows"]]}


class UnseenEdge(FormEdge):
    """What the second person does with one of them."""

    permission = Perm.APPROVE_DISPOSAL
    form_class = WordsForm

    def load(self) -> None:
        """Find it."""
        self.review: RetentionReview = get_or_404(unseen_by(self.request.user), public_id=self.kwargs["public_id"])

    def get_initial(self) -> dict[str, Any]:
        """Remember the version."""
        return {"version": self.review.version}

    def version(self) -> int | None:
        """Return the version that is stored now."""
        self.review.refresh_from_db(fields=["version"])
        return self.review.version

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say about which record, and what is proposed."""
        said = _("The proposal: {decision}. You may not see the record. Your words are read by its unit.")
        intro = format_lazy(said, decision=Decision(self.review.decision).label)
        return super().get_context_data(caption=self.review.nominal.reference, intro=intro, cancel_url=self.get_success_url(), **kwargs)

    def get_success_url(self) -> str:
        """Back to the list."""
        return reverse("governance:unseen-list")


class ApproveUnseen(UnseenEdge):
    """Approve it."""

    title = _("Approve the proposal")
    button = _("Approve")
    done_message = _("Approved. Both names stand.")

    def perform(self, **data: Any) -> RetentionReview:
        """Store it."""
        return retention_reviews.approve(actor=self.request.user, review=self.review, **data)


class GiveBackUnseen(UnseenEdge):
    """Give it back."""

    title = _("Give the proposal back")
    button = _("Give it back")
    done_message = _("It went back to whoever proposed it.")

    def perform(self, **data: Any) -> RetentionReview:
        """Store it."""
        return retention_reviews.give_back(actor=self.request.user, review=self.review, **data)
