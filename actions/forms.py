"""Forms of actions, clocks, rules and bank holidays."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.choices import Nation
from accounts.models import Unit, User
from accounts.permissions import Perm, holders_of
from actions.choices import PauseKind, TimeUnit
from actions.services import Owner
from ui.fields import DateField
from ui.forms import WordedErrors
from ui.templatetags.ui import words_in_sentence

FOR_ME, UNIT, NAME, ROLE = "", "unit", "name", "role"
OPEN, LATE, TODAY, SOON, DONE = "", "overdue", "today", "soon", "done"
OWNING_ROLES = holders_of(Perm.VIEW_ACTION)


def words(rows: int) -> forms.Textarea:
    """Return a box for several lines."""
    return forms.Textarea(attrs={"rows": rows})


def with_unit(user: User) -> str:
    """Name an officer and the unit, as pickers show them."""
    return f"{user.display_name}, {user.unit}" if user.unit else user.display_name


class PlainForm(WordedErrors, forms.Form):
    """A form whose labels end without a colon and whose errors say what to do."""

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, label_suffix="", **kwargs)


class VersionedForm(PlainForm):
    """A form that carries the version which the user saw."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class ActionFilter(PlainForm):
    """Narrow the list of actions; nothing personal, so it may stand in the address."""

    whose = forms.ChoiceField(
        label=_("Whose"),
        required=False,
        choices=[
            (FOR_ME, _("For me: by name, unit or role")),
            (NAME, _("By my name only")),
            (ROLE, _("By my role only")),
            (UNIT, _("All that my unit answers for")),
        ],
    )
    show = forms.ChoiceField(
        label=_("Which"),
        required=False,
        choices=[
            (OPEN, _("All open")),
            (LATE, _("Overdue")),
            (TODAY, _("Due today")),
            (SOON, _("Due in 7 days")),
            (DONE, _("Closed in the last 28 days")),
        ],
    )


class DoneForm(VersionedForm):
    """What came of an action; where it is late and its rule asks, also why."""

    outcome = forms.CharField(
        label=_("What was done, and what came of it"), max_length=2000, widget=words(3), help_text=_("Whoever raised it reads this.")
    )
    late_reason = forms.CharField(
        label=_("Why it was late"), max_length=500, widget=words(2), help_text=_("It stands on the action. Do not name anybody.")
    )

    def __init__(self, *args: Any, asks_why: bool, **kwargs: Any):
        super().__init__(*args, **kwargs)
        if not asks_why:
            del self.fields["late_reason"]


class OwnerField(forms.ChoiceField):
    """A person, a unit or a role of the actor's force, in one list."""

    def offer(self, actor: User) -> None:
        """Fill the list."""
        people = User.objects.colleagues_of(actor).select_related("unit").order_by("last_name", "pk")
        units = Unit.objects.for_user(actor, Perm.ASSIGN_ACTION)
        self.owners = {f"user-{user.pk}": (with_unit(user), Owner(user=user)) for user in people}
        self.owners |= {f"unit-{unit.pk}": (unit.name, Owner(unit=unit)) for unit in units}
        roles = {role: format_lazy(_("Any {role}"), role=words_in_sentence(role.label)) for role in OWNING_ROLES}
        self.owners |= {f"role-{role}": (words, Owner(role=role)) for role, words in roles.items()}
        groups = ((_("People"), "user-"), (_("Units"), "unit-"), (_("Roles"), "role-"))
        self.choices = [
            ("", _("Select")),
            *((title, [(key, each[0]) for key, each in self.owners.items() if key.startswith(start)]) for title, start in groups),
        ]

    def clean(self, value: Any) -> Owner | None:
        """Return the owner that was chosen."""
        key = super().clean(value)
        return self.owners[key][1] if key else None


