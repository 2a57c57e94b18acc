"""Pages of serious further offences of one person."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.permissions import Perm
from audit.views import get_or_404
from governance.forms.further import ChargeForm, WithdrawChargeForm
from governance.models import FurtherCharge
from governance.services.further import record_charge, withdraw_charge
from offenders.views.base import NominalPage
from offenders.views.changes import RecordForm

PAGE = "governance:further-list"


class FurtherList(NominalPage):
    """The charges of a person."""

    permission = Perm.VIEW_CASE_FILE
    template_name = "governance/further/list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add them."""
        charges = FurtherCharge.objects.for_user(self.request.user).filter(nominal=self.nominal)
        return super().get_context_data(charges=charges, **kwargs)


class RecordCharge(RecordForm):
    """Records one."""

    back = PAGE
    form_class = ChargeForm
    title = _("Record a serious further offence")
    button = _("Record")
    done_message = _("Recorded. The annual figures count it in the year of the charge.")

    def perform(self, **data: Any) -> FurtherCharge:
        """Record it."""
        return record_charge(actor=self.request.user, nominal=self.nominal, **data)


class WithdrawCharge(RecordForm):
    """Takes one back."""

    back = PAGE
    form_class = WithdrawChargeForm
    title = _("Take back a charge that was recorded by mistake")
    button = _("Take it back")
    done_message = _("Taken back. It stays on the page and counts no more.")

    def load(self) -> None:
        """Find it."""
        rows = FurtherCharge.objects.for_user(self.request.user, self.permission).filter(nominal=self.nominal)
        self.charge = get_or_404(rows, public_id=self.kwargs["public_id"])

    def perform(self, **data: Any) -> FurtherCharge:
        """Take it back."""
        return withdraw_charge(actor=self.request.user, charge=self.charge, **data)
