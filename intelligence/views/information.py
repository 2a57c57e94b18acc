"""Pages for whoever writes an intelligence report: first danger, then one form, a last look, and what became of it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from accounts.access import row_security
from accounts.errors import DomainError
from accounts.permissions import Perm
from audit.choices import Verb
from audit.services import record_read
from audit.views import ActEdge, Edge, FormEdge, PageEdge, get_or_404
from intelligence.choices.information import YesNo
from intelligence.forms.information import GIVER_FIELDS, THEMSELVES, MoreForm, OwnWordsForm, ReportForm, SendForm, StartForm
from intelligence.models import InformationReport
from intelligence.reports.information import giver_of, subjects_for, written_by
from intelligence.reports.practice import suggestions_for
from intelligence.rules.information import State
from intelligence.services import information as services
from offenders.forms.find import FindForm
from offenders.models import Nominal
from offenders.services.searches import run_search
from offenders.views.base import LeakChecked

PLAIN = ("original", "seen_on", "seen_where", "source", "prison", "prison_officer", "prison_handling", "version")


class ReportList(PageEdge):
    """What the user reported, and where it stands."""

    permission = Perm.SUBMIT_REPORT
    template_name = "intelligence/information/list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add them; the text of what is evaluated is the bureau's."""
        rows = written_by(self.request.user)
        record_read(Verb.LISTED, page="ReportList", references=[row["reference"] for row in rows])
        return super().get_context_data(rows=rows, **kwargs)


class StartReport(FormEdge):
    """First whether anybody is in danger, and which way it goes: the report or the case file."""

    permission = Perm.SUBMIT_REPORT
    form_class = StartForm
    title = _("Report information")
    button = _("Go on")

    def perform(self, danger: str, about: str) -> str:
        """Stop for a danger; else open a draft, or the form for what somebody said of themselves."""
        if danger == YesNo.YES:
            services.stop_for_danger(actor=self.request.user)
            return reverse("intelligence:report-danger")
        if about == THEMSELVES:
            return reverse("intelligence:report-own-words")
        return reverse("intelligence:report-write", args=[self.open_draft().public_id])

    def open_draft(self) -> InformationReport:
        """Open a draft."""
        return services.start_report(actor=self.request.user)

    def get_success_url(self) -> str:
        """Go where the answers lead."""
        return str(self.result)


class Danger(PageEdge):
    """What to do first when somebody is in danger."""

    permission = Perm.SUBMIT_REPORT
    template_name = "intelligence/information/danger.html"


class OwnWords(LeakChecked):
    """What a person on record said of themselves goes to their case file."""

    permission = Perm.SUBMIT_REPORT
    form_class = OwnWordsForm
    template_name = "intelligence/information/own_words.html"
    title = _("What a person said about themselves")
    button = _("File it")

    def get_form_kwargs(self) -> dict[str, Any]:
        """Offer the records about which the user may tell the manager."""
        return {"known": Nominal.objects.for_user(self.request.user, Perm.TELL_MANAGER)}

    def hold_back(self, form: forms.Form) -> HttpResponse | None:
        """The record is the one that was named."""
        self.nominal = form.cleaned_data["nominal"]
        return super().hold_back(form)

    def perform(self, nominal: Nominal, day: Any, way: str, said: str, **tick: Any) -> str:
        """File it."""
        self.done_message = services.file_own_words(actor=self.request.user, nominal=nominal, at=day, said=said, way=way)
        return self.done_message

    def get_success_url(self) -> str:
        """Back to what one reported."""
        return reverse("intelligence:report-list")


class OwnReport:
    """Finds a report of the user's own that they may still read."""

    permission = Perm.SUBMIT_REPORT
    states: tuple[State, ...] = (State.DRAFT,)
    request: HttpRequest
    kwargs: dict[str, Any]

    def find(self) -> InformationReport:
        """Return it; any other is not there. That it was opened is recorded."""
        rows = InformationReport.objects.for_user(self.request.user, Perm.SUBMIT_REPORT).filter(state__in=self.states)
        report: InformationReport = get_or_404(rows.select_related("source"), public_id=self.kwargs["public_id"])
        record_read(Verb.VIEWED, report, page=type(self).__name__)
        return report


