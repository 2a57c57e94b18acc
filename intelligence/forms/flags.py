"""Forms of flags: who is told of what, and what happened on the street."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.text import format_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.choices import Role
from accounts.models import Organisation, Unit, User
from intelligence.choices.flags import Audience, Channel, Urgency
from intelligence.models import UsualFlag
from intelligence.reports.briefings import colleagues_by_number
from offenders.forms.base import PlainForm
from offenders.forms.notices import TellManagerForm
from ui.fields import ClockField, DateField
from ui.languages import StrOrPromise
from ui.templatetags.ui import words_in_sentence

LONG = forms.Textarea(attrs={"rows": 3})
POLICE = [(role.value, role.label) for role in Role if role not in {Role.AUDITOR, Role.ADMINISTRATOR, Role.PARTNER}]


class WhyFlagForm(PlainForm):
    """Why."""

    reason = forms.CharField(max_length=500, widget=LONG, help_text=_("Whoever verifies the flags of this record reads it."))


class ByNumberForm(PlainForm):
    """A form that names one person by the collar number."""

    user = forms.CharField(label=_("Collar number, for one person"), max_length=20, required=False, help_text=_("Of your own force."))

    def __init__(self, *args: Any, actor: User, **kwargs: Any) -> None:
        self.actor = actor
        super().__init__(*args, **kwargs)

    def clean_user(self) -> User | None:
        """Turn the number into a person."""
        number = self.cleaned_data["user"].strip()
        if not number:
            return None
        found, _ = colleagues_by_number(self.actor, [number])
        if not found:
            raise forms.ValidationError(gettext("Nobody of your force has this collar number"))
        return next(iter(found))


class FlagForm(ByNumberForm, WhyFlagForm):
    """A flag."""

    kind = forms.ChoiceField(label=_("Event"), choices=())
    audience = forms.ChoiceField(label=_("Who is told"), choices=Audience.choices, initial=Audience.MANAGER, widget=forms.RadioSelect)
    role = forms.ChoiceField(label=_("Role, for a role"), choices=[("", _("None")), *POLICE], required=False)
    unit = forms.ModelChoiceField(label=_("Unit, for a unit"), queryset=Unit.objects.none(), required=False, empty_label=_("None"))
    agency = forms.ModelChoiceField(label=_("Agency"), queryset=Organisation.objects.none(), required=False, empty_label=_("None"))
    agreement = forms.CharField(label=_("Agreement with the agency"), max_length=60, required=False, help_text=_("Its reference."))
    agreement_until = DateField(label=_("Last day of the agreement"), required=False)
    channel = forms.ChoiceField(label=_("How"), choices=Channel.choices, initial=Channel.BROWSER, widget=forms.RadioSelect)
    urgency = forms.ChoiceField(label=_("When"), choices=Urgency.choices, initial=Urgency.DAILY, widget=forms.RadioSelect)
    quiet_from = ClockField(label=_("Quiet from"), required=False, help_text=_("Messages wait until the quiet hours end."))
    quiet_until = ClockField(label=_("Quiet until"), required=False)
    least_interval_hours = forms.IntegerField(label=_("Hours between two messages, at least"), min_value=0, max_value=168, initial=0)
    review_months = forms.IntegerField(label=_("Months until somebody else looks at it"), min_value=1, max_value=24, initial=6)
    field_order = (
        "kind", "audience", "user", "role", "unit", "agency", "agreement", "agreement_until", "channel", "urgency", "quiet_from",
        "quiet_until", "least_interval_hours", "review_months", "reason",
    )  # fmt: skip

    def __init__(
        self, *args: Any, kinds: dict[str, str], units: QuerySet[Unit], agencies: QuerySet[Organisation], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = sorted(kinds.items(), key=lambda kind: kind[1])
        self.fields["unit"].queryset, self.fields["agency"].queryset = units, agencies


class ChangeFlagForm(FlagForm):
    """A flag that somebody saw in some version."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class EndFlagForm(WhyFlagForm):
    """Why a flag that somebody saw in some version ends."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class UsualFlagsForm(WhyFlagForm):
    """Which of the usual flags to set."""

    usual = forms.MultipleChoiceField(label=_("Flags to set"), choices=(), required=False, widget=forms.CheckboxSelectMultiple)
    field_order = ("usual", "reason")

    def __init__(self, *args: Any, flags: Sequence[UsualFlag], names: dict[str, str], **kwargs: Any) -> None:
        self.flags = {str(flag.pk): flag for flag in flags}
        super().__init__(*args, **kwargs)
        self.fields["usual"].choices = [(key, usual_words(flag, names)) for key, flag in self.flags.items()]
        self.fields["usual"].initial = list(self.flags)

    def clean_usual(self) -> list[UsualFlag]:
        """Turn the keys into flags."""
        return [self.flags[key] for key in self.cleaned_data["usual"]]


def usual_words(flag: UsualFlag, names: dict[str, str]) -> StrOrPromise:
    """Say what a usual flag does."""
    said = {
        "kind": names.get(flag.kind, flag.kind),
        "when": words_in_sentence(Urgency(flag.urgency).label),
        "months": flag.review_months,
    }
    if not flag.role:
        return format_lazy(_("{kind}: the managing officer, {when}; looked at again after {months} months"), **said)
    role = words_in_sentence(Role(flag.role).label)
    return format_lazy(_("{kind}: any {role} of the force, {when}; looked at again after {months} months"), role=role, **said)


class HappeningForm(TellManagerForm):
    """What an officer saw happen."""

    kind = forms.ChoiceField(label=_("What was it"), choices=(), widget=forms.RadioSelect)
    field_order = ("kind", "what_happened", "incident_reference")

    def __init__(self, *args: Any, kinds: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = kinds
