"""Pages of prosecutions: the list, one with its material, and each act about it as a whole."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.access import may
from accounts.permissions import Perm
from audit.views import FormEdge, ListEdge, PageEdge
from disclosure.forms import prosecutions as pages
from disclosure.models import ImmunityApplication, Prosecution, Schedule
from disclosure.reports import prosecutions as reports
from disclosure.reports.clocks import clocks_of
from disclosure.rules.prosecutions import missing
from disclosure.services import prosecutions as services
from disclosure.views.prosecution_base import CaseForm, OneProsecution

TEAM = ("unit", "officer", "disclosure_officer", "deputy")
SAID = ("defendant", "offence", "urn", "charged_on", "court", "version", *TEAM)


class ProsecutionList(ListEdge):
    """The prosecutions in which the user is named, and those of the unit or the force; newest first."""

    permission = Perm.VIEW_PROSECUTION
    template_name = "disclosure/prosecutions/list.html"

    def rows(self) -> QuerySet:
        """Return them."""
        return reports.with_people(Prosecution.objects.for_user(self.request.user)).order_by("-pk")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add by when the next thing is due, and whether the user opens prosecutions."""
        context = super().get_context_data(may_open=may(self.request.user, Perm.SCHEDULE_MATERIAL), **kwargs)
        due = reports.due_of(context["rows"])
        return context | {"prosecutions": [(row, due.get(row.pk)) for row in context["rows"]]}


class ProsecutionPage(OneProsecution, PageEdge):
    """One prosecution: the charge, the team, items, lines of enquiry, schedules; rulings to whoever sees sensitive material."""

    permission = Perm.VIEW_PROSECUTION
    template_name = "disclosure/prosecutions/prosecution.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add what this user may see and do. Without sensitive material the page is the same as where none may be seen."""
        user, case = self.request.user, self.find()
        is_whole, rows = reports.sees_whole(user, case), reports.items_of(user, case)
        facts = [reports.facts_of(item, case.round) for item in rows]
        asked = ImmunityApplication.objects.for_user(user).filter(prosecution=case).prefetch_related("items")
        return super().get_context_data(
            case=case,
            clocks=clocks_of(user, case),
            may_work=case.is_open and may(user, Perm.SCHEDULE_MATERIAL, case),
            is_whole=is_whole,
            is_discloser=user.pk in {case.disclosure_officer_id, case.deputy_id},
            rows=list(zip(rows, facts, strict=True)),
            missing=missing(facts) if is_whole and case.is_charged and case.is_open else [],
            progress=reports.progress(rows, case) if is_whole else (),
            lines=reports.lines_of(user, case),
            reviews=case.reviews.select_related("by"),
            schedules=Schedule.objects.for_user(user).filter(prosecution=case).select_related("issued_by"),
            asked=asked,
            **kwargs,
        )


class OpenProsecution(FormEdge):
    """A new prosecution."""

    permission = Perm.SCHEDULE_MATERIAL
    form_class = pages.ProsecutionForm
    title = _("Open a prosecution")
    button = _("Open it")
    done_message = _("Opened.")

    def get_form_kwargs(self) -> dict[str, Any]:
        """Say whose officers there are."""
        return {"actor": self.request.user}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the way back."""
        back = reverse("disclosure:prosecution-list")
        return super().get_context_data(**{"back_url": back, "cancel_url": back, **kwargs})

    def perform(self, **data: Any) -> Prosecution:
        """Open it."""
        return services.open_prosecution(actor=self.request.user, **data)

    def get_success_url(self) -> str:
        """On to the prosecution."""
        return reverse("disclosure:prosecution", args=[self.result.public_id])


class ChangeProsecution(CaseForm):
    """What is said of a prosecution, and who works on it."""

    form_class = pages.ChangeProsecutionForm
    title = _("Change the prosecution")
    done_message = _("Saved.")

    def get_form_kwargs(self) -> dict[str, Any]:
        """Say whose officers there are."""
        return {"actor": self.request.user}

    def get_initial(self) -> dict[str, Any]:
        """Show what is stored."""
        reference = self.case.nominal.reference if self.case.nominal else ""
        return {name: getattr(self.case, name) for name in SAID} | {"nominal": reference}

    def perform(self, **data: Any) -> Prosecution:
        """Store it."""
        return services.change_prosecution(actor=self.request.user, prosecution=self.case, **data)


class ReviewMaterial(CaseForm):
    """A review of all material, or what reopens it."""

    whole = True
    form_class = pages.ReviewForm
    title = _("Review the material")
    done_message = _("Saved.")

    def perform(self, **data: Any) -> Any:
        """Store it."""
        return services.review_material(actor=self.request.user, prosecution=self.case, **data)


class FinishProsecution(CaseForm):
    """How it ended."""

    whole = True
    form_class = pages.FinishForm
    title = _("Finish the prosecution")
    button = _("Finish it")
    done_message = _("Finished.")

    def perform(self, **data: Any) -> Prosecution:
        """Finish it."""
        return services.finish_prosecution(actor=self.request.user, prosecution=self.case, **data)
