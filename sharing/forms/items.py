"""Forms of what would go: choosing, passages, gates."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from offenders.forms.base import PlainForm
from offenders.forms.operational import words
from sharing.choices.decisions import Known, Removed
from sharing.models import DecisionItem
from sharing.reports.items import Item, Source

KEEP = (("keep", _("Keep")), ("remove", _("Remove")))
WHY = (("", _("Choose why")), *Removed.choices)


class ItemsForm(PlainForm):
    """What of the record would go, by heading; nothing is chosen beforehand."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, read: Sequence[tuple[Source, Sequence[Item]]], usual: Collection[str] = (), **kwargs: Any):
        """Offer what the user may see, a group for each heading, and say what is usual for the purpose."""
        super().__init__(*args, **kwargs)
        self.sources = [source.code for source, _ in read]
        for source, items in read:
            choices = [(item.key, f"{item.label}: {item.text}") for item in items if not item.blocked]
            hints = [format_lazy(_("Not yet: {label}. {why}"), label=item.label, why=item.blocked) for item in items if item.blocked]
            hints = [_("Usual for this purpose."), *hints] if source.code in usual else hints
            self.fields[source.code] = forms.MultipleChoiceField(
                label=_(source.heading), choices=choices, required=False, widget=forms.CheckboxSelectMultiple,
                help_text=format_lazy(" ".join(["{}"] * len(hints)), *hints),
            )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """Gather the keys of all headings."""
        data = super().clean() or {}
        keys = [key for code in self.sources for key in data.pop(code, [])]
        return {"version": data.get("version"), "keys": keys}


class GateForm(PlainForm):
    """What behind a gate must go, and why."""

    keys = forms.MultipleChoiceField(label=_("What must go"), widget=forms.CheckboxSelectMultiple)
    reason = forms.CharField(label=_("Why this must go"), max_length=500, widget=words(3))
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, items: Sequence[Item], **kwargs: Any):
        """Offer what nobody else must consent to first."""
        super().__init__(*args, **kwargs)
        self.fields["keys"].choices = [(item.key, f"{item.label}: {item.text}") for item in items if not item.blocked]


class PassagesForm(PlainForm):
    """Whether each passage stays, and why not."""

    known = forms.ChoiceField(label=_("Does the recipient have this already?"), choices=Known.choices, widget=forms.RadioSelect)
    concerns_others = forms.BooleanField(
        label=_("It is about a victim, or about somebody who gave information"),
        required=False,
        help_text=_("A second person then looks at it before it goes."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, item: DecisionItem, **kwargs: Any):
        """Ask about each passage; one without an answer stays undecided."""
        super().__init__(*args, **kwargs)
        self.numbers = range(1, len(item.passages) + 1)
        for number in self.numbers:
            self.fields[f"keep_{number}"] = forms.ChoiceField(
                label=format_lazy(_("Passage {number}"), number=number), choices=KEEP, required=False, widget=forms.RadioSelect
            )
            why = format_lazy(_("Why passage {number} is removed"), number=number)
            self.fields[f"code_{number}"] = forms.ChoiceField(label=why, choices=WHY, required=False)

    def clean(self) -> dict[str, Any]:
        """Turn the answers into one list."""
        data = super().clean() or {}
        said = {"keep": True, "remove": False}
        keeps = [(said.get(data.pop(f"keep_{number}", "")), data.pop(f"code_{number}", "")) for number in self.numbers]
        return {**data, "keeps": keeps}
