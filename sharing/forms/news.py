"""Forms of news of agencies."""

from __future__ import annotations

from django import forms

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

    outcome = forms.CharField(label="What was done?", max_length=2000, widget=words(3))


class ConsentForm(VersionForm):
    """Whether the agency lets its intelligence go on."""

    consent = forms.ChoiceField(label="Consent to pass it on", choices=Consent.choices, widget=forms.RadioSelect)
    asked_on = DateField(label="Asked on", required=False, not_in_future=True)
    answered_on = DateField(label="Answered on", required=False, not_in_future=True)
    consent_words = forms.CharField(label="Who answered, and under which conditions", max_length=500, required=False, widget=words(2))
