"""Forms of what disclosure goes by, for administrators."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from intelligence.forms.practice import PracticeForm
from offenders.forms.operational import words as box


class GroundForm(PracticeForm):
    """A ground for holding something back."""

    name = forms.CharField(label=_("Name"), max_length=200)
    section = forms.CharField(label=_("Where in the law it stands"), max_length=100)
    explains = forms.CharField(label=_("When it holds"), max_length=1000, widget=box(3), help_text=_("In plain words."))
    told_as = forms.CharField(
        label=_("What whoever asked reads"),
        max_length=1000,
        required=False,
        widget=box(3),
        help_text=_("Empty: that something was held back."),
    )
    name_welsh = forms.CharField(
        label=_("Name in Welsh"), max_length=200, required=False, help_text=_("For letters in Welsh. Empty: the English words.")
    )
    section_welsh = forms.CharField(label=_("Where in the law it stands, in Welsh"), max_length=100, required=False)
    told_as_welsh = forms.CharField(label=_("What whoever asked reads, in Welsh"), max_length=1000, required=False, widget=box(3))
    needs_test = forms.BooleanField(label=_("The public interest is weighed before it is used"), required=False)
    field_order = (
        "name", "section", "explains", "told_as", "name_welsh", "section_welsh", "told_as_welsh", "needs_test", "source", "starts_on",
        "reason",
    )  # fmt: skip


class TextForm(PracticeForm):
    """Words that are the same for everybody."""

    name = forms.CharField(label=_("Name"), max_length=200)
    words = forms.CharField(label=_("Words"), max_length=5000, widget=box(8), help_text=_("Everybody reads the same: they name nobody."))
    field_order = ("name", "words", "source", "starts_on", "reason")


class SmallNumberForm(PracticeForm):
    """The smallest number that leaves."""

    least = forms.IntegerField(
        label=_("Smallest number that is shown"), min_value=1, max_value=100, help_text=_("Anything below it is hidden.")
    )
    field_order = ("least", "source", "starts_on", "reason")
