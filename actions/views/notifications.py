"""What somebody was told: the list, opening and reading, and the counters that pages fetch by themselves."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from accounts.permissions import Perm
from actions.models import Action, Notification
from actions.querysets import NotificationQuerySet
from actions.reports import count_unread, counters_of
from actions.services.telling import read_all_notifications, read_notification
from actions.views.base import page_of
from audit.references import references_of
from audit.views import ActEdge, Edge, ListEdge, get_or_404
from ui.languages import render

NEWEST = "up_to"


class NotificationList(ListEdge):
    """What the user was told, newest first."""

    permission = Perm.VIEW_ACTION
    template_name = "actions/notification_list.html"
    page_size = 50

    def rows(self) -> NotificationQuerySet:
        """Return the user's own."""
        return Notification.objects.for_user(self.request.user).order_by("-pk")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the references of the records, and how each action stands today: what was told does not say."""
        context = super().get_context_data(**kwargs)
        references = references_of(row.nominal for row in context["rows"])
        actions = Action.objects.for_user(self.request.user).in_bulk({row.action_id for row in context["rows"] if row.action_id})
        context["told"] = [(row, references.get(row.nominal or 0, ""), actions.get(row.action_id)) for row in context["rows"]]
        context["has_unread"] = any(row.read_at is None for row in context["rows"])
        context["newest"] = context["rows"][0].pk if context["rows"] else 0
        return context


class OpenNotification(ActEdge):
    """Note that it was read, and go on to what it is about."""

    permission = Perm.VIEW_ACTION

    def perform(self) -> Notification:
        """Mark it as read."""
        rows = Notification.objects.for_user(self.request.user).select_related("action")
        self.notification = get_or_404(rows, pk=self.kwargs["pk"])
        return read_notification(actor=self.request.user, notification=self.notification)

    def get_success_url(self) -> str:
        """Return the action, else the page of the record, else the list."""
        told, user = self.notification, self.request.user
        if told.action and Action.objects.for_user(user).filter(pk=told.action.pk).exists():
            return reverse("actions:action", args=[told.action.public_id])
        reference = references_of([told.nominal]).get(told.nominal or 0, "")
        return page_of(user, told.nominal, reference, told.route) or reverse("actions:notification-list")


class ReadAll(ActEdge):
    """Mark all that the page showed as read; what came since stays unread."""

    permission = Perm.VIEW_ACTION
    done_message = _("All of them are marked as read.")

    def perform(self) -> int:
        """Mark them."""
        newest = self.request.POST.get(NEWEST, "")
        return read_all_notifications(actor=self.request.user, up_to=int(newest) if newest.isdecimal() and len(newest) < 19 else 0)

    def get_success_url(self) -> str:
        """Return the list."""
        return reverse("actions:notification-list")


class Poll(Edge):
    """A part that pages fetch anew by themselves: it keeps no session alive and leaves no trace."""

    permission = Perm.VIEW_ACTION
    polls = True
    template_name = ""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Render the part."""
        return render(request, self.template_name, self.numbers())

    def numbers(self) -> dict[str, Any]:
        """Return what the part shows."""
        raise NotImplementedError


class Unread(Poll):
    """How many notifications wait, for the header."""

    template_name = "actions/_unread.html"

    def numbers(self) -> dict[str, Any]:
        """Count them."""
        return {"unread": count_unread(self.request.user)}


class Counters(Poll):
    """How much is overdue, due today and due soon, for the home page."""

    template_name = "actions/_counters.html"

    def numbers(self) -> dict[str, Any]:
        """Count it, for the user or for the user's unit."""
        return counters_of(self.request.user, now(), is_unit=self.request.GET.get("whose") == "unit")
