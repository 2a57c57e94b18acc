"""Forms of what leaves: sending, withdrawing, copies, telling, breaches, what came of it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.timezone import make_aware
from django.utils.translation import gettext_lazy as _

from intelligence.forms.information import VersionForm
from offenders.forms.base import PlainForm
from offenders.forms.operational import words
from sharing.choices.sending import FIRST_LOOK, LOOKED_AT, SECOND_LOOK, Came, Effect
from ui.fields import ClockField, DateField


class SendForm(VersionForm):
    """Sending what the preview showed."""

    looked = forms.BooleanField(label=_("I have looked at the preview: this is what must go"))
    field_order = ("looked", "version")

    def clean(self) -> dict[str, Any]:
        """Leave the tick out."""
        data = super().clean() or {}
        data.pop("looked", None)
        return data


class WithdrawForm(VersionForm):
    """Why it is withdrawn."""

    reason = forms.CharField(label=_("Why it is withdrawn"), max_length=500, widget=words(3))
    field_order = ("reason", "version")


class CopiesForm(PlainForm):
    """For whom copies are made."""

    issued_to = forms.CharField(
        label=_("For whom the copies are"),
        max_length=2000,
        widget=words(4),
        help_text=_("A post or body on each line. Each line makes one copy."),
    )

    def clean_issued_to(self) -> list[str]:
        """One copy a line."""
        return self.cleaned_data["issued_to"].splitlines()


class MomentForm(PlainForm):
    """Something that happened at a time, asked for as a day and a time."""

    moment = ""  # under which name the service takes it
    day = DateField(label=_("Day"), not_in_future=True)
    time = ClockField(label=_("Time"), help_text=_("For example 14:30."))

    def clean(self) -> dict[str, Any]:
        """Put day and time together."""
        data = super().clean() or {}
        day, time = data.pop("day", None), data.pop("time", None)
        if day and time:
            data[self.moment] = make_aware(datetime.combine(day, time))
        return data


class TellingForm(MomentForm):
    """That it was said."""

    moment = "told_at"
    place = forms.CharField(label=_("Where it was said"), max_length=200)
    told_to = forms.CharField(label=_("To whom"), max_length=100, help_text=_("The post. Never the name of somebody at risk."))
    identity_check = forms.CharField(label=_("How you made sure that this was the right person"), max_length=200)
    said = forms.CharField(label=_("What they said"), required=False, max_length=5000, widget=words(4))
    undertaking = forms.CharField(label=_("What they promised about keeping it to themselves"), max_length=2000, widget=words(3))


class ConfirmedForm(PlainForm):
    """Who confirmed the handling of a paper."""

    confirmed_by = forms.CharField(
        label=_("Who confirmed how it must be handled"), max_length=100, help_text=_("The post, and how they confirmed.")
    )


class BreachForm(MomentForm):
    """What went wrong."""

    moment = "found_at"
    what_happened = forms.CharField(label=_("What happened"), max_length=5000, widget=words(4))
    who_has_it = forms.CharField(
        label=_("Who has it now"), max_length=2000, widget=words(3), help_text=_("Posts and bodies. Never the name of somebody at risk.")
    )
    contained = forms.CharField(label=_("What was done at once to contain it"), max_length=5000, widget=words(3))


class CloseBreachForm(VersionForm):
    """What data protection decided."""

    outcome = forms.CharField(label=_("What was decided, and who was told"), max_length=5000, widget=words(4))
    lessons = forms.CharField(label=_("What was learned"), max_length=5000, widget=words(4))
    field_order = ("outcome", "lessons", "version")


class OutcomeForm(PlainForm):
    """What came of sharing."""

    days = forms.TypedChoiceField(
        label=_("Which look is this?"),
        choices=[(each, format_lazy(_("{days} days after it was shared"), days=each)) for each in (FIRST_LOOK, SECOND_LOOK)],
        coerce=int,
        widget=forms.RadioSelect,
    )
    media = forms.ChoiceField(label=_("Did it reach the media?"), choices=Came.choices, widget=forms.RadioSelect)
    disorder = forms.ChoiceField(label=LOOKED_AT["disorder"], choices=Came.choices, widget=forms.RadioSelect)
    underground = forms.ChoiceField(label=LOOKED_AT["underground"], choices=Came.choices, widget=forms.RadioSelect)
    harm = forms.ChoiceField(label=LOOKED_AT["harm"], choices=Came.choices, widget=forms.RadioSelect)
    victim = forms.ChoiceField(label=LOOKED_AT["victim"], choices=Effect.choices, widget=forms.RadioSelect)
    family = forms.ChoiceField(label=LOOKED_AT["family"], choices=Effect.choices, widget=forms.RadioSelect)
    text = forms.CharField(label=_("What happened, and how you know"), max_length=5000, widget=words(4))


class DoneForm(PlainForm):
    """What an agency did about what was shared with it."""

    done_on = DateField(label=_("When it was done"), not_in_future=True)
    text = forms.CharField(label=_("What was done"), max_length=5000, widget=words(4))
    is_final = forms.TypedChoiceField(
        label=_("Is everything done that was asked for?"),
        choices=(("yes", _("Yes")), ("no", _("No, more follows"))),
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
