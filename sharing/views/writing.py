"""Writing a decision to share: five pages, naming the recipient apart, checking the answers and sending it."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.access import row_security
from accounts.errors import DomainError
from intelligence.forms.information import VersionForm
from offenders.models import ConfidentialSection
from offenders.services.leaks import may_leak
from offenders.views.base import LeakChecked, texts_of
from sharing.forms.decisions import NameForm, PageForm
from sharing.models import SharingDecision
from sharing.reports.chosen import items_for
from sharing.reports.decisions import advice_of, answers_of, facts_used, is_at_risk, lines_of, missing_in, said_of, said_on
from sharing.rules.decisions import State
from sharing.rules.questions import FIELDS, PAGES, Kind, answer_words, on_page
from sharing.services.decisions import name_recipient, save_page, submit_decision
from sharing.views.base import DecisionForm
from sharing.views.decisions import authority_of


class WritePage(DecisionForm, LeakChecked):
    """One of the five pages; the facts used and who decides stand beside it."""

    form_class = PageForm
    template_name = "sharing/decisions/page.html"
    button = _("Save and go on")

    @property
    def page(self) -> int:
        """The page of the address."""
        return int(self.kwargs["number"])

    def load(self) -> None:
        """Only pages that there are, of decisions that have not ended."""
        if self.page not in PAGES:
            raise Http404
        super().load()

    def rows(self) -> QuerySet[SharingDecision]:
        """Return those that can still be written."""
        return super().rows().exclude(state=State.ENDED)

    def get_form_kwargs(self) -> dict[str, Any]:
        """Say what is asked."""
        return {"decision": self.decision, "page": self.page}

    def get_initial(self) -> dict[str, Any]:
        """Show what is stored; of a stage what follows from the other answers."""
        self.answers = answers_of(self.decision)
        stored = {name: getattr(self.decision, name) for name in FIELDS[self.page]}
        for question in on_page(self.page, self.decision.template, self.decision.recipient_kind):
            verdict, text = self.answers.get(question.code, ("", ""))
            stored |= {f"{question.code}_verdict": verdict, question.code: text}
            if question.kind == Kind.STAGE:
                stored[question.code] = answer_words(question, self.answers)
        return super().get_initial() | stored

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the panel beside the page."""
        return super().get_context_data(
            **{
                "nominal": self.nominal,
                "page": self.page,
                "pages": PAGES.items(),
                "title": PAGES[self.page],
                "facts": facts_used(self.decision, self.answers),
                "advice": advice_of(self.decision),
                "is_at_risk": is_at_risk(self.answers),
                "stale": self.stored() if self.is_stale else [],
                **authority_of(self.request, self.decision),
                **kwargs,
            }
        )

    def stored(self) -> list[tuple[str, str]]:
        """Return what this page says as it is stored now, where somebody else was first."""
        said = said_of(self.page, self.decision, answers_of(self.decision))
        return [(each.question.label, each.words) for each in said if each.words]

    def hold_back(self, form: PageForm) -> HttpResponse | None:  # type: ignore[override]
        """Remember what was typed, as a decision takes it."""
        self.said = form.said()
        return super().hold_back(form)

    def perform(self, version: int, **data: Any) -> SharingDecision:
        """Store what the page says."""
        fields, answers = self.said
        return save_page(actor=self.request.user, decision=self.decision, version=version, fields=fields, answers=answers)

    def get_success_url(self) -> str:
        """On to the next page, or to checking the answers."""
        key = self.kwargs["public_id"]
        if "stay" in self.request.POST:
            return reverse("sharing:decision-page", args=[key, self.page])
        return reverse("sharing:decision-page", args=[key, self.page + 1]) if self.page < max(PAGES) else check_url(key)


def check_url(key: Any) -> str:
    """Return where the answers are checked."""
    return reverse("sharing:decision-check", args=[key])


class KeepPage(WritePage):
    """Stores a page while it is typed, without a word in the answer. What may repeat what is kept apart waits for the button."""

    http_method_names = ("post", "options")

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Store what fits."""
        self.load()
        form = PageForm(request.POST, **self.get_form_kwargs())
        form.is_valid()
        if may_leak(actor=request.user, nominal=self.nominal, texts=texts_of(form)):
            return HttpResponse(status=204)
        fields, answers = form.said()
        kept = {"version": form.cleaned_data.get("version"), "fields": fields, "answers": answers, "is_typing": True}
        try:
            save_page(actor=request.user, decision=self.decision, **kept)
        except DomainError:
            return HttpResponse(status=409)
        return HttpResponse(status=204)


class NameRecipient(DecisionForm, LeakChecked):
    """Keeps apart who the recipient is."""

    form_class = NameForm
    is_confidential = True
    title = _("Name the recipient apart")
    done_message = _("Who it is stands in a confidential section. The decision only points to it.")

    def sections(self) -> QuerySet[ConfidentialSection]:
        """Return the open sections of the record that the user may read."""
        rows = ConfidentialSection.objects.for_user(self.request.user)
        return rows.filter(nominal__in=self.nominal.every_key, closed_at__isnull=True)

    def get_form_kwargs(self) -> dict[str, Any]:
        """Offer them."""
        return {"sections": self.sections()}

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Read inside row security."""
        with row_security(request.user):
            return super().get(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Read and store inside row security."""
        with row_security(request.user):
            return super().post(request, *args, **kwargs)

    def perform(self, **data: Any) -> SharingDecision:
        """Point to it."""
        return name_recipient(actor=self.request.user, decision=self.decision, **data)

    def get_success_url(self) -> str:
        """Back to the first page."""
        return reverse("sharing:decision-page", args=[self.kwargs["public_id"], 1])


class CheckAnswers(DecisionForm):
    """Everything on one page, what is missing with its place, who decides; and the button that seals and sends it."""

    form_class = VersionForm
    template_name = "sharing/decisions/check.html"
    title = _("Check your answers")
    button = _("Seal it and send it")
    done_message = _("It is sealed, and whoever decides was told.")

    def perform(self, **data: Any) -> SharingDecision:
        """Send it."""
        return submit_decision(actor=self.request.user, decision=self.decision, **data)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the answers and what is missing."""
        decision, answers = self.decision, answers_of(self.decision)
        missing = [(each, self.place(each.page, each.field)) for each in missing_in(self.request.user, decision)]
        context = {"nominal": self.nominal, "said": said_on(decision, answers), "lines": lines_of(decision), "missing": missing}
        context |= {"facts": facts_used(decision, answers), "items": items_for(self.request.user, decision), "advice": advice_of(decision)}
        return super().get_context_data(**{**context, **authority_of(self.request, decision), **kwargs})

    def place(self, page: int, field: str) -> str:
        """Return where something missing is put right."""
        key = self.decision.public_id
        if field == "recipient_section":
            return reverse("sharing:decision-recipient", args=[key])
        if field in {"items", "proactive"}:
            return reverse(f"sharing:{field}", args=[key])
        return f"{reverse('sharing:decision-page', args=[key, page])}#id_{field}" if page else reverse("sharing:decision", args=[key])
