"""Forms of requests for information of the force."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from disclosure.choices.freedom import Came, FreedomKind, ReplyOutcome, ReviewOutcome
from disclosure.choices.grounds import Law
from disclosure.reports.freedom import weighed_on
from disclosure.reports.practice import grounds_on
from intelligence.forms.information import VersionForm
from offenders.forms.base import PlainForm
from offenders.forms.operational import words
from sharing.forms.media import CHOICES, YES_NO
from ui.fields import DateField, LanguageField
from ui.languages import StrOrPromise

CONCERNS = _("Does it concern MAPPA or registered offenders?")
BOXES = ("why_", "test_")
WITH_TEST, WITHOUT_TEST = "{section}: {name}", _("{section}: {name} (no test of the public interest)")
REFERRED = _("Yes: no reply before the national unit has advised. The published MAPPA report is the exception.")


class KindForm(PlainForm):
    """What is asked for, and what it concerns."""

    kind = forms.ChoiceField(label=_("What is asked for"), choices=FreedomKind.choices, widget=forms.RadioSelect)
    concerns = forms.TypedChoiceField(label=CONCERNS, choices=CHOICES, help_text=REFERRED, **YES_NO)
    why_not = forms.CharField(
        label=_("If no though its words speak of them: why"), required=False, max_length=2000, widget=words(3),
        help_text=_("A second person must agree to such a no."),
    )  # fmt: skip


class TakeForm(KindForm):
    """What somebody asked."""

    asker = forms.CharField(label=_("Who asks"), max_length=150)
    address = forms.CharField(label=_("Where the reply goes"), max_length=500, widget=words(3), help_text=_("Postal or e-mail address."))
    language = LanguageField()
    came_by = forms.ChoiceField(label=_("How it came"), choices=Came.choices, widget=forms.RadioSelect)
    received_on = DateField(label=_("Day on which it came"), not_in_future=True, help_text=_("The 20 working days begin the day after."))
    question = forms.CharField(label=_("What they ask, in their words"), max_length=10000, widget=words(6))
    field_order = ("asker", "address", "language", "came_by", "received_on", "question", "kind", "concerns", "why_not")


class SortForm(KindForm, VersionForm):
    """The same, said anew."""

    field_order = ("kind", "concerns", "why_not", "version")


class ReferForm(VersionForm):
    """When it was referred."""

    referred_on = DateField(label=_("Day on which it was referred"), not_in_future=True)
    their_reference = forms.CharField(label=_("The national unit's reference"), max_length=60, required=False, help_text=_("If known."))
    field_order = ("referred_on", "their_reference", "version")


class AdviceForm(VersionForm):
    """What the national unit advised."""

    their_reference = forms.CharField(label=_("The national unit's reference"), max_length=60)
    given_on = DateField(label=_("Day on which it advised"), not_in_future=True)
    text = forms.CharField(label=_("What it advises"), max_length=10000, widget=words(6))
    is_followed = forms.TypedChoiceField(label=_("Does the force follow it?"), choices=CHOICES, **YES_NO)
    why_not = forms.CharField(
        label=_("If not, why"), required=False, max_length=2000, widget=words(3), help_text=_("A second person must agree.")
    )
    field_order = ("their_reference", "given_on", "text", "is_followed", "why_not", "version")


class AskBackForm(VersionForm):
    """What the asker is asked."""

    asked = forms.CharField(
        label=_("What they are asked"), max_length=3000, widget=words(4), help_text=_("Only what you need to find what they ask for.")
    )
    asked_on = DateField(label=_("Day on which they were asked"), not_in_future=True, help_text=_("From this day the clock stands still."))
    field_order = ("asked", "asked_on", "version")


class HearBackForm(VersionForm):
    """What they said."""

    said = forms.CharField(label=_("What they said"), max_length=5000, widget=words(4))
    said_on = DateField(
        label=_("Day on which they said it"), not_in_future=True, help_text=_("The 20 working days begin anew the day after.")
    )
    field_order = ("said", "said_on", "version")


class WeighForm(VersionForm):
    """More time to weigh the public interest."""

    ground = forms.ChoiceField(label=_("Exemption for which the public interest is weighed"), choices=(), widget=forms.RadioSelect)
    due_on = DateField(label=_("New last day"), help_text=_("No later than is reasonable. It is the day of which they were told."))
    told_on = DateField(
        label=_("Day on which whoever asked was told"), not_in_future=True, help_text=_("Of the exemption and of the new day, in writing.")
    )
    reason = forms.CharField(label=_("Why it takes longer"), max_length=250, widget=words(3), help_text=_("Do not name anybody."))
    field_order = ("ground", "due_on", "told_on", "reason", "version")

    def __init__(self, *args: Any, **kwargs: Any):
        """Offer the exemptions of today that need it."""
        super().__init__(*args, **kwargs)
        self.fields["ground"].choices = [  # type: ignore[attr-defined]
            (each.code, f"{each.section}: {each.name}") for each in weighed_on(localdate())
        ]


class NotesForm(PlainForm):
    """What the press office notes."""

    notes = forms.CharField(label=_("What the press office notes"), max_length=5000, widget=words(4))


class ReplyForm(VersionForm):
    """A reply. Boxes for the reasons of an exemption come once it is chosen; without script that takes one more press of the button."""

    outcome = forms.ChoiceField(label=_("What the reply says"), choices=ReplyOutcome.choices, widget=forms.RadioSelect)
    text = forms.CharField(
        label=_("Words of the reply"), max_length=20000, required=False, widget=words(8),
        help_text=_("They name nobody. Leave empty where standard words answer: neither confirm nor deny, and not held."),
    )  # fmt: skip
    grounds = forms.MultipleChoiceField(
        label=_("Exemptions, where something is held back"), choices=(), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("Save once, and boxes for the reasons of each show below."),
    )  # fmt: skip
    reasons = forms.CharField(label=_("Why this reply"), max_length=5000, widget=words(4), help_text=_("Not in the letter."))

    def __init__(self, *args: Any, **kwargs: Any):
        """Offer the exemptions of today, and boxes for those that are chosen."""
        super().__init__(*args, **kwargs)
        held = list(grounds_on(Law.FREEDOM, localdate()))
        self.fields["grounds"].choices = [  # type: ignore[attr-defined]
            (each.code, format_lazy(WITH_TEST if each.needs_test else WITHOUT_TEST, section=each.section, name=each.name)) for each in held
        ]
        chosen = self.data.getlist("grounds") if self.is_bound else self.initial.get("grounds", [])
        self.chosen = [each for each in held if each.code in chosen]
        for each in self.chosen:
            self.add_box(f"why_{each.code}", format_lazy(_("{section}: why it applies here"), section=each.section))
            if each.needs_test:
                weighed = _("{section}: what weighs for telling, what against, and which weighs more")
                self.add_box(f"test_{each.code}", format_lazy(weighed, section=each.section))
        self.order_fields(["outcome", "text", "grounds", *(name for name in self.fields if name.startswith(BOXES)), "reasons"])

    def add_box(self, name: str, label: StrOrPromise) -> None:
        """Add a box of words."""
        self.fields[name] = forms.CharField(label=label, max_length=5000, required=False, widget=words(3))

    def clean(self) -> dict[str, Any]:
        """Put each exemption together with what is said about it."""
        data = super().clean() or self.cleaned_data
        said = {name: data.pop(name) for name in list(data) if name.startswith(BOXES)}
        data["grounds"] = [(each.code, said.get(f"why_{each.code}", ""), said.get(f"test_{each.code}", "")) for each in self.chosen]
        return data


class FiguresForm(VersionForm):
    """Of which day figures are."""

    as_at = DateField(label=_("Day"), not_in_future=True, help_text=_("Counts are as they stood at the end of this day, as recorded now."))
    field_order = ("as_at", "version")


class LateForm(VersionForm):
    """Why something is late, where that is asked."""

    late_reason = forms.CharField(label=_("Why it is late"), max_length=500, widget=words(2))

    def __init__(self, *args: Any, asks_why: bool, **kwargs: Any):
        super().__init__(*args, **kwargs)
        if not asks_why:
            del self.fields["late_reason"]


class ComplaintForm(VersionForm):
    """What the asker finds wrong."""

    asked_on = DateField(label=_("Day on which they complained"), not_in_future=True)
    complaint = forms.CharField(label=_("What they find wrong, in their words"), max_length=5000, widget=words(4))
    field_order = ("asked_on", "complaint", "version")


class DecideReviewForm(LateForm):
    """What the review found."""

    outcome = forms.ChoiceField(label=_("What the review found"), choices=ReviewOutcome.choices, widget=forms.RadioSelect)
    words = forms.CharField(label=_("Why"), max_length=5000, widget=words(5))
    field_order = ("outcome", "words", "late_reason", "version")


class WithdrawForm(VersionForm):
    """That the asker withdrew."""

    end_words = forms.CharField(label=_("How and in which words they withdrew"), max_length=500, widget=words(3))
    field_order = ("end_words", "version")
