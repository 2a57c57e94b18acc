"""Pages for looking after confidential sections: change, review, pass on, print; and what one owns, across records."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.access import may, row_security
from accounts.errors import NotPermitted
from accounts.models import User
from accounts.permissions import Perm
from audit.choices import Verb
from audit.services import record_read
from audit.views import FormEdge, ListEdge, get_or_404
from offenders.forms.confidential import ChangeSection, PassOnOfLeaver, PassOnSection, PrintSection, ReviewSection
from offenders.models import ConfidentialSection
from offenders.reports import people_to_grant
from offenders.services.section_care import WORDS, change_section, pass_on_of_leaver, pass_on_section, print_section, review_section
from offenders.views.changes import ChangeForm, Stored
from offenders.views.sections import SectionForm
from ui.pdf import make_pdf, pdf_response


class FindSection:
    """Finds the section of the address among those that the user may see; only its owner changes it."""

    only_owner = True

    def load(self: Any) -> None:
        """Find it; somebody who reads it without owning it is refused."""
        user = self.request.user
        with row_security(user):
            sections = ConfidentialSection.objects.for_user(user).filter(nominal=self.nominal)
            self.section = get_or_404(sections.select_related("nominal", "owner"), public_id=self.kwargs["public_id"])
            named = sections.named_for(user).filter(pk=self.section.pk).exists()
        if self.section.owner_id != user.pk if self.only_owner else not named:
            raise NotPermitted(Perm.VIEW_CONFIDENTIAL)
        record_read(Verb.VIEWED, self.section, page=type(self).__name__)


class SectionChange(FindSection, ChangeForm):
    """A form about one section that two windows of its owner may have open."""

    permission = Perm.VIEW_CARD
    back = "offenders:confidential"
    is_confidential = True

    def version(self) -> int:
        """Return the version of the section."""
        with row_security(self.request.user):
            return ConfidentialSection.objects.for_user(self.request.user).get(pk=self.section.pk).version


class ChangeSectionPage(SectionChange):
    """Rewrites a section; the earlier text stays beside it."""

    form_class = ChangeSection
    title = _("Change this section")
    done_message = _("Saved. What it said before stays with it, for the same readers.")

    def get_initial(self) -> dict[str, Any]:
        """Show what it says."""
        return {**{name: getattr(self.section, name) for name in WORDS}, "version": self.section.version}

    def stored(self) -> Stored:
        """Return what is stored now."""
        with row_security(self.request.user):
            now = ConfidentialSection.objects.for_user(self.request.user).get(pk=self.section.pk)
        words = {"kind": now.get_kind_display(), "basis": now.get_basis_display()}
        return [(str(ChangeSection.base_fields[name].label), words.get(name) or getattr(now, name)) for name in WORDS]

    def perform(self, **data: Any) -> ConfidentialSection:
        """Change it."""
        return change_section(actor=self.request.user, section=self.section, **data)


class ReviewSectionPage(SectionChange):
    """Decides whether a section is still needed."""

    form_class = ReviewSection
    title = _("Review this section")
    button = _("Record the review")
    done_message = _("The review is recorded.")

    def stored(self) -> Stored:
        """Return where it stands."""
        return [(_("Section"), _("Changed or closed meanwhile"))]

    def perform(self, **data: Any) -> ConfidentialSection:
        """Review it."""
        return review_section(actor=self.request.user, section=self.section, **data)


class PassOnSectionPage(FindSection, SectionForm):
    """Makes somebody else the owner."""

    permission = Perm.VIEW_CARD
    form_class = PassOnSection
    title = _("Pass this section on")
    intro = _("The person owns it from now on and decides who reads it. You read it no longer, unless they let you.")
    button = _("Pass it on")
    done_message = _("Passed on. The new owner has been told.")

    def get_form_kwargs(self) -> dict[str, Any]:
        """Offer whom a grant may name; the service and the database look closer."""
        return {"people": people_to_grant(self.nominal)}

    def perform(self, **data: Any) -> Any:
        """Pass it on."""
        return pass_on_section(actor=self.request.user, section=self.section, **data)


class PrintSectionPage(FindSection, SectionForm):
    """Asks why, and hands over one section as a PDF that names who printed it."""

    permission = Perm.VIEW_CARD
    form_class = PrintSection
    title = _("Print this section")
    intro = _("Every page will carry your name and the time. The reason is recorded, and the owner can read it.")
    button = _("Make the PDF")
    only_owner = False

    def perform(self, **data: Any) -> ConfidentialSection:
        """Record the reason."""
        return print_section(actor=self.request.user, section=self.section, **data)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Hand the paper over in the same answer, so that it has no address of its own."""
        response = super().post(request, *args, **kwargs)
        if not hasattr(self, "result"):
            return response
        copy = f"For {request.user.display_name} alone"
        context = {"title": f"Kept apart, {self.nominal.reference}", "marking": "OFFICIAL – SENSITIVE, named readers only", "copy": copy}
        context |= {"section": self.result, "printed_by": request.user.display_name, "printed_at": timezone.now()}
        return pdf_response(make_pdf("offenders/access/section_pdf.html", context), f"{self.nominal.reference}-apart")


class OwnSections(ListEdge):
    """What the user owns apart from case files, across records, with the day of each review."""

    permission = Perm.VIEW_CONFIDENTIAL
    template_name = "offenders/access/own_sections.html"
    context_name = "sections"

    def rows(self) -> models.QuerySet:
        """Return the user's own open sections."""
        user = self.request.user
        mine = ConfidentialSection.objects.for_user(user).filter(owner=user, closed_at=None)
        return mine.select_related("nominal").order_by("-pk")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Read inside row security."""
        with row_security(self.request.user):
            may_pass_on = may(self.request.user, Perm.TRANSFER_RECORD)
            return super().get_context_data(today=timezone.localdate(), may_pass_on=may_pass_on, **kwargs)


class PassOnOfLeaverPage(FormEdge):
    """Names who keeps from now on what somebody who leaves kept apart. Says nothing of whether there is anything."""

    permission = Perm.TRANSFER_RECORD
    form_class = PassOnOfLeaver
    title = _("Pass on what a leaver keeps apart")
    button = _("Pass it on")
    done_message = _("Whatever the person kept apart has another keeper now.")

    def get_form_kwargs(self) -> dict[str, Any]:
        """Offer people of the unit, and of the force."""
        force = User.objects.colleagues_of(self.request.user)
        return {"unit": force.filter(unit=self.request.user.unit_id), "people": force}

    def perform(self, **data: Any) -> Any:
        """Pass it on."""
        return pass_on_of_leaver(actor=self.request.user, **data)

    def get_success_url(self) -> str:
        """Back to one's own."""
        return reverse("offenders:own-sections")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say what it does."""
        intro = _(
            "Before an account can be closed, somebody else must own the confidential sections of that person, if there are any. "
            "You do not see them. Both people are told, and the act is recorded."
        )
        return super().get_context_data(intro=intro, back_url=self.get_success_url(), **kwargs)
