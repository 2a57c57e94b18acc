"""Pages of the intelligence bureau: the queue, one report whole, evaluating it, letting it go, sending it on."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.timezone import localdate, now
from django.utils.translation import gettext_lazy as _

from accounts.access import may, row_security
from accounts.permissions import Perm
from audit.choices import Verb
from audit.services import record_read
from audit.views import ActEdge, Edge, FormEdge, ListEdge, PageEdge, get_or_404
from intelligence.choices.information import Handling
from intelligence.documents.information import report_paper
from intelligence.forms.information import EvaluateForm, SendOnForm, VersionForm, WhyForm
from intelligence.models import Dissemination, InformationReport, ReportRoute, Tasking
from intelligence.reports.information import clues_of, dues_of, giver_of, subjects_for, with_significance
from intelligence.reports.link_suggesting import marks_not_linked
from intelligence.reports.links import links_at, show_links
from intelligence.rules.information import Side, State, may_move, read_older_grade
from intelligence.services.information_evaluating import evaluate_report, reject_report, release_report, return_report, withdraw_report
from intelligence.services.information_sending import send_report
from offenders.models import Nominal
from offenders.views.base import LeakChecked
from ui.pdf import pdf_response

SHOWN = 100
PEOPLE = ("source", "author", "unit", "force", "evaluated_by")
CLUES = "clues_checked"


class ReportQueue(PageEdge):
    """The reports that the bureau must evaluate or release, the oldest first."""

    permission = Perm.VIEW_REPORT
    template_name = "intelligence/information/queue.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add them with their significance and when each is due."""
        waiting = InformationReport.objects.for_user(self.request.user).waiting()
        reports = list(with_significance(waiting).order_by("submitted_at", "pk")[:SHOWN])
        record_read(Verb.LISTED, page="ReportQueue", rows="intelligence.informationreport", ids=[report.pk for report in reports])
        rows = list(zip(reports, dues_of(reports), strict=True))
        return super().get_context_data(rows=rows, number=waiting.count(), shown=SHOWN, **kwargs)


class AllReports(ListEdge):
    """Every report that was sent to the bureau, newest first."""

    permission = Perm.VIEW_REPORT
    template_name = "intelligence/information/all.html"

    def rows(self) -> QuerySet:
        """Return them."""
        return with_significance(InformationReport.objects.for_user(self.request.user)).order_by("-pk")


class BureauEdge:
    """Finds a report on which the user holds the permission of the page."""

    permission: ClassVar[Perm]
    request: HttpRequest
    kwargs: dict[str, Any]

    def find(self) -> InformationReport:
        """Return it; any other is not there. That it was opened is recorded."""
        rows = InformationReport.objects.for_user(self.request.user, self.permission).select_related(*PEOPLE)
        report: InformationReport = get_or_404(rows, public_id=self.kwargs["public_id"])
        record_read(Verb.VIEWED, report, page=type(self).__name__)
        return report

    def get_success_url(self) -> str:
        """Back to the report."""
        return reverse("intelligence:report", args=[self.kwargs["public_id"]])


class BureauReport(BureauEdge, PageEdge):
    """One report whole, with who gave it, where it went and what came of it."""

    permission = Perm.VIEW_REPORT
    template_name = "intelligence/information/report.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add everything, and what this user may do next."""
        user, report = self.request.user, self.find()
        with row_security(user):
            giver = giver_of(user, report)
        moves = {after.value for after in State if may_move(State(report.state), after, Side.BUREAU)}
        if report.releases.exists():
            moves -= {State.RETURNED, State.REJECTED}
        older = read_older_grade(report.older_grade, localdate())
        return super().get_context_data(
            report=report,
            tasking=Tasking.objects.for_user(user).filter(pk=report.tasking_id).first(),
            giver=giver,
            subjects=subjects_for(user, report),
            answers=report.answers.all(),
            links=show_links(user, links_at(user, report, Perm.LINK_INTELLIGENCE), Perm.LINK_INTELLIGENCE),
            marks=marks_not_linked(user, report),
            may_link=may(user, Perm.LINK_INTELLIGENCE),
            notes=report.notes.select_related("by"),
            releases=report.releases.select_related("released_by", "evaluated_by"),
            routes=ReportRoute.objects.for_user(user, Perm.VIEW_REPORT).filter(report=report).select_related("nominal", "taken_by"),
            sent=Dissemination.objects.for_user(user, Perm.VIEW_REPORT)
            .filter(report=report)
            .select_related("user", "unit", "did_by", "read_by"),
            moves=moves if may(user, Perm.EVALUATE_REPORT, report) else set(),
            older=f"{older[0]}{older[1]} {older[2]}" if older else "",
            needs_another=report.handling == Handling.CONDITIONS and report.evaluated_by_id == user.pk,
            **kwargs,
        )


