"""Pages of advice on a decision to share: asked for, given, noted, weighed, taken back."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.permissions import Perm
from audit.choices import Verb
from audit.services import record_read
from audit.views import ActEdge, get_or_404
from offenders.views.base import LeakChecked
from sharing.forms.decisions import AdviceForm, FollowForm, GiveForm, NoteForm
from sharing.models import Advice
from sharing.services import advice as services
from sharing.views.base import DecisionForm


class AddAdvice(DecisionForm, LeakChecked):
    """Asks for advice, or notes what somebody outside said."""

    form_class = AdviceForm
    title = _("Ask for advice")
    done_message = _("Recorded.")

    def get_form_kwargs(self) -> dict[str, Any]:
        """Say whose colleagues there are."""
        return {"actor": self.request.user}

    def perform(self, **data: Any) -> Advice:
        """Ask."""
        return services.add_advice(actor=self.request.user, decision=self.decision, **data)


class OneAdvice:
    """Finds advice on which the user holds the permission of the page."""

    permission: ClassVar[Perm] = Perm.DECIDE_SHARING
    request: Any
    kwargs: dict[str, Any]

    def find(self) -> Advice:
        """Return it, and record that it was seen."""
        rows = Advice.objects.for_user(self.request.user, self.permission)
        advice: Advice = get_or_404(rows.select_related("decision__nominal", "adviser"), public_id=self.kwargs["public_id"])
        record_read(Verb.VIEWED, advice.decision, page=type(self).__name__)
        return advice

    def get_success_url(self) -> str:
        """Back to the decision."""
        return reverse("sharing:decision", args=[self.advice.decision.public_id])

    advice: Advice


class AdvicePage(OneAdvice, LeakChecked):
    """A form about one piece of advice."""

    template_name = "sharing/decisions/advice.html"
    done_message = _("Recorded.")

    def load(self) -> None:
        """Find it."""
        self.advice = self.find()
        self.nominal = self.advice.decision.nominal

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add what was asked."""
        back = self.get_success_url()
        return super().get_context_data(
            **{"advice": self.advice, "caption": self.advice.decision.reference, "back_url": back, "cancel_url": back, **kwargs}
        )


class GiveAdvice(AdvicePage):
    """A colleague gives the advice that they were asked for."""

    permission = Perm.VIEW_SHARING
    form_class: ClassVar[type[forms.Form]] = GiveForm
    title = _("Give advice")

    def perform(self, **data: Any) -> Advice:
        """Give it."""
        return services.give_advice(actor=self.request.user, advice=self.advice, **data)


class NoteAdvice(AdvicePage):
    """Notes what somebody outside said."""

    form_class: ClassVar[type[forms.Form]] = NoteForm
    title = _("Note the advice")

    def perform(self, **data: Any) -> Advice:
        """Note it."""
        return services.record_advice(actor=self.request.user, advice=self.advice, **data)


class FollowAdvice(AdvicePage):
    """Says whether advice was followed."""

    form_class: ClassVar[type[forms.Form]] = FollowForm
    title = _("Was the advice followed?")

    def perform(self, **data: Any) -> Advice:
        """Say so."""
        return services.follow_advice(actor=self.request.user, advice=self.advice, **data)


class TakeBackQuestion(OneAdvice, ActEdge):
    """Takes a question back."""

    done_message = _("The question was taken back.")

    def perform(self) -> None:
        """Do it."""
        self.advice = self.find()
        services.take_back_question(actor=self.request.user, advice=self.advice)
