"""Who has looked at a record, and what else was done to it."""

from __future__ import annotations

from typing import Any

from django.db import models

from accounts.access import row_security
from accounts.permissions import Perm
from audit.choices import Verb
from audit.models import Event
from audit.services import record_read
from audit.views import ListEdge
from offenders.views.base import NominalEdge


class LookedPage(NominalEdge, ListEdge):
    """Everything in the trail about this record, as far as the user may see what it was about."""

    permission = Perm.VIEW_ACCESS_LOG
    template_name = "offenders/access/looked.html"
    context_name = "events"

    def rows(self) -> models.QuerySet:
        """Return the events about this nominal, newest first."""
        events = Event.objects.for_user(self.request.user, Perm.VIEW_ACCESS_LOG).about(self.nominal.every_key)
        return events.select_related("actor__organisation").order_by("-pk")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Read inside row security, so that events about sections which this user sees are among them."""
        with row_security(self.request.user):
            return super().get_context_data(**kwargs)

    def record(self, shown: list[models.Model]) -> None:
        """Looking at who has looked is a look at the record."""
        record_read(Verb.VIEWED, self.nominal, page=type(self).__name__, ids=[row.pk for row in shown])
