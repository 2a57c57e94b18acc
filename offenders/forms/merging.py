"""Forms of merging two records of one person."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from offenders.choices.merging import Side
from offenders.forms.base import PlainForm
from offenders.merging import Added, Choice
from offenders.merging.undoing import words_of_table
from offenders.models import Nominal
from offenders.reports.merging import words_of_row

WHY = {"label": _("Why"), "max_length": 500, "min_length": 10, "widget": forms.Textarea(attrs={"rows": 3})}


class OtherRecordForm(PlainForm):
    """Which other record may be about the same person."""

    reference = forms.RegexField(
        regex=r"^\s*[Vv]-[0-9]{6,15}\s*$", label=_("Reference of the other record"), help_text=_("For example V-000417."), max_length=20,
        error_messages={"invalid": _("Enter a reference like V-000417")},
    )  # fmt: skip

    def clean_reference(self) -> str:
        """References are written in capitals."""
        return str(self.cleaned_data["reference"]).strip().upper()


class MergeForm(PlainForm):
    """Which record stays, whose entries stay where not all can, and why it is one person."""

    stays = forms.ChoiceField(label=_("Which record stays?"), widget=forms.RadioSelect)
    reason = forms.CharField(**WHY | {"label": _("Why you are sure that this is one person")})
    version = forms.IntegerField(widget=forms.HiddenInput)
    other_version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, nominal: Nominal, other: Nominal, choices: Iterable[Choice], **kwargs: Any):
        super().__init__(*args, **kwargs)
        records = [(each.reference, each.reference) for each in (nominal, other)]
        self.fields["stays"].choices = records
        self.labels = {f"keep_{place}": choice.label for place, choice in enumerate(choices)}
        for name, choice in zip(self.labels, choices, strict=True):
            hint = _("Those of the other record are kept with it, out of use.")
            label = format_lazy(_("{entries}: whose entries stay?"), entries=choice.words)
            self.fields[name] = forms.ChoiceField(label=label, choices=records, widget=forms.RadioSelect, help_text=hint)
        self.order_fields(["stays", *self.labels, "reason", "version", "other_version"])

    def clean(self) -> dict[str, Any]:
        """Turn the references chosen into sides of the merge."""
        data = super().clean() or self.cleaned_data
        stays = data.get("stays")
        sides = {label: Side.SURVIVOR if data[name] == stays else Side.MERGED for name, label in self.labels.items() if name in data}
        kept = {name: value for name, value in data.items() if name not in self.labels}
        return {**kept, "choices": {label: str(side.value) for label, side in sides.items()}}


class WhyForm(PlainForm):
    """Why."""

    reason = forms.CharField(**WHY)


class UndoForm(WhyForm):
    """Why a merge is taken back, and which rows that were added since belong to the other record."""

    to_merged = forms.MultipleChoiceField(
        label=_("Which of these belong to the record that stands again?"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("They were added after the merge. What you do not tick stays where it is."),
    )  # fmt: skip
    field_order = ("to_merged", "reason")

    def __init__(self, *args: Any, added: Iterable[Added], **kwargs: Any):
        super().__init__(*args, **kwargs)
        rows = [(each.key, format_lazy("{}: {}", words_of_table(each.relation.label), words_of_row(each.row))) for each in added]
        self.fields["to_merged"].choices = rows
        if not rows:
            del self.fields["to_merged"]


class BringSectionForm(PlainForm):
    """To which record of the person a section goes."""

    nominal = forms.ModelChoiceField(queryset=Nominal.objects.none(), label=_("Which record"), widget=forms.RadioSelect, empty_label=None)
    reason = forms.CharField(**WHY)

    def __init__(self, *args: Any, records: QuerySet, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["nominal"].queryset = records
