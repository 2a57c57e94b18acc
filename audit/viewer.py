"""The trail as auditors read it: references and metadata, no case content."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from accounts.permissions import Perm
from audit.choices import Verb
from audit.forms import ANY_REFUSAL, EventFilter, WordsFilter
from audit.models import AuditCheck, Event
from audit.references import of_force, references_of
from audit.reports import membership_of, seal_state
from audit.seals.checking import start_check
from audit.services import record_event, record_read
from audit.views import ActEdge, Edge, ListEdge, PageEdge, get_or_404
from ui.languages import render
from ui.sheets import csv_response

if TYPE_CHECKING:
    from accounts.models import User

MOST_LINES = 10_000
HEADINGS = ("When", "Username", "Acting as", "What", "Page", "Kind of thing", "Record", "Reason", "By way of", "Network address", "Request")


class Narrowed(Edge):
    """Events of the auditor's force, narrowed by what the address says, and by words of reasons that were posted."""

    permission = Perm.VIEW_AUDIT

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Read the filters; without one nothing is narrowed."""
        super().setup(request, *args, **kwargs)
        asked = {key: value for key, value in request.GET.items() if key != "before" and value}
        self.form = EventFilter(request.GET if asked else None)
        self.words = WordsFilter(request.POST if request.method == "POST" else None)

    def events(self) -> models.QuerySet:
        """Return the events that fit, newest first; a filter with a mistake finds none."""
        events = Event.objects.for_user(self.request.user).select_related("actor").order_by("-pk")
        for form in (self.form, self.words):
            if form.is_bound:
                events = form.narrow(events) if form.is_valid() else events.none()
        return events

    def asked(self) -> dict[str, Any]:
        """Return what was asked for, as the trail keeps it: of words in reasons only that there were some."""
        given = {name: str(value) for name, value in self.form.given().items()} if self.form.is_bound and self.form.is_valid() else {}
        return given | ({"words_in_reason": True} if self.words.is_bound and self.words.data.get("words") else {})


class EventList(Narrowed, ListEdge):
    """What people of the auditor's force did, saw and were refused, newest first."""

    template_name = "audit/event_list.html"
    context_name = "events"

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Narrow by words of reasons too."""
        return self.get(request, *args, **kwargs)

    def rows(self) -> models.QuerySet:
        """Return the events that fit."""
        return self.events()

    def record(self, shown: list[models.Model]) -> None:
        """Reading the trail stands in the trail, with what was asked for."""
        keys = [row.pk for row in shown]
        record_read(Verb.LISTED, page=type(self).__name__, rows=Event._meta.label_lower, ids=keys, filter=self.asked())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the filters and the references of the records."""
        shown = {"words": self.words, "refusal": ANY_REFUSAL, "most": MOST_LINES}
        context = super().get_context_data(form=self.form, **shown, **kwargs)
        return {**context, "events": with_references(context["events"], self.request.user)}


class ExportEvents(Narrowed):
    """The same as a file for spreadsheets, newest first, up to a number of lines."""

    http_method_names = ("post", "options")

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Hand it over and record that, with what was asked for."""
        events = with_references(list(self.events()[:MOST_LINES]), request.user)
        record_event(Verb.EXPORTED, page=type(self).__name__, rows=Event._meta.label_lower, lines=len(events), filter=self.asked())
        return csv_response("activity", HEADINGS, map(line_of, events))


def line_of(event: Event) -> list[Any]:
    """Return an event as a line of a file: references and metadata, no details."""
    who = event.actor.username if event.actor else ""
    what = [event.role_label, event.get_verb_display(), event.page, event.subject, event.reference, event.reason]
    return [localtime(event.at).isoformat(timespec="seconds"), who, *what, event.get_channel_display(), event.ip_address, event.request_id]


class EventPage(Edge):
    """One event with everything that is kept of it."""

    permission = Perm.VIEW_AUDIT

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show it and record that it was read."""
        events = Event.objects.for_user(request.user).select_related("actor__organisation", "actor__unit")
        event = get_or_404(events, pk=self.kwargs["pk"])
        record_read(Verb.VIEWED, event, page=type(self).__name__)
        with_references([event], request.user)
        found = {"detail": describe_detail(event.detail), "sealed": membership_of(event)}
        return render(request, "audit/event.html", {"event": event, **found})


class SealPage(PageEdge):
    """How far the log is sealed, and what the verifications found; it names nobody, and is the same for every auditor."""

    permission = Perm.VIEW_AUDIT
    template_name = "audit/seal.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Show how it stands, and record that it was read."""
        record_read(Verb.VIEWED, page=type(self).__name__)
        return super().get_context_data(**seal_state(), **kwargs)


class SealProgress(PageEdge):
    """The part of the page that fetches itself anew while the worker verifies."""

    polls = True
    permission = Perm.VIEW_AUDIT
    template_name = "audit/_seal_state.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Show how it stands."""
        return super().get_context_data(**seal_state(), **kwargs)


class VerifyNow(ActEdge):
    """The button that has the worker verify everything."""

    permission = Perm.VIEW_AUDIT
    done_message = _("The log is being verified. You can leave this page and come back to it.")

    def perform(self) -> AuditCheck:
        """Ask for it."""
        return start_check(actor=self.request.user)

    def get_success_url(self) -> str:
        """Go back to where it can be watched."""
        return reverse("audit:seal")


def with_references(events: list[Event], user: User) -> list[Event]:
    """Put the reference of its record on each event, and whether the record is of the user's force, with two queries for all."""
    keys = {event.nominal for event in events if event.nominal}
    found = references_of(keys)
    own = set(of_force(user).filter(pk__in=keys).values_list("pk", flat=True))
    for event in events:
        event.reference = found.get(event.nominal, "")
        event.is_of_force = event.nominal in own
    return events


def describe_detail(detail: dict[str, Any]) -> list[tuple[str, str]]:
    """Return what else is kept of an event as words and values."""
    return [(key.replace("_", " ").capitalize(), words_for(value)) for key, value in detail.items()]


def words_for(value: Any) -> str:
    """Write a kept value in plain words."""
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, list):
        return ", ".join(map(words_for, value)) or "None"
    if isinstance(value, dict):
        return "; ".join(f"{key}: {words_for(each)}" for key, each in value.items()) or "None"
    return "None" if value is None or value == "" else str(value)
