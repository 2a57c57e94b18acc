"""The edge of pages about one decision: found among those that the user may see, and each reading recorded."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse

from accounts.permissions import Perm
from audit.choices import Verb
from audit.services import record_read
from audit.views import FormEdge, get_or_404
from sharing.models import SharingDecision
from sharing.reports.decisions import whole


class OneDecision:
    """Finds a decision on which the user holds the permission of the page; any other is not there."""

    permission: ClassVar[Perm] = Perm.DECIDE_SHARING
    request: HttpRequest
    kwargs: dict[str, Any]

    def rows(self) -> QuerySet[SharingDecision]:
        """Return those that the page may be about."""
        return whole(SharingDecision.objects.for_user(self.request.user, self.permission))

    def find(self) -> SharingDecision:
        """Return it, and record that it was seen."""
        decision: SharingDecision = get_or_404(self.rows(), public_id=self.kwargs["public_id"])
        record_read(Verb.VIEWED, decision, page=type(self).__name__)
        return decision

    def get_success_url(self) -> str:
        """Back to the decision."""
        return reverse("sharing:decision", args=[self.kwargs["public_id"]])


class DecisionForm(OneDecision, FormEdge):
    """A form about one decision."""

    def load(self) -> None:
        """Find it."""
        self.decision = self.find()
        self.nominal = self.decision.nominal

    def get_initial(self) -> dict[str, Any]:
        """Remember which version the user saw."""
        return {"version": self.decision.version}

    def version(self) -> int | None:
        """Return the version that is stored now."""
        self.decision = self.rows().get(pk=self.decision.pk)
        return self.decision.version

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the decision and the way back."""
        back = self.get_success_url()
        context = {"decision": self.decision, "caption": self.decision.reference, "back_url": back, "cancel_url": back}
        return super().get_context_data(**{**context, **kwargs})
