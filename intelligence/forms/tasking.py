"""Forms of taskings."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import lazy
from django.utils.timezone import localdate
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import Unit, User
from accounts.permissions import Perm
from intelligence.choices.tasking import Ending, Level, Means, Outcome, Shift
from intelligence.forms.information import EMPTY, WhyForm
from intelligence.reports.briefings import colleagues_by_number
from intelligence.reports.practice import means_needing_authority
from intelligence.reports.tasking import records_by_reference
from offenders.forms.base import PlainForm
from offenders.forms.operational import words
from offenders.models import Nominal
from ui.fields import DateField


class TaskingForm(PlainForm):
    """What is to be found out, why, by whom and how."""

    level = forms.ChoiceField(label=_("Level"), choices=Level.choices, widget=forms.RadioSelect)
    requirement = forms.CharField(label=_("What is to be found out"), max_length=5000, widget=words(4))
    reason = forms.CharField(label=_("Why it is wanted"), max_length=2000, widget=words(3))
    nominals = forms.CharField(
        label=_("References of the records it concerns"),
        required=False,
        max_length=400,
        help_text=_("Like V-000417, with commas between them. Whoever may not know of one of them does not get the tasking."),
    )
    means = forms.MultipleChoiceField(label=_("Means"), choices=Means.choices, widget=forms.CheckboxSelectMultiple)
    authority = forms.CharField(
        label=_("Reference of the written authority"),
        required=False,
        max_length=60,
    )
    authority_until = DateField(label=_("Last day of the authority"), required=False)
    unit = forms.ModelChoiceField(queryset=None, required=False, label=_("Unit that is tasked"), empty_label=EMPTY)
    officer = forms.CharField(label=_("Or collar number of the officer who is tasked"), required=False, max_length=20)
    starts_on = DateField(label=_("First day"))
    ends_on = DateField(label=_("Last day"))
    handling = forms.CharField(
        label=_("How to handle it"), max_length=300, help_text=_("For example: for this unit only, not to be copied.")
    )

    def __init__(self, *args: Any, actor: User, version: int | None = None, **kwargs: Any):
        """Offer the units of the actor's force; a draft that is changed carries its version."""
        super().__init__(*args, **kwargs)
        self.actor = actor
        needing = means_needing_authority(Means.values, localdate())
        self.fields["authority"].help_text = needed_words(needing) if needing else ""
        self.fields["unit"].queryset = Unit.objects.for_user(actor, Perm.RAISE_TASKING)  # type: ignore[attr-defined]
        if version is not None:
            self.fields["version"] = forms.IntegerField(widget=forms.HiddenInput, initial=version)

    def clean_nominals(self) -> list[Nominal]:
        """Find the records; hidden and missing are the same."""
        found, unknown = records_by_reference(self.actor, re.findall(r"[^,;\s]+", self.cleaned_data["nominals"]))
        if unknown:
            said = gettext("There is no record %(reference)s of which you may know. Check the reference")
            raise ValidationError(said % {"reference": unknown[0]})
        return found

    def clean_officer(self) -> User | None:
        """Turn the number into a person."""
        if not (number := self.cleaned_data["officer"].strip()):
            return None
        found = colleagues_by_number(self.actor, [number])[0]
        if len(found) != 1:
            raise ValidationError(gettext("Nobody of your force has the collar number %(number)s") % {"number": number})
        return found[0]


def needed_for(means: Sequence[str]) -> str:
    """Say for which means a written authority is needed."""
    return gettext("Needed for: %(means)s.") % {"means": "; ".join(str(Means(each).label) for each in means)}


needed_words = lazy(needed_for, str)


class ReviewTaskingForm(WhyForm):
    """Whether a tasking goes on."""

    outcome = forms.ChoiceField(label=_("What the review found"), choices=Outcome.choices, widget=forms.RadioSelect)
    ends_on = DateField(label=_("New last day"), required=False, help_text=_("Only when it goes on for longer. Otherwise end the tasking."))
    field_order = ("outcome", "ends_on", "reason", "version")


class EndTaskingForm(WhyForm):
    """How a tasking ends."""

    ending = forms.ChoiceField(
        label=_("How it ends"), choices=[(each.value, each.label) for each in (Ending.DONE, Ending.WITHDRAWN)], widget=forms.RadioSelect
    )
    field_order = ("ending", "reason", "version")


class SheetForm(PlainForm):
    """On which briefing sheets a tasking stands."""

    first = DateField(label=_("First day"))
    last = DateField(label=_("Last day"))
    shifts = forms.MultipleChoiceField(label=_("Shifts"), choices=Shift.choices, widget=forms.CheckboxSelectMultiple)
