"""Pages of telling somebody: whom, in which words, with which plan and undertaking, papers, that it was done."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from accounts.errors import DomainError
from accounts.permissions import Perm
from audit.views import Edge, PageEdge
from disclosure.choices.outcomes import Paper
from disclosure.forms.outcomes import ProtectorForm, ToldForm, UndertakingForm, WordsForm
from disclosure.reports.outcomes import live_release
from disclosure.rules.applications import missing_to_disclose
from disclosure.services import outcomes_telling as services
from disclosure.services.outcomes_sharing import take_over_release
from disclosure.views.outcomes_base import ApplicationAct, ApplicationForm, OneApplication
from ui.languages import in_reader_words
from ui.pdf import pdf_response

PAGE = "disclosure:application-telling"


class TellingPage(OneApplication, PageEdge):
    """What is prepared, what is still missing, and once somebody was told, how that was."""

    permission = Perm.VIEW_APPLICATION
    page = PAGE
    template_name = "disclosure/outcomes/telling.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add what is missing, and whom it is about."""
        application = self.find()
        protector = self.prepared.protector_id if self.prepared else None
        is_to_tell = self.facts.verdict == "disclose"
        return super().get_context_data(
            is_to_tell=is_to_tell,
            lacks=missing_to_disclose(self.facts) if is_to_tell and not self.facts.told else [],
            protector=next((party for party in self.parties if party.pk == protector), None),
            release=live_release(self.decision.sharing) if self.decision else None,
            **self.shown(application),
            **kwargs,
        )


class TellingForm(ApplicationForm):
    """A form of the telling."""

    page = PAGE
    done_message = _("Saved.")


class SettleProtector(TellingForm):
    """Who is told."""

    form_class = ProtectorForm
    title = _("Who is told")

    def get_form_kwargs(self) -> dict[str, Any]:
        """Offer who is in the application."""
        return {"parties": self.parties}

    def perform(self, **data: Any) -> Any:
        """Store it."""
        return services.settle_protector(**self.asked(**data))


class WriteWords(TellingForm):
    """The words to say and the safety plan."""

    form_class = WordsForm
    title = _("Words and safety plan")

    def get_form_kwargs(self) -> dict[str, Any]:
        """Say whether the words are what was approved."""
        return {"has_record": self.application.nominal_id is not None}

    def get_initial(self) -> dict[str, Any]:
        """Show what is stored."""
        stored = {"script": self.prepared.script, "safety_plan": self.prepared.safety_plan} if self.prepared else {}
        return super().get_initial() | stored

    def perform(self, **data: Any) -> Any:
        """Store it."""
        return services.write_words(**self.asked(**data))


class AskUndertaking(TellingForm):
    """Whether they undertake to keep it to themselves."""

    form_class = UndertakingForm
    title = _("Undertaking")

    def perform(self, **data: Any) -> Any:
        """Store it."""
        return services.ask_undertaking(**self.asked(**data))


class RecordTelling(TellingForm):
    """That somebody was told."""

    form_class = ToldForm
    title = _("Record the telling")
    button = _("Record it")
    done_message = _("Recorded. You are asked in 7 and in 28 days what came of it.")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add what is missing."""
        return super().get_context_data(**{"lacks": missing_to_disclose(self.facts), **kwargs})

    def perform(self, **data: Any) -> Any:
        """Store it."""
        return services.record_telling(**self.asked(**data))


class TakeOverRelease(ApplicationAct):
    """Takes over what was sent under the decision to tell somebody."""

    page = PAGE
    done_message = _("Taken over. It is what will be said, word by word.")

    def perform(self) -> Any:
        """Take it over."""
        return take_over_release(**self.asked())


class PrintPaper(OneApplication, Edge):
    """A numbered paper of the telling."""

    page = PAGE
    http_method_names = ("post", "options")

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Hand it over; or say why not."""
        if kwargs["kind"] not in Paper.values:
            raise Http404
        try:
            name, file = services.print_paper(actor=request.user, application=self.find(), kind=kwargs["kind"])
        except DomainError as error:
            messages.error(request, in_reader_words(request, error))
            return redirect(self.get_success_url())
        return pdf_response(file, name)
