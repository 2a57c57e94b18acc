"""Pages of reviews of relationships with people who give information. Addresses, titles and messages name nobody."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.access import row_security
from accounts.permissions import Perm
from audit.choices import Verb
from audit.services import record_read
from audit.views import FormEdge, ListEdge, get_or_404
from intelligence.forms.information import ReviewForm
from intelligence.models import SourceReview
from intelligence.reports.information import told_by_same
from intelligence.services.source_reviews import decide_review


class SourceReviewList(ListEdge):
    """Confidential matters of the bureau."""

    permission = Perm.REVIEW_SOURCE
    template_name = "intelligence/information/reviews.html"

    def rows(self) -> models.QuerySet:
        """Return what the user may see, newest first."""
        return SourceReview.objects.for_user(self.request.user).select_related("reviewed_by").order_by("-pk")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Read inside row security."""
        with row_security(self.request.user):
            return super().get_context_data(**kwargs)

    def record(self, shown: list[models.Model]) -> None:
        """The trail keeps the matters' own keys."""
        record_read(Verb.LISTED, page=type(self).__name__, matters=[str(row.public_id) for row in shown])  # type: ignore[attr-defined]


class SourceReviewPage(FormEdge):
    """One relationship: what was told, how often, and what follows."""

    permission = Perm.REVIEW_SOURCE
    form_class = ReviewForm
    template_name = "intelligence/information/review.html"
    title = _("Confidential matter of the bureau")
    button = _("Decide")
    done_message = _("Decided.")

    def load(self) -> None:
        """Find it, and record that it was seen, by the matter's own key."""
        user = self.request.user
        with row_security(user):
            rows = SourceReview.objects.for_user(user).select_related("reviewed_by")
            self.review = get_or_404(rows, public_id=self.kwargs["public_id"])
            self.givers = told_by_same(user, self.review)
        record_read(Verb.VIEWED, page=type(self).__name__, matter=str(self.review.public_id))

    def get_initial(self) -> dict[str, Any]:
        """Remember which version the user saw."""
        return {"version": self.review.version}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add what was told."""
        back = reverse("intelligence:source-reviews")
        return super().get_context_data(review=self.review, givers=self.givers, back_url=back, **kwargs)

    def perform(self, outcome: str, reason: str, version: int) -> SourceReview:
        """Decide."""
        return decide_review(actor=self.request.user, review=self.review, version=version, outcome=outcome, reason=reason)

    def get_success_url(self) -> str:
        """Back to the list."""
        return reverse("intelligence:source-reviews")
