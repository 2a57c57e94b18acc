"""The form that hands in a file of nominals."""
from django import forms
from django.utils.translation import gettext_lazy as _

from offenders.forms.base import PlainForm


class ImportForm(PlainForm):
    """One file."""

    file = forms.FileField(
        label=_("File"),
        max_length=200,
        widget=forms.FileInput(attrs={"accept": ".csv,.jsonl"}),
        help_text=_(
            "A .csv or .jsonl file in UTF-8, with the columns of the documented format. It is checked first; nothing is stored yet."
        ),
    )
