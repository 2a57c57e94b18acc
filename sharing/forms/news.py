"""Forms of news of agencies."""

from __future__ import annotations

from django import forms

from intelligence.forms.information import VersionForm
from offenders.forms.operational import words
from sharing.forms.requests import FindRecordForm


class NewsRecordForm(FindRecordForm):
    """Which record an event is about."""

    is_needed = True

    def __init__(self, *args: object, **kwargs: object):
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["nominal"].required = True


class OutcomeForm(VersionForm):
    """What was done about it."""

    outcome = forms.CharField(label="What was done?", max_length=2000, widget=words(3))
