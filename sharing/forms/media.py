"""Forms of work with the media."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.timezone import localdate
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.choices import OrganisationKind, Role
from accounts.models import Organisation, Unit, User
from accounts.permissions import Perm
from intelligence.forms.information import EMPTY, VersionForm
from intelligence.reports.tasking import records_by_reference
from offenders.forms.base import PlainForm
from offenders.forms.operational import words
from offenders.forms.visits import OfficerField
from offenders.models import Nominal
from sharing.choices.media import EnquiryKind, Outcome, Outlet, Received
from sharing.reports.practice import media_lines_on
from ui.fields import ClockField, DateField

YES_NO = {"coerce": lambda value: value == "yes", "widget": forms.RadioSelect}
CHOICES = (("yes", _("Yes")), ("no", _("No")))


class EnquiryForm(PlainForm):
    """What somebody of the media asked."""

    kind = forms.ChoiceField(label=_("What it is about"), choices=EnquiryKind.choices, widget=forms.RadioSelect)
    outlet = forms.CharField(label=_("Outlet"), max_length=100)
    journalist = forms.CharField(label=_("Journalist"), max_length=100, required=False)
    received_by = forms.ChoiceField(label=_("How it came"), choices=Received.choices, widget=forms.RadioSelect)
    on = DateField(label=_("Day on which it came"), not_in_future=True)
    time = ClockField(label=_("Time"), help_text=_("For example 14:30."))
    question = forms.CharField(
        label=_("What was asked"), max_length=5000, widget=words(5), help_text=_("In their words. A general enquiry must name nobody.")
    )
    wanted_on = DateField(label=_("Day by which they want an answer"), required=False)
    unit = forms.ModelChoiceField(
        queryset=None, label=_("Unit that is asked"), empty_label=EMPTY, help_text=_("No words go out before it has agreed to them.")
    )

    def __init__(self, *args: Any, actor: User, **kwargs: Any):
        """Offer the units of the actor's force."""
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = Unit.objects.for_user(actor, Perm.MANAGE_MEDIA)  # type: ignore[attr-defined]


class LinkRecordForm(PlainForm):
    """Which record an enquiry is about."""

    nominal = forms.CharField(
        label=_("Reference of the record"), required=False, max_length=20, help_text=_("Like V-000417. Empty: no record is linked.")
    )

    def __init__(self, *args: Any, actor: User, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.actor = actor

    def clean_nominal(self) -> Nominal | None:
        """Find the record; hidden and missing are the same."""
        if not (reference := self.cleaned_data["nominal"].strip()):
            return None
        found, _ = records_by_reference(self.actor, [reference])
        readable = Nominal.objects.for_user(self.actor, Perm.VIEW_SHARING).filter(pk__in=[row.pk for row in found]).first()
        if readable is None:
            raise ValidationError(gettext("There is no such record that you may read. Check the reference"))
        return readable


class UnitAnswerForm(VersionForm):
    """What the unit lets the press office know."""

    unit_says = forms.CharField(label=_("Answer to the press office"), max_length=5000, widget=words(4))
    field_order = ("unit_says", "version")


class SpecificAnswerForm(UnitAnswerForm):
    """The same, and whether the press office may know of a record."""

    is_record_told = forms.TypedChoiceField(
        label=_("May the press office know that there is a record?"), choices=CHOICES, **YES_NO,
        help_text=_("No: write the answer so that it says neither that there is one nor that there is none."),
    )  # fmt: skip
    field_order = ("unit_says", "is_record_told", "version")


class StrategyForm(VersionForm):
    """How an enquiry is handled, and the lines to take."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    text = forms.CharField(label=_("Strategy"), max_length=5000, widget=words(4), help_text=_("How this is handled, by whom, until when."))
    lines = forms.MultipleChoiceField(
        label=_("Lines to take"), choices=(), required=False, widget=forms.CheckboxSelectMultiple
    )  # fmt: skip
    own_lines = forms.CharField(label=_("Further lines"), max_length=3000, required=False, widget=words(3))
    field_order = ("text", "lines", "own_lines", "version")

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["lines"].choices = [(line.code, line.words) for line in media_lines_on(localdate())]


class StatementForm(PlainForm):
    """The next version of a statement."""

    text = forms.CharField(label=_("Statement"), max_length=10000, widget=words(8))
    identifies = forms.TypedChoiceField(
        label=_("Does it name a person, or let one be found out?"), choices=CHOICES, **YES_NO,
        help_text=_("Yes: it goes out only under an approved decision of a senior officer."),
    )  # fmt: skip


class AgencyForm(PlainForm):
    """An agency that is consulted."""

    agency = forms.ModelChoiceField(queryset=None, label=_("Agency"), empty_label=EMPTY)

    def __init__(self, *args: Any, actor: User, **kwargs: Any):
        """Offer the agencies that are not closed."""
        super().__init__(*args, **kwargs)
        agencies = Organisation.objects.for_user(actor, Perm.VIEW_MEDIA).exclude(kind=OrganisationKind.FORCE)
        self.fields["agency"].queryset = agencies.filter(is_active=True)  # type: ignore[attr-defined]


class AgencyAnswerForm(PlainForm):
    """What an agency said."""

    asked_on = DateField(label=_("Asked on"), not_in_future=True)
    answered_on = DateField(label=_("Answered on"), required=False, not_in_future=True)
    said = forms.CharField(label=_("What it said"), max_length=3000, required=False, widget=words(3))


class CloseForm(VersionForm):
    """How an enquiry ends."""

    outcome = forms.ChoiceField(
        label=_("How it ends"), choices=[choice for choice in Outcome.choices if choice[0] != Outcome.OPEN], widget=forms.RadioSelect
    )
    outcome_words = forms.CharField(
        label=_("What was answered, or why nothing is"),
        max_length=3000,
        widget=words(4),
        help_text=_("Refusing to respond is a last resort."),
    )
    field_order = ("outcome", "outcome_words", "version")


class ProactiveForm(VersionForm):
    """What a release on the force's own initiative rests on."""

    risk_assessment = forms.CharField(
        label=_("Risk of the release itself"), max_length=5000, widget=words(5), help_text=_("For the person, for others, for the work.")
    )
    press_officer = OfficerField(User.objects.none(), label=_("Press officer who took part"), empty_label=EMPTY)
    took_part_on = DateField(label=_("Day on which they took part"), not_in_future=True)
    outlets = forms.MultipleChoiceField(label=_("How it goes out"), choices=Outlet.choices, widget=forms.CheckboxSelectMultiple)
    plan = forms.CharField(
        label=_("Plan"),
        max_length=5000,
        widget=words(4),
        help_text=_("Who says what, when and where, and who answers questions afterwards."),
    )
    field_order = ("risk_assessment", "press_officer", "took_part_on", "outlets", "plan", "version")

    def __init__(self, *args: Any, actor: User, **kwargs: Any):
        """Offer the press officers of the actor's force."""
        super().__init__(*args, **kwargs)
        officers = User.objects.colleagues_of(actor).filter(groups__name=Role.PRESS_OFFICER).distinct()
        self.fields["press_officer"].queryset = officers  # type: ignore[attr-defined]
