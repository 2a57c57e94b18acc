"""Pages of uses of material and of consultations before action."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.permissions import Perm
from audit.views import get_or_404
from offenders.choices.risk import SignOff
from offenders.forms.records import RemoveForm
from offenders.forms.uses import ConsultationForm, MaterialUseForm
from offenders.models import Assessment, Consultation, MaterialUse
from offenders.services.uses import end_material_use, mark_material, record_consultation
from offenders.views.base import NominalPage
from offenders.views.changes import RecordForm

PAGE = "offenders:use-list"


class UseList(NominalPage):
    """What material is marked for, and whom one consulted before acting."""

    permission = Perm.VIEW_CASE_FILE
    template_name = "offenders/risk/uses.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add both lists."""
        user = self.request.user
        uses = MaterialUse.objects.for_user(user).filter(nominal=self.nominal).select_related("marked_by", "assessment__tool")
        asked = Consultation.objects.for_user(user).filter(nominal=self.nominal).select_related("recorded_by")
        return super().get_context_data(uses=uses, consultations=asked, **kwargs)


class MarkMaterial(RecordForm):
    """Mark a piece of material."""

    form_class = MaterialUseForm
    title = _("Mark material for a use")
    button = _("Mark it")
    done_message = _("The material is marked.")
    back = PAGE

    def get_form_kwargs(self) -> dict[str, Any]:
        """Offer the record's assessments that were approved."""
        rows = Assessment.objects.for_user(self.request.user).filter(nominal=self.nominal).select_related("tool")
        return {"assessments": rows.filter(state__in=[SignOff.APPROVED, SignOff.SUPERSEDED])}

    def perform(self, **data: Any) -> MaterialUse:
        """Mark it."""
        return mark_material(actor=self.request.user, nominal=self.nominal, **data)


class EndMaterialUse(RecordForm):
    """Take a mark off."""

    form_class = RemoveForm
    title = _("End this mark")
    button = _("End the mark")
    done_message = _("The mark has ended. It stays in the list.")
    back = PAGE

    def load(self) -> None:
        """Find it among those that the user may change."""
        rows = MaterialUse.objects.for_user(self.request.user, Perm.CHANGE_RECORD).filter(nominal=self.nominal)
        self.use = get_or_404(rows, public_id=self.kwargs["public_id"])

    def perform(self, reason: str) -> MaterialUse:
        """End it."""
        return end_material_use(actor=self.request.user, use=self.use, reason=reason)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say which one."""
        return super().get_context_data(intro=self.use.get_purpose_display(), danger=True, **kwargs)


class RecordConsultation(RecordForm):
    """Record another agency's view, or why there was no time to ask."""

    form_class = ConsultationForm
    title = _("Record a consultation")
    button = _("Record")
    done_message = _("It has been recorded.")
    back = PAGE

    def perform(self, **data: Any) -> Consultation:
        """Record it."""
        return record_consultation(actor=self.request.user, nominal=self.nominal, **data)
