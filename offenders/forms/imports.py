"""The form that hands in a file of nominals."""
from django import forms

from offenders.forms.base import PlainForm


class ImportForm(PlainForm):
    """One file."""

    file = forms.FileField(
        max_length=200,
        widget=forms.FileInput(attrs={"accept": ".csv,.jsonl"}),
        help_text="A .csv or .jsonl file in UTF-8, with the columns of the documented format. It is checked first; nothing is stored yet.",
    )
