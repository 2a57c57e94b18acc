"""Forms of referrals for covert techniques."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.models import Unit
from intelligence.rules.covert import DECISIONS, State
from offenders.forms.base import PlainForm

LABELS = {State.ACCEPTED: _("Accept it"), State.DECLINED: _("Decline it"), State.MORE_ASKED: _("Ask for more")}


def box(rows: int) -> forms.Textarea:
    """Return a box for several lines."""
    return forms.Textarea(attrs={"rows": rows})


class ReferralForm(PlainForm):
    """What is asked for; nothing is compulsory until it is sent."""

    unit = forms.ModelChoiceField(
        queryset=Unit.objects.none(), required=False, label=_("Unit to ask"), empty_label=_("Choose later"),
        help_text=_("Its intelligence officers read this once it is sent, nobody else."),
    )  # fmt: skip
    purpose = forms.CharField(label=_("What is to be achieved"), required=False, max_length=5000, widget=box(5))
    tried = forms.CharField(
        label=_("What has been tried"), required=False, max_length=5000, widget=box(4), help_text=_("And why something less would not do.")
    )
    others_affected = forms.CharField(
        label=_("Who else would be affected"), required=False, max_length=5000, widget=box(3), help_text=_("And how that is kept small.")
    )
    handling = forms.CharField(
        label=_("Handling"), required=False, max_length=200, help_text=_("Conditions of whoever gave the information.")
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, units: QuerySet[Unit], **kwargs: Any) -> None:
        """Take the units that may be asked."""
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]


class AnswerForm(PlainForm):
    """What the unit answers."""

    outcome = forms.ChoiceField(label=_("Answer"), choices=[(state.value, LABELS[state]) for state in DECISIONS], widget=forms.RadioSelect)
    answer = forms.CharField(label=_("Why, and what follows"), max_length=5000, widget=box(5))
    version = forms.IntegerField(widget=forms.HiddenInput)


class VersionForm(PlainForm):
    """A button that carries the version that was seen."""

    version = forms.IntegerField(widget=forms.HiddenInput)
