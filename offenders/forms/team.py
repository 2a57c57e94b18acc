"""Forms of the team's pages: the filter of the overdue board, and moving cases."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from offenders.forms.base import PlainForm


class OfficerFilter(PlainForm):
    """Keep the cases of one officer."""

    officer = forms.TypedChoiceField(label=_("Officer"), coerce=int, required=False, empty_value=None)

    def __init__(self, *args: Any, officers: Iterable[User], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["officer"].choices = [("", _("Everybody")), *((officer.pk, officer.display_name) for officer in officers)]


class CasesField(forms.MultipleChoiceField):
    """Cases as reference and version, so that the service can tell whether one has changed since the page was made."""

    widget = forms.CheckboxSelectMultiple(attrs={"class": "govuk-checkboxes--small"})

    def valid_value(self, value: str) -> bool:
        """Take any version of a case that is offered; which one is the service's matter."""
        reference, _, version = str(value).partition(".")
        return version.isdigit() and len(version) < 10 and reference in {str(key).partition(".")[0] for key, _ in self.choices}


class MoveForm(PlainForm):
    """Which cases go to whom. The reason is asked for when the move is confirmed, not while loads are compared."""

    cases = CasesField(label=_("Cases to move"))
    offender_manager = forms.TypedChoiceField(label=_("Receiving officer"), coerce=int)
    reason = forms.CharField(
        label=_("Reason"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Needed to confirm, not to compare."),
    )

    def __init__(self, *args: Any, cases: list[tuple[str, str]], officers: list[tuple[int, str]], confirms: bool = False, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["cases"].choices = cases
        self.fields["offender_manager"].choices = [("", _("Select")), *officers]
        self.fields["reason"].required = confirms
