"""Pages of sensitive material (tier 3)."""

from __future__ import annotations

from typing import Any

from django.utils.timezone import localdate
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.access import may, row_security
from accounts.errors import NotPermitted
from accounts.permissions import Perm
from audit.choices import Verb
from audit.services import record_read
from audit.views import get_or_404
from offenders.forms.confidential import ChangeSensitive, EndSensitive, SensitiveForm
from offenders.models import SensitiveItem
from offenders.services.sensitive import add_sensitive, change_sensitive, end_sensitive
from offenders.views.base import NominalPage
from offenders.views.changes import ChangeForm, RecordForm, Stored
from ui.templatetags.ui import uk_date


class SensitivePage(NominalPage):
    """What is held, live ones first."""

    permission = Perm.VIEW_SENSITIVE
    template_name = "offenders/access/sensitive.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Read inside row security, and record each item that is shown."""
        user = self.request.user
        with row_security(user):
            held = SensitiveItem.objects.for_user(user).filter(nominal=self.nominal).select_related("added_by", "ended_by")
            items = sorted(held, key=lambda item: item.ended_on is not None)
        if items:
            record_read(Verb.VIEWED, self.nominal, rows=SensitiveItem._meta.label_lower, ids=[item.pk for item in items])
        return super().get_context_data(items=items, today=localdate(), **kwargs)


class SensitiveEdge:
    """Only somebody who may change the record writes sensitive material; readers by grant are refused."""

    permission = Perm.VIEW_SENSITIVE
    back = "offenders:sensitive"

    def load(self: Any) -> None:
        """Find the item of the address, if it names one."""
        user = self.request.user
        if not may(user, Perm.CHANGE_RECORD, self.nominal):
            raise NotPermitted(Perm.CHANGE_RECORD)
        if "public_id" in self.kwargs:
            with row_security(user):
                items = SensitiveItem.objects.for_user(user).filter(nominal=self.nominal)
                self.item = get_or_404(items.select_related("nominal"), public_id=self.kwargs["public_id"])
            record_read(Verb.VIEWED, self.item, page=type(self).__name__)


class AddSensitive(SensitiveEdge, RecordForm):
    """Holds something sensitive with the record."""

    form_class = SensitiveForm
    title = _("Add sensitive material")
    done_message = _("Saved. The managing officer, the unit's supervisors and people with a grant read it.")

    def perform(self, **data: Any) -> SensitiveItem:
        """Add it."""
        return add_sensitive(actor=self.request.user, nominal=self.nominal, **data)


class EditSensitive(SensitiveEdge, ChangeForm):
    """Rewrites it."""

    form_class = ChangeSensitive
    title = _("Change sensitive material")
    done_message = _("Saved.")

    def current(self) -> SensitiveItem:
        """Return what is stored now."""
        with row_security(self.request.user):
            return SensitiveItem.objects.for_user(self.request.user).get(pk=self.item.pk)

    def version(self) -> int:
        """Return the version of the item."""
        return self.current().version

    def get_initial(self) -> dict[str, Any]:
        """Show what is stored."""
        return {name: getattr(self.item, name) for name in ChangeSensitive.base_fields}

    def stored(self) -> Stored:
        """Return what somebody else saved."""
        now = self.current()
        fields = {name: field.label for name, field in ChangeSensitive.base_fields.items() if field.label}
        shown = {"kind": now.get_kind_display(), "basis": now.get_basis_display(), "consent": now.get_consent_display()}
        values = {name: shown.get(name, getattr(now, name)) for name in fields}
        said = {name: value if isinstance(value, str) else uk_date(value) for name, value in values.items()}
        return [(str(fields[name]), words or gettext("Nothing")) for name, words in said.items()]

    def perform(self, **data: Any) -> SensitiveItem:
        """Store it."""
        return change_sensitive(actor=self.request.user, item=self.item, **data)


class EndSensitivePage(SensitiveEdge, RecordForm):
    """Says that it is no longer needed."""

    form_class = EndSensitive
    title = _("End this sensitive material")
    button = _("End it")
    done_message = _("It has ended. It stays here, marked as ended.")

    def perform(self, **data: Any) -> SensitiveItem:
        """End it."""
        return end_sensitive(actor=self.request.user, item=self.item, **data)
