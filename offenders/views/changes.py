"""The edge of forms that two people may have open at once: the second is told, and keeps what they typed."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from accounts.permissions import Perm
from offenders.views.base import NominalForm

Stored = list[tuple[str, Any]]


class RecordForm(NominalForm):
    """A form about one record that leads back to where it came from."""

    permission = Perm.CHANGE_RECORD
    template_name = "offenders/nominal_form.html"
    back = "offenders:nominal"

    def get_success_url(self) -> str:
        """Return the page that leads here."""
        return reverse(self.back, args=[self.nominal.reference])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the way back."""
        url = reverse(self.back, args=[self.nominal.reference])
        return super().get_context_data(**{"back_url": url, "cancel_url": url, **kwargs})


class ChangeForm(RecordForm):
    """A form that carries the version which the user saw. The default version is the record's own."""

    def version(self) -> int:
        """Return the version that is stored now."""
        self.nominal.refresh_from_db(fields=["version"])
        return self.nominal.version

    def stored(self) -> Stored:
        """Return what is stored now, in words."""
        raise NotImplementedError

    def get_initial(self) -> dict[str, Any]:
        """Remember which version the user saw."""
        return {"version": self.version()}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add what is stored now when it differs from what the user saw."""
        return super().get_context_data(stale=self.stored() if self.is_stale else [], **kwargs)
