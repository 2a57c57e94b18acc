"""Where every page of a prosecution begins: finding it, and a form about it."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.urls import reverse

from accounts.permissions import Perm
from audit.choices import Verb
from audit.services import record_read
from audit.views import FormEdge, get_or_404
from disclosure.models import Prosecution, UnusedItem
from disclosure.reports import prosecutions as reports


class OneProsecution:
    """Finds a prosecution on which the user holds the permission of the page; any other is not there."""

    permission: ClassVar[Perm] = Perm.SCHEDULE_MATERIAL
    whole: ClassVar[bool] = False  # only for whoever sees sensitive material of it
    request: HttpRequest
    kwargs: dict[str, Any]

    def find(self) -> Prosecution:
        """Return it, and record that it was seen: the record's access log, which others read, does not tell of pages about rulings."""
        rows = Prosecution.objects.for_user(self.request.user, self.permission)
        rows = rows.whole_for(self.request.user) if self.whole else rows
        found: Prosecution = get_or_404(reports.with_people(rows), public_id=self.kwargs["public_id"])
        record_read(Verb.VIEWED, found, page="ProsecutionPage" if self.whole else type(self).__name__)
        return found

    def items(self, prosecution: Prosecution) -> QuerySet:
        """Return its items that the user may see."""
        return UnusedItem.objects.for_user(self.request.user, self.permission).filter(prosecution=prosecution).order_by("number")

    def get_success_url(self) -> str:
        """Back to the prosecution."""
        return reverse("disclosure:prosecution", args=[self.kwargs["public_id"]])


class CaseForm(OneProsecution, FormEdge):
    """A form about one prosecution."""

    def load(self) -> None:
        """Find it; a form about a row of it says so."""
        self.case = self.find()
        self.subject: Model = self.case

    def get_initial(self) -> dict[str, Any]:
        """Remember which version the user saw."""
        return {"version": self.subject.version}

    def version(self) -> int | None:
        """Return the version that is stored now."""
        self.subject.refresh_from_db(fields=["version"])
        return self.subject.version

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the way back."""
        back = self.get_success_url()
        return super().get_context_data(**{"caption": self.case.reference, "back_url": back, "cancel_url": back, **kwargs})
