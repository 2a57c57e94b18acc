"""Forms of reports from the border and of the foreign-travel record."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.text import format_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation, Unit
from intelligence.choices.travel import AlertState, Door
from intelligence.models import AlertCandidate, AlertSource
from offenders.forms.base import PlainForm

PERSON, OTHER, NOBODY, UNSURE, USELESS = "person-", "other", "nobody", "unsure", "useless"
OUTCOMES = [
    (OTHER, _("This is another person on record")),
    (NOBODY, _("Not a person on record")),
    (UNSURE, _("Not sure: ask a supervisor")),
    (USELESS, _("The alert cannot be used")),
]
REASONED = {NOBODY, UNSURE, USELESS, OTHER}


class TriageForm(PlainForm):
    """Who the report is about. Each person beside it is a choice of its own; nothing is chosen beforehand."""

    outcome = forms.ChoiceField(label=_("Who is this?"), widget=forms.RadioSelect)
    reference = forms.CharField(
        label=_("Reference of the other record"),
        required=False,
        max_length=16,
        help_text=_("Only for another person on record, like V-000417."),
    )
    reason = forms.CharField(
        label=_("Reason"), required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Needed unless you choose a person shown above."),
    )  # fmt: skip
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, candidates: list[AlertCandidate], **kwargs: Any):
        super().__init__(*args, **kwargs)
        people = [(f"{PERSON}{each.pk}", format_lazy(_("This is {reference}"), reference=each.nominal.reference)) for each in candidates]
        self.fields["outcome"].choices = [*people, *OUTCOMES]
        self.candidates = {f"{PERSON}{each.pk}": each for each in candidates}

    def clean(self) -> dict[str, Any]:
        """Say what a choice needs besides."""
        data = super().clean()
        outcome = data.get("outcome")
        if outcome in REASONED and not data.get("reason", "").strip():
            self.add_error("reason", gettext("Enter a reason"))
        if outcome == OTHER and not data.get("reference", "").strip():
            self.add_error("reference", gettext("Enter the reference of the other record"))
        return data


class ReasonForm(PlainForm):
    """Why something is done with a report."""

    reason = forms.CharField(label=_("Reason"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))
    version = forms.IntegerField(widget=forms.HiddenInput)


class AnswerForm(PlainForm):
    """Whether a report from the border is about one's own person."""

    is_person = forms.TypedChoiceField(
        label=_("Is this the person?"), choices=[("yes", _("Yes, put it on the record")), ("no", _("No, somebody else"))],
        widget=forms.RadioSelect,
        coerce=lambda value: value == "yes",
    )  # fmt: skip
    reason = forms.CharField(label=_("Reason"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}), help_text=_("What you compared."))


class EvaluationForm(PlainForm):
    """What the manager makes of a crossing."""

    evaluation = forms.CharField(
        label=_("Evaluation"), max_length=4000, widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("What the person says, what you checked, whether a requirement or an order was broken, and what you do about it."),
    )  # fmt: skip
    version = forms.IntegerField(widget=forms.HiddenInput)


class SignOffForm(PlainForm):
    """Whether the supervisor agrees."""

    agreed = forms.TypedChoiceField(
        label=_("Do you agree with the evaluation?"), choices=[("yes", _("Yes, sign it off")), ("no", _("No, give it back"))],
        widget=forms.RadioSelect, coerce=lambda value: value == "yes",
    )  # fmt: skip
    words = forms.CharField(
        label=_("Remarks, or what is missing"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Needed when you give it back."),
    )  # fmt: skip
    version = forms.IntegerField(widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        """Giving back says what is missing."""
        data = super().clean()
        if data.get("agreed") is False and not data.get("words", "").strip():
            self.add_error("words", gettext("Enter what is missing"))
        return data


class AlertFilterForm(PlainForm):
    """Which reports the list shows."""

    state = forms.ChoiceField(label=_("State"), required=False, choices=[("", _("All")), *AlertState.choices])
    source = forms.ModelChoiceField(label=_("Source"), required=False, queryset=None, empty_label=_("All"), to_field_name="code")
    day = forms.DateField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, sources: QuerySet[AlertSource], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["source"].queryset = sources
        self.fields["source"].label_from_instance = lambda source: source.name


class AlertSearchForm(PlainForm):
    """Whom or what to look for among reports; travels by POST."""

    text = forms.CharField(label=_("Surname, or number of a document"), max_length=100)


class SourceForm(PlainForm):
    """A way by which reports come in."""

    code = forms.SlugField(label=_("Code"), max_length=40, help_text=_("Short name without spaces, as settings and files use it."))
    door = forms.ChoiceField(label=_("How alerts come in"), choices=Door.choices, widget=forms.RadioSelect)
    name = forms.CharField(label=_("Name"), max_length=80)
    unit = forms.ModelChoiceField(label=_("Unit that looks at its alerts"), queryset=None, empty_label=_("Choose a unit"))
    agency = forms.ModelChoiceField(label=_("Agency that sends"), queryset=None, required=False, empty_label=_("Not named"))
    allowed_senders = forms.CharField(
        label=_("Who may send mail"), required=False, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("One on each line: an address, or @ and a domain. Mail from others is held back."),
    )  # fmt: skip
    silent_after_hours = forms.IntegerField(
        label=_("Hours of silence before somebody is told"), min_value=1, max_value=1000, initial=24, widget=forms.NumberInput
    )

    def __init__(self, *args: Any, units: QuerySet[Unit], agencies: QuerySet[Organisation], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset, self.fields["agency"].queryset = units, agencies

    def clean_allowed_senders(self) -> list[str]:
        """One entry a line, in small letters."""
        lines = [line.strip().lower() for line in self.cleaned_data["allowed_senders"].splitlines() if line.strip()]
        if wrong := [line for line in lines if "@" not in line or " " in line]:
            raise forms.ValidationError(gettext("Write an address, or @ and a domain: %(entry)s") % {"entry": wrong[0]})
        return lines


class ChangeSourceForm(SourceForm):
    """A source that stands: its code and its door stay."""

    code = door = None
    is_active = forms.BooleanField(label=_("In use"), required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)
