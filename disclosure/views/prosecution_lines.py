"""Pages of lines of enquiry."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from audit.views import get_or_404
from disclosure.forms import prosecutions as pages
from disclosure.models import LineOfEnquiry
from disclosure.services import prosecution_lines as lines
from disclosure.views.prosecution_base import CaseForm


class AddLine(CaseForm):
    """A new line of enquiry."""

    form_class = pages.LineForm
    title = _("Add a line of enquiry")
    button = _("Add it")
    done_message = _("Added.")

    def get_form_kwargs(self) -> dict[str, Any]:
        """Say whose officers and which items there are."""
        return {"actor": self.request.user, "items": self.items(self.case)}

    def perform(self, **data: Any) -> LineOfEnquiry:
        """Add it."""
        return lines.add_line(actor=self.request.user, prosecution=self.case, **data)


class ChangeLine(AddLine):
    """Where a line of enquiry stands."""

    form_class = pages.ChangeLineForm
    title = _("Line of enquiry")
    button = _("Save")
    done_message = _("Saved.")

    def load(self) -> None:
        """Find both."""
        super().load()
        rows = LineOfEnquiry.objects.for_user(self.request.user, self.permission).filter(prosecution=self.case)
        self.line: LineOfEnquiry = get_or_404(rows.select_related("prosecution"), public_id=self.kwargs["line_id"])
        self.subject = self.line

    def get_initial(self) -> dict[str, Any]:
        """Show what is stored."""
        names = ("direction", "what", "why", "owner", "due_on", "state", "result", "version")
        chosen = {item.pk for item in self.line.items.all()}
        return {name: getattr(self.line, name) for name in names} | {"items": [item for item in self.items(self.case) if item.pk in chosen]}

    def perform(self, **data: Any) -> LineOfEnquiry:
        """Store it."""
        return lines.change_line(actor=self.request.user, line=self.line, **data)
