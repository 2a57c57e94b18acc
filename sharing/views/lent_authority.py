"""The page for whoever lends authority: what was decided with it."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from accounts.permissions import Perm
from audit.views import ListEdge
from sharing.reports.lent_authority import decided_in_name_of, readable_among


class DecidedInYourName(ListEdge):
    """What others decided with authority that the user lent, newest first."""

    permission = Perm.DELEGATE_AUTHORITY
    template_name = "sharing/lent_authority.html"

    def rows(self) -> QuerySet:
        """Return them."""
        return decided_in_name_of(self.request.user).order_by("-pk")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add which of the decisions the user may open."""
        context = super().get_context_data(**kwargs)
        return context | {"readable": readable_among(self.request.user, context["rows"])}