class WriteReport(OwnReport, FormEdge):
    """One form: what, whom, how much it matters, who said it. Every button keeps what was typed."""

    form_class = ReportForm
    template_name = "intelligence/information/write.html"
    title = _("Report information")
    hits: Any = None

    def load(self) -> None:
        """Find the draft."""
        self.report = self.find()

    def get_initial(self) -> dict[str, Any]:
        """Show what is stored, with the giver as long as the report is unsent."""
        stored = {name: getattr(self.report, name) for name in PLAIN} | {"seen_time": self.report.seen_time}
        for answer in self.report.answers.all():
            stored |= {f"answer_{answer.question}": answer.answer, f"why_{answer.question}": answer.text}
        with row_security(self.request.user):
            giver = giver_of(self.request.user, self.report, Perm.SUBMIT_REPORT)
        for name in GIVER_FIELDS if giver else ():
            value = getattr(giver, name.removeprefix("giver_"))
            stored[name] = {True: "yes", False: "no"}.get(value, value) if isinstance(value, bool) else value
        return stored

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add whom it is about, and whom a search found."""
        user = self.request.user
        return super().get_context_data(report=self.report, subjects=subjects_for(user, self.report), hits=self.hits, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Keep what was typed, then do what the button says."""
        response = super().post(request, *args, **kwargs)
        if response.status_code == 302 and self.hits is not None:
            self.report.refresh_from_db()
            typed = self.get_initial() | {"find": request.POST.get("find", "")}
            return self.show(ReportForm(initial=typed))
        return response

    def hold_back(self, form: forms.Form) -> None:
        """Remember the form, which takes itself apart."""
        self.bound = form

    def perform(self, **data: Any) -> None:
        """Store it, name whom it is about, look somebody up, or go on to the last look."""
        user, form = self.request.user, self.bound
        version = form.cleaned_data["version"] or 0
        self.report = services.save_report(actor=user, report=self.report, version=version, **form.taken_apart())
        posted = self.request.POST
        if data["called"].strip() or data["looks"].strip():
            services.add_subject(actor=user, report=self.report, called=data["called"], words=data["looks"])
        if posted.get("person"):
            known = Nominal.objects.for_user(user, Perm.VIEW_MARKER)
            services.add_subject(actor=user, report=self.report, nominal=get_or_404(known, reference=posted["person"]))
        if posted.get("remove", "").isdigit():
            services.remove_subject(actor=user, report=self.report, key=int(posted["remove"][:18]))
        if "search" in posted:
            self.hits = self.look_up(data["find"])
        if "go" in posted:
            services.check_report(actor=user, report=self.report)

    def look_up(self, text: str) -> Any:
        """Search among the records of which the user may know, as on the page Find a person."""
        asked = FindForm({"text": text})
        if not asked.is_valid():
            raise DomainError(asked.errors["text"][0], field="find")
        return run_search(actor=self.request.user, text=text).hits

    def get_success_url(self) -> str:
        """Stay, or go on."""
        page = "intelligence:report-send" if "go" in self.request.POST else "intelligence:report-write"
        return reverse(page, args=[self.report.public_id])

    def show(self, form: forms.Form, status: int = 200) -> HttpResponse:
        """What was kept counts as seen, so that the next save knows of it."""
        if status == 409:
            stored = InformationReport.objects.for_user(self.request.user, Perm.SUBMIT_REPORT).get(pk=self.report.pk)
            form.data = form.data.copy()
            form.data["version"] = str(stored.version)
        return super().show(form, status)


class KeepReport(OwnReport, Edge):
    """Stores a draft while it is typed, without a word in the answer."""

    http_method_names = ("post", "options")

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Store what fits; a box that is too long waits for a button."""
        report, form = self.find(), ReportForm(request.POST)
        form.is_valid()
        try:
            services.save_report(actor=request.user, report=report, **form.taken_apart())
        except DomainError:
            return HttpResponse(status=409)
        return HttpResponse(status=204)


class SendReport(OwnReport, FormEdge):
    """The last look: what goes, what the answers suggest, and what asking for more would mean."""

    form_class = SendForm
    template_name = "intelligence/information/send.html"
    title = _("Check it and send it")
    button = _("Send to the bureau")
    done_message = _("Sent. The bureau evaluates it. Questions about whoever told you go to the bureau.")

    def load(self) -> None:
        """Find the draft."""
        self.report = self.find()

    def get_form_kwargs(self) -> dict[str, Any]:
        """Offer what the answers suggest."""
        answers = {answer.question: answer.answer for answer in self.report.answers.all()}
        return {"suggestions": suggestions_for(answers, localdate())}

    def get_initial(self) -> dict[str, Any]:
        """Remember which version the user saw."""
        return {"version": self.report.version}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add what goes."""
        user = self.request.user
        with row_security(user):
            giver = giver_of(user, self.report, Perm.SUBMIT_REPORT)
        asks = bool(giver and (giver.will_ask_more or giver.uses_relationship))
        subjects = subjects_for(user, self.report)
        back = reverse("intelligence:report-write", args=[self.report.public_id])
        return super().get_context_data(report=self.report, subjects=subjects, giver=giver, asks=asks, back_url=back, **kwargs)

    def perform(self, version: int, accepted: tuple[str, ...] = ()) -> Any:
        """Send it."""
        return services.submit_report(actor=self.request.user, report=self.report, version=version, accepted=accepted)

    def get_success_url(self) -> str:
        """Back to what one reported."""
        return reverse("intelligence:report-list")


class SentReport(OwnReport, FormEdge):
    """An own report while it waits for the bureau, and the answer to what the bureau asks."""

    states = (State.SUBMITTED, State.RETURNED)
    form_class = MoreForm
    template_name = "intelligence/information/sent.html"
    title = _("Intelligence report")
    button = _("Send the answer")
    done_message = _("Sent to the bureau.")

    def load(self) -> None:
        """Find it."""
        self.report = self.find()

    def get_initial(self) -> dict[str, Any]:
        """Remember which version the user saw."""
        return {"version": self.report.version}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add what was written and what was asked."""
        subjects = subjects_for(self.request.user, self.report)
        notes = self.report.notes.all()
        may_answer = self.report.state == State.RETURNED
        return super().get_context_data(report=self.report, subjects=subjects, notes=notes, may_answer=may_answer, **kwargs)

    def perform(self, text: str, version: int) -> Any:
        """Add it."""
        return services.answer_more(actor=self.request.user, report=self.report, text=text, version=version)

    def get_success_url(self) -> str:
        """Back to what one reported."""
        return reverse("intelligence:report-list")


class DiscardReport(OwnReport, ActEdge):
    """Throws a draft away."""

    done_message = _("The draft is gone.")

    def perform(self) -> None:
        """Do it."""
        services.discard_report(actor=self.request.user, report=self.find())

    def get_success_url(self) -> str:
        """Back to what one reported."""
        return reverse("intelligence:report-list")