class BureauForm(BureauEdge, FormEdge):
    """A form about one report."""

    permission = Perm.EVALUATE_REPORT
    template_name = "intelligence/information/decide.html"

    def load(self) -> None:
        """Find it."""
        self.report = self.find()

    def get_initial(self) -> dict[str, Any]:
        """Remember which version the user saw."""
        return {"version": self.report.version}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the report and the way back."""
        back = self.get_success_url()
        return super().get_context_data(
            **{"report": self.report, "caption": self.report.reference, "back_url": back, "cancel_url": back, **kwargs}
        )

    def version(self) -> int:
        """Return the version that is stored now."""
        self.report.refresh_from_db(fields=["version"])
        return self.report.version


class EvaluateReport(LeakChecked, BureauForm):
    """The words as they were written beside the text that may go out, and the grade. That text must not repeat what is kept apart."""

    form_class = EvaluateForm
    template_name = "intelligence/information/evaluate.html"
    title = _("Evaluate the report")
    button = _("Save the evaluation")
    done_message = _("Evaluated. It can be released now.")
    clues: tuple[str, ...] = ()

    def get_form_kwargs(self) -> dict[str, Any]:
        """A released report is corrected."""
        return {"is_correction": self.report.state == State.RELEASED}

    def get_initial(self) -> dict[str, Any]:
        """Show what was evaluated before; nothing is chosen of what was not."""
        graded = ("sanitised", "grade_source", "assessment", "handling", "conditions", "older_grade", "version")
        return {name: getattr(self.report, name) for name in graded}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the words as they were written and what was added."""
        notes, subjects = self.report.notes.select_related("by"), subjects_for(self.request.user, self.report)
        return super().get_context_data(clues=self.clues, notes=notes, subjects=subjects, **kwargs)

    def hold_back(self, form: forms.Form) -> HttpResponse | None:
        """Show what the text repeats of its source, and offer a tick to go on."""
        with row_security(self.request.user):
            self.clues = tuple(clues_of(self.request.user, self.report, form.cleaned_data["sanitised"]))
        if self.clues:
            form.fields[CLUES] = forms.BooleanField(label=_("I have looked: this does not give away the source"), required=False)
            if not self.request.POST.get(CLUES):
                form.add_error(CLUES, _("The sanitised text may give away the source. Take it out, or tick the box"))
                return self.show(form, status=409)
        return super().hold_back(form)

    def records(self) -> list[Nominal]:
        """Return the records that the report names, as far as the user may know of them."""
        return [each.nominal for each in subjects_for(self.request.user, self.report) if each.nominal and not each.is_kept]

    def perform(self, **data: Any) -> Any:
        """Save it."""
        is_checked = bool(self.request.POST.get(CLUES))
        return evaluate_report(actor=self.request.user, report=self.report, is_checked=is_checked, **data)


class ReturnReport(BureauForm):
    """Asking the author for more."""

    form_class = WhyForm
    title = _("Ask the author for more")
    button = _("Ask")
    done_message = _("The author was asked.")

    def perform(self, **data: Any) -> Any:
        """Ask."""
        return return_report(actor=self.request.user, report=self.report, **data)


class RejectReport(BureauForm):
    """Saying that nothing follows."""

    form_class = WhyForm
    title = _("No further action")
    button = _("Close the report")
    done_message = _("The report is closed.")

    def perform(self, **data: Any) -> Any:
        """Close it."""
        return reject_report(actor=self.request.user, report=self.report, **data)


class WithdrawReport(BureauForm):
    """Taking a released report back."""

    form_class = WhyForm
    title = _("Withdraw the report")
    button = _("Withdraw it")
    done_message = _("The report is withdrawn. Whoever had it was told.")

    def perform(self, **data: Any) -> Any:
        """Take it back."""
        return withdraw_report(actor=self.request.user, report=self.report, **data)


class ReleaseReport(BureauEdge, ActEdge):
    """Lets the sanitised text go."""

    permission = Perm.EVALUATE_REPORT
    done_message = _("Released. Those whom it concerns were told.")

    def perform(self) -> Any:
        """Do it with the version that the user saw."""
        report, form = self.find(), VersionForm(self.request.POST)
        version = form.cleaned_data["version"] if form.is_valid() else 0
        return release_report(actor=self.request.user, report=report, version=version)


class ReportPaper(BureauEdge, Edge):
    """What was released last of a report, on paper."""

    permission = Perm.VIEW_REPORT
    http_method_names = ("post", "options")

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Print it and record that."""
        report = self.find()
        release = get_or_404(report.releases.select_related("report"))
        record_read(Verb.PRINTED, report, page=type(self).__name__)
        return pdf_response(report_paper(release, request.user, now(), holder="the bureau"), f"intelligence-{report.reference}")


class SendOn(BureauForm):
    """Sending a released report to people and units."""

    form_class = SendOnForm
    title = _("Send the report on")
    button = _("Send it")
    done_message = _("Sent. You see here when it is read and what came of it.")

    def get_form_kwargs(self) -> dict[str, Any]:
        """Say whose colleagues may receive it."""
        return {"actor": self.request.user}

    def get_initial(self) -> dict[str, Any]:
        """Offer the conditions of the release."""
        return {"conditions": self.report.conditions}

    def perform(self, recipients: Any, units: Any, **data: Any) -> Any:
        """Send it."""
        return send_report(actor=self.request.user, report=self.report, people=recipients, units=units, **data)
