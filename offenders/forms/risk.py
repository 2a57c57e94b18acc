"""Forms of risk assessments; the questions of a tool come from its data."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.functional import lazy
from django.utils.text import capfirst
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from offenders.choices import AtRisk, RiskLevel
from offenders.choices.risk import AssessmentReason, Decision, FieldKind
from offenders.forms.base import PlainForm
from offenders.forms.operational import words
from offenders.models import Assessment, AssessmentTool, InformationSource
from offenders.rules.risk import FormField, Problem, check_assessment, check_scores, levels_of, score_field, what_it_takes
from ui.fields import DateField

LEVELS = [(item.value, item.label) for item in reversed(RiskLevel)]
answer_words = lazy(what_it_takes, str)
CHOOSE = ("", _("Choose"))


class StartAssessmentForm(PlainForm):
    """Which tool, when and why."""

    tool = forms.ModelChoiceField(label=_("Which tool"), queryset=AssessmentTool.objects.none(), widget=forms.RadioSelect, empty_label=None)
    assessed_on = DateField(label=_("Day of the assessment"), not_in_future=True)
    occasion = forms.ChoiceField(label=_("Why now"), choices=AssessmentReason.choices, widget=forms.RadioSelect)

    def __init__(self, *args: Any, tools: QuerySet[AssessmentTool], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["tool"].queryset = tools
        self.fields["tool"].label_from_instance = lambda tool: tool.name


def score_input(field: FormField) -> forms.Field:
    """Return the form field that takes one answer; ranges are checked from the data, so that the words are the same everywhere."""
    if field.kind == FieldKind.NUMBER:
        return forms.IntegerField(label=field.name, required=False, help_text=capfirst(answer_words(field)))
    if field.kind == FieldKind.TEXT:
        return forms.CharField(label=field.name, required=False, max_length=200)
    if field.kind == FieldKind.LEVEL:
        levels = [CHOOSE, *((level.value, level.label) for level in levels_of(field))]
        return forms.TypedChoiceField(label=field.name, required=False, coerce=int, empty_value=None, choices=levels)
    return forms.ChoiceField(label=field.name, required=False, choices=[CHOOSE, *((option, option) for option in field.options)])


class AssessmentForm(PlainForm):
    """What was assessed. As a draft anything may be missing; nothing given may be out of range."""

    assessed_on = DateField(label=_("Day of the assessment"), not_in_future=True)
    occasion = forms.ChoiceField(label=_("Why now"), choices=AssessmentReason.choices, widget=forms.RadioSelect)
    level_proposed = forms.TypedChoiceField(
        label=_("Level of risk that you propose"), required=False, coerce=int, empty_value=None, choices=LEVELS, widget=forms.RadioSelect
    )
    difference_reason = forms.CharField(
        label=_("Why another level than the tool gives"),
        required=False,
        max_length=2000,
        widget=words(3),
        help_text=_("Only where they differ."),
    )
    at_risk = forms.MultipleChoiceField(
        label=_("To whom"),
        required=False,
        choices=[(item.value, capfirst(item.label)) for item in AtRisk],
        widget=forms.CheckboxSelectMultiple,
    )
    rationale = forms.CharField(
        label=_("Your reasons"),
        required=False,
        max_length=8000,
        widget=words(8),
        help_text=_("What raises and what lowers the risk, and why."),
    )
    sources = forms.MultipleChoiceField(label=_("What you drew on"), required=False, widget=forms.CheckboxSelectMultiple)
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, questions: Sequence[FormField], sources: QuerySet[InformationSource], is_submitted: bool, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.questions, self.is_submitted = questions, is_submitted
        self.fields["sources"].choices = [(source.code, source.name) for source in sources]
        self.fields |= {score_field(field.code): score_input(field) for field in questions}
        self.order_fields(["assessed_on", "occasion", *(score_field(field.code) for field in questions)])

    def clean(self) -> dict[str, Any]:
        """Gather the answers under `scores` and say everything that is missing or out of range at once."""
        cleaned = super().clean() or {}
        answers = {field.code: cleaned.pop(score_field(field.code), None) for field in self.questions}
        cleaned["scores"] = {code: value for code, value in answers.items() if value not in (None, "")}
        self.add_problems(self.problems(cleaned))
        return cleaned

    def problems(self, cleaned: dict[str, Any]) -> list[Problem]:
        """Return what is wrong, by the rules."""
        if self.is_submitted and not self.errors:
            return check_assessment(self.questions, cleaned, localdate())
        return check_scores(self.questions, cleaned["scores"], is_final=self.is_submitted)

    def add_problems(self, problems: list[Problem]) -> None:
        """Put each problem at its field, once."""
        for name, text in problems:
            if name not in self.errors:
                self.add_error(name or None, text)


class DecisionForm(PlainForm):
    """What a supervisor decides; nothing is chosen beforehand."""

    decision = forms.ChoiceField(label=_("Your decision"), choices=Decision.choices, widget=forms.RadioSelect)
    reasons = forms.CharField(
        label=_("Reasons"), required=False, max_length=2000, widget=words(4), help_text=_("Needed when you return it: what must change.")
    )
    version = forms.IntegerField(widget=forms.HiddenInput)


class WithdrawForm(PlainForm):
    """Why a draft is given up."""

    reason = forms.CharField(label=_("Why"), max_length=500, widget=words(3))


def scores_as_initial(assessment: Assessment) -> dict[str, Any]:
    """Return the stored answers under the names of the form's fields."""
    return {score_field(code): value for code, value in assessment.scores.items()}
