"""Pages about the people of an application: who is who, what they proved, how it is safe to reach them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import Http404
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from accounts.access import row_security
from audit.views import get_or_404
from disclosure.choices.applications import PartyRole, Scheme
from disclosure.forms.applications import ApplicantForm, ChangedPersonForm, IdentityForm, PersonForm, SafeContactForm
from disclosure.models import Application, Party
from disclosure.services import application_people as services
from disclosure.views.applications import ApplicationFormEdge
from ui.templatetags.ui import words_in_sentence

KNOWN = ("name", "born_on", "relationship", "address", "phone", "email", "notes")


class AddPerson(ApplicationFormEdge):
    """Somebody in it."""

    done_message = _("Saved.")

    def load(self) -> None:
        """Find it, and which role is asked for."""
        super().load()
        self.role = self.kwargs["role"]
        if self.role not in PartyRole.values or self.role == PartyRole.PROTECTOR:
            raise Http404
        self.title = PartyRole(self.role).label

    @property
    def form_class(self) -> type[forms.Form]:  # type: ignore[override]
        """Ask an applicant of the domestic scheme also whether they are at risk themselves."""
        is_domestic = self.role == PartyRole.APPLICANT and self.application.scheme == Scheme.DOMESTIC
        return ApplicantForm if is_domestic else PersonForm

    def get_initial(self) -> dict[str, Any]:
        """Begin empty."""
        return {}

    def perform(self, **data: Any) -> Party:
        """Store it."""
        return services.add_person(actor=self.request.user, application=self.application, role=self.role, **data)


class ChangePerson(ApplicationFormEdge):
    """What is known of somebody in it."""

    form_class = ChangedPersonForm
    done_message = _("Saved.")

    def load(self) -> None:
        """Find both."""
        super().load()
        with row_security(self.request.user):
            rows = Party.objects.for_user(self.request.user, self.permission).filter(application=self.application)
            self.party: Party = get_or_404(rows, public_id=self.kwargs["party_id"])
        self.title = PartyRole(self.party.role).label

    def get_initial(self) -> dict[str, Any]:
        """Show what is stored."""
        return {name: getattr(self.party, name) for name in (*KNOWN, "version")}

    def version(self) -> int:
        """Return the version that is stored now."""
        with row_security(self.request.user):
            self.party.refresh_from_db(fields=["version"])
        return self.party.version

    def perform(self, **data: Any) -> Party:
        """Store it."""
        return services.change_person(actor=self.request.user, application=self.application, party=self.party, **data)


class ProveIdentity(ChangePerson):
    """What somebody showed to prove who they are."""

    form_class = IdentityForm

    def load(self) -> None:
        """Find both."""
        super().load()
        self.title = format_lazy(_("Proof of identity: {person}"), person=words_in_sentence(self.title))

    def get_initial(self) -> dict[str, Any]:
        """Show what is stored."""
        party = self.party
        return {"identity": party.identity, "detail": party.identity_detail, "seen_on": party.identity_seen_on, "version": party.version}

    def perform(self, **data: Any) -> Party:
        """Store it."""
        return services.prove_identity(actor=self.request.user, application=self.application, party=self.party, **data)


class AnswerWays(ApplicationFormEdge):
    """Whether each way of contact is safe."""

    form_class = SafeContactForm
    title = _("How it is safe to reach them")
    button = _("Save the answers")
    done_message = _("Saved. The latest answer for each way counts.")

    def get_form_kwargs(self) -> dict[str, Any]:
        """Say what was answered before."""
        return {"latest": {row.way: row for row in self.safe_contacts}}

    def get_initial(self) -> dict[str, Any]:
        """The form shows what was answered."""
        return {}

    def perform(self, **data: Any) -> Application:
        """Store what is new."""
        return services.answer_ways(actor=self.request.user, application=self.application, **data)
