"""Forms of the risk management plan, of what others are asked to do, and of what they report."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.timezone import localdate
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import Unit, User
from offenders.choices.risk import PlanPart, RepeatUnit
from offenders.forms.base import PlainForm
from offenders.forms.operational import words
from offenders.rules.risk import check_plan, check_rhythm
from ui.fields import DateField
from ui.languages import StrOrPromise

YES_NO = [("yes", _("Yes")), ("no", _("No"))]


def part(name: PlanPart, hint: StrOrPromise) -> forms.CharField:
    """Return the box of one part of the plan."""
    return forms.CharField(label=name.label, required=False, max_length=8000, widget=words(6), help_text=hint)


class PlanForm(PlainForm):
    """The plan in its four parts."""

    supervision = part(PlanPart.SUPERVISION, _("Visits, appointments, who supervises, how often."))
    monitoring = part(PlanPart.MONITORING, _("Conditions, checks, tagging, devices, who watches for what."))
    interventions = part(PlanPart.INTERVENTIONS, _("Programmes, treatment, housing, work: what lowers the risk."))
    victim_safety = part(
        PlanPart.VICTIM_SAFETY, _("Measures without anybody's name or address: what names a victim belongs under Confidential.")
    )
    review_on = DateField(label=_("Review on"), required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, is_submitted: bool, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.is_submitted = is_submitted

    def clean(self) -> dict[str, Any]:
        """Before it is handed in, say everything that is missing at once."""
        cleaned = super().clean() or {}
        if self.is_submitted and not self.errors:
            for name, text in check_plan(cleaned, cleaned["review_on"], localdate()):
                self.add_error(name, text)
        return cleaned


class PlanActionForm(PlainForm):
    """What somebody is asked to do."""

    part = forms.ChoiceField(label=_("Part of the plan"), choices=PlanPart.choices, widget=forms.RadioSelect)
    what = forms.CharField(
        label=_("What is to be done"),
        max_length=500,
        widget=words(3),
        help_text=_("Whoever is asked reads these words without the case file. Name nobody: no victim, no child, no source."),
    )
    officer = forms.ModelChoiceField(
        label=_("Officer"), queryset=User.objects.none(), required=False, help_text=_("Choose one: an officer, a unit or a partner.")
    )
    unit = forms.ModelChoiceField(label=_("Or unit"), queryset=Unit.objects.none(), required=False)
    partner = forms.CharField(
        label=_("Or partner agency"), required=False, max_length=120, help_text=_("The offender manager asks them and reports for them.")
    )
    due_on = DateField(label=_("By when"), help_text=_("The first time, if it is to be done again and again."))
    every = forms.IntegerField(
        label=_("Again every"), required=False, min_value=1, max_value=365, help_text=_("A number, for example 2. Leave empty for once.")
    )
    every_unit = forms.ChoiceField(label=_("Days or weeks"), required=False, choices=[("", _("Only once")), *RepeatUnit.choices])

    def __init__(self, *args: Any, people: QuerySet[User], units: QuerySet[Unit], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["officer"].queryset, self.fields["unit"].queryset = people, units
        self.fields["officer"].label_from_instance = lambda user: user.display_name
        self.fields["unit"].label_from_instance = lambda unit: unit.name

    def clean(self) -> dict[str, Any]:
        """Exactly one is asked, and a rhythm is whole."""
        cleaned = super().clean() or {}
        if not self.errors and sum(bool(cleaned[name]) for name in ("officer", "unit", "partner")) != 1:
            self.add_error("officer", gettext("Choose one: an officer, a unit or a partner"))
        for name, text in check_rhythm(cleaned.get("every"), cleaned.get("every_unit", "")) if not self.errors else []:
            self.add_error(name, text)
        return cleaned


class PlanReportForm(PlainForm):
    """What was done or seen."""

    text = forms.CharField(label=_("What you did and what you saw"), max_length=4000, widget=words(5))
    happened_on = DateField(label=_("When"), not_in_future=True)
    is_concern = forms.TypedChoiceField(
        label=_("Is there a concern that the offender manager must know now?"),
        choices=YES_NO,
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
        help_text=_("In immediate danger act first, then call the on-call supervisor on the card."),
    )
    is_done = forms.TypedChoiceField(
        label=_("Is this done?"), choices=YES_NO, coerce=lambda value: value == "yes", widget=forms.RadioSelect
    )
