"""Forms of weak signals."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from intelligence.choices.weak_signals import Follow
from intelligence.forms.information import WhyForm
from intelligence.services.weak_signals import TITLES


class LookForm(WhyForm):
    """What follows from reports that pile up, and why."""

    follows = forms.ChoiceField(label=_("What follows"), choices=Follow.choices, widget=forms.RadioSelect)
    field_order = ("follows", "reason", "version")

    def __init__(self, *args: Any, has_manager: bool, **kwargs: Any):
        """Offer what concerns an offender manager only where there is one."""
        super().__init__(*args, **kwargs)
        offered = [(code, label) for code, label in Follow.choices if has_manager or code not in TITLES]
        self.fields["follows"].choices = offered  # type: ignore[attr-defined]
