"""The rehearsal of a bundle: a record as the person that it is about would read it."""

from __future__ import annotations

from typing import Any

from accounts.permissions import Perm
from disclosure.reports.personal import as_read
from offenders.views.base import NominalPage


class AsRead(NominalPage):
    """What would go today if nobody decided anything, with what somebody would have to decide about; nothing of it is stored."""

    permission = Perm.CHANGE_RECORD
    template_name = "disclosure/personal/as_read.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add what is held, by heading, and the headings that somebody else must read."""
        rows, unread = as_read(self.request.user, self.nominal)
        return super().get_context_data(rows=rows, unread=unread, **kwargs)
