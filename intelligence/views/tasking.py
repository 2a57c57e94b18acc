"""Pages of taskings: the list, one tasking, raising, reviewing and ending it, briefing sheets, and reporting a result."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.dateparse import parse_date
from django.utils.timezone import localdate, now
from django.utils.translation import gettext_lazy as _

from accounts.access import may
from accounts.permissions import Perm
from audit.choices import Verb
from audit.services import record_read
from audit.views import ActEdge, Edge, FormEdge, ListEdge, PageEdge, get_or_404
from intelligence.choices.tasking import Shift
from intelligence.documents.tasking import sheet_paper
from intelligence.forms.information import VersionForm
from intelligence.forms.tasking import EndTaskingForm, ReviewTaskingForm, SheetForm, TaskingForm
from intelligence.models import InformationReport, Tasking
from intelligence.reports.tasking import results_of, review_due, sheet_for, sheets_for, slots_of, with_people
from intelligence.rules.tasking import State
from intelligence.services import tasking as services
from intelligence.views.information import StartReport
from ui.pdf import pdf_response

PLAIN = ("level", "requirement", "reason", "means", "authority", "authority_until", "unit", "starts_on", "ends_on", "handling")


class TaskingList(ListEdge):
    """The taskings that the user may read, newest first."""

    permission = Perm.VIEW_TASKING
    template_name = "intelligence/tasking/list.html"

    def rows(self) -> QuerySet:
        """Return them."""
        return with_people(Tasking.objects.for_user(self.request.user)).order_by("-pk")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add whether the user may raise another."""
        return super().get_context_data(may_raise=may(self.request.user, Perm.RAISE_TASKING), **kwargs)


class OneTasking:
    """Finds a tasking on which the user holds the permission of the page."""

    permission: ClassVar[Perm] = Perm.RAISE_TASKING
    request: HttpRequest
    kwargs: dict[str, Any]

    def rows(self) -> QuerySet:
        """Return those that the page may be about."""
        return Tasking.objects.for_user(self.request.user, self.permission)

    def find(self) -> Tasking:
        """Return it; any other is not there. That it was opened is recorded, with the records it names."""
        tasking: Tasking = get_or_404(with_people(self.rows()), public_id=self.kwargs["public_id"])
        record_read(Verb.VIEWED, tasking, page=type(self).__name__, nominals=[row.nominal_id for row in tasking.subjects.all()])
        return tasking

    def get_success_url(self) -> str:
        """Back to the tasking."""
        return reverse("intelligence:tasking", args=[self.kwargs["public_id"]])


class TaskingPage(OneTasking, PageEdge):
    """One tasking: what is wanted, its sheets and who read it there, its reviews, and to the bureau which reports came of it."""

    permission = Perm.VIEW_TASKING
    template_name = "intelligence/tasking/tasking.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add what this user may see and do."""
        user, tasking = self.request.user, self.find()
        is_raiser, may_change = tasking.raised_by_id == user.pk, may(user, Perm.RAISE_TASKING, tasking)
        shown = {"slots": slots_of(tasking), "reviews": tasking.reviews.select_related("by"), "due": review_due(tasking)}
        return super().get_context_data(
            tasking=tasking,
            is_draft=tasking.state == State.DRAFT,
            may_change=may_change,
            may_review=may_change and tasking.is_live and not is_raiser,
            is_bureau=may(user, Perm.VIEW_REPORT),
            results=results_of(user, tasking),
            **(shown if may_change else {}),
            **kwargs,
        )


class RaiseTasking(FormEdge):
    """A new tasking, kept as a draft until it is made live."""

    permission = Perm.RAISE_TASKING
    form_class = TaskingForm
    title = _("Raise a tasking")
    button = _("Save the draft")

    def get_form_kwargs(self) -> dict[str, Any]:
        """Say whose units, colleagues and records there are."""
        return {"actor": self.request.user}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the way back."""
        back = reverse("intelligence:tasking-list")
        return super().get_context_data(**{"back_url": back, "cancel_url": back, **kwargs})

    def perform(self, **data: Any) -> Tasking:
        """Store it."""
        return services.raise_tasking(actor=self.request.user, **data)

    def get_success_url(self) -> str:
        """On to the draft."""
        return reverse("intelligence:tasking", args=[self.result.public_id])


class TaskingFormEdge(OneTasking, FormEdge):
    """A form about one tasking."""

    template_name = "ui/form_page.html"

    def load(self) -> None:
        """Find it."""
        self.tasking = self.find()

    def get_initial(self) -> dict[str, Any]:
        """Remember which version the user saw."""
        return {"version": self.tasking.version}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the way back."""
        back = self.get_success_url()
        return super().get_context_data(**{"caption": self.tasking.reference, "back_url": back, "cancel_url": back, **kwargs})

    def version(self) -> int:
        """Return the version that is stored now."""
        self.tasking.refresh_from_db(fields=["version"])
        return self.tasking.version


class OwnDraft(OneTasking):
    """Finds a draft of the user's own."""

    def rows(self) -> QuerySet:
        """Return them."""
        return super().rows().filter(raised_by=self.request.user, state=State.DRAFT)


