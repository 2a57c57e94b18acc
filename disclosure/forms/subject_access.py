"""Forms of requests for one's own data."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from accounts.models import Unit, User
from actions.choices import PauseKind
from disclosure.choices.applications import IdentityProof
from disclosure.choices.subject_access import Asks, Basis, Outcome, Received, Refusal, Way
from disclosure.models import BundleItem, Ground
from disclosure.rules.subject_access import KEEP, choices_of
from intelligence.forms.information import EMPTY, VersionForm
from offenders.forms.base import PlainForm
from offenders.forms.operational import words
from offenders.forms.visits import OfficerField
from sharing.forms.requests import FindRecordForm
from ui.fields import ClockField, DateField, LanguageField

ON_WHOM = [each for each in PauseKind.choices if each[0] in {PauseKind.WAITING_FOR_PERSON, PauseKind.WAITING_FOR_AGENCY, PauseKind.OTHER}]


class SubjectRequestForm(PlainForm):
    """Who asks for which data, and how."""

    asks = forms.ChoiceField(label=_("What is asked"), choices=Asks.choices, widget=forms.RadioSelect)
    name = forms.CharField(label=_("Whose data is asked for"), max_length=150)
    born_on = DateField(label=_("Date of birth"), required=False, not_in_future=True)
    address = forms.CharField(label=_("Address for the answer"), max_length=500, required=False, widget=words(3))
    language = LanguageField()
    received_by = forms.ChoiceField(label=_("How it came"), choices=Received.choices, widget=forms.RadioSelect)
    through = forms.CharField(
        label=_("Who asks for them"),
        max_length=150,
        required=False,
        help_text=_("A solicitor or a parent, with which authority. Empty: themselves."),
    )
    on = DateField(label=_("Day on which it came"), not_in_future=True)
    time = ClockField(label=_("Time"), help_text=_("For example 14:30."))
    scope = forms.CharField(
        label=_("What is asked for"), max_length=2000, required=False, widget=words(3), help_text=_("In their words. Empty: everything.")
    )
    since = DateField(label=_("From which day on"), required=False, not_in_future=True, help_text=_("Empty: from the beginning."))


class IdentityForm(VersionForm):
    """How somebody proved who they are."""

    identity = forms.ChoiceField(label=_("How they proved who they are"), choices=IdentityProof.choices, widget=forms.RadioSelect)
    identity_detail = forms.CharField(
        label=_("Details"), max_length=200, required=False, help_text=_("Who saw it, and where. Never the number of a document.")
    )
    on = DateField(label=_("Day on which it was proved"), not_in_future=True)
    time = ClockField(label=_("Time"), help_text=_("For example 14:30. The clock runs from here."))
    field_order = ("identity", "identity_detail", "on", "time")


class UnitForm(VersionForm):
    """Which unit is asked to help."""

    unit = forms.ModelChoiceField(
        Unit.objects.none(), label=_("Unit"), empty_label=EMPTY,
        help_text=_("Its people see this request. They link a record that you cannot find, and add what only they may read."),
    )  # fmt: skip

    def __init__(self, *args: Any, units: QuerySet[Unit], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]


class OfficerForm(VersionForm):
    """Who answers it from now on."""

    officer = OfficerField(User.objects.none(), label=_("Who answers it from now on"), empty_label=EMPTY)
    reason = forms.CharField(label=_("Why somebody else"), max_length=500, widget=words(3))

    def __init__(self, *args: Any, people: QuerySet[User], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["officer"].queryset = people  # type: ignore[attr-defined]


class UndoSealForm(VersionForm):
    """What must be decided otherwise."""

    reason = forms.CharField(label=_("What must be decided otherwise, and why"), max_length=500, widget=words(3))


class SubjectRecordForm(FindRecordForm):
    """Which record is about whoever asks."""

    is_needed = True


class NothingForm(VersionForm):
    """What was searched in vain."""

    words = forms.CharField(label=_("What was searched, and how"), max_length=500, widget=words(3))


class LeaveOutForm(VersionForm):
    """Why sources stay out."""

    reason = forms.CharField(label=_("Why they stay out"), max_length=500, widget=words(3))


class PauseForm(PlainForm):
    """Why the clock stands still."""

    kind = forms.ChoiceField(label=_("On whom the answer waits"), choices=ON_WHOM, widget=forms.RadioSelect)
    reason = forms.CharField(label=_("What must be made clear"), max_length=500, widget=words(3))
    since = DateField(label=_("Day on which it was asked"), not_in_future=True)


class GoOnForm(PlainForm):
    """From when the clock goes on."""

    until = DateField(label=_("Day on which it was made clear"), not_in_future=True)


class ExtendForm(PlainForm):
    """How much more time, and why."""

    months = forms.TypedChoiceField(
        label=_("By how much"), choices=[(1, _("1 month")), (2, _("2 months"))], coerce=int, widget=forms.RadioSelect
    )
    reason = forms.CharField(
        label=_("Why it takes longer"),
        max_length=500,
        widget=words(3),
        help_text=_("How complex it is, or how many requests there are. Tell whoever asks."),
    )


class PassagesForm(PlainForm):
    """What stays of each passage of the things on a page."""

    def __init__(self, *args: Any, items: Sequence[BundleItem], grounds: QuerySet[Ground], **kwargs: Any):
        """Ask about each passage; nothing is chosen that nobody chose."""
        super().__init__(*args, **kwargs)
        self.items = items
        choices = [("", EMPTY), (KEEP, _("Keep")), *((each.code, format_lazy(_("Remove: {ground}"), ground=each.name)) for each in grounds)]
        known = {each[0] for each in choices}
        for item in items:
            self.fields[f"version_{item.pk}"] = forms.IntegerField(widget=forms.HiddenInput, initial=item.version)
            for number, chosen in enumerate(choices_of(item.passages), 1):
                more = [] if chosen in known else [(chosen, format_lazy(_("Remove: {ground} (no longer in use)"), ground=chosen))]
                self.fields[f"what_{item.pk}_{number}"] = forms.ChoiceField(
                    label=format_lazy(_("Passage {number} of {thing}"), number=number, thing=item.label), choices=choices + more,
                    required=False, initial=chosen,
                )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """Turn the answers into one mapping by thing."""
        data = super().clean() or {}
        decisions = {
            item.pk: (
                data.get(f"version_{item.pk}"),
                [data.get(f"what_{item.pk}_{number}", "") for number in range(1, len(item.passages) + 1)],
            )
            for item in self.items
        }
        return {"decisions": decisions}


class DeliveryForm(VersionForm):
    """How, when and to whom it was handed over."""

    way = forms.ChoiceField(label=_("How it was handed over"), choices=Way.choices, widget=forms.RadioSelect)
    to_whom = forms.CharField(label=_("To whom"), max_length=200)
    on = DateField(label=_("Day"), not_in_future=True)
    time = ClockField(label=_("Time"), help_text=_("For example 14:30."))
    note = forms.CharField(label=_("Note"), max_length=300, required=False, help_text=_("Such as the number of the recorded post."))
    late_reason = forms.CharField(
        label=_("Why it was late"), max_length=500, required=False, widget=words(2), help_text=_("Only where its time is over.")
    )
    field_order = ("way", "to_whom", "on", "time", "note", "late_reason")


class RefuseSubjectForm(VersionForm):
    """On which ground the whole request is refused."""

    ground = forms.ChoiceField(label=_("Ground"), choices=Refusal.choices, widget=forms.RadioSelect)
    reasons = forms.CharField(label=_("Reasons"), max_length=2000, widget=words(4))


class WithdrawForm(VersionForm):
    """How they let you know."""

    reasons = forms.CharField(label=_("How they let you know"), max_length=500, widget=words(3))


class DisputeForm(VersionForm):
    """One thing that the person disputes."""

    what = forms.CharField(
        label=_("Which record or passage"), max_length=300, help_text=_("As the person names it: they read this again in the answer.")
    )
    asked = forms.CharField(label=_("What is wrong with it, and what they ask for"), max_length=2000, widget=words(4))


class OutcomeForm(VersionForm):
    """What is decided of it."""

    outcome = forms.ChoiceField(label=_("What is decided"), choices=Outcome.choices, widget=forms.RadioSelect)
    basis = forms.ChoiceField(label=_("On what it rests"), choices=Basis.choices, widget=forms.RadioSelect)
    reasons = forms.CharField(label=_("Reasons"), max_length=2000, widget=words(4), help_text=_("The person reads them."))
    untold = forms.ChoiceField(
        label=_("Ground on which the person is told nothing of it"), required=False,
        help_text=_("Only of what is refused. They then read that this is neither confirmed nor denied."),
    )  # fmt: skip
    field_order = ("outcome", "basis", "reasons", "untold")

    def __init__(self, *args: Any, grounds: QuerySet[Ground], **kwargs: Any):
        """Offer the grounds of today."""
        super().__init__(*args, **kwargs)
        choices = [("", _("None: they are told")), *((each.code, each.name) for each in grounds)]
        self.fields["untold"].choices = choices  # type: ignore[attr-defined]


class DoneForm(VersionForm):
    """What was done."""

    done = forms.CharField(label=_("What was done, and on which page of the record"), max_length=2000, widget=words(4))
    recipients = forms.CharField(
        label=_("Who had it and was told"), max_length=2000, widget=words(3), help_text=_("Or that nobody outside the force had it.")
    )


class ReturnForm(VersionForm):
    """What should be decided otherwise."""

    reason = forms.CharField(label=_("What should be decided otherwise, and why"), max_length=500, widget=words(3))
