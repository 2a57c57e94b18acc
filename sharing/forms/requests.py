"""Forms of requests of agencies."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation, User
from intelligence.forms.information import EMPTY, VersionForm
from intelligence.reports.tasking import records_by_reference
from offenders.forms.base import PlainForm
from offenders.forms.operational import words
from offenders.models import Nominal
from sharing.choices.agreements import DataClass, Purpose
from sharing.choices.requests import CameBy, RefusalCode, RequestTemplate
from sharing.models import Release
from sharing.services.requests import BY_HAND
from ui.fields import DateField

AGENCY_READS = _("The agency reads this. Say nothing of whether there is a record.")


class RequestForm(PlainForm):
    """What an agency asks."""

    template = forms.ChoiceField(label=_("What kind of request is it?"), choices=RequestTemplate.choices, widget=forms.RadioSelect)
    subject_name = forms.CharField(label=_("Name of the person"), max_length=200)
    subject_birth = forms.CharField(label=_("Date of birth"), max_length=40, required=False, help_text=_("As far as it is known."))
    subject_address = forms.CharField(label=_("Address"), max_length=300, required=False, help_text=_("As far as it is known."))
    purpose = forms.ChoiceField(label=_("What is the information for?"), choices=Purpose.choices, widget=forms.RadioSelect)
    power = forms.CharField(
        label=_("Power relied on"),
        max_length=200,
        help_text=_("The law under which it is asked for, for example Children Act 2004, section 10."),
    )
    data_classes = forms.MultipleChoiceField(
        label=_("Kinds of information needed"), choices=DataClass.choices, widget=forms.CheckboxSelectMultiple
    )
    details = forms.CharField(label=_("What is to be known, and why"), max_length=10000, widget=words(5))
    relationship = forms.CharField(
        label=_("Relationship of the carer to the child"), max_length=200, required=False, help_text=_("For a check of a carer.")
    )
    care_from = DateField(label=_("First day of the care"), required=False, help_text=_("For a check of a carer."))
    is_urgent = forms.BooleanField(label=_("It is urgent"), required=False, help_text=_("Somebody may come to harm within a day."))
    urgent_reason = forms.CharField(label=_("Why it is urgent"), max_length=300, required=False)
    needed_by = DateField(label=_("Needed by"), required=False)


class AskForm(RequestForm):
    """A request by somebody of the agency."""

    force = forms.ModelChoiceField(Organisation.objects.none(), label=_("Police force"), empty_label=EMPTY)
    field_order = ("force",)

    def __init__(self, *args: Any, forces: QuerySet[Organisation], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["force"].queryset = forces  # type: ignore[attr-defined]


class WriteDownForm(RequestForm):
    """A request that an officer was told."""

    agency = forms.ModelChoiceField(Organisation.objects.none(), label=_("Agency"), empty_label=EMPTY)
    came_by = forms.ChoiceField(label=_("How it came"), choices=[(way.value, way.label) for way in BY_HAND], widget=forms.RadioSelect)
    asked_for = forms.CharField(label=_("Who asks"), max_length=100, help_text=_("Name or post at the agency."))
    field_order = ("agency", "came_by", "asked_for")

    def __init__(self, *args: Any, agencies: QuerySet[Organisation], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["agency"].queryset = agencies  # type: ignore[attr-defined]

    def clean_came_by(self) -> CameBy:
        """Make a word of ours of it."""
        return CameBy(self.cleaned_data["came_by"])


class FindRecordForm(VersionForm):
    """Which record something is about."""

    nominal = forms.CharField(
        label=_("Reference of the record"), max_length=16, required=False, help_text=_("Like V-000417. Find a person shows it.")
    )
    is_needed = False

    def __init__(self, *args: Any, actor: User, **kwargs: Any):
        """Take whose records they are."""
        super().__init__(*args, **kwargs)
        self.actor = actor

    def clean_nominal(self) -> Nominal | None:
        """Find the record; hidden and missing are the same."""
        reference = self.cleaned_data["nominal"].strip()
        if not reference and not self.is_needed:
            return None
        found, _ = records_by_reference(self.actor, [reference])
        if not found:
            raise ValidationError(gettext("There is no record of this reference of which you may know. Check it"))
        return found[0]


class QuestionForm(VersionForm):
    """What the agency is asked back."""

    text = forms.CharField(label=_("What do you need to know?"), max_length=2000, widget=words(4), help_text=AGENCY_READS)


class ReplyForm(PlainForm):
    """What the agency replies."""

    text = forms.CharField(label=_("Your reply"), max_length=10000, widget=words(5))


class WriteDownReplyForm(VersionForm):
    """What an officer was told in reply."""

    on_behalf_of = forms.CharField(label=_("Who replied"), max_length=100, help_text=_("Name or post at the agency."))
    text = forms.CharField(label=_("What they said"), max_length=10000, widget=words(5))


class AnswerForm(VersionForm):
    """The complete answer."""

    releases = forms.ModelMultipleChoiceField(
        Release.objects.none(), label=_("What was shared in answer"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("What was sent to this agency under decisions to share. To share more, make a decision first."),
    )  # fmt: skip
    has_nothing = forms.BooleanField(
        label=_("We hold nothing that we can share"), required=False,
        help_text=_("The agency reads the same words whether there is nothing or it is withheld."),
    )  # fmt: skip
    note = forms.CharField(label=_("Why, for the record"), max_length=2000, widget=words(3), help_text=_("The agency does not read this."))

    def __init__(self, *args: Any, releases: QuerySet[Release], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["releases"].queryset = releases  # type: ignore[attr-defined]
        self.fields["releases"].label_from_instance = lambda row: f"{row.reference}, {row.get_channel_display()}"  # type: ignore[attr-defined]


class RefuseForm(VersionForm):
    """A refusal."""

    refusal = forms.ChoiceField(label=_("Reason, which the agency reads"), choices=RefusalCode.choices, widget=forms.RadioSelect)
    note = forms.CharField(label=_("Why, for the record"), max_length=2000, widget=words(3), help_text=_("The agency does not read this."))
