"""Forms of visits."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from offenders.choices.visits import RiskSeen, VisitNotice, VisitPurpose, VisitState
from offenders.forms.base import PlainForm
from offenders.models import Nominal, Visit
from offenders.rules.visits import LONGEST_TEXT
from ui.fields import ClockField, DateField


def box(rows: int = 3) -> forms.Textarea:
    """Return a box for several lines."""
    return forms.Textarea(attrs={"rows": rows})


class OfficerField(forms.ModelChoiceField):
    """A colleague, by rank, number and surname."""

    def label_from_instance(self, user: User) -> str:
        """Return how officers name each other."""
        return user.display_name


class VisitForm(PlainForm):
    """What a planned visit and a recorded one have in common: the officers are those of the record's unit, and the user."""

    def __init__(self, *args: Any, actor: User, nominal: Nominal, visit: Visit | None = None, **kwargs: Any):
        super().__init__(*args, **kwargs)
        named = [person for person in (visit.officer_id, visit.second_officer_id) if person] if visit else []
        people = User.objects.colleagues_of(actor).filter(Q(unit=nominal.unit_id) | Q(pk=actor.pk) | Q(pk__in=named))
        for name in ("officer", "second_officer"):
            self.fields[name].queryset = people.order_by("last_name", "pk")


class PlanForm(VisitForm):
    """When officers mean to go."""

    on = DateField(label=_("Day"))
    time = ClockField(label=_("Time"), help_text=_("For example 14:30."))
    officer = OfficerField(User.objects.none(), label=_("Officer"), empty_label=_("Select"))
    second_officer = OfficerField(User.objects.none(), label=_("Second officer"), empty_label=_("Not known yet"), required=False)
    others_present = forms.CharField(
        label=_("Who else goes"),
        max_length=200,
        required=False,
        help_text=_("For example a probation officer, or an officer of another unit."),
    )
    notice = forms.ChoiceField(label=_("Does the person know?"), choices=VisitNotice.choices, widget=forms.RadioSelect)
    purpose = forms.ChoiceField(label=_("Purpose"), choices=VisitPurpose.choices)
    place = forms.CharField(label=_("Address"), max_length=300, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)


class CancelForm(PlainForm):
    """Why a visit is called off."""

    reason = forms.CharField(label=_("Why it is cancelled"), max_length=500, widget=box())


class FindingsForm(VisitForm):
    """What a visit found. The first fields are all that most visits need; the others are optional."""

    on = DateField(label=_("Day"), not_in_future=True)
    time = ClockField(label=_("Time"), help_text=_("When you were at the door, for example 14:30."))
    officer = OfficerField(User.objects.none(), label=_("Officer"), empty_label=_("Select"))
    second_officer = OfficerField(User.objects.none(), label=_("Second officer"), empty_label=_("None of the unit"), required=False)
    seen = forms.CharField(
        label=_("Who was seen"), max_length=300, required=False, help_text=_("The person, and anybody else who was there.")
    )
    said = forms.CharField(label=_("What was said and seen"), max_length=LONGEST_TEXT, required=False, widget=box(4))
    risk = forms.ChoiceField(
        label=_("What it means for the risk"),
        choices=RiskSeen.choices,
        widget=forms.RadioSelect,
        required=False,
        help_text=_("If it has changed, you are asked to set the level next."),
    )
    lone_reason = forms.CharField(
        label=_("Why one officer went alone"), max_length=500, required=False, help_text=_("Only if nobody else went.")
    )
    others_present = forms.CharField(
        label=_("Who else went"),
        max_length=200,
        required=False,
        help_text=_("For example a probation officer, or an officer of another unit."),
    )
    notice = forms.ChoiceField(label=_("Did the person know?"), choices=VisitNotice.choices, widget=forms.RadioSelect)
    purpose = forms.ChoiceField(label=_("Purpose"), choices=VisitPurpose.choices)
    place = forms.CharField(label=_("Address"), max_length=300, required=False)
    home = forms.CharField(label=_("Home conditions"), max_length=LONGEST_TEXT, required=False, widget=box())
    devices = forms.CharField(label=_("Devices checked"), max_length=LONGEST_TEXT, required=False, widget=box())
    new_facts = forms.CharField(
        label=_("New facts"),
        max_length=LONGEST_TEXT,
        required=False,
        widget=box(),
        help_text=_("Work, vehicles, telephones, people in the home. Put what matters at a door on the card too."),
    )
    concerns = forms.CharField(
        label=_("Concerns"),
        max_length=LONGEST_TEXT,
        required=False,
        widget=box(),
        help_text=_("Your supervisor is asked to read it and decide."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)


class RecordForm(FindingsForm):
    """What came of a visit."""

    field_order = ("state", *FindingsForm.base_fields)

    state = forms.ChoiceField(
        label=_("What came of it"),
        choices=[(VisitState.DONE, VisitState.DONE.label), (VisitState.NO_REPLY, VisitState.NO_REPLY.label)],
        widget=forms.RadioSelect,
    )
    next_on = DateField(label=_("Next visit, or next try"), required=False, help_text=_("After no reply this is needed."))
    next_time = ClockField(label=_("Time of the next visit"), required=False, help_text=_("Empty: 10:00."))


class CorrectForm(FindingsForm):
    """What a recorded visit ought to say."""

    reason = forms.CharField(label=_("Why it is corrected"), max_length=500, widget=box(2))


class ReactiveForm(PlainForm):
    """Why no visits fall due, and when somebody looks again."""

    reason = forms.CharField(
        label=_("Why visits need not fall due"),
        max_length=2000,
        widget=box(4),
        help_text=_("What shows that this person has long been settled, and what would make you visit."),
    )
    review_on = DateField(label=_("Next review"))


class ReactiveReviewForm(PlainForm):
    """Keep reactive management, or end it."""

    keeps = forms.TypedChoiceField(
        label=_("What now"),
        choices=[("yes", _("Keep it until the next review")), ("no", _("End it: visits fall due again"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(label=_("Why"), max_length=2000, widget=box(4))
    review_on = DateField(label=_("Next review"), required=False, help_text=_("Only if you keep it."))
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
