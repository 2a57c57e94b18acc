"""Units of the administrator's organisation, and the agencies that a force works with."""
from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.forms import AgencyForm, OrganisationForm, UnitForm
from accounts.models import Organisation, Unit
from accounts.permissions import Perm
from accounts.services.organisations import change_organisation, change_unit, create_agency, create_unit, set_agency_open
from audit.choices import Verb
from audit.services import record_read
from audit.views import ActEdge, FormEdge, PageEdge, get_or_404


class OrganisationList(PageEdge):
    """Units and agencies on one page."""

    permission = Perm.MANAGE_USERS
    template_name = "accounts/organisation_list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Show what the administrator may see, and record it."""
        user = self.request.user
        units, organisations = list(Unit.objects.for_user(user)), list(Organisation.objects.for_user(user))
        record_read(Verb.LISTED, page=type(self).__name__, rows="accounts.unit", ids=[unit.pk for unit in units])
        record_read(Verb.LISTED, page=type(self).__name__, rows="accounts.organisation", ids=[each.pk for each in organisations])
        agencies = [each for each in organisations if each != user.organisation]
        return super().get_context_data(units=units, own=user.organisation, agencies=agencies, **kwargs)


class PlaceForm(FormEdge):
    """A form that leads back to the list of units and agencies."""

    permission = Perm.MANAGE_USERS

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Lead back to the list."""
        return super().get_context_data(back_url=self.get_success_url(), **kwargs)

    def get_success_url(self) -> str:
        """Go back to the list."""
        return reverse("accounts:organisation-list")


class NewUnit(PlaceForm):
    """Add a unit."""

    form_class = UnitForm
    title = _("Add a unit")
    button = _("Add unit")
    done_message = _("The unit was added.")

    def perform(self, **data: Any) -> Unit:
        """Add it."""
        return create_unit(actor=self.request.user, **data)


class ChangeUnit(PlaceForm):
    """Change a unit."""

    form_class = UnitForm
    title = _("Change a unit")
    done_message = _("The unit was changed.")

    def load(self) -> None:
        """Fetch the unit."""
        self.unit = get_or_404(Unit.objects.for_user(self.request.user), pk=self.kwargs["pk"])

    def get_initial(self) -> dict[str, Any]:
        """Show what is stored."""
        return {"name": self.unit.name, "phone": self.unit.phone, "on_call": self.unit.on_call}

    def perform(self, **data: Any) -> Unit:
        """Change it."""
        return change_unit(actor=self.request.user, unit=self.unit, **data)


class NewAgency(PlaceForm):
    """Add an agency."""

    form_class = AgencyForm
    title = _("Add an agency")
    button = _("Add agency")
    done_message = _("The agency was added.")

    def perform(self, **data: Any) -> Organisation:
        """Add it."""
        return create_agency(actor=self.request.user, **data)


class ChangeOrganisation(PlaceForm):
    """Change how an organisation is reached."""

    form_class = OrganisationForm
    template_name = "accounts/organisation.html"
    title = _("Change an organisation")
    done_message = _("The organisation was changed.")

    def load(self) -> None:
        """Fetch the organisation."""
        self.organisation = get_or_404(Organisation.objects.for_user(self.request.user), pk=self.kwargs["pk"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Offer to close an agency."""
        return super().get_context_data(organisation=self.organisation, **kwargs)

    def get_initial(self) -> dict[str, Any]:
        """Show what is stored."""
        return {"name": self.organisation.name, "phone": self.organisation.phone}

    def perform(self, **data: Any) -> Organisation:
        """Change it."""
        return change_organisation(actor=self.request.user, organisation=self.organisation, **data)


class AgencyAct(ActEdge):
    """A button on an agency."""

    permission = Perm.MANAGE_USERS

    @property
    def agency(self) -> Organisation:
        """The agency, if the administrator may see it."""
        return get_or_404(Organisation.objects.for_user(self.request.user), pk=self.kwargs["pk"])

    def get_success_url(self) -> str:
        """Stay on the agency."""
        return reverse("accounts:organisation", args=[self.kwargs["pk"]])


class CloseAgency(AgencyAct):
    """Refuse all machine clients of an agency."""

    done_message = _("The agency was closed. Its machine clients are refused from now on.")

    def perform(self) -> None:
        """Close it."""
        set_agency_open(actor=self.request.user, agency=self.agency, value=False)


class OpenAgency(AgencyAct):
    """Let the machine clients of an agency in again."""

    done_message = _("The agency was opened again.")

    def perform(self) -> None:
        """Open it."""
        set_agency_open(actor=self.request.user, agency=self.agency, value=True)
