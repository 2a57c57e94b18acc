"""Pages of who the person is: all that is known, and adding and removing each sort of fact."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from django import forms
from django.http import Http404
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from accounts.permissions import Perm
from audit.views import get_or_404
from offenders.cards import read_card
from offenders.forms.identity import BirthForm, DescriptionForm, IdentifierForm, MarkForm, NameForm, PhotographForm
from offenders.forms.records import RemoveForm
from offenders.models import DateOfBirth, Description, Identifier, Mark, Name, Photograph
from offenders.models.identity import IdentityPart
from offenders.services.identity import add_date_of_birth, add_identifier, add_mark, add_name, change_description, remove_identity_fact
from offenders.services.photographs import add_photograph, remove_photograph
from offenders.templatetags.nominals import fact_words
from offenders.views.base import NominalPage
from offenders.views.changes import RecordForm
from ui.languages import StrOrPromise


class Kind(NamedTuple):
    """One sort of fact: its words, its rows, its form, and what adds one."""

    adding: StrOrPromise
    removing: StrOrPromise
    model: type[IdentityPart]
    form: type[forms.Form]
    add: Callable[..., IdentityPart]


KINDS = {
    "name": Kind(_("Add a name"), _("Remove this name"), Name, NameForm, add_name),
    "birth": Kind(_("Add a date of birth"), _("Remove this date of birth"), DateOfBirth, BirthForm, add_date_of_birth),
    "number": Kind(_("Add a number"), _("Remove this number"), Identifier, IdentifierForm, add_identifier),
    "mark": Kind(_("Add a mark"), _("Remove this mark"), Mark, MarkForm, add_mark),
    "photograph": Kind(_("Add a photograph"), _("Remove this photograph"), Photograph, PhotographForm, add_photograph),
}


class IdentityPage(NominalPage):
    """All that is known of who the person is."""

    permission = Perm.VIEW_CASE_FILE
    template_name = "offenders/identity.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add each sort of fact, as far as the user may see it."""
        user = self.request.user
        facts = {kind: row.model.objects.for_user(user).filter(nominal=self.nominal) for kind, row in KINDS.items()}
        looks = Description.objects.for_user(user).filter(nominal=self.nominal).first()
        return super().get_context_data(card=read_card(self.nominal, localdate()), facts=facts, looks=looks, **kwargs)


class IdentityForm(RecordForm):
    """A form that comes back to the identity page."""

    back = "offenders:identity"

    @property
    def kind(self) -> Kind:
        """The sort of fact that the address names."""
        if self.kwargs["kind"] not in KINDS:
            raise Http404
        return KINDS[self.kwargs["kind"]]


class AddIdentity(IdentityForm):
    """Add one fact."""

    button = _("Add")
    done_message = _("Added.")

    def load(self) -> None:
        """Take form and words from the sort of fact."""
        self.form_class, self.title = self.kind.form, self.kind.adding  # type: ignore[misc]

    def perform(self, **data: Any) -> IdentityPart:
        """Add it."""
        return self.kind.add(actor=self.request.user, nominal=self.nominal, **data)


class RemoveIdentity(IdentityForm):
    """Remove one fact, with the reason."""

    form_class = RemoveForm
    button = _("Remove")
    done_message = _("Removed. The history keeps what it said.")

    def load(self) -> None:
        """Find the fact among those that the user may change."""
        rows = self.kind.model.objects.for_user(self.request.user, Perm.CHANGE_RECORD).filter(nominal=self.nominal)
        self.fact = get_or_404(rows.select_related("nominal"), pk=self.kwargs["pk"])
        self.title = self.kind.removing  # type: ignore[misc]

    def perform(self, reason: str) -> None:
        """Remove it."""
        if isinstance(self.fact, Photograph):
            remove_photograph(actor=self.request.user, photograph=self.fact, reason=reason)
        else:
            remove_identity_fact(actor=self.request.user, fact=self.fact, reason=reason)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Show what goes, and mark the button as one that takes something away."""
        return super().get_context_data(danger=True, intro=fact_words(self.fact), **kwargs)


class ChangeDescription(RecordForm):
    """Rewrite the person's looks."""

    form_class = DescriptionForm
    title = _("Change the description")
    back = "offenders:identity"
    done_message = _("The description has been changed.")

    def get_initial(self) -> dict[str, Any]:
        """Show what is stored."""
        row = Description.objects.for_user(self.request.user, Perm.CHANGE_RECORD).filter(nominal=self.nominal).values().first()
        return row or {"sex": "unknown"}

    def perform(self, **data: Any) -> Description:
        """Store it."""
        return change_description(actor=self.request.user, nominal=self.nominal, **data)
