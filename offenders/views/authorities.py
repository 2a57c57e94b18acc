"""Pages of telling other responsible authorities."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.permissions import Perm
from audit.views import get_or_404
from offenders.forms.custody import AnswerForm, TellAuthorityForm, at_present
from offenders.models import AuthorityNotice
from offenders.reports.custody import authorities_to_tell
from offenders.services.authorities import record_answer, tell_authority
from offenders.views.base import NominalPage
from offenders.views.changes import RecordForm


class AuthoritiesPage(NominalPage):
    """Who was told what, when, by whom, and what they did; unanswered ones first."""

    permission = Perm.VIEW_CASE_FILE
    template_name = "offenders/custody/authorities.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add what was told."""
        rows = AuthorityNotice.objects.for_user(self.request.user).filter(nominal=self.nominal).select_related("agency", "told_by")
        return super().get_context_data(notices=rows.order_by("answered_at", "-told_at"), **kwargs)


class TellAuthority(RecordForm):
    """Record what an authority was told."""

    form_class = TellAuthorityForm
    title = _("Record what another authority was told")
    button = _("Save")
    done_message = _("Recorded.")
    back = "offenders:authorities"

    def get_form_kwargs(self) -> dict[str, Any]:
        """Offer the agencies."""
        return {"agencies": authorities_to_tell()}

    def get_initial(self) -> dict[str, Any]:
        """Offer the present moment."""
        return at_present()

    def perform(self, **data: Any) -> AuthorityNotice:
        """Record it."""
        return tell_authority(actor=self.request.user, nominal=self.nominal, **data)


class AnswerOfAuthority(RecordForm):
    """Record what the authority did."""

    form_class = AnswerForm
    title = _("Record the answer")
    done_message = _("The answer has been recorded.")
    back = "offenders:authorities"

    def load(self) -> None:
        """Find what was told."""
        rows = AuthorityNotice.objects.for_user(self.request.user, Perm.CHANGE_RECORD).filter(nominal=self.nominal)
        self.notice = get_or_404(rows.select_related("agency"), public_id=self.kwargs["public_id"])

    def get_initial(self) -> dict[str, Any]:
        """Offer the present moment."""
        return at_present()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say whose answer it is."""
        return super().get_context_data(caption=self.notice.agency.name, **kwargs)

    def perform(self, **data: Any) -> AuthorityNotice:
        """Record it."""
        return record_answer(actor=self.request.user, notice=self.notice, **data)
