"""Forms of convictions, notifications, reviews, breaches and notified travel."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from offenders.choices.registration import BreachState, Disposal, DutyKind, LengthUnit, ReviewState
from offenders.forms.base import PlainForm
from offenders.forms.operational import words
from offenders.models import CourtOrder, NotificationDuty
from ui.fields import ClockField, DateField
from ui.languages import StrOrPromise

WHY = _("Why")
AGES = (("", _("Work it out from the date of birth on the record")), ("yes", _("Yes, under 18")), ("no", _("No, 18 or over")))


def version_field() -> forms.IntegerField:
    """Return the field that carries the version which the user saw."""
    return forms.IntegerField(widget=forms.HiddenInput)


def reason_field(label: StrOrPromise = WHY, help_text: StrOrPromise = "") -> forms.CharField:
    """Return a box for a reason."""
    return forms.CharField(label=label, max_length=2000, widget=words(3), help_text=help_text)


def options(moves: Iterable[str], labels: type[Any]) -> list[tuple[str, StrOrPromise]]:
    """Return choices in the order in which the words are defined."""
    return [(item.value, item.label) for item in labels if item in set(moves)]


def duty_words(duty: NotificationDuty) -> str:
    """Tell one notification from another."""
    return gettext("%(kind)s, due %(day)s") % {"kind": duty.get_kind_display(), "day": f"{duty.due_on:%d/%m/%Y}"}


def order_words(order: CourtOrder) -> str:
    """Tell one order from another."""
    return gettext("%(kind)s, made %(day)s") % {"kind": order.get_kind_display(), "day": f"{order.made_on:%d/%m/%Y}"}


class ConvictionForm(PlainForm):
    """A conviction or caution."""

    offence = forms.CharField(label=_("Offence"), max_length=300, help_text=_("As on the certificate. No victim's name."))
    is_sexual = forms.BooleanField(label=_("Sexual offence"), required=False)
    is_violent = forms.BooleanField(label=_("Violent offence"), required=False)
    is_against_child = forms.BooleanField(label=_("Against a child"), required=False)
    requires_notification = forms.BooleanField(
        label=_("Makes the person notify"),
        required=False,
        help_text=_("Tick for an offence of Schedule 3 whose conditions are met. Registration is then worked out for you."),
    )
    offence_on = DateField(label=_("Date of the offence"), required=False)
    convicted_on = DateField(label=_("Date of conviction or caution"), not_in_future=True)
    court = forms.CharField(label=_("Court or police force"), required=False, max_length=120)
    disposal = forms.ChoiceField(label=_("Sentence or other disposal"), choices=Disposal.choices, widget=forms.RadioSelect)
    length_quantity = forms.IntegerField(
        label=_("How long"), required=False, min_value=1, max_value=20000, help_text=_("For custody, a suspended sentence or a discharge.")
    )
    length_unit = forms.ChoiceField(label=_("Counted in"), choices=LengthUnit.choices, initial=LengthUnit.MONTHS)
    age = forms.ChoiceField(label=_("Under 18 on that day"), choices=AGES, required=False, widget=forms.RadioSelect)
    released_on = DateField(
        label=_("Date of release"),
        required=False,
        not_in_future=True,
        help_text=_("Leave empty while in custody or hospital, or never held."),
    )
    first_notified_on = DateField(
        label=_("First notification made on"), required=False, not_in_future=True, help_text=_("Leave empty if it has still to be made.")
    )

    def clean(self) -> dict[str, Any]:
        """Turn the answer about age into yes, no or unknown."""
        cleaned = super().clean() or {}
        return cleaned | {"was_under_18": {"yes": True, "no": False}.get(cleaned.pop("age", ""))}


class CorrectConvictionForm(ConvictionForm):
    """The same, with a reason."""

    first_notified_on = None
    reason = reason_field(_("Why it is changed"), _("For example: released today, or the certificate shows another date."))
    version = version_field()


class DutyForm(PlainForm):
    """Something happened that must be notified."""

    kind = forms.ChoiceField(label=_("What must be notified"), choices=DutyKind.choices, widget=forms.RadioSelect)
    starts_on = DateField(
        label=_("Since when"),
        not_in_future=True,
        help_text=_("The day of the change, of release, or on which the person lost a fixed address."),
    )
    about = forms.CharField(label=_("What happened"), required=False, max_length=300, help_text=_("For example: moved to Eastvale."))


class NotifiedForm(PlainForm):
    """How the person notified."""

    notified_on = DateField(label=_("Notified on"), not_in_future=True)
    station = forms.CharField(label=_("Where"), max_length=120, help_text=_("The police station, or how else."))
    what_was_notified = reason_field(_("What was notified"), _("What is new or confirmed. New addresses go on the page of addresses too."))
    taken_by = forms.CharField(label=_("Who took it"), max_length=120)
    fingerprints_taken = forms.BooleanField(label=_("Fingerprints were taken"), required=False)
    photograph_taken = forms.BooleanField(label=_("A photograph was taken"), required=False)
    version = version_field()


class ExcuseForm(PlainForm):
    """Why a notification is not required."""

    reason = reason_field(_("Why it is not required"))
    version = version_field()


class ReviewForm(PlainForm):
    """An application for review."""

    received_on = DateField(label=_("Received on"), not_in_future=True)


class MoveForm(PlainForm):
    """The next step of something; only steps that can follow are offered."""

    labels: type[Any]
    state = forms.ChoiceField(label=_("What was decided"), widget=forms.RadioSelect)
    on = DateField(label=_("Date"), not_in_future=True)
    version = version_field()

    def __init__(self, *args: Any, moves: Iterable[str], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["state"].choices = options(moves, self.labels)


class MoveReviewForm(MoveForm):
    """A decision on a review, an appeal, or a court's decision on it."""

    labels = ReviewState
    by_whom = forms.CharField(
        label=_("Decided by"), max_length=120, help_text=_("Rank and name, or the court. For an appeal: who made it.")
    )
    reason = reason_field(_("Reasons"))


