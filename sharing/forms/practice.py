"""Forms of what sharing goes by, for administrators."""

from __future__ import annotations

import re

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from intelligence.forms.practice import PracticeForm
from offenders.forms.operational import words
from sharing.choices.decisions import Authority
from sharing.models import AuthorityRule

RANK = AuthorityRule._meta.get_field("ranks").base_field.max_length


class PowerForm(PracticeForm):
    """A law under which information may be shared."""

    name = forms.CharField(label=_("Name"), max_length=200, help_text=_("Act and section."))
    allows = forms.CharField(label=_("What it is for"), max_length=1000, widget=words(3), help_text=_("In plain words."))
    field_order = ("name", "allows", "source", "starts_on", "reason")


class AuthorityForm(PracticeForm):
    """Who decides in a circumstance."""

    authority = forms.ChoiceField(label=_("Who decides"), choices=Authority.choices, widget=forms.RadioSelect)
    ranks = forms.CharField(label=_("Ranks"), required=False, max_length=300, help_text=_("With commas between them. Empty: any rank."))
    is_delegable = forms.BooleanField(label=_("The authority can be lent to another officer"), required=False)
    is_in_minutes = forms.BooleanField(label=_("The decision stands in the minutes of a meeting"), required=False)
    needs_press_office = forms.BooleanField(label=_("The press office advises"), required=False)
    is_confirmed = forms.BooleanField(label=_("The force has confirmed this"), required=False)
    field_order = (
        "authority", "ranks", "is_delegable", "is_in_minutes", "needs_press_office", "is_confirmed", "source", "starts_on", "reason",
    )  # fmt: skip

    def clean_ranks(self) -> list[str]:
        """Take them apart."""
        ranks = [rank for each in self.cleaned_data["ranks"].split(",") if (rank := re.sub(r"\s+", " ", each).strip())]
        if any(len(rank) > RANK for rank in ranks):
            raise ValidationError(gettext("Each rank must be %(most)s characters or fewer") % {"most": RANK})
        return ranks


class MediaLineForm(PracticeForm):
    """A message for the media."""

    words = forms.CharField(label=_("What is said"), max_length=300, widget=words(3), help_text=_("It must not name anybody."))
    field_order = ("words", "source", "starts_on", "reason")
