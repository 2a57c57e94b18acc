"""Pages of reactive management: a supervisor starts it, looks again, ends it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils.text import format_lazy
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from accounts.permissions import Perm
from offenders.forms.visits import ReactiveForm, ReactiveReviewForm
from offenders.models import ReactiveManagement
from offenders.reports.visits import reactive_now
from offenders.services.reactive import review_reactive, start_reactive
from offenders.views.changes import ChangeForm, RecordForm, Stored
from ui.templatetags.ui import date_words, uk_date


class StartReactive(RecordForm):
    """Let no visit fall due for a settled person."""

    permission = Perm.APPROVE_RISK
    form_class = ReactiveForm
    title = _("Authorise reactive management")
    button = _("Authorise it")
    done_message = _("No visit falls due until you end it. You are asked to review it on the day you gave.")
    back = "offenders:visit-list"

    def perform(self, **data: Any) -> ReactiveManagement:
        """Start it."""
        return start_reactive(actor=self.request.user, nominal=self.nominal, **data)


class ReviewReactive(ChangeForm):
    """Keep reactive management or end it."""

    permission = Perm.APPROVE_RISK
    form_class = ReactiveReviewForm
    title = _("Review reactive management")
    done_message = _("Saved.")
    back = "offenders:visit-list"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Show the form; lead back where there is nothing to review any more."""
        return super().get(request, *args, **kwargs) if self.find() else redirect(self.back, reference=self.nominal.reference)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Store the review, where there is something to review."""
        return super().post(request, *args, **kwargs) if self.find() else redirect(self.back, reference=self.nominal.reference)

    def find(self) -> bool:
        """Find what holds today."""
        found = reactive_now(self.request.user, self.nominal, localdate())
        if found is not None and found.period.upper is None:
            self.reactive = found
            return True
        return False

    def version(self) -> int:
        """Return the version of the row."""
        self.reactive.refresh_from_db()
        return self.reactive.version

    def stored(self) -> Stored:
        """Return how it stands."""
        return [(_("Next review"), uk_date(self.reactive.review_on)), (_("Why"), self.reactive.reason)]

    def perform(self, **data: Any) -> ReactiveManagement:
        """Keep or end it."""
        return review_reactive(actor=self.request.user, reactive=self.reactive, **data)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say since when and why."""
        intro = format_lazy(
            _("Since {day}, authorised by {person}: {reason}"),
            day=date_words(self.reactive.since),
            person=self.reactive.authorised_by.display_name,
            reason=self.reactive.reason,
        )
        return super().get_context_data(intro=intro, **kwargs)
