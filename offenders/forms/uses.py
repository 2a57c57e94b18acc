"""Forms of marking material and of consulting other agencies."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet

from offenders.choices.risk import MaterialKind, UsePurpose
from offenders.forms.base import PlainForm
from offenders.forms.operational import words
from offenders.models import Assessment
from ui.fields import DateField
from ui.templatetags.ui import uk_date


class MaterialUseForm(PlainForm):
    """Which material, and what for."""

    purpose = forms.ChoiceField(label="What it is marked for", choices=UsePurpose.choices, widget=forms.RadioSelect)
    kind = forms.ChoiceField(label="What it is", choices=MaterialKind.choices, widget=forms.RadioSelect)
    assessment = forms.ModelChoiceField(
        label="Which assessment", queryset=Assessment.objects.none(), required=False, help_text="Only for a risk assessment."
    )
    material = forms.CharField(
        label="Which material", required=False, max_length=300, help_text="For anything else: its reference and date, not its content."
    )
    case_reference = forms.CharField(label="Case or court reference", required=False, max_length=60)
    why = forms.CharField(label="What it shows", max_length=2000, widget=words(3))

    def __init__(self, *args: Any, assessments: QuerySet[Assessment], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["assessment"].queryset = assessments
        self.fields["assessment"].label_from_instance = lambda row: f"{row.tool.name}, {uk_date(row.assessed_on)}"


class ConsultationForm(PlainForm):
    """Whom one asked before acting, or why not."""

    planned = forms.CharField(label="The action that is planned", max_length=300)
    consulted_on = DateField(label="When", not_in_future=True)
    agency = forms.CharField(label="Agency that was asked", required=False, max_length=120)
    person = forms.CharField(label="Who answered", required=False, max_length=120, help_text="Name and post.")
    view = forms.CharField(label="What they said", required=False, max_length=4000, widget=words(4))
    urgent_because = forms.CharField(
        label="Or: why it was too urgent to ask", required=False, max_length=2000, widget=words(3), help_text="Leave the agency empty then."
    )
