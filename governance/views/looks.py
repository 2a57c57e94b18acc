"""Pages of unusual looks: the queue of an auditor, one look, judging it, and the rules."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from accounts.access import may
from accounts.permissions import Perm
from audit.choices import Verb
from audit.services import record_read
from audit.views import Edge, FormEdge, ListEdge, PageEdge, get_or_404
from governance.choices.looks import LookState
from governance.forms.looks import AskForm, JudgeForm, LookFilter, LookRuleForm
from governance.models import LookJudgement, LookQuestion, LookRule, UnusualLook
from governance.reports.looks import events_for, rates_of, with_references
from governance.services.look_questions import ask_why
from governance.services.look_rules import change_look_rule
from governance.services.looks import judge_look
from intelligence.views.flag_kinds import DatedEdge
from ui.languages import render


class LookList(ListEdge):
    """Unusual looks of people of the force, newest first, and how each rule does."""

    permission = Perm.REVIEW_ACCESS
    template_name = "governance/looks/list.html"
    context_name = "looks"

    def rows(self) -> QuerySet:
        """Return those that wait to be judged, or what the filter asks for."""
        self.form = LookFilter(self.request.GET)
        rows = UnusualLook.objects.for_user(self.request.user).select_related("person", "rule").order_by("-pk")
        if not self.form.is_valid():
            return rows.none()
        state, rule = self.form.cleaned_data["state"] or LookState.OPEN, self.form.cleaned_data["rule"]
        rows = rows if state == "any" else rows.filter(state=state)
        return rows.filter(rule__code=rule) if rule else rows

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the filter, the references of the records and the rates."""
        context = super().get_context_data(rates=rates_of(self.request.user), **kwargs)
        return context | {"form": self.form, "looks": with_references(context["looks"])}


class OneLook(Edge):
    """Something about one look."""

    permission = Perm.REVIEW_ACCESS

    def find(self) -> UnusualLook:
        """Return it; hidden and missing look the same."""
        looks = UnusualLook.objects.for_user(self.request.user, self.permission).select_related("person__unit", "rule")
        look: UnusualLook = get_or_404(looks, public_id=self.kwargs["public_id"])
        return look


class LookPage(OneLook):
    """One look: the rule, why, the events, what was asked and judged."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show it and record that it was read."""
        (look,) = with_references([self.find()])
        record_read(Verb.VIEWED, look, page=type(self).__name__)
        shown = {
            "look": look,
            "events": events_for(request.user, look.events),
            "judgements": LookJudgement.objects.for_user(request.user).filter(look=look).select_related("by"),
            "questions": LookQuestion.objects.for_user(request.user).filter(look=look).select_related("asked_by"),
        }
        return render(request, "governance/looks/look.html", shown)


class LookForm(OneLook, FormEdge):
    """A form about one look."""

    def load(self) -> None:
        """Find it."""
        self.look = self.find()

    def version(self) -> int:
        """Return the version that is stored."""
        return self.look.version

    def get_initial(self) -> dict[str, Any]:
        """Carry the version that is seen."""
        return {"version": self.look.version}

    def get_success_url(self) -> str:
        """Back to the look."""
        return reverse("governance:look", args=[self.look.public_id])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say which look, and lead back."""
        back = self.get_success_url()
        return super().get_context_data(
            caption=self.look.rule.get_code_display(), intro=self.look.why, back_url=back, cancel_url=back, **kwargs
        )


class JudgeLook(LookForm):
    """Explained, or for professional standards."""

    form_class = JudgeForm
    title = _("Judge this look")
    button = _("Save what you find")
    done_message = _("Saved.")

    def perform(self, **data: Any) -> UnusualLook:
        """Judge."""
        return judge_look(actor=self.request.user, look=self.look, **data)


class AskAboutLook(LookForm):
    """Asks the person why they looked."""

    form_class = AskForm
    title = _("Ask why")
    button = _("Ask")
    done_message = _("Asked. The person has an action with a clock.")

    def perform(self, **data: Any) -> LookQuestion:
        """Ask about all of its events."""
        return ask_why(actor=self.request.user, events=self.look.events, look=self.look, **data)


class LookRules(PageEdge):
    """What makes a look unusual, with its past."""

    permission = Perm.CHANGE_RULES  # whoever is watched need not know the numbers; auditors see them beside the looks
    template_name = "governance/looks/rules.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the rules, and whether the user may change them."""
        user = self.request.user
        may_change = may(user, Perm.CHANGE_RULES) and user.organisation.is_force
        rules = LookRule.objects.for_user(user).order_by("code", "-period")
        return super().get_context_data(rules=rules, may_change=may_change, today=localdate(), **kwargs)


class ChangeLookRule(DatedEdge):
    """Other numbers from a day on."""

    form_class = LookRuleForm
    title = _("Change a rule of unusual looks")
    button = _("Save the change")
    done_message = _("The change is saved. It counts from its first day.")
    back = "governance:look-rules"

    def load(self) -> None:
        """Find it."""
        self.rule: LookRule = get_or_404(LookRule.objects.for_user(self.request.user, self.permission), pk=self.kwargs["key"])

    def get_initial(self) -> dict[str, Any]:
        """Show what holds."""
        return {name: getattr(self.rule, name) for name in ("explains", "least", "span", "margin", "source")}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say which rule."""
        return super().get_context_data(caption=self.rule.get_code_display(), **kwargs)

    def perform(self, **data: Any) -> LookRule:
        """Change it."""
        return change_look_rule(actor=self.request.user, rule=self.rule, **data)
