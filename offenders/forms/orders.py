"""Forms of orders of courts."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from offenders.choices.registration import OrderKind
from offenders.forms.base import PlainForm
from offenders.forms.operational import words
from offenders.forms.registration import reason_field, version_field
from ui.fields import DateField

ONE_A_LINE = _("One a line, short enough to read at a door. Each stands on the card while the order is in force.")


class OrderForm(PlainForm):
    """An order."""

    kind = forms.ChoiceField(label=_("Order"), choices=OrderKind.choices, widget=forms.RadioSelect)
    court = forms.CharField(label=_("Court"), max_length=120)
    court_reference = forms.CharField(label=_("Court's reference"), required=False, max_length=40)
    made_on = DateField(label=_("Made on"), not_in_future=True)
    starts_on = DateField(label=_("In force from"))
    ends_on = DateField(label=_("Last day in force"), required=False, help_text=_("Leave empty until further order."))
    imposes_notification = forms.BooleanField(
        label=_("Makes the person notify while it is in force"), required=False, help_text=_("Registration is then worked out for you.")
    )
    prohibitions = forms.CharField(
        label=_("Prohibitions and requirements"), required=False, max_length=6000, widget=words(6), help_text=ONE_A_LINE
    )
    travel_ban = forms.CharField(
        label=_("Ban on foreign travel"), required=False, max_length=300, help_text=_("What it says. Leave empty if there is none.")
    )
    travel_ban_until = DateField(label=_("Last day of the ban on foreign travel"), required=False)


class VaryForm(PlainForm):
    """A variation of an order."""

    varied_on = DateField(label=_("Varied on"), not_in_future=True)
    court = forms.CharField(label=_("Court"), max_length=120)
    what_changed = reason_field(_("What changed"))
    ended = forms.ModelMultipleChoiceField(
        label=_("Prohibitions that end"),
        queryset=None,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Their last day is the date above."),
    )
    added = forms.CharField(
        label=_("Prohibitions and requirements added"), required=False, max_length=6000, widget=words(4), help_text=ONE_A_LINE
    )
    ends_on = DateField(
        label=_("Last day in force"), required=False, help_text=_("As the order stands now. Leave empty until further order.")
    )
    version = version_field()

    def __init__(self, *args: Any, conditions: QuerySet, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["ended"].queryset = conditions
        self.fields["ended"].label_from_instance = lambda condition: condition.text


class DischargeForm(PlainForm):
    """The end of an order by a court."""

    discharged_on = DateField(label=_("Discharged on"), not_in_future=True)
    reason = reason_field(_("Why, and by which court"))
    version = version_field()
