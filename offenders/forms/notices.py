"""Forms of notices: what came to notice, and the answer."""

from django import forms

from offenders.forms.base import PlainForm


class TellManagerForm(PlainForm):
    """What happened, in a sentence or two."""

    what_happened = forms.CharField(
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Where, when, with whom, and what was done. Do not name victims or sources.",
    )
    incident_reference = forms.CharField(label="Incident number, if there is one", max_length=40, required=False)


class AnswerForm(PlainForm):
    """What the manager says to whoever reported."""

    answer = forms.CharField(
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Whoever reported reads this. Say only what they need for their work.",
    )
