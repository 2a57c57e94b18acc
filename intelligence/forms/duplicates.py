"""Forms of pairs of records that may be one person."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from offenders.forms.merging import OtherRecordForm, WhyForm

LONG = forms.Textarea(attrs={"rows": 3})


class ProposeForm(OtherRecordForm):
    """Which other record may be about the same person, and why."""

    reason = forms.CharField(label=_("Why"), max_length=500, widget=LONG, help_text=_("The supervisors of both records read it."))


class RefuseForm(WhyForm):
    """Why two records are about two people."""

    reason = forms.CharField(
        label=_("How you know that these are two people"), max_length=500, min_length=10, widget=LONG,
        help_text=_("The pair is not proposed again until a name, a date of birth or a number of either record changes."),
    )  # fmt: skip
