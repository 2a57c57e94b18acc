"""Who can see a record, and changing it: grants, exclusions, partnerships."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db.models import Model, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.access import may
from accounts.permissions import Perm
from audit.views import get_or_404
from offenders.forms.access import AddPartnership, EndAccess, ExcludePerson, GrantAccess
from offenders.reports import describe_sight, forces_to_partner, people_to_exclude, people_to_grant, units_to_partner
from offenders.services.access import (
    add_partnership,
    end_exclusion,
    end_partnership,
    exclude_person,
    grant_access,
    revoke_grant,
)
from offenders.views.base import NominalForm, NominalPage


class PeoplePage(NominalPage):
    """Everybody who can see the record, with the rule or the exception that lets them."""

    permission = Perm.GRANT_ACCESS
    template_name = "offenders/access/people.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the ways in and what this user may change."""
        may_exclude = may(self.request.user, Perm.EXCLUDE_PERSON, self.nominal)
        return super().get_context_data(sight=describe_sight(self.nominal), may_exclude=may_exclude, **kwargs)


class PeopleForm(NominalForm):
    """A form that changes who can see the record, and goes back to the list."""

    permission = Perm.GRANT_ACCESS
    template_name = "offenders/nominal_form.html"
    intro: ClassVar[str] = ""

    def get_success_url(self) -> str:
        """Back to the list; somebody who excluded themselves goes home instead."""
        if may(self.request.user, Perm.GRANT_ACCESS, self.nominal):
            return reverse("offenders:people", args=[self.nominal.reference])
        return reverse("home")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say which record it is about, and lead back."""
        back = reverse("offenders:people", args=[self.nominal.reference])
        return super().get_context_data(caption=self.nominal.reference, intro=self.intro, back_url=back, cancel_url=back, **kwargs)


class GrantAccessPage(PeopleForm):
    """Lets one person read the record for a time."""

    form_class = GrantAccess
    title = _("Give a person access")
    intro = _("For staff of the owning force or a partnered force. They see the record at once, and this list names you as the giver.")
    button = _("Give access")
    done_message = _("Access given.")

    def get_form_kwargs(self) -> dict[str, Any]:
        """Offer whom a grant may name."""
        return {"people": people_to_grant(self.nominal)}

    def perform(self, **data: Any) -> Any:
        """Grant."""
        return grant_access(actor=self.request.user, nominal=self.nominal, **data)


class ExcludePersonPage(PeopleForm):
    """Takes the record out of one person's sight."""

    permission = Perm.EXCLUDE_PERSON
    form_class = ExcludePerson
    title = _("Exclude a person")
    intro = _("For a conflict of interest. From this moment the record is in none of their searches, lists or counts, whatever they hold.")
    button = _("Exclude this person")
    done_message = _("The person is excluded.")

    def get_form_kwargs(self) -> dict[str, Any]:
        """Offer staff of every force."""
        return {"people": people_to_exclude()}

    def perform(self, **data: Any) -> Any:
        """Exclude."""
        return exclude_person(actor=self.request.user, nominal=self.nominal, **data)


class AddPartnershipPage(PeopleForm):
    """Lets another force work with the record."""

    form_class = AddPartnership
    title = _("Add a partnered force")
    intro = _("Every police user of that force reads the operational card; the unit that you name reads the case file too.")
    button = _("Add the force")
    done_message = _("The force is a partner now.")

    def get_form_kwargs(self) -> dict[str, Any]:
        """Offer the other forces and their units."""
        return {"forces": forces_to_partner(self.nominal), "units": units_to_partner(self.nominal)}

    def perform(self, **data: Any) -> Any:
        """Add."""
        return add_partnership(actor=self.request.user, nominal=self.nominal, **data)


class EndPage(PeopleForm):
    """Asks why something ends, and ends it."""

    form_class = EndAccess
    button = _("End it")

    def candidates(self) -> QuerySet:
        """Return the rows of this nominal that the address may name."""
        raise NotImplementedError

    def load(self) -> None:
        """Find the row."""
        self.row: Model = get_or_404(self.candidates(), **{key: value for key, value in self.kwargs.items() if key != "reference"})


class EndGrantPage(EndPage):
    """Ends a grant."""

    title = _("End this person's access")
    done_message = _("The access has ended.")

    def candidates(self) -> QuerySet:
        """Grants on this nominal."""
        return self.nominal.user_grants.all()

    def perform(self, **data: Any) -> Any:
        """Revoke."""
        return revoke_grant(actor=self.request.user, grant=self.row, **data)


class EndExclusionPage(EndPage):
    """Ends an exclusion."""

    permission = Perm.EXCLUDE_PERSON
    title = _("End this exclusion")
    intro = _("The ordinary rules hold for the person again, and may show them the record.")
    done_message = _("The exclusion has ended.")

    def candidates(self) -> QuerySet:
        """Exclusions from this nominal that still count."""
        return self.nominal.exclusions.filter(ended_at=None)

    def perform(self, **data: Any) -> Any:
        """End it."""
        return end_exclusion(actor=self.request.user, exclusion=self.row, **data)


class EndPartnershipPage(EndPage):
    """Ends a partnership."""

    title = _("End this partnership")
    intro = _("The other force sees the marker only, unless it states a reason.")
    done_message = _("The partnership has ended.")

    def candidates(self) -> QuerySet:
        """Partnerships of this nominal that still count."""
        return self.nominal.partnerships.filter(ended_at=None)

    def perform(self, **data: Any) -> Any:
        """End it."""
        return end_partnership(actor=self.request.user, partnership=self.row, **data)
