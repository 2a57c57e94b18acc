"""Closing a year, and what a closed year says."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from accounts.permissions import Perm
from audit.choices import Verb
from audit.services import record_read
from audit.views import FormEdge, PageEdge, get_or_404
from governance.forms.figures import CloseForm
from governance.models import ClosedYear
from governance.reports.figures import Question, changes_since, is_whole, shown, split, years_to_close
from governance.reports.ledger import present_moment
from governance.rules.figures import name_of, thawed
from governance.services.figures import close_year
from governance.views.figures import words_of


class CloseYear(FormEdge):
    """Freezes a year."""

    permission = Perm.CLOSE_FIGURES
    form_class = CloseForm
    template_name = "governance/figures/close.html"
    title = _("Close a year")
    button = _("Close the year")
    done_message = _("The year is closed. Its figures stay as they are; later changes show as adjustments.")

    def get_form_kwargs(self) -> dict[str, Any]:
        """Offer the years that are over."""
        return {"years": years_to_close(self.request.user.organisation, localdate())}

    def perform(self, **data: Any) -> Any:
        """Close it."""
        return close_year(actor=self.request.user, year=data["year"])

    def get_success_url(self) -> str:
        """On to what was closed."""
        return reverse("governance:closed-figures", args=[self.result.year])


class ClosedFigures(PageEdge):
    """The figures of a closed year as they were frozen, and what would be another number now."""

    permission = Perm.VIEW_FIGURES
    template_name = "governance/figures/closed.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Find it among those of one's own force."""
        user, at = self.request.user, present_moment()[0]
        closed: ClosedYear = get_or_404(ClosedYear.objects.for_user(user).select_related("force", "closed_by"), year=self.kwargs["year"])
        record_read(Verb.VIEWED, closed, page=type(self).__name__)
        changes = [self.named(each) for each in changes_since(closed, at)]
        question = Question(closed.force_id, closed.year, closed.as_at, closed.known_at)
        return super().get_context_data(
            closed=closed,
            year_name=name_of(closed.year),
            tables=shown(thawed(closed.tables)),
            changes=changes,
            asked=words_of(question),
            asked_now=words_of(Question(closed.force_id, closed.year, closed.as_at, at)),
            is_whole=is_whole(closed),
            **kwargs,
        )

    def named(self, change: Any) -> dict[str, Any]:
        """Return a change with the references that the user may know, and how many others there are."""
        named: dict[str, Any] = {"change": change}
        for name in ("came", "went"):
            rows, others = split(self.request.user, change.table.perm, getattr(change, name))
            named |= {name: list(rows.values_list("reference", flat=True)), f"{name}_others": others}
        return named
