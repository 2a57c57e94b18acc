"""Forms of a review of flags: one card for each flag, nothing chosen beforehand."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import Unit, User
from intelligence.choices.flags import Audience, Channel, Urgency, Verdict
from intelligence.forms.flags import POLICE, ByNumberForm
from intelligence.models import FlagSetting
from offenders.forms.base import PlainForm

CHANGEABLE = ("audience", "channel", "urgency", "review_months", "least_interval_hours")
WHOM = (Audience.USER, Audience.ROLE, Audience.UNIT)  # each has a field of its name
SHORT = forms.Textarea(attrs={"rows": 2})


class VerdictForm(ByNumberForm):
    """What to do with one flag. Saved as it is; only the sign-off asks for every answer."""

    verdict = forms.ChoiceField(label=_("What should become of it?"), choices=Verdict.choices, required=False, widget=forms.RadioSelect)
    reason = forms.CharField(label=_("Why"), max_length=500, required=False, widget=SHORT)
    audience = forms.ChoiceField(label=_("If it changes: who is told"), choices=())
    role = forms.ChoiceField(label=_("Role, for a role"), choices=[("", _("None")), *POLICE], required=False)
    unit = forms.TypedChoiceField(label=_("Unit, for a unit"), choices=(), required=False, empty_value=None)
    channel = forms.ChoiceField(label=_("If it changes: how people are told"), choices=Channel.choices)
    urgency = forms.ChoiceField(label=_("If it changes: when people are told"), choices=Urgency.choices)
    review_months = forms.IntegerField(label=_("If it changes: months until the next review"), min_value=1, max_value=24)
    least_interval_hours = forms.IntegerField(label=_("If it changes: hours between two messages, at least"), min_value=0, max_value=168)
    version = forms.IntegerField(widget=forms.HiddenInput)
    field_order = ("verdict", "reason", "audience", "user")

    def __init__(self, *args: Any, setting: FlagSetting, units: Sequence[Unit], **kwargs: Any):
        self.setting = setting
        kwargs["prefix"] = f"flag-{setting.pk}"
        super().__init__(*args, **kwargs)
        offered = {unit.pk: unit for unit in [*units, *filter(None, [setting.unit])]}
        self.fields["unit"].choices = [("", "None"), *((key, unit.name) for key, unit in offered.items())]
        self.fields["unit"].coerce = lambda key: offered[int(key)]
        # A new agency needs its agreement, for which the record's own page of flags asks.
        audiences = [each for each in Audience if each == setting.audience or each != Audience.AGENCY]
        self.fields["audience"].choices = [(each.value, each.label) for each in audiences]
        if setting.audience == Audience.AGENCY:
            self.fields["channel"].choices = [(Channel.ACTION.value, Channel.ACTION.label)]

    def clean_user(self) -> User | None:
        """Turn the number into a person; the one who is told already stays, also one who has left."""
        told = self.setting.user
        return told if told and self.cleaned_data["user"].strip() == told.collar_number else super().clean_user()

    def clean(self) -> dict[str, Any]:
        """An answer has a reason; a change changes something."""
        data = super().clean()
        if data.get("verdict") and not data.get("reason", "").strip():
            self.add_error("reason", gettext("Enter a reason"))
        if data.get("verdict") == Verdict.CHANGE and not self.errors and not self.changes(data):
            self.add_error("verdict", gettext("Change at least one of the values below, or keep the flag as it is"))
        return data

    def changes(self, data: dict[str, Any]) -> dict[str, Any]:
        """Return the values that differ from what the flag says now."""
        names = [*CHANGEABLE, *(each.value for each in WHOM if each == data.get("audience"))]
        return {name: data[name] for name in names if data.get(name) != getattr(self.setting, name)}


class NoFlagForm(PlainForm):
    """Why no flag is right."""

    reason = forms.CharField(label=_("No flags: is that right? Say why"), max_length=500, widget=SHORT)


class AlikeForm(PlainForm):
    """Which flags that are alike to keep together."""

    flags = forms.MultipleChoiceField(label=_("Flags to keep"), choices=(), widget=forms.CheckboxSelectMultiple)
    reason = forms.CharField(label=_("Why they stay"), max_length=500, widget=SHORT, help_text=_("It is kept with each of them."))

    def __init__(self, *args: Any, flags: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.flags = {f"{flag.pk}-{flag.version}": flag for flag in flags}  # a flag in the version that the page shows
        self.fields["flags"].choices = [
            (key, format_lazy(_("{reference}, set by {person}"), reference=flag.nominal.reference, person=flag.set_by.display_name))
            for key, flag in self.flags.items()
        ]
        self.fields["flags"].initial = list(self.flags)
        self.fields["flags"].error_messages["invalid_choice"] = _("One of these flags was changed meanwhile. Look at them again.")

    def clean_flags(self) -> list[FlagSetting]:
        """Turn the keys into flags."""
        return [self.flags[key] for key in self.cleaned_data["flags"]]
