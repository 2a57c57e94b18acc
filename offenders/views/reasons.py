"""Asking for a reason before a record outside one's own work opens."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from accounts.access import may
from accounts.errors import NotPermitted
from accounts.permissions import Perm
from offenders.forms.access import StateReason
from offenders.models import Nominal
from offenders.periods import PeriodKind, in_hours, length_of
from offenders.services.access import state_reason
from offenders.views.base import NominalForm

# What a reason can open, where that leads, what it is called, and the question.
OPENS = {
    Perm.VIEW_CARD: ("offenders:card", _("operational card"), _("Why do you need the operational card?")),
    Perm.VIEW_CASE_FILE: ("offenders:nominal", _("case file"), _("Why do you need the case file?")),
}


class StateReasonPage(NominalForm):
    """Shows the marker only: who holds the record and how to reach them; nothing of whom it is about."""

    unhindered = True  # nobody in an emergency is stopped here
    permission = Perm.VIEW_MARKER
    form_class = StateReason
    template_name = "offenders/access/reason.html"
    button = _("Open the record")

    def load(self) -> None:
        """Find out what is asked for; where no reason would open it, there is no such page."""
        asked = self.kwargs["permission"]
        if asked not in OPENS:
            raise Http404
        self.opens = Perm(asked)
        if not may(self.request.user, self.opens):
            raise NotPermitted(self.opens)
        if not Nominal.objects.reachable_by_reason(self.request.user, self.opens).filter(pk=self.nominal.pk).exists():
            raise Http404

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Ask, unless the record is open to this person already."""
        self.load()
        if may(request.user, self.opens, self.nominal):
            return redirect(self.get_success_url())
        return super().get(request, *args, **kwargs)

    def perform(self, **data: Any) -> Any:
        """State the reason."""
        return state_reason(actor=self.request.user, nominal=self.nominal, permission=self.opens, **data)

    def get_success_url(self) -> str:
        """Go on to what was asked for."""
        return reverse(OPENS[self.opens][0], args=[self.nominal.reference])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add what the reason opens."""
        _page, what, title = OPENS[self.opens]
        lasts = in_hours(length_of(PeriodKind.STATED_REASON, localdate()))
        return super().get_context_data(what=what, lasts=lasts, title=title, **kwargs)
