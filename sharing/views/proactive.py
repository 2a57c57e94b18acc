"""The page on which a proactive release is thought through, beside its decision."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.permissions import Perm
from audit.choices import Verb
from audit.services import record_read
from audit.views import FormEdge, get_or_404
from sharing.forms.media import ProactiveForm
from sharing.models import ProactiveRelease, SharingDecision
from sharing.services.proactive import plan_proactive_release

PARTS = ("risk_assessment", "press_officer", "took_part_on", "outlets", "plan")


class PlanProactiveRelease(FormEdge):
    """The risk of the release itself, the press officer who took part, how it goes out."""

    permission = Perm.DECIDE_SHARING
    form_class = ProactiveForm
    template_name = "sharing/media/proactive.html"
    title = _("Proactive release")
    done_message = _("Saved. A decision that was sent or approved is a draft again, and goes again to whoever decides.")

    def load(self) -> None:
        """Find the decision; that it was opened is recorded."""
        rows = SharingDecision.objects.for_user(self.request.user, self.permission)
        self.decision: SharingDecision = get_or_404(rows, public_id=self.kwargs["public_id"])
        record_read(Verb.VIEWED, self.decision, page=type(self).__name__)

    def get_form_kwargs(self) -> dict[str, Any]:
        """Say whose press officers there are."""
        return {"actor": self.request.user}

    def get_initial(self) -> dict[str, Any]:
        """Show what is stored, and remember which version of the decision the user saw."""
        planned = ProactiveRelease.objects.for_user(self.request.user).filter(decision=self.decision).first()
        stored = {name: getattr(planned, name) for name in PARTS} if planned else {}
        return stored | {"version": self.decision.version}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Name the decision."""
        return super().get_context_data(**{"caption": self.decision.reference, "decision": self.decision, **kwargs})

    def version(self) -> int:
        """Return the version that is stored now."""
        self.decision.refresh_from_db(fields=["version"])
        return self.decision.version

    def perform(self, **data: Any) -> ProactiveRelease:
        """Store it."""
        return plan_proactive_release(actor=self.request.user, decision=self.decision, **data)

    def get_success_url(self) -> str:
        """Stay here, where it can be read."""
        return reverse("sharing:proactive", args=[self.decision.public_id])
