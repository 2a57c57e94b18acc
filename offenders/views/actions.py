"""What must be done about a record, and raising it by hand."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from accounts.permissions import Perm
from actions.choices import ActionState
from actions.forms import RaiseForm
from actions.models import Action
from offenders.services.actions import raise_by_hand
from offenders.views.base import NominalPage
from offenders.views.changes import RecordForm

MOST = 200
LATELY = timedelta(days=90)


class RecordActions(NominalPage):
    """Open actions on the record, soonest first, and what was closed lately: those that the user or the user's unit answers for."""

    permission = Perm.VIEW_CASE_FILE
    template_name = "offenders/actions.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add them."""
        rows = Action.objects.for_user(self.request.user).filter(nominal=self.nominal.pk).select_related("owner", "owner_unit", "unit")
        closed = rows.exclude(state=ActionState.OPEN).filter(closed_at__gt=now() - LATELY).order_by("-closed_at")[:MOST]
        reference = self.nominal.reference
        return super().get_context_data(
            rows=[(row, reference) for row in rows.waiting().soonest_first()[:MOST]],
            closed=[(row, reference) for row in closed],
            **kwargs,
        )


class RaiseAction(RecordForm):
    """Say what somebody must do about the record."""

    form_class = RaiseForm
    title = _("Add an action")
    button = _("Add the action")
    done_message = _("The action has been added. Its owner was told.")
    back = "offenders:actions"

    def get_form_kwargs(self) -> dict[str, Any]:
        """Offer people, units and roles of the force."""
        return {"actor": self.request.user}

    def get_initial(self) -> dict[str, Any]:
        """Offer the managing officer first."""
        return {"owner": f"user-{self.nominal.offender_manager_id}"}

    def perform(self, **data: Any) -> Action:
        """Raise it."""
        return raise_by_hand(actor=self.request.user, nominal=self.nominal, **data)
