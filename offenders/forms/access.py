"""Forms for exceptions to the access rules and for confidential sections."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.contrib.auth import authenticate
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.text import format_lazy
from django.utils.timezone import make_aware
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation, Unit, User
from accounts.permissions import Perm
from accounts.sessions import rotate_session
from offenders.choices import ReasonCategory
from offenders.services.access import SHORTEST_EMERGENCY_REASON, SHORTEST_REASON
from ui.fields import DateField
from ui.forms import WordedErrors
from ui.languages import StrOrPromise

NOBODY = _("No active account that you can choose has this username. Check it with the person, or with their force's administrator")
REASON = _("Reason")


class TextArea(forms.CharField):
    """Several lines of text."""

    def __init__(self, *, rows: int = 4, max_length: int = 500, **kwargs: Any) -> None:
        super().__init__(max_length=max_length, widget=forms.Textarea(attrs={"rows": rows}), **kwargs)


class ReasonText(TextArea):
    """Why: enough words that somebody else understands it."""

    def __init__(self, *, shortest: int = SHORTEST_REASON, label: StrOrPromise = REASON, **kwargs: Any) -> None:
        short = format_lazy(_("Say why in at least {shortest} characters, so that whoever checks understands it"), shortest=shortest)
        super().__init__(min_length=shortest, label=label, error_messages={"min_length": short}, **kwargs)


class PersonField(forms.CharField):
    """A member of staff by username: a list of thousands helps nobody, and no name goes into an address. Gives a User."""

    people: QuerySet[User]

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=150, widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}), **kwargs)

    def clean(self, value: Any) -> User:
        """Return the one person with this username among those who may be chosen."""
        person = self.people.filter(username__iexact=super().clean(value)).first()
        if person is None:
            raise ValidationError(NOBODY, code="unknown")
        return person


class LastDayField(DateField):
    """The last day on which something counts; gives the moment when that day is over."""

    def clean(self, value: Any) -> datetime:
        """Return the end of the day that was typed; days beyond the calendar count as the last one it has room for."""
        day = min(super().clean(value), date(9990, 1, 1))
        return make_aware(datetime.combine(day + timedelta(days=1), time.min))


class StateReason(WordedErrors, forms.Form):
    """Why a record outside one's own work is opened."""

    category = forms.ChoiceField(label=_("What you are doing"), choices=ReasonCategory.choices, widget=forms.RadioSelect)
    text = ReasonText(
        label=_("Why you need it"),
        help_text=_("For example the incident number and what was asked. The record's manager and auditors read this."),
    )


class ForPerson(WordedErrors, forms.Form):
    """Something about one member of staff."""

    user = PersonField(label=_("Username"), help_text=_("The name that the person signs in with."))

    def __init__(self, *args: Any, people: QuerySet[User], **kwargs: Any) -> None:
        """Take the people who may be chosen."""
        super().__init__(*args, **kwargs)
        self.fields["user"].people = people


class GrantAccess(ForPerson):
    """Who, what, until when and why."""

    permission = forms.ChoiceField(
        label=_("What they may read"),
        widget=forms.RadioSelect,
        choices=[
            (Perm.VIEW_CARD, _("The operational card")),
            (Perm.VIEW_CASE_FILE, _("The card and the case file")),
            (Perm.VIEW_SENSITIVE, _("Sensitive material")),
        ],
    )
    expires_at = LastDayField(label=_("Last day"), help_text=_("The access ends by itself after this day."))
    reason = ReasonText()

    def clean_permission(self) -> Perm:
        """Return the permission itself."""
        return Perm(self.cleaned_data["permission"])


class ExcludePerson(ForPerson):
    """Who must not know of the record, and why."""

    reason = ReasonText(
        help_text=_("For example a relative, a neighbour or a party to the case. Seen by those who manage access to this record.")
    )


class EndAccess(WordedErrors, forms.Form):
    """Why something ends."""

    reason = ReasonText(label=_("Why it ends"))


class AddPartnership(WordedErrors, forms.Form):
    """Which force works with the record, and which of its units."""

    force = forms.ModelChoiceField(queryset=Organisation.objects.none(), label=_("Police force"))
    unit = forms.ModelChoiceField(
        queryset=Unit.objects.none(),
        required=False,
        label=_("Unit"),
        help_text=_("That unit reads the case file too. Leave it empty to share the card only."),
        empty_label=_("No unit: the card only"),
    )
    reason = ReasonText()

    def __init__(self, *args: Any, forces: QuerySet[Organisation], units: QuerySet[Unit], **kwargs: Any) -> None:
        """Take the forces and units that may be chosen."""
        super().__init__(*args, **kwargs)
        self.fields["force"].queryset, self.fields["unit"].queryset = forces, units
        self.fields["unit"].label_from_instance = lambda unit: f"{unit.organisation.name}: {unit.name}"


class GrantSection(ForPerson):
    """Who reads a section, until when and why."""

    expires_at = LastDayField(label=_("Last day"), help_text=_("The access ends by itself after this day."))
    reason = ReasonText()


class BreakGlassForm(WordedErrors, forms.Form):
    """Why confidential sections must be opened now, with the password again."""

    reason = ReasonText(
        shortest=SHORTEST_EMERGENCY_REASON,
        label=_("What is happening"),
        help_text=_("The owners and your force's auditors are told at once and read this."),
    )
    life_at_risk = forms.BooleanField(
        label=_("Somebody's life is at risk"),
        error_messages={"required": _("Confirm that somebody's life is at risk, or do not open it")},
    )
    password = forms.CharField(
        label=_("Your password"), strip=False, max_length=1000, widget=forms.PasswordInput(attrs={"autocomplete": "current-password"})
    )

    def __init__(self, *args: Any, request: HttpRequest, **kwargs: Any) -> None:
        """Take the request: wrong passwords count towards the lock-out."""
        super().__init__(*args, **kwargs)
        self.request = request

    def clean_password(self) -> str:
        """Refuse a password that is not the signed-in person's own; after the right one the session gets a new key."""
        user = self.request.user
        given = {"username": user.get_username(), "password": self.cleaned_data["password"]}
        if authenticate(self.request, **given) != user:
            raise ValidationError(gettext("Enter your own password, the one you signed in with"), code="wrong")
        rotate_session(self.request)
        return ""


class ReviewBreakGlass(WordedErrors, forms.Form):
    """Whether an emergency opening was justified."""

    was_justified = forms.TypedChoiceField(
        label=_("Was it justified?"),
        choices=[("yes", _("Yes")), ("no", _("No"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    note = ReasonText(label=_("Why you find so"))
