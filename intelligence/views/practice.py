"""Pages of what intelligence work goes by: everybody who works with dated data reads them, a force's administrators change it."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from accounts.access import may
from accounts.permissions import Perm
from audit.views import PageEdge, get_or_404
from intelligence.forms.flag_kinds import FromDayForm
from intelligence.forms.practice import ContactLimitForm, MeansForm, SourceForm, SuggestionForm
from intelligence.models import ContactLimit, MeansRule, Suggestion
from intelligence.rules.information import QUESTIONS
from intelligence.services import practice as services
from intelligence.views.flag_kinds import DatedEdge
from offenders.models import InformationSource
from offenders.services.sources import add_source, end_source


class Practice(PageEdge):
    """What answers suggest, which means need an authority, the register of sources and, to some, the limit of contacts; with its past."""

    permission = Perm.VIEW_RULES
    template_name = "intelligence/practice.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add every row, newest first. At which contact somebody is noticed only those read who look at it or set it."""
        user = self.request.user
        order = list(QUESTIONS)
        suggestions = sorted(Suggestion.objects.for_user(user), key=lambda row: order.index(row.question))  # newest first in each
        may_change = may(user, Perm.CHANGE_RULES) and user.organisation.is_force
        limits = ContactLimit.objects.for_user(user) if may_change or may(user, Perm.REVIEW_SOURCE) else []
        return super().get_context_data(
            limits=limits,
            suggestions=suggestions,
            means=MeansRule.objects.for_user(user),
            sources=InformationSource.objects.for_user(user).order_by("name", "-period"),
            may_change=may_change,
            today=localdate(),
            **kwargs,
        )


class PracticeEdge(DatedEdge):
    """A form about something that intelligence work goes by from a day on."""

    button = _("Save the change")
    done_message = _("The change is saved. It counts from its first day.")
    back = "intelligence:practice"


class ChangeContactLimit(PracticeEdge):
    """At which contact the bureau looks at a relationship."""

    form_class = ContactLimitForm
    title = _("When repeated contact is noticed")

    def load(self) -> None:
        """Find the latest row."""
        self.row = get_or_404(ContactLimit.objects.for_user(self.request.user, self.permission))

    def get_initial(self) -> dict[str, Any]:
        """Show what holds."""
        return {"contacts": self.row.contacts, "days": self.row.days}

    def perform(self, **data: Any) -> ContactLimit:
        """Change it."""
        return services.change_contact_limit(actor=self.request.user, limit=self.row, **data)


class ChangeSuggestion(PracticeEdge):
    """What a yes to one question suggests."""

    form_class = SuggestionForm
    title = _("What a yes suggests")

    def load(self) -> None:
        """Find the latest row of the question."""
        if self.kwargs["question"] not in QUESTIONS:
            raise Http404
        self.row = get_or_404(Suggestion.objects.for_user(self.request.user, self.permission), question=self.kwargs["question"])

    def get_initial(self) -> dict[str, Any]:
        """Show what holds."""
        return {"words": self.row.words, "doer": self.row.doer}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say to which question."""
        return super().get_context_data(intro=QUESTIONS[self.row.question][0], **kwargs)

    def perform(self, **data: Any) -> Suggestion:
        """Change it."""
        return services.change_suggestion(actor=self.request.user, suggestion=self.row, **data)


class ChangeMeans(PracticeEdge):
    """Which means need an authority."""

    form_class = MeansForm
    title = _("Means that need a written authority")

    def load(self) -> None:
        """Find the latest row."""
        self.row = get_or_404(MeansRule.objects.for_user(self.request.user, self.permission))

    def get_initial(self) -> dict[str, Any]:
        """Show what holds."""
        return {"means": self.row.means}

    def perform(self, **data: Any) -> MeansRule:
        """Change it."""
        return services.change_means(actor=self.request.user, rule=self.row, **data)


class AddSource(PracticeEdge):
    """Another kind of source in the register."""

    form_class = SourceForm
    title = _("Add a source")
    button = _("Add the source")
    done_message = _("The source is in the register from its first day on.")

    def perform(self, **data: Any) -> InformationSource:
        """Add it."""
        return add_source(actor=self.request.user, **data)


class EndSource(PracticeEdge):
    """No information comes from this kind of source from a day on."""

    form_class = FromDayForm
    title = _("End a source")
    button = _("End it")
    done_message = _("It is not offered from that day on. What came from it stays as it was.")

    def load(self) -> None:
        """Find it."""
        self.row = get_or_404(InformationSource.objects.for_user(self.request.user, self.permission), pk=self.kwargs["key"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say which one."""
        return super().get_context_data(intro=self.row.name, danger=True, **kwargs)

    def perform(self, **data: Any) -> InformationSource:
        """End it."""
        return end_source(actor=self.request.user, source=self.row, **data)
