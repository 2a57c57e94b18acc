"""Forms of notices: what came to notice, and the answer."""

from django import forms
from django.utils.translation import gettext_lazy as _

from offenders.forms.base import PlainForm


class TellManagerForm(PlainForm):
    """What happened, in a sentence or two."""

    what_happened = forms.CharField(
        label=_("What happened"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Where, when, with whom, and what was done. Do not name victims or sources."),
    )
    incident_reference = forms.CharField(label=_("Incident number, if there is one"), max_length=40, required=False)


class AnswerForm(PlainForm):
    """What the manager says to whoever reported."""

    answer = forms.CharField(
        label=_("Answer"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Whoever reported reads this. Say only what they need for their work."),
    )
