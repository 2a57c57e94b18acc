"""Forms of the case file's entries. Each serves to add and to change; `version` is the one that the user saw."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from offenders.choices.case_file import (
    CHILD_AGES,
    AddressKind,
    AgeClass,
    AssociateKind,
    ContactWith,
    DeviceKind,
    MarkingLevel,
    OccupationKind,
    OnlineKind,
    ProtectedKind,
    VehicleUse,
    VerifiedHow,
)
from offenders.forms.base import PlainForm
from offenders.forms.operational import words
from ui.fields import DateField


class EntryForm(PlainForm):
    """What every entry says: its days, where it came from, a note."""

    starts_on = DateField(label=_("First day"), required=False, help_text=_("Leave empty when it is not known."))
    ends_on = DateField(label=_("Last day"), required=False, help_text=_("Leave empty while it lasts."))
    source = forms.CharField(
        label=_("Where this comes from"), max_length=100, required=False, help_text=_("For example: annual notification, visit, probation.")
    )
    note = forms.CharField(label=_("Note"), max_length=2000, required=False, widget=words(3))
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, addresses: QuerySet | None = None, **kwargs: Any):
        """Put the entry's own fields first; offer the record's addresses where the form asks for one."""
        super().__init__(*args, **kwargs)
        self.order_fields([name for name in self.fields if name not in EntryForm.base_fields])
        if "address" in self.fields and addresses is not None:
            self.fields["address"].queryset = addresses  # type: ignore[attr-defined]


class PlaceForm(EntryForm):
    """An address, whatever its days."""

    kind = forms.ChoiceField(label=_("What sort of place"), choices=AddressKind.choices, widget=forms.RadioSelect)
    line_1 = forms.CharField(
        label=_("Flat, house and street"),
        max_length=100,
        required=False,
        help_text=_("Leave empty for no fixed address or known to be away."),
    )
    line_2 = forms.CharField(label=_("Second line"), max_length=100, required=False)
    town = forms.CharField(label=_("Town"), max_length=60, required=False)
    postcode = forms.CharField(label=_("Postcode"), max_length=10, required=False)
    country = forms.CharField(label=_("Country"), max_length=60, required=False, help_text=_("Only outside the United Kingdom."))
    schools_near = forms.CharField(
        label=_("Schools and places for children near"),
        max_length=1000,
        required=False,
        widget=words(2),
        help_text=_("Which, and how far."),
    )


class AddressForm(PlaceForm):
    """An address with its days."""

    is_main = forms.BooleanField(
        label=_("This is the main address"), required=False, help_text=_("One at a time. Other places where they stay may stand beside it.")
    )


class MoveForm(PlaceForm):
    """A move: the day, and the new main address."""

    moved_on = DateField(label=_("Day of the move"), help_text=_("The old main address ends the day before."))
    starts_on = ends_on = version = None  # type: ignore[assignment]


class HouseholdForm(EntryForm):
    """Children who live or stay at an address."""

    address = forms.ModelChoiceField(label=_("Address"), queryset=None, empty_label=_("Choose an address"))
    children = forms.IntegerField(label=_("How many children"), min_value=1, max_value=30)
    ages = forms.MultipleChoiceField(label=_("Ages"), choices=CHILD_AGES, widget=forms.CheckboxSelectMultiple)
    agency_told = forms.CharField(label=_("Agency told"), max_length=100, required=False)
    told_on = DateField(label=_("Told on"), required=False)

    def __init__(self, *args: Any, **kwargs: Any):
        """Call each address by its words."""
        super().__init__(*args, **kwargs)
        self.fields["address"].label_from_instance = lambda address: address.words  # type: ignore[attr-defined]


class OnlineIdentityForm(EntryForm):
    """A name or address online."""

    kind = forms.ChoiceField(label=_("Where it is used"), choices=OnlineKind.choices, widget=forms.RadioSelect)
    handle = forms.CharField(
        label=_("Name or address"), max_length=150, help_text=_("As it is written there: an e-mail address, a user name.")
    )
    service = forms.CharField(label=_("Service or provider"), max_length=60, required=False)


class DeviceForm(EntryForm):
    """A device."""

    kind = forms.ChoiceField(label=_("What it is"), choices=DeviceKind.choices, widget=forms.RadioSelect)
    make = forms.CharField(label=_("Make and model"), max_length=60, required=False)
    identifier = forms.CharField(label=_("Serial number or IMEI"), max_length=60, required=False)


class VehicleForm(EntryForm):
    """A vehicle."""

    mark = forms.CharField(
        label=_("Registration mark"),
        max_length=40,
        required=False,
        help_text=_("Every search finds it. Leave empty while it is not known."),
    )
    make = forms.CharField(label=_("Make"), max_length=60, required=False)
    model_name = forms.CharField(label=_("Model"), max_length=60, required=False)
    colour = forms.CharField(label=_("Colour"), max_length=40, required=False)
    use = forms.ChoiceField(label=_("What it is to this person"), choices=VehicleUse.choices, widget=forms.RadioSelect)
    kept_at = forms.CharField(label=_("Where it is kept"), max_length=200, required=False)
    seen_on = DateField(label=_("Last seen on"), required=False, help_text=_("Today or earlier."))


class OccupationForm(EntryForm):
    """Work, education or another regular activity."""

    kind = forms.ChoiceField(label=_("What it is"), choices=OccupationKind.choices, widget=forms.RadioSelect)
    organisation = forms.CharField(label=_("Employer, college or club"), max_length=100)
    role = forms.CharField(label=_("What the person does there"), max_length=100, required=False)
    contact_with = forms.ChoiceField(
        label=_("Whom it brings them into contact with"), choices=ContactWith.choices, widget=forms.RadioSelect
    )
    told_on = DateField(label=_("When they were told"), required=False, help_text=_("Leave empty if nobody there has been told."))


class AssociateChangeForm(EntryForm):
    """What somebody is to the person; who it is stays."""

    kind = forms.ChoiceField(label=_("What they are to this person"), choices=AssociateKind.choices, widget=forms.RadioSelect)


class AssociateForm(AssociateChangeForm):
    """Somebody close to the person: by reference or by name."""

    reference = forms.CharField(
        label=_("Reference"), max_length=20, required=False, help_text=_("If they are on record themselves, for example V-000417.")
    )
    name = forms.CharField(label=_("Name"), max_length=150, required=False, help_text=_("If they are not on record."))


class ProtectedPersonForm(EntryForm):
    """A child or an adult at risk."""

    kind = forms.ChoiceField(label=_("Who is at risk"), choices=ProtectedKind.choices, widget=forms.RadioSelect)
    name = forms.CharField(label=_("Name"), max_length=150, help_text=_("Stays in the case file. The card names classes of people only."))
    relation = forms.CharField(label=_("Who they are to this person"), max_length=100, required=False)
    age = forms.ChoiceField(label=_("Age"), choices=AgeClass.choices)
    whereabouts = forms.CharField(label=_("Where they live or are met"), max_length=200, required=False)
    protection = forms.CharField(label=_("How they are protected"), max_length=1000, required=False, widget=words(3))
    agency_told = forms.CharField(label=_("Agency told"), max_length=100, required=False)
    told_on = DateField(label=_("Told on"), required=False)


class EndEntryForm(PlainForm):
    """When and why an entry ends."""

    ends_on = DateField(label=_("Last day"), help_text=_("Today or earlier."))
    reason = forms.CharField(label=_("Why it ends"), max_length=500, widget=words(2))


class VerifyEntryForm(PlainForm):
    """When and how somebody made sure."""

    verified_on = DateField(label=_("When"), help_text=_("Today or earlier."))
    how = forms.ChoiceField(label=_("How"), choices=VerifiedHow.choices, widget=forms.RadioSelect)
    seen_on = DateField(label=_("Seen on"), required=False, help_text=_("If the person or thing was seen there."))


class MarkingForm(PlainForm):
    """How the case file is marked, from a day on."""

    level = forms.ChoiceField(label=_("Marking"), choices=MarkingLevel.choices, widget=forms.RadioSelect)
    handling = forms.CharField(
        label=_("Handling instruction"),
        max_length=200,
        required=False,
        help_text=_("Stands on every page and paper of the file. No names."),
    )
    starts_on = DateField(label=_("First day"), help_text=_("Today, or the earlier day on which it was decided."))
    reason = forms.CharField(label=_("Why"), max_length=500, widget=words(2))
    version = forms.IntegerField(widget=forms.HiddenInput)