class ChangeTasking(OwnDraft, TaskingFormEdge):
    """Writing a draft anew."""

    form_class = TaskingForm
    title = _("Change the tasking")
    button = _("Save the draft")
    done_message = _("Saved.")

    def get_form_kwargs(self) -> dict[str, Any]:
        """Say whose units, colleagues and records there are."""
        return {"actor": self.request.user, "version": self.tasking.version}

    def get_initial(self) -> dict[str, Any]:
        """Show what is stored."""
        tasking = self.tasking
        stored = {name: getattr(tasking, name) for name in PLAIN}
        stored["nominals"] = ", ".join(row.nominal.reference for row in tasking.subjects.all())
        stored["officer"] = tasking.officer.collar_number if tasking.officer else ""
        return super().get_initial() | stored

    def perform(self, **data: Any) -> Tasking:
        """Store it."""
        return services.change_tasking(actor=self.request.user, tasking=self.tasking, **data)


class IssueTasking(OwnDraft, ActEdge):
    """Makes a draft live."""

    done_message = _("Live. Whoever is tasked was told.")

    def perform(self) -> Tasking:
        """Do it with the version that the user saw."""
        tasking, form = self.find(), VersionForm(self.request.POST)
        version = form.cleaned_data["version"] if form.is_valid() else 0
        return services.issue_tasking(actor=self.request.user, tasking=tasking, version=version)


class ReviewTasking(TaskingFormEdge):
    """Somebody else's look at a live tasking."""

    form_class = ReviewTaskingForm
    title = _("Review the tasking")
    button = _("Save the review")
    done_message = _("Reviewed. Its raiser was told.")

    def perform(self, **data: Any) -> Tasking:
        """Store it."""
        return services.review_tasking(actor=self.request.user, tasking=self.tasking, **data)


class EndTasking(TaskingFormEdge):
    """Ending a tasking."""

    form_class = EndTaskingForm
    title = _("End the tasking")
    button = _("End it")
    done_message = _("The tasking has ended. Whoever was tasked was told.")

    def perform(self, **data: Any) -> Tasking:
        """End it."""
        return services.end_tasking(actor=self.request.user, tasking=self.tasking, **data)


class PutOnSheets(TaskingFormEdge):
    """Putting a tasking on briefing sheets."""

    form_class = SheetForm
    title = _("Put it on briefing sheets")
    button = _("Put it on")
    done_message = _("It stands on these sheets.")

    def perform(self, **data: Any) -> int:
        """Do it."""
        return services.put_on_sheets(actor=self.request.user, tasking=self.tasking, **data)


class TakeOffSheet(OneTasking, ActEdge):
    """Takes a tasking off a sheet."""

    done_message = _("It is off the sheet.")

    def perform(self) -> None:
        """Do it."""
        key = self.request.POST.get("slot", "")
        services.take_off_sheet(actor=self.request.user, tasking=self.find(), key=int(key[:18]) if key.isdecimal() else 0)


class TaskingResult(OneTasking, StartReport):
    """Reporting a result: the form of intelligence reports, with the tasking kept on the report."""

    permission = Perm.VIEW_TASKING
    title = _("Report a result")

    def load(self) -> None:
        """Find the tasking."""
        self.tasking = self.find()

    def open_draft(self) -> InformationReport:
        """Open a draft that knows of the tasking."""
        return services.start_result(actor=self.request.user, tasking=self.tasking)

    def get_success_url(self) -> str:
        """Go where the answers lead."""
        return StartReport.get_success_url(self)


def chosen_sheet(data: QueryDict) -> tuple[date, Shift] | None:
    """Return which sheet is asked for; what is no day or shift asks for none."""
    try:
        day = parse_date(data.get("day", ""))
    except ValueError:
        day = None
    shift = data.get("shift", "")
    return (day, Shift(shift)) if day and shift in Shift.values else None


class BriefingSheet(PageEdge):
    """The briefing sheet of a shift, for whoever is tasked; opening it is the receipt. Without a shift: which sheets there are."""

    permission = Perm.VIEW_TASKING
    template_name = "intelligence/tasking/sheet.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the sheet, and note that it was read."""
        user, chosen = self.request.user, chosen_sheet(self.request.GET)
        slots = sheet_for(user, *chosen) if chosen else []
        services.confirm_sheet(actor=user, slots=slots)
        record_read(Verb.LISTED, page=type(self).__name__, rows="intelligence.tasking", ids=[slot.tasking_id for slot in slots])
        day, shift = chosen or (None, None)
        return super().get_context_data(day=day, shift=shift, slots=slots, sheets=sheets_for(user, localdate()), **kwargs)


class SheetPaper(Edge):
    """The briefing sheet of a shift on paper; taking it is the receipt as well."""

    permission = Perm.VIEW_TASKING
    http_method_names = ("post", "options")

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Print it and record that; of a sheet on which nothing stands for the user there is no paper."""
        chosen = chosen_sheet(request.POST)
        slots = sheet_for(request.user, *chosen) if chosen else []
        if chosen is None or not slots:
            messages.error(request, _("Nothing stands on this sheet for you."))
            return redirect("intelligence:tasking-sheet")
        services.confirm_sheet(actor=request.user, slots=slots)
        record_read(Verb.PRINTED, page=type(self).__name__, rows="intelligence.tasking", ids=[slot.tasking_id for slot in slots])
        return pdf_response(sheet_paper(*chosen, slots, request.user, now()), f"briefing-sheet-{chosen[0]}-{chosen[1]}")
