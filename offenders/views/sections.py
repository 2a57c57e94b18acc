"""Confidential sections of a nominal, and opening them in an emergency."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db import models
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.access import may, row_security
from accounts.errors import NotPermitted
from accounts.permissions import Perm
from audit.choices import Verb
from audit.models import Event
from audit.services import record_read
from audit.views import FormEdge, ListEdge, get_or_404
from offenders.forms.access import BreakGlassForm, EndAccess, GrantSection, ReviewBreakGlass
from offenders.forms.confidential import AddSection
from offenders.models import BreakGlass, ConfidentialSection
from offenders.periods import PeriodKind, in_hours, length_of
from offenders.reports import may_name_readers, people_to_grant, sections_for
from offenders.services.access import break_glass, review_break_glass
from offenders.services.sections import add_section, grant_section, revoke_section_grant
from offenders.views.base import NominalForm, NominalPage

ALERTS_SHOWN = 20


class ConfidentialPage(NominalPage):
    """The sections that this user may see; the page reads the same when there are none and when all are hidden."""

    permission = Perm.VIEW_CARD
    template_name = "offenders/access/confidential.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Open for roles that may hold a grant."""
        if not may(request.user, Perm.VIEW_CONFIDENTIAL):
            raise NotPermitted(Perm.VIEW_CONFIDENTIAL)
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Read the sections inside row security, and record each that is shown."""
        user = self.request.user
        closed = self.request.GET.get("show") == "closed"
        mine = self.nominal.emergency_openings.filter(user=user, expires_at__gt=timezone.now()).first()
        with row_security(user):
            visible = ConfidentialSection.objects.for_user(user).filter(nominal=self.nominal)
            sections = sections_for(user, self.nominal, closed=closed)
            has_closed = visible.filter(closed_at__isnull=False).exists()
            alerts = list(self.nominal.emergency_openings.told_to(user, visible).select_related("user")[:ALERTS_SHOWN])
        for section in sections:
            record_read(Verb.VIEWED, section, emergency=section.by_emergency)
        allowed = {perm.value: may(user, perm, self.nominal) for perm in (Perm.ADD_CONFIDENTIAL, Perm.BREAK_GLASS)}
        shown = {"sections": sections, "alerts": alerts, "opening": mine, "closed": closed, "has_closed": has_closed}
        return super().get_context_data(allowed=allowed, **shown, **kwargs)


class SectionForm(NominalForm):
    """A form about confidential sections: goes back to the page that shows them."""

    template_name = "offenders/nominal_form.html"
    is_confidential = True
    intro = ""

    def get_success_url(self) -> str:
        """Back to the sections."""
        return reverse("offenders:confidential", args=[self.nominal.reference])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say which record it is about, and lead back."""
        back = self.get_success_url()
        return super().get_context_data(caption=self.nominal.reference, intro=self.intro, back_url=back, cancel_url=back, **kwargs)


class AddSectionPage(SectionForm):
    """Keeps something apart from the case file."""

    permission = Perm.ADD_CONFIDENTIAL
    form_class = AddSection
    title = _("Keep something apart from the case file")
    intro = _("Only you see it when you save. You then name who else may read it. Your supervisor does not see it unless you say so.")
    done_message = _("Saved. Only you can read it.")

    def perform(self, **data: Any) -> Any:
        """Add."""
        return add_section(actor=self.request.user, nominal=self.nominal, **data)


class GrantSectionPage(SectionForm):
    """Names a person who may read one section."""

    permission = Perm.VIEW_CARD
    form_class = GrantSection
    title = _("Let a person read this section")
    button = _("Give access")
    done_message = _("Access given.")

    def load(self) -> None:
        """Find the section, if this user may name its readers."""
        user = self.request.user
        with row_security(user):
            sections = ConfidentialSection.objects.for_user(user).filter(nominal=self.nominal)
            self.section = get_or_404(sections.select_related("nominal"), public_id=self.kwargs["public_id"])
            if not may_name_readers(user, self.section):
                raise NotPermitted(Perm.VIEW_CONFIDENTIAL)

    def get_form_kwargs(self) -> dict[str, Any]:
        """Offer whom a grant may name."""
        return {"people": people_to_grant(self.nominal)}

    def perform(self, **data: Any) -> Any:
        """Grant."""
        return grant_section(actor=self.request.user, section=self.section, **data)


