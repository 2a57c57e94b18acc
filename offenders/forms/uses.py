"""Forms of marking material and of consulting other agencies."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from offenders.choices.risk import MaterialKind, UsePurpose
from offenders.forms.base import PlainForm
from offenders.forms.operational import words
from offenders.models import Assessment
from ui.fields import DateField
from ui.templatetags.ui import uk_date


class MaterialUseForm(PlainForm):
    """Which material, and what for."""

    purpose = forms.ChoiceField(label=_("What it is marked for"), choices=UsePurpose.choices, widget=forms.RadioSelect)
    kind = forms.ChoiceField(label=_("What it is"), choices=MaterialKind.choices, widget=forms.RadioSelect)
    assessment = forms.ModelChoiceField(
        label=_("Which assessment"), queryset=Assessment.objects.none(), required=False, help_text=_("Only for a risk assessment.")
    )
    material = forms.CharField(
        label=_("Which material"),
        required=False,
        max_length=300,
        help_text=_("For anything else: its reference and date, not its content."),
    )
    case_reference = forms.CharField(label=_("Case or court reference"), required=False, max_length=60)
    why = forms.CharField(label=_("What it shows"), max_length=2000, widget=words(3))

    def __init__(self, *args: Any, assessments: QuerySet[Assessment], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["assessment"].queryset = assessments
        self.fields["assessment"].label_from_instance = lambda row: f"{row.tool.name}, {uk_date(row.assessed_on)}"


class ConsultationForm(PlainForm):
    """Whom one asked before acting, or why not."""

    planned = forms.CharField(label=_("The action that is planned"), max_length=300)
    consulted_on = DateField(label=_("When"), not_in_future=True)
    agency = forms.CharField(label=_("Agency that was asked"), required=False, max_length=120)
    person = forms.CharField(label=_("Who answered"), required=False, max_length=120, help_text=_("Name and post."))
    view = forms.CharField(label=_("What they said"), required=False, max_length=4000, widget=words(4))
    urgent_because = forms.CharField(
        label=_("Or: why it was too urgent to ask"),
        required=False,
        max_length=2000,
        widget=words(3),
        help_text=_("Leave the agency empty then."),
    )
