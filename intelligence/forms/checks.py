"""The form that records what another system answered."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from intelligence.choices.checks import CheckResult
from intelligence.models import CheckSource
from offenders.forms.base import PlainForm
from ui.fields import DateField


class RecordCheckForm(PlainForm):
    """What a system answered to somebody who asked it by hand."""

    source = forms.ModelChoiceField(label=_("System"), queryset=CheckSource.objects.none(), empty_label=None, widget=forms.RadioSelect)
    checked_on = DateField(label=_("Day of the check"), not_in_future=True)
    result = forms.ChoiceField(label=_("Result"), choices=CheckResult.choices, widget=forms.RadioSelect)
    reference = forms.CharField(
        label=_("Reference of the answer"), max_length=60, required=False, help_text=_("Under which that system keeps its answer.")
    )
    records_found = forms.IntegerField(label=_("How many records were found"), required=False, min_value=0, max_value=30_000)
    last_entry_on = DateField(label=_("Day of the newest entry"), required=False, not_in_future=True)
    details = forms.CharField(
        label=_("What it says"),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("What matters for managing this person. Victims and sources belong in a confidential section."),
    )

    def __init__(self, *args: Any, sources: QuerySet[CheckSource], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["source"].queryset = sources
        self.fields["checked_on"].initial = localdate()
