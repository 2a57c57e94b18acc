"""Pages of schedules of unused material, and of their copies."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.access import may
from accounts.permissions import Perm
from audit.choices import Verb
from audit.services import record_read
from audit.views import Edge, PageEdge, get_or_404
from disclosure.choices.prosecutions import ScheduleKind
from disclosure.forms import prosecutions as pages
from disclosure.models import Prosecution, Schedule, ScheduleCopy
from disclosure.reports import prosecutions as reports
from disclosure.rules.prosecutions import missing
from disclosure.services import prosecution_schedules as schedules
from disclosure.views.prosecution_base import CaseForm, OneProsecution
from ui.pdf import pdf_response


class IssueSchedule(CaseForm):
    """Issues the next version of a schedule."""

    whole = True
    form_class = pages.IssueForm
    template_name = "disclosure/prosecutions/issue.html"
    title = _("Issue a schedule")
    button = _("Issue it")
    done_message = _("Issued. It never changes; what changes is another version.")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add what is certified, and what is missing."""
        certificates = [(kind.label, reports.certificate_of(kind)) for kind in ScheduleKind]
        lacking = missing(reports.all_facts(self.request.user, self.case))
        return super().get_context_data(**{"certificates": certificates, "missing": lacking, **kwargs})

    def perform(self, **data: Any) -> Schedule:
        """Issue it."""
        return schedules.issue_schedule(actor=self.request.user, prosecution=self.case, **data)

    def get_success_url(self) -> str:
        """On to the schedule, or back where there is none yet."""
        if not hasattr(self, "result"):
            return super().get_success_url()
        return reverse("disclosure:prosecution-schedule", args=[self.kwargs["public_id"], self.result.public_id])


class OneSchedule(OneProsecution):
    """Finds a schedule that the user may see."""

    def find_schedule(self, prosecution: Prosecution) -> Schedule:
        """Return it; any other is not there."""
        rows = Schedule.objects.for_user(self.request.user, self.permission).filter(prosecution=prosecution)
        found: Schedule = get_or_404(rows.select_related("prosecution", "issued_by"), public_id=self.kwargs["schedule_id"])
        record_read(Verb.VIEWED, found, page=type(self).__name__)
        return found


class SchedulePage(OneSchedule, PageEdge):
    """A schedule as it was issued, and its copies."""

    permission = Perm.VIEW_PROSECUTION
    template_name = "disclosure/prosecutions/schedule.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add it and who has copies."""
        case = self.find()
        schedule = self.find_schedule(case)
        copies = ScheduleCopy.objects.for_user(self.request.user).filter(schedule=schedule).select_related("by")
        may_work = may(self.request.user, Perm.SCHEDULE_MATERIAL, schedule)
        return super().get_context_data(case=case, schedule=schedule, copies=copies, may_work=may_work, **kwargs)


class GiveCopy(OneSchedule, CaseForm):
    """A numbered copy for somebody."""

    form_class = pages.CopyForm
    title = _("Make a copy")
    button = _("Make it")
    done_message = _("Made. Print it from the page below.")

    def load(self) -> None:
        """Find both."""
        super().load()
        self.schedule = self.find_schedule(self.case)

    def perform(self, **data: Any) -> ScheduleCopy:
        """Make it."""
        return schedules.give_copy(actor=self.request.user, schedule=self.schedule, **data)

    def get_success_url(self) -> str:
        """Back to the schedule."""
        return reverse("disclosure:prosecution-schedule", args=[self.kwargs["public_id"], self.kwargs["schedule_id"]])


class PrintCopy(OneSchedule, Edge):
    """The file of a numbered copy."""

    http_method_names = ("post", "options")

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Hand it over and record that."""
        schedule = self.find_schedule(self.find())
        rows = ScheduleCopy.objects.for_user(request.user, self.permission).filter(schedule=schedule)
        copy: ScheduleCopy = get_or_404(rows.select_related("schedule__prosecution", "by"), public_id=kwargs["copy_id"])
        printed, file = schedules.print_copy(actor=request.user, copy=copy)
        name = f"{schedule.prosecution.reference}-{schedule.kind}-version-{schedule.number}-copy-{printed.number}"
        return pdf_response(file, name)
