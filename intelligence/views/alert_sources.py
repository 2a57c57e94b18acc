"""Pages of the ways by which reports from the border come in."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation, Unit
from accounts.permissions import Perm
from audit.views import FormEdge, PageEdge, get_or_404
from intelligence.forms.travel import ChangeSourceForm, SourceForm
from intelligence.models import AlertSource
from intelligence.services.feeds import add_source, change_source


class SourceList(PageEdge):
    """Every source of the force, those that are out of use too."""

    permission = Perm.VIEW_RULES
    template_name = "intelligence/travel/sources.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add them."""
        rows = AlertSource.objects.for_user(self.request.user).select_related("unit", "agency")
        return super().get_context_data(sources=rows, may_change=True, **kwargs)


class AddSource(FormEdge):
    """Add a source."""

    permission = Perm.CHANGE_RULES
    form_class = SourceForm
    title = _("Add a source of reports")
    button = _("Add the source")
    done_message = _("The source is added. The operator connects its door; see the operations guide.")

    def get_form_kwargs(self) -> dict[str, Any]:
        """Offer the units of the force, and agencies."""
        user = self.request.user
        units, organisations = Unit.objects.for_user(user, self.permission), Organisation.objects.for_user(user, self.permission)
        return {"units": units.filter(organisation=user.organisation_id), "agencies": organisations.exclude(kind="force")}

    def perform(self, **data: Any) -> AlertSource:
        """Add it."""
        return add_source(actor=self.request.user, **data)

    def get_success_url(self) -> str:
        """Show all."""
        return reverse("intelligence:alert-sources")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the way back."""
        return super().get_context_data(cancel_url=reverse("intelligence:alert-sources"), **kwargs)


class ChangeSource(AddSource):
    """Change a source, or take it out of use."""

    form_class = ChangeSourceForm
    title = _("Change a source of reports")
    button = _("Save")
    done_message = _("The source is changed.")

    def load(self) -> None:
        """Find it."""
        self.source = get_or_404(AlertSource.objects.for_user(self.request.user, self.permission), code=self.kwargs["code"])

    def get_initial(self) -> dict[str, Any]:
        """Show what stands there."""
        source = self.source
        names = ("name", "unit", "agency", "silent_after_hours", "is_active", "version")
        return {name: getattr(source, name) for name in names} | {"allowed_senders": "\n".join(source.allowed_senders)}

    def perform(self, **data: Any) -> AlertSource:
        """Change it."""
        return change_source(actor=self.request.user, source=self.source, **data)
