"""Forms of MAPPA referrals, meetings, agendas and invitations."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.timezone import localdate, localtime, make_aware
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.choices import OrganisationKind, Role
from accounts.models import Organisation, User
from accounts.permissions import Perm
from offenders.choices import MappaLevel
from offenders.choices.meetings import Attendance, MeetingFormat, Purpose, ReferralOutcome
from offenders.forms.base import PlainForm
from offenders.models import Meeting
from offenders.rules.meetings import bases_on
from ui.fields import ClockField, DateField
from ui.languages import StrOrPromise

NOBODY_YET = _("Nobody yet")
LEVELS = [(level.value, level.label) for level in MappaLevel if level != MappaLevel.ONE]


def words(rows: int) -> forms.Textarea:
    """Return a box for several lines."""
    return forms.Textarea(attrs={"rows": rows})


def text_field(label: StrOrPromise, rows: int = 3, length: int = 2000, **options: Any) -> forms.CharField:
    """Return a text of several lines."""
    return forms.CharField(label=label, max_length=length, widget=words(rows), **options)


def words_of(meeting: Meeting) -> str:
    """Tell one meeting from another."""
    said = gettext("Level %(level)s, %(moment)s") % {"level": meeting.level, "moment": f"{localtime(meeting.starts_at):%d/%m/%Y %H:%M}"}
    return f"{said}, {meeting.place}" if meeting.place else said


class WorkForm(PlainForm):
    """A form that offers people and agencies: those whom its user may know of."""

    def __init__(self, *args: Any, user: User, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.user = user
        colleagues = User.objects.colleagues_of(user).order_by("last_name", "pk")
        for name, queryset in {
            "chair": colleagues.filter(groups__name=Role.MAPP_CHAIR),
            "coordinator": colleagues.filter(groups__name=Role.MAPPA_COORDINATOR),
            "user": colleagues,
            "owner": colleagues,
            "agency": Organisation.objects.for_user(user, Perm.VIEW_MEETING).order_by("name"),
        }.items():
            if name in self.fields:
                self.fields[name].queryset = queryset
                self.fields[name].label_from_instance = lambda row: getattr(row, "display_name", None) or str(row)


def chosen(label: StrOrPromise, *, required: bool = True, empty: StrOrPromise = NOBODY_YET, **options: Any) -> forms.ModelChoiceField:
    """Return a list whose rows WorkForm fills in."""
    return forms.ModelChoiceField(User.objects.none(), label=label, required=required, empty_label=empty, **options)


class ReferralForm(WorkForm):
    """Who refers, on which legal basis, to which level, and why."""

    agency = chosen(_("Who refers"), empty=_("Choose"), help_text=_("Your own force, or the agency that asked you."))
    basis = forms.ChoiceField(label=_("Category and legal basis"), widget=forms.RadioSelect)
    level = forms.TypedChoiceField(label=_("Level asked for"), coerce=int, choices=MappaLevel.choices, widget=forms.RadioSelect)
    reason = text_field(_("Why"), 5, help_text=_("The risk of serious harm, and what several agencies together can do that one cannot."))

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["basis"].choices = [
            (
                basis.code,
                format_lazy(
                    _("Category {category}: {words} ({source})"),
                    category=basis.category.value,
                    words=basis.words,
                    source=basis.source,
                ),
            )
            for basis in bases_on(localdate())
        ]


class ScreeningForm(PlainForm):
    """What screening decided."""

    outcome = forms.ChoiceField(
        label=_("Decision"),
        choices=[choice for choice in ReferralOutcome.choices if choice[0] != ReferralOutcome.WAITING],
        widget=forms.RadioSelect,
    )
    level = forms.TypedChoiceField(
        label=_("Level"), coerce=int, empty_value=None, required=False, choices=MappaLevel.choices, widget=forms.RadioSelect,
        help_text=_("When accepted."),
    )  # fmt: skip
    starts_on = DateField(label=_("First day"), help_text=_("Today, or the earlier day on which it was decided."))
    reason = text_field(_("Reasons"))


class ExitForm(PlainForm):
    """Why and when somebody leaves MAPPA."""

    starts_on = DateField(label=_("First day outside MAPPA"))
    reason = text_field(_("Why"), help_text=_("For example the notification period or the licence ended, and no other category fits."))
    version = forms.IntegerField(widget=forms.HiddenInput)


class WhenForm(WorkForm):
    """When, where and with whom in the chair."""

    day = DateField(label=_("Day"))
    starts = ClockField(label=_("Starts at"), help_text=_("For example 14:30."))
    ends = ClockField(label=_("Ends at"), help_text=_("For example 14:30."))
    held_as = forms.ChoiceField(label=_("How people meet"), choices=MeetingFormat.choices, widget=forms.RadioSelect)
    place = forms.CharField(
        label=_("Place"),
        max_length=200, required=False, help_text=_("The room, or who sends the video link. No name of the person discussed.")
    )
    chair = chosen(_("Chair"), required=False)
    coordinator = chosen(_("Coordinator"), required=False)

    def clean(self) -> dict[str, Any]:
        """Turn a day and two times into two moments."""
        cleaned = super().clean() or {}
        day = cleaned.pop("day", None)
        for name in ("starts", "ends"):
            clock = cleaned.pop(name, None)
            if isinstance(day, date) and clock is not None:
                cleaned[f"{name}_at"] = make_aware(datetime.combine(day, clock))
        return cleaned


class PlanForm(WhenForm):
    """A new meeting about one person."""

    purpose = forms.ChoiceField(label=_("Why this person is on the agenda"), choices=Purpose.choices, widget=forms.RadioSelect)
    level = forms.TypedChoiceField(label=_("Level of the meeting"), coerce=int, choices=LEVELS, widget=forms.RadioSelect)
    field_order = ("purpose", "level")


class MeetingForm(WhenForm):
    """A change of a planned meeting."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class JoinForm(PlainForm):
    """Put a person on the agenda of a meeting that is planned already."""

    meeting = forms.ModelChoiceField(Meeting.objects.none(), label=_("Meeting"), empty_label=_("Choose"))
    purpose = forms.ChoiceField(label=_("Why this person is on the agenda"), choices=Purpose.choices, widget=forms.RadioSelect)
    starts_at = ClockField(label=_("When the meeting turns to this person"), required=False, help_text=_("For example 14:30."))

    def __init__(self, *args: Any, meetings: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["meeting"].queryset = meetings
        self.fields["meeting"].label_from_instance = words_of


class ItemForm(PlainForm):
    """Where somebody stands on the agenda."""

    position = forms.IntegerField(label=_("Place on the agenda"), min_value=1, max_value=200, widget=forms.TextInput)
    starts_at = ClockField(label=_("When the meeting turns to this person"), required=False, help_text=_("For example 14:30."))
    purpose = forms.ChoiceField(label=_("Why this person is on the agenda"), choices=Purpose.choices, widget=forms.RadioSelect)
    version = forms.IntegerField(widget=forms.HiddenInput)


class InviteForm(WorkForm):
    """A colleague, or a person of an agency."""

    user = chosen(_("A colleague"), required=False, empty=_("Nobody: somebody from an agency"))
    agency = chosen(_("Or an agency"), required=False, empty=_("No agency"))
    person = forms.CharField(label=_("Name of the person from the agency"), max_length=100, required=False)
    job = forms.CharField(label=_("Their job"), max_length=100, required=False)

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["agency"].queryset = self.fields["agency"].queryset.exclude(kind=OrganisationKind.FORCE)


class InvitationForm(PlainForm):
    """How an invitation stands."""

    attendance = forms.ChoiceField(label=_("Answer or attendance"), choices=Attendance.choices, widget=forms.RadioSelect)
    papers_sent_on = DateField(label=_("Papers sent on"), required=False)
    left_on = DateField(
        label=_("Left the post on"), required=False, help_text=_("From then on no copy of minutes can be issued to this person.")
    )
    version = forms.IntegerField(widget=forms.HiddenInput)


class ReasonForm(PlainForm):
    """Why."""

    reason = text_field(_("Why"), 3, 500)


class AgendaForm(PlainForm):
    """Put somebody on the agenda by the record's reference."""

    reference = forms.CharField(label=_("Reference of the record"), max_length=16, help_text=_("For example V-000417"))
    purpose = forms.ChoiceField(label=_("Why this person is on the agenda"), choices=Purpose.choices, widget=forms.RadioSelect)
    starts_at = ClockField(label=_("When the meeting turns to this person"), required=False, help_text=_("For example 14:30."))
