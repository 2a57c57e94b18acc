"""Pages of what the prosecutor asks the court, and of its rulings."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from audit.views import get_or_404
from disclosure.forms import prosecutions as pages
from disclosure.models import ImmunityApplication
from disclosure.services import prosecution_rulings as rulings
from disclosure.views.prosecution_base import CaseForm


class AskCourt(CaseForm):
    """What the prosecutor asked the court."""

    whole = True
    form_class = pages.CourtForm
    title = _("Application to the court")
    done_message = _("Saved.")

    def get_form_kwargs(self) -> dict[str, Any]:
        """Offer the sensitive items."""
        return {"items": self.items(self.case).filter(is_sensitive=True)}

    def perform(self, **data: Any) -> ImmunityApplication:
        """Store it."""
        return rulings.ask_court(actor=self.request.user, prosecution=self.case, **data)


class EnterRuling(CaseForm):
    """What the court ruled."""

    whole = True
    form_class = pages.RulingForm
    title = _("Ruling of the court")
    done_message = _("Saved.")

    def load(self) -> None:
        """Find both."""
        super().load()
        rows = ImmunityApplication.objects.for_user(self.request.user, self.permission).filter(prosecution=self.case)
        self.application: ImmunityApplication = get_or_404(rows.select_related("prosecution"), public_id=self.kwargs["application_id"])
        self.subject = self.application

    def get_initial(self) -> dict[str, Any]:
        """Show the court, and remember which version the user saw."""
        return {"version": self.application.version, "court": self.application.court}

    def perform(self, **data: Any) -> ImmunityApplication:
        """Store it."""
        return rulings.enter_ruling(actor=self.request.user, application=self.application, **data)
