"""Pages of agreements: the list, one agreement, adding, changing, reviewing, suspending, resuming and ending it, contacts."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.access import may
from accounts.permissions import Perm
from audit.choices import Verb
from audit.services import record_read
from audit.views import ActEdge, FormEdge, ListEdge, PageEdge, get_or_404
from intelligence.forms.information import WhyForm
from sharing.forms.agreements import AgreementForm, ChangeAgreementForm, ContactForm, EndAgreementForm, ReviewAgreementForm
from sharing.models import AgencyContact, Agreement
from sharing.reports.agreements import contacts_of, history_of, with_sides
from sharing.reports.practice import power_words
from sharing.services import agreements as services

TERMS = ("title", "purposes", "data_classes", "powers", "last_day", "signed_by", "document")


class AgreementList(ListEdge):
    """The agreements of the user's force, or those that the user's agency is a side of; newest first."""

    permission = Perm.VIEW_AGREEMENT
    template_name = "sharing/agreements/list.html"

    def rows(self) -> QuerySet:
        """Return them."""
        return with_sides(Agreement.objects.for_user(self.request.user)).order_by("-pk")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add whose page it is, and whether the user keeps agreements."""
        return super().get_context_data(
            may_manage=may(self.request.user, Perm.MANAGE_AGREEMENTS), is_force=self.request.user.organisation.is_force, **kwargs
        )


class OneAgreement:
    """Finds an agreement on which the user holds the permission of the page."""

    permission: ClassVar[Perm] = Perm.MANAGE_AGREEMENTS
    request: HttpRequest
    kwargs: dict[str, Any]

    def find(self) -> Agreement:
        """Return it; any other is not there. That it was opened is recorded."""
        rows = with_sides(Agreement.objects.for_user(self.request.user, self.permission))
        agreement: Agreement = get_or_404(rows, public_id=self.kwargs["public_id"])
        record_read(Verb.VIEWED, agreement, page=type(self).__name__)
        return agreement

    def get_success_url(self) -> str:
        """Back to the agreement."""
        return reverse("sharing:agreement", args=[self.kwargs["public_id"]])


class AgreementPage(OneAgreement, PageEdge):
    """One agreement: what it says and where it stands; to the force also whom to reach at the agency, and what changed."""

    permission = Perm.VIEW_AGREEMENT
    template_name = "sharing/agreements/agreement.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add what this user may see and do."""
        user, agreement = self.request.user, self.find()
        is_force = user.organisation.is_force
        return super().get_context_data(
            agreement=agreement,
            powers=power_words(agreement.powers),
            is_force=is_force,
            may_manage=may(user, Perm.MANAGE_AGREEMENTS, agreement),
            contacts=contacts_of(user, agreement),
            changes=history_of(agreement) if is_force else [],
            **kwargs,
        )


class AddAgreement(FormEdge):
    """An agreement that was signed."""

    permission = Perm.MANAGE_AGREEMENTS
    form_class = AgreementForm
    title = _("Add an agreement")
    button = _("Add it")
    done_message = _("The agreement is kept. Both sides are told when it is in force.")

    def get_form_kwargs(self) -> dict[str, Any]:
        """Say whose agencies there are."""
        return {"actor": self.request.user}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the way back."""
        back = reverse("sharing:agreement-list")
        return super().get_context_data(**{"back_url": back, "cancel_url": back, **kwargs})

    def perform(self, **data: Any) -> Agreement:
        """Keep it."""
        return services.add_agreement(actor=self.request.user, **data)

    def get_success_url(self) -> str:
        """On to the agreement."""
        return reverse("sharing:agreement", args=[self.result.public_id])


class AgreementFormEdge(OneAgreement, FormEdge):
    """A form about one agreement."""

    def load(self) -> None:
        """Find it."""
        self.agreement = self.find()

    def get_initial(self) -> dict[str, Any]:
        """Remember which version the user saw."""
        return {"version": self.agreement.version}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the way back."""
        back, caption = self.get_success_url(), f"{self.agreement.agency}: {self.agreement.title}"
        return super().get_context_data(**{"caption": caption, "back_url": back, "cancel_url": back, **kwargs})

    def version(self) -> int:
        """Return the version that is stored now."""
        self.agreement.refresh_from_db(fields=["version"])
        return self.agreement.version


class ChangeAgreement(AgreementFormEdge):
    """What it says from now on."""

    form_class = ChangeAgreementForm
    title = _("Change the agreement")
    done_message = _("Saved. What it said before stays in its history.")

    def get_initial(self) -> dict[str, Any]:
        """Show what it says."""
        return super().get_initial() | {name: getattr(self.agreement, name) for name in TERMS}

    def perform(self, **data: Any) -> Agreement:
        """Change it."""
        return services.change_agreement(actor=self.request.user, agreement=self.agreement, **data)


class ReviewAgreement(AgreementFormEdge):
    """That it was looked at and goes on."""

    form_class = ReviewAgreementForm
    title = _("Review the agreement")
    button = _("Save the review")
    done_message = _("Reviewed.")

    def perform(self, **data: Any) -> Agreement:
        """Store it."""
        return services.review_agreement(actor=self.request.user, agreement=self.agreement, **data)


class SuspendAgreement(AgreementFormEdge):
    """Suspending it at once."""

    form_class = WhyForm
    title = _("Suspend the agreement")
    button = _("Suspend it now")
    done_message = _("Suspended. The agency sees nothing that was shared under it, from now on.")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say what it does."""
        intro = _(
            "The agency’s people and systems stop seeing what was shared under it as soon as you save. Both sides are told within a minute."
        )
        return super().get_context_data(intro=intro, danger=True, **kwargs)

    def perform(self, **data: Any) -> Agreement:
        """Do it."""
        return services.suspend_agreement(actor=self.request.user, agreement=self.agreement, **data)


class ResumeAgreement(AgreementFormEdge):
    """Letting it hold again."""

    form_class = WhyForm
    title = _("Resume the agreement")
    button = _("Resume it now")
    done_message = _("Resumed. What was shared under it and is not over opens to the agency again.")

    def perform(self, **data: Any) -> Agreement:
        """Do it."""
        return services.resume_agreement(actor=self.request.user, agreement=self.agreement, **data)


class EndAgreement(AgreementFormEdge):
    """Ending it before its time."""

    form_class = EndAgreementForm
    title = _("End the agreement")
    button = _("End it")
    done_message = _("It ends after that day. Both sides are told then.")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Warn."""
        return super().get_context_data(danger=True, **kwargs)

    def perform(self, **data: Any) -> Agreement:
        """Do it."""
        return services.end_agreement(actor=self.request.user, agreement=self.agreement, **data)


class AddContact(AgreementFormEdge):
    """Somebody whom the force reaches at the agency."""

    form_class = ContactForm
    title = _("Add a contact")
    button = _("Add the contact")
    done_message = _("The contact is kept, for all agreements with this agency.")

    def get_initial(self) -> dict[str, Any]:
        """Nothing is known yet."""
        return {}

    def perform(self, **data: Any) -> AgencyContact:
        """Keep it."""
        return services.add_contact(actor=self.request.user, agreement=self.agreement, **data)


class EndContact(OneAgreement, ActEdge):
    """Says that somebody is no longer reached there."""

    done_message = _("The contact has ended.")

    def perform(self) -> AgencyContact:
        """Do it."""
        rows = AgencyContact.objects.for_user(self.request.user, self.permission).filter(agency=self.find().agency_id)
        return services.end_contact(actor=self.request.user, contact=get_or_404(rows, pk=self.kwargs["key"]))
