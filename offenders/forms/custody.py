"""Forms of transfer, licence, recall, custody, and telling other authorities."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.timezone import localtime, make_aware, now
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation, Unit, User
from offenders.choices.custody import CustodyKind, LicenceKind, RecallKind, TellChannel, TellReason
from offenders.forms.base import PlainForm
from offenders.forms.operational import words
from ui.fields import ClockField, DateField


class MomentForm(PlainForm):
    """A form that asks when something happened; the service gets one moment, in the field that `moment` names."""

    moment = "at"

    on = DateField(label=_("Day"), not_in_future=True)
    at = ClockField(label=_("Time"), help_text=_("For example 6:40am or 18:40."))

    def clean(self) -> dict[str, Any]:
        """Join day and time to one moment of local time."""
        cleaned = super().clean() or {}
        day, time = cleaned.pop("on", None), cleaned.pop("at", None)
        if day and time:
            cleaned[self.moment] = make_aware(datetime.combine(day, time))
        return cleaned

    def add_error(self, field: str | None, error: Any) -> None:
        """Put an error about the moment at the time."""
        super().add_error("at" if field == self.moment else field, error)


def at_present() -> dict[str, Any]:
    """Return the initial values of a form that asks for a moment: now."""
    present = localtime(now())
    return {"on": present.date(), "at": present.strftime("%H:%M")}


class OfferForm(PlainForm):
    """The offer of a record."""

    to_unit = forms.ModelChoiceField(queryset=Unit.objects.none(), label=_("Unit that should take the record"))
    reason = forms.CharField(label=_("Why"), max_length=500, widget=words(3))
    handover = forms.CharField(
        label=_("What the other side must know to decide"),
        max_length=5000,
        widget=words(6),
        help_text=_("Risk, plan, what is due. They cannot read the case file yet. Nothing about victims or other confidential matters."),
    )
    keeps_partnership = forms.BooleanField(
        label=_("We go on working with this record"),
        required=False,
        help_text=_("Another force only: your unit stays a partner and reads the case file."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, units: QuerySet, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["to_unit"].queryset = units
        self.fields["to_unit"].label_from_instance = lambda unit: f"{unit.organisation}: {unit.name}"


class AcceptForm(PlainForm):
    """Who manages the record from now on."""

    offender_manager = forms.ModelChoiceField(queryset=User.objects.none(), label=_("Offender manager"))
    reason = forms.CharField(label=_("Why"), max_length=500, widget=words(2))

    def __init__(self, *args: Any, people: QuerySet, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["offender_manager"].queryset = people
        self.fields["offender_manager"].label_from_instance = lambda user: user.display_name


class WhyForm(PlainForm):
    """Why."""

    reason = forms.CharField(label=_("Why"), max_length=500, widget=words(3))


class SupervisionForm(PlainForm):
    """Who supervises a licence, and what to tell them."""

    probation_office = forms.CharField(label=_("Probation office"), max_length=100)
    probation_manager = forms.CharField(label=_("Probation manager"), max_length=100, help_text=_("Name or team."))
    probation_phone = forms.CharField(label=_("Telephone"), max_length=30)
    out_of_hours_phone = forms.CharField(label=_("Telephone out of hours"), max_length=30, required=False)
    tell_probation = forms.CharField(
        label=_("What to tell probation when the person comes to notice"),
        max_length=300,
        widget=words(2),
        help_text=_("It stands on the card. For example: any contact with children, any alcohol, where and with whom."),
    )


class LicenceForm(SupervisionForm):
    """A licence."""

    kind = forms.ChoiceField(label=_("Licence"), choices=LicenceKind.choices, widget=forms.RadioSelect)
    starts_on = DateField(label=_("First day"))
    ends_on = DateField(label=_("Last day"), required=False, help_text=_("Leave empty for a life licence."))
    field_order = ("kind", "starts_on", "ends_on")


class ChangeLicenceForm(SupervisionForm):
    """Another supervisor, or other words."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class RecallForm(MomentForm):
    """A recall that probation asked for."""

    moment = "requested_at"
    kind = forms.ChoiceField(label=_("Recall"), choices=RecallKind.choices, widget=forms.RadioSelect)
    requested_by = forms.CharField(label=_("Who in probation asked"), max_length=100)
    reason = forms.CharField(label=_("Why"), max_length=2000, widget=words(3))
    field_order = ("kind", "on", "at", "requested_by", "reason")


class StepForm(MomentForm):
    """When a step of a recall happened."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class RevokeForm(StepForm):
    """The revocation."""

    moment = "revoked_at"


class ArrestForm(StepForm):
    """The arrest."""

    moment = "arrested_at"
    arrest_place = forms.CharField(label=_("Where"), max_length=200, required=False)


class ReturnForm(StepForm):
    """The return to custody."""

    moment = "returned_at"
    establishment = forms.CharField(label=_("Prison or police station"), max_length=100)


class ReassessForm(PlainForm):
    """What the arresting officers must know."""

    risk_on_arrest = forms.CharField(
        label=_("What the arresting officers must know"),
        max_length=300,
        widget=words(3),
        help_text=_("One or two sentences for the top of the card. For example: may harm himself; two officers; children in the house."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)


class RescindForm(WhyForm):
    """Why a recall was withdrawn."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class CustodyForm(PlainForm):
    """A time in custody."""

    kind = forms.ChoiceField(label=_("Why held"), choices=CustodyKind.choices, widget=forms.RadioSelect)
    establishment = forms.CharField(label=_("Where"), max_length=100)
    starts_on = DateField(label=_("First day"), not_in_future=True)
    release_expected_on = DateField(label=_("Release expected on"), required=False)


class ReleaseForm(PlainForm):
    """The day of release."""

    released_on = DateField(label=_("Day of release"), not_in_future=True)
    version = forms.IntegerField(widget=forms.HiddenInput)


class TellAuthorityForm(MomentForm):
    """What another authority was told."""

    moment = "told_at"
    agency = forms.ModelChoiceField(queryset=Organisation.objects.none(), label=_("Who was told"))
    recipient = forms.CharField(label=_("Person or desk there"), max_length=100)
    channel = forms.ChoiceField(label=_("How"), choices=TellChannel.choices, widget=forms.RadioSelect)
    about = forms.ChoiceField(label=_("About"), choices=TellReason.choices, widget=forms.RadioSelect)
    text = forms.CharField(label=_("What they were told"), max_length=5000, widget=words(5))
    expected_action = forms.CharField(label=_("What they are asked to do"), max_length=500, required=False, widget=words(2))
    needs_answer = forms.BooleanField(label=_("An answer is expected"), required=False, initial=True)
    field_order = ("agency", "recipient", "channel", "on", "at", "about", "text", "expected_action", "needs_answer")

    def __init__(self, *args: Any, agencies: QuerySet, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["agency"].queryset = agencies


class AnswerForm(MomentForm):
    """What the authority did."""

    moment = "answered_at"
    answered_by = forms.CharField(label=_("Who answered"), max_length=100)
    answer = forms.CharField(label=_("What they did"), max_length=5000, widget=words(4))
    field_order = ("on", "at", "answered_by", "answer")
