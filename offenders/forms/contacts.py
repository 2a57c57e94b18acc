"""Forms of the contact log."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.timezone import localdate, make_aware, now
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from offenders.choices.case_file import ContactParty, ContactWay
from offenders.forms.base import PlainForm
from offenders.forms.operational import words
from ui.fields import ClockField, DateField

MIDDAY = time(12)


class ContactForm(PlainForm):
    """A conversation about the person."""

    day = DateField(label=_("Day"))
    time = ClockField(label=_("Time"), required=False, help_text=_("For example 14:30. Empty: midday."))
    way = forms.ChoiceField(label=_("How"), choices=ContactWay.choices, widget=forms.RadioSelect)
    party = forms.ChoiceField(label=_("With whom"), choices=ContactParty.choices, widget=forms.RadioSelect)
    with_whom = forms.CharField(label=_("Their name"), max_length=150, required=False)
    agency = forms.CharField(label=_("Their agency or organisation"), max_length=100, required=False)
    reached_at = forms.CharField(label=_("Telephone number or address"), max_length=100, required=False)
    about = forms.CharField(
        label=_("What it was about"), max_length=100, help_text=_("A few words, for example: new job, curfew, visit date.")
    )
    said = forms.CharField(label=_("What was said"), max_length=5000, widget=words(6), help_text=_("Only what is about this person."))
    spoke_of_others = forms.BooleanField(
        label=_("They spoke of another person too"),
        required=False,
        help_text=_("What is about others is not kept here: report it as intelligence."),
    )
    left_out = forms.BooleanField(label=_("I have left out what is about others"), required=False)
    follow_up = forms.CharField(label=_("What to follow up"), max_length=200, required=False)
    follow_up_on = DateField(label=_("Follow up by"), required=False)

    def clean(self) -> dict[str, Any]:
        """Make one moment of day and time; without a time midday, or now where that is yet to come."""
        cleaned = super().clean() or {}
        if self.errors:
            return cleaned
        day, clock = cleaned.pop("day"), cleaned.pop("time")
        if day > localdate():
            raise ValidationError({"day": gettext("The day must be today or earlier.")})
        at = make_aware(datetime.combine(day, clock or MIDDAY))
        if clock is None:
            return cleaned | {"at": min(at, now())}
        if at > now():
            raise ValidationError({"time": gettext("The time must not be in the future.")})
        return cleaned | {"at": at}


class CorrectionForm(PlainForm):
    """What is right."""

    text = forms.CharField(
        label=_("What was wrong, and what is right"),
        max_length=2000,
        widget=words(4),
        help_text=_("The note stays as it was; this stands below it."),
    )


class OutcomeForm(PlainForm):
    """What came of a follow-up."""

    outcome = forms.CharField(label=_("What came of it"), max_length=1000, widget=words(3))


class ContactSearch(PlainForm):
    """Words to find in the log; sent by POST, so that they stand in no address."""

    text = forms.CharField(label=_("Words in the notes"), max_length=100, required=False)
