"""Forms of what intelligence work goes by, for administrators."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from intelligence.choices.information import Doer
from intelligence.choices.tasking import Means
from intelligence.forms.flag_kinds import FromDayForm
from offenders.choices.risk import SourceAsks

WRITTEN = _("The guidance or force policy.")


class PracticeForm(FromDayForm):
    """Something that holds from a day on, and where it is written."""

    source = forms.CharField(label=_("Where it is written"), max_length=200, help_text=WRITTEN)


class ContactLimitForm(PracticeForm):
    """When the bureau looks at a relationship."""

    contacts = forms.IntegerField(label=_("Contacts"), min_value=2, max_value=50, help_text=_("At this contact the bureau looks at it."))
    days = forms.IntegerField(label=_("Within how many days"), min_value=1, max_value=1000)
    field_order = ("contacts", "days", "source", "starts_on", "reason")


class SuggestionForm(PracticeForm):
    """What an answer suggests."""

    words = forms.CharField(label=_("What a yes suggests"), max_length=150, help_text=_("It must not name anybody."))
    doer = forms.ChoiceField(label=_("Who does it"), choices=Doer.choices, widget=forms.RadioSelect)
    field_order = ("words", "doer", "source", "starts_on", "reason")


class MeansForm(PracticeForm):
    """Which means need an authority."""

    means = forms.MultipleChoiceField(
        label=_("Means that need a written authority"), choices=Means.choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    field_order = ("means", "source", "starts_on", "reason")


class SourceForm(FromDayForm):
    """Another kind of source."""

    name = forms.CharField(label=_("Name"), max_length=120)
    asks = forms.ChoiceField(label=_("What is asked besides"), choices=SourceAsks.choices, required=False)
    field_order = ("name", "asks", "starts_on", "reason")
