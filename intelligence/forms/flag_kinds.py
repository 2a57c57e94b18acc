"""Forms of kinds of events and usual flags, for administrators."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from intelligence.choices.flags import Sight, Urgency
from intelligence.forms.flags import POLICE
from offenders.choices import Registration, RiskLevel
from offenders.forms.base import PlainForm
from ui.fields import DateField

SHORT = forms.Textarea(attrs={"rows": 2})


class FromDayForm(PlainForm):
    """From which day something counts, and why."""

    starts_on = DateField(label=_("First day"), help_text=_("Today or later. What held before ends the day before."))
    reason = forms.CharField(label=_("Why it changes"), max_length=500, widget=SHORT)


class EventTypeForm(FromDayForm):
    """How people are told of a kind of event."""

    name = forms.CharField(label=_("Name"), max_length=60)
    words = forms.CharField(label=_("What the person told reads"), max_length=120, help_text=_("It must not name anybody."))
    needs = forms.ChoiceField(
        label=_("What a recipient must be able to read"), choices=Sight.choices, help_text=_("Less than before tells more people.")
    )
    default_urgency = forms.ChoiceField(label=_("Usually told"), choices=Urgency.choices)
    is_raised_by_hand = forms.BooleanField(label=_("Officers can record it from the card"), required=False)
    field_order = ("name", "words", "needs", "default_urgency", "is_raised_by_hand", "starts_on", "reason")


class UsualFlagForm(FromDayForm):
    """A flag that records usually have."""

    kind = forms.ChoiceField(label=_("Event"), choices=())
    registration = forms.ChoiceField(label=_("Registration"), choices=[("", _("Any")), *Registration.choices], required=False)
    least_level = forms.TypedChoiceField(
        label=_("Risk, this or higher"), choices=[("", _("Any")), *RiskLevel.choices], coerce=int, empty_value=None, required=False
    )
    role = forms.ChoiceField(label=_("Who is told"), choices=[("", _("The managing officer")), *POLICE], required=False)
    urgency = forms.ChoiceField(label=_("When"), choices=Urgency.choices)
    review_months = forms.IntegerField(label=_("Months until somebody else looks at it"), min_value=1, max_value=24)
    source = forms.CharField(label=_("Where it is written"), max_length=200, help_text=_("The guidance or force policy."))
    field_order = ("kind", "registration", "least_level", "role", "urgency", "review_months", "source", "starts_on", "reason")

    def __init__(self, *args: Any, kinds: dict[str, str], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = sorted(kinds.items(), key=lambda kind: kind[1])
