"""Forms for looking after confidential sections, and for sensitive material."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from offenders.choices import SectionKind
from offenders.choices.confidential import Consent, LawfulBasis, ReviewOutcome, SensitiveKind
from offenders.forms.access import ForPerson, PersonField, ReasonText, TextArea
from offenders.forms.base import PlainForm
from ui.fields import DateField


class SectionForm(PlainForm):
    """What a section says."""

    kind = forms.ChoiceField(label=_("What it is about"), choices=SectionKind.choices, widget=forms.RadioSelect)
    body = TextArea(label=_("Text"), rows=8, max_length=20_000)
    basis = forms.ChoiceField(label=_("Lawful basis"), choices=LawfulBasis.choices, widget=forms.RadioSelect)
    lawful_basis = forms.CharField(
        label=_("How that applies here"), max_length=200, help_text=_("For example the act and section, or whom it protects.")
    )
    originator = forms.CharField(
        label=_("Originator"), max_length=100, help_text=_("Who gave it, and must be asked before it goes further.")
    )
    handling = forms.CharField(label=_("Handling"), max_length=200, required=False, help_text=_("Handling code or conditions."))


class AddSection(SectionForm):
    """Something that is kept apart from the case file."""

    review_on = DateField(label=_("Review on"), help_text=_("When to decide whether it must still be kept."))


class ChangeSection(SectionForm):
    """Other words for a section; the version tells whether somebody was first."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class ReviewSection(PlainForm):
    """Whether a section is still needed."""

    outcome = forms.ChoiceField(label=_("What you decide"), choices=ReviewOutcome.choices, widget=forms.RadioSelect)
    review_on = DateField(label=_("Review again on"), required=False, help_text=_("Only if you keep it."))
    reason = ReasonText(label=_("Why"))
    version = forms.IntegerField(widget=forms.HiddenInput)


class PassOnSection(ForPerson):
    """Who owns a section from now on."""

    reason = ReasonText()


class PassOnOfLeaver(PlainForm):
    """Who leaves, and who keeps from now on what they kept apart."""

    leaver = PersonField(label=_("Username of the person who leaves"), help_text=_("Somebody of your unit who manages no cases any more."))
    user = PersonField(
        label=_("Username of the person who takes over"), help_text=_("Not yourself: you name who reads it, and do not read it.")
    )
    reason = ReasonText()

    def __init__(self, *args: Any, unit: QuerySet[User], people: QuerySet[User], **kwargs: Any) -> None:
        """Take the people who may be named."""
        super().__init__(*args, **kwargs)
        self.fields["leaver"].people, self.fields["user"].people = unit, people


class PrintSection(PlainForm):
    """Why a section is printed."""

    reason = ReasonText(label=_("Why you need it on paper"))


class SensitiveForm(PlainForm):
    """Sensitive material."""

    kind = forms.ChoiceField(label=_("What it is about"), choices=SensitiveKind.choices, widget=forms.RadioSelect)
    text = TextArea(label=_("Text"), rows=8, max_length=20_000)
    source = forms.CharField(label=_("Source"), max_length=100, help_text=_("For example a letter from the GP, with its date."))
    basis = forms.ChoiceField(label=_("Lawful basis"), choices=LawfulBasis.choices, widget=forms.RadioSelect)
    originator = forms.CharField(
        label=_("Originator"), max_length=100, required=False, help_text=_("For material of a third party: who decides where it may go.")
    )
    conditions = forms.CharField(
        label=_("Conditions"), max_length=300, required=False, help_text=_("What the originator asked for when giving it.")
    )
    consent = forms.ChoiceField(
        label=_("Consent to pass it on"), choices=Consent.choices, widget=forms.RadioSelect, initial=Consent.NOT_ASKED
    )
    asked_on = DateField(label=_("Asked on"), required=False)
    answered_on = DateField(label=_("Answered on"), required=False)
    review_on = DateField(label=_("Review on"), help_text=_("When to decide whether it must still be held."))


class ChangeSensitive(SensitiveForm):
    """Other words for it."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class EndSensitive(PlainForm):
    """Why it is no longer needed."""

    reason = ReasonText(label=_("Why it ends"))
