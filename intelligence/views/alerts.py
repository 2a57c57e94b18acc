"""Pages of travel alerts: the queue, every report, one report beside the people it may be about, the sum of each day."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db.models import Prefetch, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from accounts.access import may
from accounts.errors import DomainError, StaleRecord
from accounts.permissions import Perm
from audit.choices import Verb
from audit.services import record_read
from audit.views import ActEdge, Edge, FormEdge, ListEdge, PageEdge, get_or_404
from intelligence.choices.travel import AlertState
from intelligence.forms.travel import NOBODY, OTHER, UNSURE, AlertFilterForm, AlertSearchForm, ReasonForm, TriageForm
from intelligence.models import AlertCandidate, AlertSource, TravelAlert
from intelligence.reports.alerts import compare_facts, dues_of, masked
from intelligence.reports.travel import sums_of
from intelligence.services import triage
from offenders.models import Nominal
from ui.languages import render

SHOWN = 100
SUMMED_DAYS = 31
CAN_COME_BACK = {AlertState.FILED, AlertState.NO_MATCH, AlertState.NOT_OURS, AlertState.REJECTED}
PEOPLE = ("source", "taken_by", "decided_by", "nominal")


def beside(user: Any) -> Prefetch:
    """The people of whom this user may know, beside each report."""
    rows = AlertCandidate.objects.for_user(user).filter(ruled_out_at__isnull=True).select_related("nominal").order_by("rank")
    return Prefetch("candidates", queryset=rows, to_attr="known")


class AlertQueue(PageEdge):
    """The reports that somebody must look at, the oldest first."""

    permission = Perm.VIEW_ALERT
    template_name = "intelligence/travel/queue.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add them with when each is due; those for supervisors apart."""
        waiting = TravelAlert.objects.for_user(self.request.user).filter(state=AlertState.TRIAGE)
        rows = waiting.select_related(*PEOPLE, "force").prefetch_related(beside(self.request.user)).order_by("received_at", "pk")
        alerts = list(rows[:SHOWN])
        record_read(Verb.LISTED, page="AlertQueue", rows="intelligence.travelalert", ids=[alert.pk for alert in alerts])
        return super().get_context_data(
            rows=list(zip(alerts, dues_of(alerts), strict=True)), number=waiting.count(), shown=SHOWN,
            may_triage=may(self.request.user, Perm.TRIAGE_ALERT), **kwargs,
        )  # fmt: skip


class AlertList(ListEdge):
    """Every report of the queue, newest first; each number of the sums leads here."""

    permission = Perm.VIEW_ALERT
    template_name = "intelligence/travel/alerts.html"

    def form(self) -> AlertFilterForm:
        """Return the filter as it was asked for."""
        return AlertFilterForm(self.request.GET or {}, sources=AlertSource.objects.for_user(self.request.user))

    def rows(self) -> QuerySet[TravelAlert]:
        """Narrow to what was asked for."""
        rows = TravelAlert.objects.for_user(self.request.user).select_related(*PEOPLE).order_by("-pk")
        form = self.form()
        form.is_valid()
        asked = {
            "state": form.cleaned_data.get("state"), "source": form.cleaned_data.get("source"),
            "received_at__date": form.cleaned_data.get("day"),
        }  # fmt: skip
        return rows.filter(**{name: value for name, value in asked.items() if value})

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the filter, and what the next page keeps of it."""
        kept = self.request.GET.copy()
        kept.pop("before", None)
        return super().get_context_data(filter=self.form(), kept=kept.urlencode(), **kwargs)


class AlertSearch(FormEdge):
    """Looking for past reports by a surname or the number of a document; what is looked for travels by POST."""

    permission = Perm.VIEW_ALERT
    form_class = AlertSearchForm
    template_name = "intelligence/travel/search.html"
    title = _("Search travel alerts")
    button = _("Search")

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Search, and show what was found on the page that asked."""
        form = AlertSearchForm(request.POST)
        if not form.is_valid():
            return self.show(form, status=422)
        text = form.cleaned_data["text"].strip()
        number = "".join(text.split()).upper()
        rows = TravelAlert.objects.for_user(request.user).filter(Q(surname__iexact=text) | Q(document_number=number))
        found = list(rows.select_related(*PEOPLE).order_by("-pk")[:SHOWN])
        record_read(Verb.SEARCHED, page="AlertSearch", terms=text, ids=[alert.pk for alert in found])
        return render(request, self.template_name, self.get_context_data(form=form, found=found, is_asked=True))


class AlertEdge(Edge):
    """Finds the report of the address among those that the user may see."""

    def load(self) -> None:
        """Fetch it with the people beside it."""
        user = self.request.user
        rows = TravelAlert.objects.for_user(user).select_related(*PEOPLE, "force", "message").prefetch_related(beside(user))
        self.alert = get_or_404(rows, public_id=self.kwargs["public_id"])


