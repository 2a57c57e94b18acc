"""Forms of news of agencies."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from intelligence.forms.information import VersionForm
from offenders.choices.confidential import Consent
from offenders.forms.operational import words
from sharing.forms.requests import FindRecordForm
from ui.fields import DateField


class NewsRecordForm(FindRecordForm):
    """Which record an event is about."""

    is_needed = True

    def __init__(self, *args: object, **kwargs: object):
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["nominal"].required = True


class OutcomeForm(VersionForm):
    """What was done about it."""

    outcome = forms.CharField(label=_("What was done?"), max_length=2000, widget=words(3))


class ConsentForm(VersionForm):
    """Whether the agency lets its intelligence go on."""

    consent = forms.ChoiceField(label=_("Consent to pass it on"), choices=Consent.choices, widget=forms.RadioSelect)
    asked_on = DateField(label=_("Asked on"), required=False, not_in_future=True)
    answered_on = DateField(label=_("Answered on"), required=False, not_in_future=True)
    consent_words = forms.CharField(label=_("Who answered, and under which conditions"), max_length=500, required=False, widget=words(2))
