"""Pages of questions why somebody looked: asking, one's own to answer, and deciding on answers."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.access import may
from accounts.permissions import Perm
from audit.choices import Verb
from audit.models import Event
from audit.services import record_read
from audit.views import Edge, FormEdge, ListEdge, get_or_404
from disclosure.reports.clocks import clocks_of
from governance.choices.looks import QuestionState
from governance.forms.looks import AnswerForm, AskAboutForm, JudgeForm
from governance.models import LookQuestion
from governance.reports.looks import events_beside, events_for, own_events, shown_events
from governance.services.look_questions import answer_question, ask_why, decide_question
from ui.languages import render


class QuestionList(ListEdge):
    """Questions to oneself and, for auditors, those to others of the force."""

    permission = Perm.EXPLAIN_ACCESS
    template_name = "governance/looks/questions.html"
    context_name = "questions"

    def rows(self) -> QuerySet:
        """Return them, newest first."""
        return LookQuestion.objects.for_user(self.request.user).select_related("asked", "asked_by").order_by("-pk")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say whether the user asks others."""
        return super().get_context_data(may_review=may(self.request.user, Perm.REVIEW_ACCESS), **kwargs)


class AskAboutEvent(FormEdge):
    """Asks why somebody looked, from an event of the trail."""

    permission = Perm.REVIEW_ACCESS
    form_class = AskAboutForm
    title = _("Ask why")
    button = _("Ask")
    done_message = _("Asked. The person has an action with a clock.")

    def load(self) -> None:
        """Find the event, and what the person did beside it."""
        user = self.request.user
        self.event: Event = get_or_404(
            Event.objects.for_user(user, Perm.VIEW_AUDIT).exclude(actor=user).select_related("actor"), pk=self.kwargs["event"]
        )
        self.beside = shown_events(events_beside(user, self.event))

    def get_form_kwargs(self) -> dict[str, Any]:
        """Offer them."""
        return {"events": self.beside}

    def get_initial(self) -> dict[str, Any]:
        """Choose the event that one came from."""
        return {"events": [self.event.pk]}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say whom, and lead back."""
        back = reverse("audit:event", args=[self.event.pk])
        return super().get_context_data(caption=self.event.actor.display_name, back_url=back, cancel_url=back, **kwargs)

    def perform(self, **data: Any) -> LookQuestion:
        """Ask."""
        return ask_why(actor=self.request.user, **data)

    def get_success_url(self) -> str:
        """Go to the question."""
        return reverse("governance:question", args=[self.result.public_id])


class OneQuestion(Edge):
    """Something about one question."""

    permission = Perm.EXPLAIN_ACCESS

    def find(self) -> LookQuestion:
        """Return it; hidden and missing look the same."""
        rows = LookQuestion.objects.for_user(self.request.user, self.permission).select_related("asked", "asked_by", "look")
        question: LookQuestion = get_or_404(rows, public_id=self.kwargs["public_id"])
        return question

    def events_of(self, question: LookQuestion) -> list[Any]:
        """Return what it asks about, as this user may see it."""
        user = self.request.user
        return own_events(user, question.events) if question.asked_id == user.pk else events_for(user, question.events)


class QuestionPage(OneQuestion):
    """A question, what was said, and where it stands."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show it and record that it was read."""
        question = self.find()
        record_read(Verb.VIEWED, question, page=type(self).__name__)
        is_own = question.asked_id == request.user.pk
        may_decide = not is_own and (question.state == QuestionState.ANSWERED or question.is_late)
        shown = {
            "question": question,
            "events": self.events_of(question),
            "steps": question.steps.select_related("by"),
            "clocks": clocks_of(request.user, question),
            "is_own": is_own,
            "may_answer": is_own and question.state == QuestionState.ASKED,
            "may_decide": may_decide and may(request.user, Perm.REVIEW_ACCESS, question),
        }
        return render(request, "governance/looks/question.html", shown)


class QuestionForm(OneQuestion, FormEdge):
    """A form about one question."""

    template_name = "governance/looks/question_form.html"

    def load(self) -> None:
        """Find it."""
        self.question = self.find()

    def version(self) -> int:
        """Return the version that is stored."""
        return self.question.version

    def get_initial(self) -> dict[str, Any]:
        """Carry the version that is seen."""
        return {"version": self.question.version}

    def get_success_url(self) -> str:
        """Back to the question."""
        return reverse("governance:question", args=[self.question.public_id])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Show what was said, and lead back."""
        back = self.get_success_url()
        steps, events = self.question.steps.select_related("by"), self.events_of(self.question)
        return super().get_context_data(steps=steps, events=events, back_url=back, cancel_url=back, **kwargs)


class AnswerQuestion(QuestionForm):
    """Says why one looked."""

    form_class = AnswerForm
    title = _("Why you looked")
    button = _("Send the answer")
    done_message = _("Your answer is with the auditors.")

    def load(self) -> None:
        """Find it among the questions to oneself."""
        super().load()
        if self.question.asked_id != self.request.user.pk:
            raise Http404

    def perform(self, **data: Any) -> LookQuestion:
        """Answer."""
        return answer_question(actor=self.request.user, question=self.question, **data)


class DecideQuestion(QuestionForm):
    """Accepts an answer, or takes it further."""

    permission = Perm.REVIEW_ACCESS
    form_class = JudgeForm
    title = _("Decide on the answer")
    button = _("Save what you find")
    done_message = _("Saved.")

    def perform(self, **data: Any) -> LookQuestion:
        """Decide."""
        return decide_question(actor=self.request.user, question=self.question, **data)
