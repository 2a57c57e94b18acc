"""Forms of briefings."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.text import Truncator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from intelligence.models import InformationRelease
from intelligence.reports.briefings import PARTS, colleagues_by_number
from offenders.forms.base import PlainForm
from offenders.forms.operational import words
from ui.fields import DateField


class RecipientsForm(PlainForm):
    """Who receives it, by collar number."""

    recipients = forms.CharField(
        label=_("Collar numbers of those who receive it"), max_length=1000, help_text=_("Of your own force, with commas between them.")
    )

    def __init__(self, *args: Any, actor: User, **kwargs: Any):
        self.actor = actor
        super().__init__(*args, **kwargs)

    def clean_recipients(self) -> list[User]:
        """Turn the numbers into people."""
        numbers = [part for part in re.split(r"[,;\s]+", self.cleaned_data["recipients"]) if part]
        found, unknown = colleagues_by_number(self.actor, numbers)
        if unknown:
            raise forms.ValidationError(gettext("Nobody of your force has the collar number %(number)s") % {"number": unknown[0]})
        return list(found)


def told_shortly(release: InformationRelease) -> str:
    """Return a released text in short, with its grade and conditions."""
    said = f"{release.report.reference}, {release.grade}: {Truncator(release.sanitised).words(20)}"
    conditions = gettext("Conditions: %(conditions)s") % {"conditions": release.conditions}
    return f"{said} {conditions}" if release.conditions else said


class BriefingForm(RecipientsForm):
    """A pack."""

    offence = forms.CharField(label=_("Suspected offence"), max_length=200)
    crime_reference = forms.CharField(label=_("Crime or incident reference"), max_length=40)
    parts = forms.MultipleChoiceField(
        label=_("What goes into it"),
        choices=[(name, part.heading) for name, part in PARTS.items()],
        initial=list(PARTS),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("As it stands now. Nothing confidential goes in by itself."),
    )
    intelligence = forms.CharField(
        label=_("Intelligence and previous events that matter"),
        required=False,
        max_length=5000,
        widget=words(5),
        help_text=_("Sanitised: nothing that gives away who said it."),
    )
    reports = forms.ModelMultipleChoiceField(
        queryset=None,
        required=False,
        label=_("Released intelligence reports"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Each goes in as released, with its grade and handling. Whoever may not know of somebody it names does not get it."),
    )
    conditions = forms.CharField(
        label=_("Conditions under which reports are passed on"),
        required=False,
        max_length=500,
        widget=words(2),
        help_text=_("Needed when you choose a report with handling C."),
    )
    handling = forms.CharField(label=_("How to handle it"), max_length=300, initial="For this investigation only. Do not copy.")
    valid_until = DateField(label=_("Last day on which it may be opened"))
    field_order = ("offence", "crime_reference", "parts", "reports", "conditions", "intelligence", "handling", "valid_until", "recipients")

    def __init__(self, *args: Any, releases: QuerySet[InformationRelease], **kwargs: Any):
        """Offer the released texts about the person that the actor may read, where there are any."""
        super().__init__(*args, **kwargs)
        if releases:
            self.fields["reports"].queryset = releases  # type: ignore[attr-defined]
            self.fields["reports"].label_from_instance = told_shortly  # type: ignore[attr-defined]
        else:
            del self.fields["reports"], self.fields["conditions"]