class OwnerForm(PlainForm):
    """A form that names who must do something."""

    owner = OwnerField(label=_("Who does it from now on"))

    def __init__(self, *args: Any, actor: User, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["owner"].offer(actor)


class HandOverForm(OwnerForm, VersionedForm):
    """Give an action another owner."""

    reason = forms.CharField(label=_("Why"), max_length=500, widget=words(2))


class RaiseForm(OwnerForm):
    """Something that must be done about a record."""

    title = forms.CharField(
        label=_("What must be done"),
        max_length=120,
        help_text=_("A few words without any name: mails and lists show it. For example: Ring the hostel."),
    )
    detail = forms.CharField(label=_("More about it"), max_length=2000, required=False, widget=words(3))
    due_on = DateField(label=_("By when"), help_text=_("The last day on which it is in time."))
    field_order = ("title", "detail", "owner", "due_on")


class PauseForm(VersionedForm):
    """Stop a clock."""

    kind = forms.ChoiceField(label=_("Why the clock stands still"), choices=PauseKind.choices, widget=forms.RadioSelect)
    since = DateField(label=_("First day on which it stands still"), help_text=_("Today or earlier."))
    reason = forms.CharField(
        label=_("What happened"), max_length=500, widget=words(3), help_text=_("The unit's supervisors read this. Do not name anybody.")
    )


class ResumeForm(VersionedForm):
    """Let a clock go on."""

    until = DateField(label=_("Day on which the clock goes on"), help_text=_("Today or earlier. The days before it are added to the time."))


class ExtendForm(VersionedForm):
    """Give more time."""

    quantity = forms.IntegerField(label=_("How much more"), min_value=1, max_value=366)
    unit = forms.ChoiceField(label=_("Counted in"), choices=TimeUnit.choices, initial=TimeUnit.WORKING_DAYS)
    reason = forms.CharField(label=_("Why"), max_length=500, widget=words(3), help_text=_("You answer for this. It stands in the history."))


class DateForm(VersionedForm):
    """Give another date."""

    due_on = DateField(label=_("New date"), help_text=_("The last day on which it is in time."))
    reason = forms.CharField(label=_("Why"), max_length=500, widget=words(2))


class ReasonForm(VersionedForm):
    """Why something is no longer needed."""

    reason = forms.CharField(label=_("Why it is no longer needed"), max_length=500, widget=words(3))


class HandOverAllForm(PlainForm):
    """Who takes over all open actions of an officer."""

    to = forms.ModelChoiceField(User.objects.none(), label=_("Who takes them over"), empty_label=_("Select"))
    reason = forms.CharField(label=_("Why"), max_length=500, widget=words(2), help_text=_("For example: leaves the force on Friday."))

    def __init__(self, *args: Any, actor: User, **kwargs: Any):
        super().__init__(*args, **kwargs)
        field = self.fields["to"]
        field.queryset = User.objects.colleagues_of(actor).select_related("unit").order_by("last_name", "pk")
        field.label_from_instance = with_unit


class NumbersField(forms.CharField):
    """Whole numbers with commas between, in rising order."""

    def clean(self, value: Any) -> list[int]:
        """Return the numbers."""
        parts = [part.strip() for part in super().clean(value).split(",") if part.strip()]
        if not all(part.isascii() and part.isdigit() and len(part) < 5 for part in parts) or len(parts) > 5:
            raise forms.ValidationError(gettext("Enter up to 5 whole numbers with commas between, for example 0, 7"))
        numbers = [int(part) for part in parts]
        if numbers != sorted(set(numbers)):
            raise forms.ValidationError(gettext("Enter each number once, the smallest first, for example 0, 7"))
        return numbers


class RuleForm(PlainForm):
    """A new version of a clock rule."""

    starts_on = DateField(label=_("First day"), help_text=_("The version before it ends the day before."))
    quantity = forms.IntegerField(
        label=_("How long"), required=False, min_value=1, max_value=9999, help_text=_("Leave empty for a rule without end.")
    )
    unit = forms.ChoiceField(label=_("Counted in"), choices=TimeUnit.choices)
    warn_days = forms.IntegerField(
        label=_("Days before at which the owner is reminded"), min_value=0, max_value=365, help_text=_("0: no reminder.")
    )
    escalate_days = NumbersField(
        label=_("Days late at which it goes up"),
        required=False,
        max_length=40,
        help_text=_("One rank for each number, for example 0, 7. First the unit's supervisors, then the force's superintendents too."),
    )
    asks_why_late = forms.BooleanField(label=_("Whoever closes it late must say why"), required=False)
    anew_after = forms.ChoiceField(
        label=_("After which pause the whole time begins anew"),
        required=False,
        choices=[("", _("None: the clock goes on")), *PauseKind.choices],
    )
    source = forms.CharField(label=_("Where it is written"), max_length=200, help_text=_("The law, guidance or force policy."))
    counts_for_running = forms.BooleanField(
        label=_("Also for clocks that run already"),
        required=False,
        help_text=_("Without the tick it counts for what starts on the first day or later."),
    )
    reason = forms.CharField(label=_("Why it changes"), max_length=500, widget=words(2))
    latest = forms.IntegerField(widget=forms.HiddenInput)


class TakeBackForm(VersionedForm):
    """Why a pause or added time is taken back."""

    reason = forms.CharField(label=_("Why"), max_length=500, widget=words(2), help_text=_("It stands in the history. Do not name anybody."))


class WithdrawForm(PlainForm):
    """Why a version is taken back, or a bank holiday removed."""

    reason = forms.CharField(label=_("Why"), max_length=500, widget=words(2))


class HolidayForm(PlainForm):
    """A day that is no working day in a nation."""

    nation = forms.ChoiceField(label=_("Where"), choices=Nation.choices, widget=forms.RadioSelect)
    day = DateField(label=_("Day"))
    name = forms.CharField(label=_("Name of the day"), max_length=100)
    source = forms.CharField(label=_("Where it was announced"), max_length=200)
