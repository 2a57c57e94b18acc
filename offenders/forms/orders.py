"""Forms of orders of courts."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet

from offenders.choices.registration import OrderKind
from offenders.forms.base import PlainForm
from offenders.forms.operational import words
from offenders.forms.registration import reason_field, version_field
from ui.fields import DateField

ONE_A_LINE = "One a line, short enough to read at a door. Each stands on the card while the order is in force."


class OrderForm(PlainForm):
    """An order."""

    kind = forms.ChoiceField(label="Order", choices=OrderKind.choices, widget=forms.RadioSelect)
    court = forms.CharField(label="Court", max_length=120)
    court_reference = forms.CharField(label="Court's reference", required=False, max_length=40)
    made_on = DateField(label="Made on", not_in_future=True)
    starts_on = DateField(label="In force from")
    ends_on = DateField(label="Last day in force", required=False, help_text="Leave empty until further order.")
    imposes_notification = forms.BooleanField(
        label="Makes the person notify while it is in force", required=False, help_text="Registration is then worked out for you."
    )
    prohibitions = forms.CharField(
        label="Prohibitions and requirements", required=False, max_length=6000, widget=words(6), help_text=ONE_A_LINE
    )
    travel_ban = forms.CharField(
        label="Ban on foreign travel", required=False, max_length=300, help_text="What it says. Leave empty if there is none."
    )
    travel_ban_until = DateField(label="Last day of the ban on foreign travel", required=False)


class VaryForm(PlainForm):
    """A variation of an order."""

    varied_on = DateField(label="Varied on", not_in_future=True)
    court = forms.CharField(label="Court", max_length=120)
    what_changed = reason_field("What changed")
    ended = forms.ModelMultipleChoiceField(
        label="Prohibitions that end",
        queryset=None,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Their last day is the date above.",
    )
    added = forms.CharField(
        label="Prohibitions and requirements added", required=False, max_length=6000, widget=words(4), help_text=ONE_A_LINE
    )
    ends_on = DateField(label="Last day in force", required=False, help_text="As the order stands now. Leave empty until further order.")
    version = version_field()

    def __init__(self, *args: Any, conditions: QuerySet, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["ended"].queryset = conditions
        self.fields["ended"].label_from_instance = lambda condition: condition.text


class DischargeForm(PlainForm):
    """The end of an order by a court."""

    discharged_on = DateField(label="Discharged on", not_in_future=True)
    reason = reason_field("Why, and by which court")
    version = version_field()
