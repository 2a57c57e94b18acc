"""Forms of the record itself, and the filters of its lists."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from accounts.models import Unit, User
from accounts.permissions import ROLE_RIGHTS, Perm
from offenders.choices import MappaCategory, Registration, RiskLevel, Sex
from offenders.forms.base import PlainForm
from ui.fields import PartialDateField

RISKS = [(level.value, level.label) for level in reversed(RiskLevel)]


def managers_among(users: QuerySet[User]) -> QuerySet[User]:
    """Return those who hold a role that manages records."""
    roles = [role for role, rights in ROLE_RIGHTS.items() if Perm.CHANGE_RECORD in rights]
    return users.filter(pk__in=users.filter(groups__name__in=roles).values("pk")).select_related("unit")


class CaseloadFilter(PlainForm):
    """Narrow one's caseload; nothing personal, so it may stand in the address."""

    risk = forms.TypedMultipleChoiceField(
        label=_("Risk"),
        coerce=int, required=False, choices=RISKS, widget=forms.CheckboxSelectMultiple(attrs={"class": "govuk-checkboxes--small"})
    )
    show = forms.ChoiceField(
        label=_("Show"),
        required=False,
        choices=[
            ("", _("All cases")),
            ("unchecked", _("Cards not checked for 90 days")),
            ("risk", _("Risk level not set")),
            ("mappa", _("MAPPA not set")),
            ("restricted", _("Restricted records")),
        ],
    )


class ListFilter(PlainForm):
    """Narrow the list of people."""

    whose = forms.ChoiceField(
        label=_("Records of"),
        required=False,
        choices=[("", _("All I may see")), ("mine", _("Mine")), ("unit", _("My unit")), ("force", _("My force"))],
    )
    risk = forms.TypedChoiceField(
        label=_("Risk"), coerce=int, required=False, empty_value=None, choices=[("", _("Any")), *RISKS, (0, _("Not set"))]
    )
    category = forms.TypedChoiceField(
        label=_("MAPPA"),
        coerce=int,
        required=False,
        empty_value=None,
        choices=[
            ("", _("Any")),
            *((item.value, format_lazy(_("Category {number}"), number=item.value)) for item in MappaCategory),
            (0, _("None")),
        ],
    )
    officer = forms.IntegerField(required=False, min_value=1, max_value=2**31, widget=forms.HiddenInput)


class RegisterForm(PlainForm):
    """Put a person on record."""

    surname = forms.CharField(label=_("Surname or only name"), max_length=100)
    given_names = forms.CharField(label=_("Given names"), max_length=100, required=False)
    birth = PartialDateField(
        label=_("Date of birth"), required=False, not_in_future=True, help_text=_("A year is enough. For example 14 3 1971.")
    )
    sex = forms.ChoiceField(label=_("Sex"), choices=Sex.choices, initial=Sex.UNKNOWN)
    registration = forms.ChoiceField(label=_("Why the person is on record"), choices=Registration.choices, widget=forms.RadioSelect)
    offender_manager = forms.ModelChoiceField(User.objects.none(), label=_("Offender manager"), empty_label=_("Select"))
    local_reference = forms.CharField(
        label=_("The force's own reference"), max_length=40, required=False, help_text=_("An import finds the record again by it.")
    )
    source = forms.CharField(
        label=_("Where this comes from"), max_length=100, required=False, help_text=_("For example court register, PNC check.")
    )
    is_restricted = forms.BooleanField(
        label=_("Restrict this record from the start"),
        required=False,
        help_text=_("Only the managing officer, the unit's supervisors and people named later will know that it exists."),
    )

    def __init__(self, *args: Any, actor: User, **kwargs: Any):
        super().__init__(*args, **kwargs)
        field = self.fields["offender_manager"]
        field.queryset = managers_among(User.objects.colleagues_of(actor).filter(unit=actor.unit_id))
        field.label_from_instance = lambda user: user.display_name


class ManagerField(forms.ModelChoiceField):
    """An officer, with the unit that the record goes to."""

    def label_from_instance(self, user: User) -> str:
        """Return the officer's name with the unit."""
        return f"{user.display_name}, {user.unit}"


class AllocateForm(PlainForm):
    """Hand a record to another officer; the officer's unit becomes the record's."""

    offender_manager = ManagerField(
        User.objects.none(),
        label=_("New offender manager"),
        empty_label=_("Select"),
        help_text=_("The record moves to the officer's unit."),
    )
    reason = forms.CharField(label=_("Reason"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, actor: User, **kwargs: Any):
        super().__init__(*args, **kwargs)
        units = Unit.objects.for_user(actor, Perm.ALLOCATE_RECORD)
        self.fields["offender_manager"].queryset = managers_among(User.objects.colleagues_of(actor).filter(unit__in=units)).order_by(
            "unit__name", "last_name", "pk"
        )


class RestrictForm(PlainForm):
    """Restrict a record or open it again."""

    is_restricted = forms.TypedChoiceField(
        label=_("Who may know that this record exists"),
        choices=[
            ("yes", _("Only the managing officer, the unit's supervisors and named people")),
            ("no", _("Every police user, as far as their role reaches")),
        ],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(label=_("Reason"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))
    version = forms.IntegerField(widget=forms.HiddenInput)


class RemoveForm(PlainForm):
    """Why something is taken off the record."""

    reason = forms.CharField(
        label=_("Why it is removed"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The history keeps what it said."),
    )
