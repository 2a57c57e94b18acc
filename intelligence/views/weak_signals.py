"""Pages of weak signals: what several reports tell of though none is strong by itself, and what somebody says of it."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from accounts.permissions import Perm
from audit.choices import Verb
from audit.services import record_read
from audit.views import FormEdge, PageEdge
from intelligence.choices.weak_signals import Follow
from intelligence.forms.weak_signals import LookForm
from intelligence.models import SignalLook
from intelligence.reports.weak_signals import Signal, find_signal, weak_signals
from intelligence.rules.weak_signals import WEIGHT_WORDS, pile_on
from intelligence.services.weak_signals import look_at_signal

SHOWN = 100
LIST, TASKING = "intelligence:weak-signals", "intelligence:tasking-raise"


def record_signals(page: str, signals: list[Signal], verb: Verb = Verb.LISTED) -> None:
    """Note which records and reports were shown."""
    reports = sorted({report.pk for signal in signals for report in signal.reports})
    record_read(verb, page=page, nominals=[signal.nominal.pk for signal in signals if signal.nominal], reports=reports)


class WeakSignalList(PageEdge):
    """Everything that waits for a look, the weightiest first."""

    permission = Perm.LINK_INTELLIGENCE
    template_name = "intelligence/weak_signals/list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add it, and what counts."""
        found = weak_signals(self.request.user)
        record_signals(type(self).__name__, found[:SHOWN])
        return super().get_context_data(
            rows=found[:SHOWN], number=len(found), shown=SHOWN, pile=pile_on(localdate()), weight_words=WEIGHT_WORDS, **kwargs
        )


class LookAtSignal(FormEdge):
    """Every report about one person or thing, what was said before, and what follows now."""

    permission = Perm.LINK_INTELLIGENCE
    form_class = LookForm
    template_name = "intelligence/weak_signals/look.html"
    title = _("Look at weak signals")
    button = _("Save")
    done_message = _("Saved. It comes back when another report tells of it.")

    def load(self) -> None:
        """Find it; one that is hidden or dealt with is not there. That it was opened is recorded."""
        found = find_signal(self.request.user, self.kwargs["key"])
        if found is None:
            raise Http404
        self.signal = found
        record_signals(type(self).__name__, [found], Verb.VIEWED)

    def get_form_kwargs(self) -> dict[str, Any]:
        """Say whether there is a manager to tell."""
        return {"has_manager": self.signal.nominal is not None}

    def get_initial(self) -> dict[str, Any]:
        """Remember which reports the user saw."""
        return {"version": self.signal.version}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add what it is about, and the way back."""
        back = reverse(LIST)
        return super().get_context_data(**{"signal": self.signal, "back_url": back, "cancel_url": back, **kwargs})

    def perform(self, **data: Any) -> SignalLook:
        """Store it."""
        return look_at_signal(actor=self.request.user, key=self.signal.key, **data)

    def get_success_url(self) -> str:
        """On to the tasking, or back to the list."""
        return reverse(TASKING if self.result.follows == Follow.TASKING else LIST)
