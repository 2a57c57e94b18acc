"""What changed in a record: every field, who, when, from what to what."""

from __future__ import annotations

from typing import Any

from django.db import models

from accounts.access import row_security
from accounts.permissions import Perm
from audit.choices import Verb
from audit.services import record_read
from audit.views import ListEdge
from offenders.history import changes_of, describe_changes
from offenders.views.base import NominalEdge


class HistoryPage(NominalEdge, ListEdge):
    """The change log of one nominal, as far as the user may see the rows that changed."""

    permission = Perm.VIEW_CASE_FILE
    template_name = "offenders/access/history.html"
    page_size = 25

    def rows(self) -> models.QuerySet:
        """Return the entries of the change log, newest first."""
        return changes_of(self.request.user, self.nominal)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Put the entries into words."""
        with row_security(self.request.user):
            context = super().get_context_data(**kwargs)
        return {**context, "changes": describe_changes(context["rows"])}

    def record(self, shown: list[models.Model]) -> None:
        """Reading the history is a look at the record."""
        record_read(Verb.VIEWED, self.nominal, page=type(self).__name__, ids=[row.pk for row in shown])
