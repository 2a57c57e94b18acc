"""Forms of agreements with agencies."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from accounts.choices import OrganisationKind
from accounts.models import Organisation, User
from accounts.permissions import Perm
from intelligence.forms.information import EMPTY, VersionForm, WhyForm
from offenders.forms.base import PlainForm
from sharing.choices.agreements import DataClass, Purpose
from sharing.reports.practice import powers_on
from ui.fields import DateField

BOXES = forms.CheckboxSelectMultiple


class TermsForm(PlainForm):
    """What an agreement says."""

    title = forms.CharField(label=_("Title"), max_length=200)
    purposes = forms.MultipleChoiceField(label=_("What information is shared for"), choices=Purpose.choices, widget=BOXES)
    data_classes = forms.MultipleChoiceField(label=_("Kinds of information"), choices=DataClass.choices, widget=BOXES)
    powers = forms.MultipleChoiceField(label=_("Powers"), choices=(), widget=BOXES, help_text=_("Those in force today."))
    signed_by = forms.CharField(label=_("Who signed"), max_length=200, help_text=_("For the force and for the agency: posts, not names."))
    document = forms.CharField(label=_("Where the signed paper is kept"), required=False, max_length=100)

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["powers"].choices = [(power.code, power.name) for power in powers_on(localdate())]


class AgreementForm(TermsForm):
    """A new agreement."""

    agency = forms.ModelChoiceField(queryset=None, label=_("Agency"), empty_label=EMPTY)
    first_day = DateField(label=_("First day"))
    last_day = DateField(label=_("Last day"))
    review_on = DateField(label=_("Day of the review"), help_text=_("Information governance is asked for it four weeks before."))
    field_order = (
        "agency", "title", "purposes", "data_classes", "powers", "first_day", "last_day", "review_on", "signed_by", "document",
    )  # fmt: skip

    def __init__(self, *args: Any, actor: User, **kwargs: Any):
        """Offer the agencies that are not closed."""
        super().__init__(*args, **kwargs)
        agencies = Organisation.objects.for_user(actor, Perm.MANAGE_AGREEMENTS).exclude(kind=OrganisationKind.FORCE)
        self.fields["agency"].queryset = agencies.filter(is_active=True)  # type: ignore[attr-defined]


class ChangeAgreementForm(VersionForm, TermsForm):
    """What an agreement says from now on."""

    last_day = DateField(label=_("Last day"))
    field_order = ("title", "purposes", "data_classes", "powers", "last_day", "signed_by", "document", "version")


class ReviewAgreementForm(WhyForm):
    """What a look at an agreement found."""

    review_on = DateField(label=_("Day of the next review"))
    reason = forms.CharField(label=_("What the review found"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))
    field_order = ("reason", "review_on", "version")


class EndAgreementForm(WhyForm):
    """How an agreement ends early."""

    last_day = DateField(label=_("Last day"), help_text=_("To stop it at once, suspend it as well."))
    field_order = ("last_day", "reason", "version")


class ContactForm(PlainForm):
    """Whom the force reaches at an agency."""

    post = forms.CharField(label=_("Post"), max_length=100, help_text=_("For example: duty manager."))
    person = forms.CharField(label=_("Name"), required=False, max_length=100)
    phone = forms.CharField(label=_("Telephone"), required=False, max_length=30)
    email = forms.EmailField(label=_("E-mail"), required=False, help_text=_("Told when an agreement begins or ends. Mails name nobody."))
    for_what = forms.CharField(
        label=_("For what"), required=False, max_length=200, help_text=_("For example urgent matters, or breaches of data.")
    )
