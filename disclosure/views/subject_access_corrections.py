"""Pages of what somebody disputes of what is held about them: writing it down, deciding, and saying that it was done."""

from __future__ import annotations

from typing import Any

from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from accounts.permissions import Perm
from audit.views import get_or_404
from disclosure.forms.subject_access import DisputeForm, DoneForm, OutcomeForm
from disclosure.models import Correction
from disclosure.reports import subject_access as reports
from disclosure.reports.history import of_releases
from disclosure.rules.subject_access_corrections import UNTOLD
from disclosure.services import subject_access_corrections as services
from disclosure.views.subject_access import SubjectFormEdge


class Dispute(SubjectFormEdge):
    """One more thing that the person disputes."""

    form_class = DisputeForm
    title = _("Something that is disputed")
    done_message = _("Written down.")

    def perform(self, **data: Any) -> Correction:
        """Store it."""
        return services.dispute(actor=self.request.user, request=self.asked, **data)


class OneCorrection(SubjectFormEdge):
    """A form about one thing that is disputed."""

    template_name = "disclosure/subject_access/correction.html"

    def load(self) -> None:
        """Find both."""
        super().load()
        rows = Correction.objects.for_user(self.request.user, self.permission).filter(request=self.asked).select_related("request")
        self.correction: Correction = get_or_404(rows, public_id=self.kwargs["item"])

    def get_initial(self) -> dict[str, Any]:
        """Remember which version the user saw."""
        return {"version": self.correction.version}

    def version(self) -> int | None:
        """Return the version that is stored now."""
        self.correction.refresh_from_db(fields=["version"])
        return self.correction.version

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add what is disputed."""
        return super().get_context_data(**{"correction": self.correction, **kwargs})


class DecideCorrection(OneCorrection):
    """What is decided of it."""

    form_class = OutcomeForm
    title = _("Decide about what is disputed")
    done_message = _("Decided. What was granted is now work of the unit that keeps the record.")

    def get_form_kwargs(self) -> dict[str, Any]:
        """Offer the grounds on which nothing may be told."""
        return {"grounds": reports.grounds_on(localdate()).filter(code__in=UNTOLD)}

    def perform(self, **data: Any) -> Correction:
        """Store it."""
        return services.decide_correction(actor=self.request.user, correction=self.correction, **data)


class FinishCorrection(OneCorrection):
    """What was done on the record."""

    permission = Perm.VIEW_SUBJECT_REQUEST
    form_class = DoneForm
    title = _("Say what was done on the record")
    done_message = _("Stored. Data protection can answer.")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add what left the force about the record, as far as the user may read it: who may have to be told."""
        user, record = self.request.user, reports.record_of(self.request.user, self.asked)
        return super().get_context_data(**{"record": record, "releases": of_releases(user, record) if record else [], **kwargs})

    def perform(self, **data: Any) -> Correction:
        """Store it."""
        return services.finish_correction(actor=self.request.user, correction=self.correction, **data)
