"""Forms of serious further offences."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from governance.choices.figures import FurtherKind
from offenders.forms.base import PlainForm
from ui.fields import DateField


class ChargeForm(PlainForm):
    """With what somebody was charged, and when."""

    kind = forms.ChoiceField(label=_("Charged with"), choices=FurtherKind, widget=forms.RadioSelect)
    charged_on = DateField(label=_("Day of the charge"), not_in_future=True)


class WithdrawChargeForm(PlainForm):
    """Why it was a mistake."""

    reason = forms.CharField(label=_("Why it was recorded by mistake"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))
