"""The operational card, on screen and on paper."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.timezone import localdate

from accounts.access import scopes_of
from accounts.permissions import Perm
from audit.choices import Verb
from audit.services import record_event
from offenders.cards import read_card
from offenders.views.base import NominalAct, NominalPage


class CardPage(NominalPage):
    """What whoever meets the person must know, on one screen. Two queries: whether it may be read, and all of it."""

    unhindered = True  # nobody in an emergency is stopped here
    permission = Perm.VIEW_CARD
    template_name = "offenders/card.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Return the card alone: a control room waits for nothing else."""
        return {
            "view": self,
            "nominal": self.nominal,
            "card": read_card(self.nominal, localdate()),
            "may_tell": bool(scopes_of(self.request.user, Perm.TELL_MANAGER)),
            "may_open": bool(scopes_of(self.request.user, Perm.VIEW_CASE_FILE)),
            "prints": "print" in self.request.GET,
        }


class PrintCard(NominalAct):
    """Print: the paper is recorded before the print window opens."""

    unhindered = True  # nobody in an emergency is stopped here
    permission = Perm.VIEW_CARD

    def perform(self) -> None:
        """Record that the card goes on paper."""
        record_event(Verb.PRINTED, self.nominal, page="CardPage")

    def get_success_url(self) -> str:
        """Return the card that opens the print window."""
        return f"{reverse('offenders:card', args=[self.nominal.reference])}?print"