class AlertPage(AlertEdge, FormEdge):
    """One report side by side with each person it may be about; one choice decides, and the next report follows."""

    permission = Perm.VIEW_ALERT
    form_class = TriageForm
    template_name = "intelligence/travel/alert.html"
    title = _("Travel alert")
    button = _("Decide and go to the next")
    done_message = _("Decided.")
    is_open = False  # whether the number of the document is shown whole

    def get_form_kwargs(self) -> dict[str, Any]:
        """Offer the people whom the user sees beside it."""
        return {"candidates": self.alert.known}

    def get_initial(self) -> dict[str, Any]:
        """Remember which version the user saw."""
        return {"version": self.alert.version}

    def perform(self, outcome: str, reference: str, reason: str, version: int) -> Any:
        """Hand the decision to its service."""
        given = {"actor": self.request.user, "alert": self.alert, "version": version, "reason": reason}
        if outcome == NOBODY:
            return triage.set_aside(**given)
        if outcome == UNSURE:
            return triage.ask_supervisor(**given)
        if outcome == OTHER:
            return triage.file_to_person(nominal=self.person_named(reference), **given)
        people = {f"person-{each.pk}": each.nominal for each in self.alert.known}
        return triage.file_to_person(nominal=people[outcome], **given) if outcome in people else triage.refuse_alert(**given)

    def person_named(self, reference: str) -> Nominal:
        """Return the record with this reference; a hidden one is one that is not there."""
        rows = Nominal.objects.for_user(self.request.user, Perm.VIEW_CARD)
        found = rows.filter(reference__iexact=reference.strip()).first()
        if found is None:
            raise DomainError("No record that you may open has this reference. Check it, or ask a supervisor.", field="reference")
        return found

    def get_success_url(self) -> str:
        """Go to the next report that waits, or to the empty queue."""
        waiting = TravelAlert.objects.for_user(self.request.user).filter(state=AlertState.TRIAGE, taken_by__isnull=True)
        following = waiting.exclude(pk=self.alert.pk).order_by("received_at", "pk").first()
        return reverse("intelligence:alert", args=[following.public_id]) if following else reverse("intelligence:alert-list")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the comparison, and record that it was seen."""
        alert, user = self.alert, self.request.user
        record_read(Verb.VIEWED, alert, page="AlertPage", people=[each.nominal_id for each in alert.known], whole_number=self.is_open)
        can_decide = alert.state == AlertState.TRIAGE and may(user, Perm.TRIAGE_ALERT, alert)
        return super().get_context_data(
            alert=alert, due=dues_of([alert])[0], people=compare_facts(alert, alert.known, whole=self.is_open),
            document=alert.document_number if self.is_open else masked(alert.document_number), is_open=self.is_open,
            can_decide=can_decide and alert.taken_by_id in {None, user.pk},
            can_take=can_decide and alert.taken_by_id != user.pk,
            can_bring_back=alert.state in CAN_COME_BACK and may(user, Perm.TRIAGE_ALERT, alert),
            **kwargs,
        )  # fmt: skip


class ShowDocument(AlertPage):
    """The same page with the number of the document shown whole; that it was shown stands in the trail."""

    http_method_names = ("post", "options")
    is_open = True

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show it."""
        self.load()
        return self.show(TriageForm(initial=self.get_initial(), **self.get_form_kwargs()))


class TakeAlert(AlertEdge, ActEdge):
    """Say that one is looking at a report, also in place of a colleague."""

    permission = Perm.TRIAGE_ALERT

    def perform(self) -> TravelAlert:
        """Take it as it stands on the page."""
        self.load()
        version = self.request.POST.get("version", "")
        if not version.isdigit():
            raise StaleRecord("Open the alert again, then take it.")
        return triage.take_alert(actor=self.request.user, alert=self.alert, version=int(version))

    def get_success_url(self) -> str:
        """Stay on the report."""
        return reverse("intelligence:alert", args=[self.kwargs["public_id"]])


class BringBack(AlertEdge, FormEdge):
    """Bring a report to the queue, off a record that was the wrong one or because somebody knows whom it is about."""

    permission = Perm.TRIAGE_ALERT
    form_class = ReasonForm
    title = _("Bring the alert to the queue")
    button = _("Bring it to the queue")
    done_message = _("The alert waits in the queue. If it was on a record, it is withdrawn there.")

    def get_initial(self) -> dict[str, Any]:
        """Remember which version the user saw."""
        return {"version": self.alert.version}

    def perform(self, reason: str, version: int) -> TravelAlert:
        """Bring it back."""
        return triage.bring_back(actor=self.request.user, alert=self.alert, version=version, reason=reason)

    def get_success_url(self) -> str:
        """Show the report."""
        return reverse("intelligence:alert", args=[self.alert.public_id])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the way back."""
        return super().get_context_data(cancel_url=reverse("intelligence:alert", args=[self.alert.public_id]), danger=True, **kwargs)


class AlertBalance(PageEdge):
    """For each day and source: what came, and where each of them stands; what does not add up is marked."""

    permission = Perm.VIEW_ALERT
    template_name = "intelligence/travel/balance.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the sums of a month."""
        since = localdate() - timedelta(days=SUMMED_DAYS)
        return super().get_context_data(sums=sums_of(TravelAlert.objects.for_user(self.request.user), since), days=SUMMED_DAYS, **kwargs)
