"""Forms for looking after confidential sections, and for sensitive material."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet

from accounts.models import User
from offenders.choices import SectionKind
from offenders.choices.confidential import Consent, LawfulBasis, ReviewOutcome, SensitiveKind
from offenders.forms.access import ForPerson, PersonField, ReasonText, TextArea
from offenders.forms.base import PlainForm
from ui.fields import DateField


class SectionForm(PlainForm):
    """What a section says."""

    kind = forms.ChoiceField(label="What it is about", choices=SectionKind.choices, widget=forms.RadioSelect)
    body = TextArea(label="Text", rows=8, max_length=20_000)
    basis = forms.ChoiceField(label="Lawful basis", choices=LawfulBasis.choices, widget=forms.RadioSelect)
    lawful_basis = forms.CharField(
        label="How that applies here", max_length=200, help_text="For example the act and section, or whom it protects."
    )
    originator = forms.CharField(label="Originator", max_length=100, help_text="Who gave it, and must be asked before it goes further.")
    handling = forms.CharField(label="Handling", max_length=200, required=False, help_text="Handling code or conditions.")


class AddSection(SectionForm):
    """Something that is kept apart from the case file."""

    review_on = DateField(label="Review on", help_text="When to decide whether it must still be kept.")


class ChangeSection(SectionForm):
    """Other words for a section; the version tells whether somebody was first."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class ReviewSection(PlainForm):
    """Whether a section is still needed."""

    outcome = forms.ChoiceField(label="What you decide", choices=ReviewOutcome.choices, widget=forms.RadioSelect)
    review_on = DateField(label="Review again on", required=False, help_text="Only if you keep it.")
    reason = ReasonText(label="Why")
    version = forms.IntegerField(widget=forms.HiddenInput)


class PassOnSection(ForPerson):
    """Who owns a section from now on."""

    reason = ReasonText()


class PassOnOfLeaver(PlainForm):
    """Who leaves, and who keeps from now on what they kept apart."""

    leaver = PersonField(label="Username of the person who leaves", help_text="Somebody of your unit who manages no cases any more.")
    user = PersonField(label="Username of the person who takes over", help_text="Not yourself: you name who reads it, and do not read it.")
    reason = ReasonText()

    def __init__(self, *args: Any, unit: QuerySet[User], people: QuerySet[User], **kwargs: Any) -> None:
        """Take the people who may be named."""
        super().__init__(*args, **kwargs)
        self.fields["leaver"].people, self.fields["user"].people = unit, people


class PrintSection(PlainForm):
    """Why a section is printed."""

    reason = ReasonText(label="Why you need it on paper")


class SensitiveForm(PlainForm):
    """Sensitive material."""

    kind = forms.ChoiceField(label="What it is about", choices=SensitiveKind.choices, widget=forms.RadioSelect)
    text = TextArea(label="Text", rows=8, max_length=20_000)
    source = forms.CharField(label="Source", max_length=100, help_text="For example a letter from the GP, with its date.")
    basis = forms.ChoiceField(label="Lawful basis", choices=LawfulBasis.choices, widget=forms.RadioSelect)
    originator = forms.CharField(
        label="Originator", max_length=100, required=False, help_text="For material of a third party: who decides where it may go."
    )
    conditions = forms.CharField(
        label="Conditions", max_length=300, required=False, help_text="What the originator asked for when giving it."
    )
    consent = forms.ChoiceField(label="Consent to pass it on", choices=Consent.choices, widget=forms.RadioSelect, initial=Consent.NOT_ASKED)
    asked_on = DateField(label="Asked on", required=False)
    answered_on = DateField(label="Answered on", required=False)
    review_on = DateField(label="Review on", help_text="When to decide whether it must still be held.")


class ChangeSensitive(SensitiveForm):
    """Other words for it."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class EndSensitive(PlainForm):
    """Why it is no longer needed."""

    reason = ReasonText(label="Why it ends")
