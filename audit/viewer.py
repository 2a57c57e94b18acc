"""The trail as auditors read it: references and metadata, no case content."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from accounts.permissions import Perm
from audit.choices import Verb
from audit.forms import EventFilter
from audit.models import AuditCheck, Event
from audit.references import references_of
from audit.reports import last_check, membership_of, seal_state
from audit.seals.checking import start_check
from audit.services import record_read
from audit.views import ActEdge, Edge, ListEdge, PageEdge, get_or_404


class EventList(ListEdge):
    """What people of the auditor's force did, saw and were refused, newest first."""

    permission = Perm.VIEW_AUDIT
    template_name = "audit/event_list.html"
    context_name = "events"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Read the filter; without one nothing is narrowed."""
        super().setup(request, *args, **kwargs)
        asked = {key: value for key, value in request.GET.items() if key != "before" and value}
        self.form = EventFilter(request.GET if asked else None)

    def rows(self) -> models.QuerySet:
        """Return the events that fit; a filter with a mistake shows none and says so."""
        events = Event.objects.for_user(self.request.user).select_related("actor").order_by("-pk")
        if not self.form.is_bound:
            return events
        return self.form.narrow(events) if self.form.is_valid() else Event.objects.none()

    def record(self, shown: list[models.Model]) -> None:
        """Reading the trail stands in the trail, with what was asked for."""
        asked = {name: str(value) for name, value in getattr(self.form, "cleaned_data", {}).items() if value}
        record_read(Verb.LISTED, page=type(self).__name__, rows=Event._meta.label_lower, ids=[row.pk for row in shown], filter=asked)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the references of the records."""
        context = super().get_context_data(form=self.form, **kwargs)
        return {**context, "events": with_references(context["events"]), "last": last_check()}


class EventPage(Edge):
    """One event with everything that is kept of it."""

    permission = Perm.VIEW_AUDIT

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show it and record that it was read."""
        events = Event.objects.for_user(request.user).select_related("actor__organisation", "actor__unit")
        event = get_or_404(events, pk=self.kwargs["pk"])
        record_read(Verb.VIEWED, event, page=type(self).__name__)
        with_references([event])
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
    done_message = "The log is being verified. You can leave this page and come back to it."

    def perform(self) -> AuditCheck:
        """Ask for it."""
        return start_check(actor=self.request.user)

    def get_success_url(self) -> str:
        """Go back to where it can be watched."""
        return reverse("audit:seal")


def with_references(events: list[Event]) -> list[Event]:
    """Put the reference of its record on each event, with one query for all."""
    found = references_of(event.nominal for event in events)
    for event in events:
        event.reference = found.get(event.nominal, "")
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
