"""Forms of how long records are kept: rules, groups, reviews, holds, disposal."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from governance.choices.retention import Criterion, Decision, Group, HoldKind
from intelligence.forms.information import VersionForm
from intelligence.forms.practice import PracticeForm
from offenders.forms.base import PlainForm
from offenders.forms.operational import words
from ui.fields import DateField

YES_NO = [("yes", _("Yes")), ("no", _("No"))]
NO_HIGHER = ("", _("No higher group any more"))


class RetentionRuleForm(PracticeForm):
    """How long records of a group are kept."""

    covers = forms.CharField(label=_("What belongs to the group"), max_length=1000, widget=words(3))
    first_years = forms.IntegerField(label=_("Years until the first review"), min_value=1, max_value=100)
    later_years = forms.IntegerField(label=_("Years until each later review"), min_value=1, max_value=100)
    needs_clear = forms.BooleanField(label=_("The years must be clear: something new starts them again"), required=False)
    until_age = forms.IntegerField(
        label=_("Kept at least until the person would be"),
        min_value=18,
        max_value=120,
        required=False,
        help_text=_("An age, or empty."),
    )
    field_order = ("covers", "first_years", "later_years", "needs_clear", "until_age", "source", "starts_on", "reason")


class HigherGroupForm(PlainForm):
    """A higher group than what the record holds makes it."""

    group = forms.TypedChoiceField(
        label=_("Group"), choices=[], coerce=int, empty_value=None, required=False, widget=forms.RadioSelect,
        help_text=_("Only a higher group than the record has by what it holds."),
    )  # fmt: skip
    reason = forms.CharField(label=_("Why"), max_length=1000, widget=words(3))

    def __init__(self, *args: Any, reckoned: Group, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["group"].choices = [each for each in Group.choices if each[0] < reckoned] + [NO_HIGHER]  # type: ignore[attr-defined]


class WhyForm(PlainForm):
    """A reason."""

    reason = forms.CharField(label=_("Why"), max_length=1000, widget=words(3))


class ReviewForm(VersionForm):
    """The questions of a review, each with its reason, and what is proposed. Nothing is chosen before."""

    decision = forms.ChoiceField(label=_("What you propose"), choices=Decision.choices, widget=forms.RadioSelect)
    next_review_on = DateField(label=_("Next review"), required=False, help_text=_("Where you keep it: not later than the rule says."))
    reason = forms.CharField(label=_("Why"), max_length=2000, widget=words(4), help_text=_("Weigh what speaks for keeping it and against."))

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        for criterion in Criterion:
            self.fields[criterion.value] = forms.ChoiceField(label=criterion.label, choices=YES_NO, widget=forms.RadioSelect)
            self.fields[f"{criterion.value}_reason"] = forms.CharField(label=f"Why: {criterion.label}", max_length=1000, widget=words(2))
        questions = [name for criterion in Criterion for name in (criterion.value, f"{criterion.value}_reason")]
        self.order_fields([*questions, "decision", "next_review_on", "reason"])


class WordsForm(VersionForm):
    """What the second person says."""

    words = forms.CharField(label=_("Your reasons"), max_length=1000, widget=words(3))


class DisposeForm(VersionForm):
    """The last step, which nothing takes back."""

    confirmation = forms.CharField(label=_("Type the reference of the record"), max_length=16)


class HoldForm(PlainForm):
    """Why a record must stay."""

    kind = forms.ChoiceField(label=_("Why it must stay"), choices=HoldKind.choices, widget=forms.RadioSelect)
    reason = forms.CharField(label=_("Details"), max_length=1000, widget=words(3))
    review_on = DateField(label=_("When it is looked at again"))


class LiftForm(VersionForm):
    """Why a hold is needed no more."""

    reason = forms.CharField(label=_("Why it is needed no more"), max_length=1000, widget=words(3))