class DecideBreachForm(MoveForm):
    """A decision on a breach."""

    labels = BreachState
    excuse = forms.CharField(
        label=_("Reasonable excuse"),
        required=False,
        max_length=2000,
        widget=words(3),
        help_text=_("What the person said, and what you made of it."),
    )
    reason = reason_field(_("Reasons, or the result of the prosecution"))


class BreachForm(PlainForm):
    """A breach of a notification requirement or of an order."""

    duty = forms.ModelChoiceField(label=_("Which notification"), queryset=None, required=False, empty_label=_("None of these"))
    order = forms.ModelChoiceField(label=_("Or which order"), queryset=None, required=False, empty_label=_("None of these"))
    what_happened = reason_field(_("What happened"))
    happened_on = DateField(label=_("Happened on"), required=False, not_in_future=True)
    discovered_on = DateField(label=_("Discovered on"), not_in_future=True)
    excuse = forms.CharField(
        label=_("Reasonable excuse"),
        required=False,
        max_length=2000,
        widget=words(3),
        help_text=_("What the person says. You can add it later."),
    )

    def __init__(self, *args: Any, duties: QuerySet, orders: QuerySet, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["duty"].queryset, self.fields["order"].queryset = duties, orders
        self.fields["duty"].label_from_instance = duty_words
        self.fields["order"].label_from_instance = order_words


class TravelForm(PlainForm):
    """Foreign travel as the person notified it."""

    notified_on = DateField(label=_("Notified on"), not_in_future=True)
    notified_time = ClockField(label=_("Time of notification"), required=False, help_text=_("Leave empty if not known."))
    leaves_on = DateField(label=_("Leaves on"))
    leaves_time = ClockField(label=_("Time of leaving"), required=False, help_text=_("Leave empty if not known."))
    returns_on = DateField(label=_("Returns on"), required=False, help_text=_("Leave empty if not known."))
    country = forms.CharField(label=_("First country"), max_length=80, help_text=_("Add further countries afterwards."))
    place = forms.CharField(label=_("Town or area"), required=False, max_length=120)
    accommodation = forms.CharField(label=_("Where the person stays"), required=False, max_length=300)
    carrier = forms.CharField(label=_("Carrier"), required=False, max_length=120)
    port_out = forms.CharField(label=_("Port of departure"), max_length=120)
    port_back = forms.CharField(label=_("Port of return"), required=False, max_length=120)
    why_late = forms.CharField(
        label=_("Why it was notified late"),
        required=False,
        max_length=2000,
        widget=words(3),
        help_text=_("Only where you accept that the plans could not be notified in good time."),
    )


class JourneyForm(PlainForm):
    """Another place of a journey."""

    country = forms.CharField(label=_("Country"), max_length=80)
    place = forms.CharField(label=_("Town or area"), required=False, max_length=120)
    arrives_on = DateField(label=_("Arrives on"))
    carrier = forms.CharField(label=_("Carrier"), required=False, max_length=120)
    accommodation = forms.CharField(label=_("Where the person stays"), required=False, max_length=300)


class CancelTravelForm(PlainForm):
    """Why a journey will not be made."""

    reason = reason_field(_("Why it is cancelled"))
    version = version_field()