class EndSectionGrantPage(SectionForm):
    """Ends a person's access to one section."""

    permission = Perm.VIEW_CARD
    form_class = EndAccess
    title = _("End this person's access to the section")
    button = _("End it")
    done_message = _("The access has ended.")

    def load(self) -> None:
        """Find the grant, if this user may name the readers of its section."""
        user = self.request.user
        with row_security(user):
            sections = ConfidentialSection.objects.for_user(user).filter(nominal=self.nominal)
            section = get_or_404(sections.select_related("nominal"), user_grants__public_id=self.kwargs["public_id"])
            self.grant = section.user_grants.get(public_id=self.kwargs["public_id"])
            if not may_name_readers(user, section):
                raise NotPermitted(Perm.VIEW_CONFIDENTIAL)

    def perform(self, **data: Any) -> Any:
        """Revoke."""
        return revoke_section_grant(actor=self.request.user, grant=self.grant, **data)


class BreakGlassPage(SectionForm):
    """Opens the confidential sections for a short time when life is at risk. Says nothing of whether there are any."""

    permission = Perm.BREAK_GLASS
    form_class = BreakGlassForm
    template_name = "offenders/access/break_glass.html"
    title = _("Open confidential sections in an emergency")
    button = _("Open now")
    done_message = _("Open now, to read. The owners and your force's auditors have been told.")

    def get_form_kwargs(self) -> dict[str, Any]:
        """Let the form check the password."""
        return {"request": self.request}

    def perform(self, **data: Any) -> Any:
        """Open."""
        return break_glass(actor=self.request.user, nominal=self.nominal, reason=data["reason"])

    def show(self, form: forms.Form, status: int = 200) -> HttpResponse:
        """Show the form; a wrong password is an attempt that was refused."""
        if form.has_error("password", "wrong"):
            record_read(Verb.REFUSED, self.nominal, page=type(self).__name__, why="wrong password")
        return super().show(form, status)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Mark the button as one with consequences, and say how long it opens."""
        lasts = in_hours(length_of(PeriodKind.EMERGENCY_OPENING, timezone.localdate()))
        return super().get_context_data(danger=True, lasts=lasts, **kwargs)


class BreakGlassList(ListEdge):
    """Emergency openings in the auditor's force, the auditor's own left out; those that wait for a review first of all."""

    permission = Perm.REVIEW_BREAK_GLASS
    template_name = "offenders/access/break_glass_list.html"
    context_name = "openings"

    def rows(self) -> models.QuerySet:
        """Return openings, newest first; on request only those not yet reviewed."""
        rows = BreakGlass.objects.for_user(self.request.user).select_related("user__unit", "nominal", "reviewed_by").order_by("-pk")
        return rows.filter(reviewed_at=None) if self.request.GET.get("show") == "waiting" else rows

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say which list it is."""
        return super().get_context_data(only_waiting=self.request.GET.get("show") == "waiting", **kwargs)


class BreakGlassReview(FormEdge):
    """One emergency opening: who, why, what was read; and the auditor's finding."""

    permission = Perm.REVIEW_BREAK_GLASS
    form_class = ReviewBreakGlass
    template_name = "offenders/access/break_glass_review.html"
    title = _("Emergency opening")
    button = _("Record the review")
    done_message = _("The review is recorded.")

    def load(self) -> None:
        """Find the opening and record that it was read."""
        openings = BreakGlass.objects.for_user(self.request.user)
        people = openings.select_related("user__unit", "user__organisation", "nominal__unit", "reviewed_by")
        self.opening = get_or_404(people, public_id=self.kwargs["public_id"])
        record_read(Verb.VIEWED, self.opening, page=type(self).__name__)

    def perform(self, **data: Any) -> Any:
        """Record the finding."""
        return review_break_glass(actor=self.request.user, opening=self.opening, **data)

    def get_success_url(self) -> str:
        """Back to the list."""
        return reverse("offenders:break-glass-list")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add what the person read in that time: keys and times, never text."""
        opening = self.opening
        during = Event.objects.for_user(self.request.user).filter(nominal=opening.nominal_id, actor=opening.user)
        read = during.filter(at__gte=opening.opened_at, at__lte=opening.expires_at, verb=Verb.VIEWED).order_by("pk")[:100]
        return super().get_context_data(opening=opening, read=read, back_url=self.get_success_url(), **kwargs)
