"""Forms of applications under the disclosure schemes."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.timezone import localtime
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import Unit, User
from accounts.permissions import ROLE_RIGHTS, Perm
from disclosure.choices.applications import CheckResult, CheckStage, ContactWay, IdentityProof, Received, Route, Scheme
from disclosure.models import Application, SafeContact
from disclosure.rules.applications import FIRST_SYSTEMS, FULL_SYSTEMS, SYSTEMS
from disclosure.services.application_people import Answer
from intelligence.forms.information import EMPTY, VersionForm
from offenders.forms.base import PlainForm
from offenders.forms.operational import words
from offenders.forms.visits import OfficerField
from sharing.forms.releases import MomentForm
from sharing.forms.requests import FindRecordForm
from ui.fields import DateField, LanguageField
from ui.languages import StrOrPromise

CHOICES = (("yes", _("Yes")), ("no", _("No")))
DANGER = _("Who is in danger, where, and from what. Everything else stops, and the unit is called at once.")
NAME_NOBODY = _("Name nobody: this can be read where the application cannot.")
DEALS = [role for role, rights in ROLE_RIGHTS.items() if Perm.WORK_APPLICATION in rights]


def yes_no(**options: Any) -> forms.TypedChoiceField:
    """Return a question to which nothing is chosen before."""
    return forms.TypedChoiceField(
        choices=CHOICES, coerce=lambda value: value == "yes", widget=forms.RadioSelect, empty_value=None, **options
    )  # fmt: skip


class DangerForm(PlainForm):
    """What the danger is."""

    danger = forms.CharField(label=_("What is the danger?"), max_length=3000, widget=words(4), help_text=DANGER)


class TakeForm(MomentForm):
    """That somebody asks, or that the police learned something."""

    moment = "received_at"
    in_danger = yes_no(label=_("Is anybody in immediate danger?"))
    danger = forms.CharField(label=_("If yes, what is the danger?"), max_length=3000, required=False, widget=words(3), help_text=DANGER)
    scheme = forms.ChoiceField(label=_("Scheme"), choices=Scheme.choices, widget=forms.RadioSelect)
    route = forms.ChoiceField(label=_("How it began"), choices=Route.choices, widget=forms.RadioSelect)
    received_by = forms.ChoiceField(label=_("How it came in"), choices=Received.choices, widget=forms.RadioSelect)
    language = LanguageField()
    day = DateField(label=_("Day on which it came in"), not_in_future=True, help_text=_("The clocks run from then."))
    unit = forms.ModelChoiceField(queryset=None, label=_("Unit that deals with it"), empty_label=EMPTY)
    field_order = ("in_danger", "danger", "scheme", "route", "received_by", "language", "day", "time", "unit")

    def __init__(self, *args: Any, actor: User, **kwargs: Any):
        """Offer the units of the actor's force."""
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = Unit.objects.for_user(actor, Perm.TAKE_APPLICATION)  # type: ignore[attr-defined]


class PersonForm(PlainForm):
    """What is known of somebody in an application."""

    name = forms.CharField(label=_("Name"), max_length=150, help_text=_("Given names, then surname. Other names go into the notes."))
    born_on = DateField(label=_("Date of birth"), required=False, not_in_future=True)
    relationship = forms.CharField(
        label=_("Relationship"), max_length=200, required=False, help_text=_("To the person asked about, or to whoever is at risk.")
    )
    address = forms.CharField(label=_("Address"), max_length=500, required=False, widget=words(3))
    phone = forms.CharField(label=_("Telephone"), max_length=30, required=False, help_text=_("Ask how it is safe before anybody calls."))
    email = forms.EmailField(label=_("E-mail"), required=False)
    notes = forms.CharField(label=_("Notes"), max_length=3000, required=False, widget=words(3))


class ApplicantForm(PersonForm):
    """The same of an applicant of the domestic scheme, who is often at risk."""

    is_at_risk = yes_no(label=_("Is the applicant the person who may be at risk?"))


class ChangedPersonForm(PersonForm):
    """The same, with the version that was seen."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class SafeContactForm(PlainForm):
    """Whether each way of contact is safe: what is left open can be asked later."""

    def __init__(self, *args: Any, latest: dict[str, SafeContact], **kwargs: Any):
        """Ask about each way."""
        super().__init__(*args, **kwargs)
        self.latest = latest
        for way, label in ContactWay.choices:
            row = latest.get(way)
            self.fields[way] = forms.ChoiceField(
                label=format_lazy(_("{way}: is it safe?"), way=label), choices=(("safe", _("Safe")), ("not", _("Not safe"))),
                required=False, widget=forms.RadioSelect,
                initial=("safe" if row.is_safe else "not") if row else None,
            )  # fmt: skip
            self.fields[f"{way}_how"] = forms.CharField(
                label=format_lazy(_("{way}: how"), way=label), max_length=300, required=False, initial=row.how if row else "",
                help_text=_("When, what to say, a word to know each other by."),
            )  # fmt: skip
            self.fields[f"{way}_secret"] = forms.CharField(
                label=format_lazy(_("{way}: who must not know"), way=label), max_length=200, required=False,
                initial=row.who_must_not_know if row else "",
            )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """Return what is new, way by way."""
        data = super().clean() or self.cleaned_data
        answers: dict[str, Answer] = {}
        for way, label in ContactWay.choices:
            how, secret, chosen = data.get(f"{way}_how", ""), data.get(f"{way}_secret", ""), data.get(way)
            if not chosen:
                if how or secret:
                    self.add_error(way, gettext("Choose whether it is safe: %(way)s") % {"way": str(label).lower()})
                continue
            answer = Answer(is_safe=chosen == "safe", how=how, who_must_not_know=secret)
            row = self.latest.get(way)
            if row is None or (row.is_safe, row.how, row.who_must_not_know) != tuple(answer.values()):
                answers[way] = answer
        return {"answers": answers}


class LateForm(MomentForm):
    """A form whose act ends a clock: where that is over, it asks why."""

    late_reason = forms.CharField(
        label=_("Why was it late?"), max_length=500, required=False, widget=words(2),
        help_text=format_lazy("{} {}", _("The time is over: what ends it needs a reason."), NAME_NOBODY),
    )  # fmt: skip

    def __init__(self, *args: Any, is_late: bool = False, **kwargs: Any):
        """Ask only where it is late."""
        super().__init__(*args, **kwargs)
        if not is_late:
            del self.fields["late_reason"]


class CheckForm(LateForm):
    """The result of a search."""

    moment = "done_at"
    system = forms.ChoiceField(label=_("System"), choices=())
    result = forms.ChoiceField(label=_("Result"), choices=CheckResult.choices, widget=forms.RadioSelect)
    found = forms.CharField(
        label=_("What is held"), max_length=5000, required=False, widget=words(4), help_text=_("As far as it matters here.")
    )
    field_order = ("system", "result", "found", "day", "time", "late_reason")

    def __init__(self, *args: Any, stage: str, **kwargs: Any):
        """Offer what must be searched at this stage first, then the others."""
        super().__init__(*args, **kwargs)
        required = FIRST_SYSTEMS if stage == CheckStage.FIRST else FULL_SYSTEMS
        systems = dict.fromkeys([*required, *SYSTEMS])
        self.fields["system"].choices = [("", EMPTY), *((code, SYSTEMS[code]) for code in systems)]  # type: ignore[attr-defined]
        at = localtime()
        self.initial = {"day": at.date(), "time": at.time()} | self.initial


class InterviewForm(LateForm):
    """The meeting with the applicant."""

    moment = "held_at"
    place = forms.CharField(label=_("Where"), max_length=200, help_text=_("A place that is safe for them."))
    second_officer = forms.CharField(label=_("Second officer"), max_length=150, required=False)
    account = forms.CharField(label=_("What they said"), max_length=10000, widget=words(6), help_text=_("And why they are worried."))
    risk = forms.CharField(label=_("What follows for their safety"), max_length=5000, widget=words(4))
    field_order = ("day", "time", "place", "second_officer", "account", "risk", "late_reason")


class IdentityForm(VersionForm):
    """What somebody showed."""

    identity = forms.ChoiceField(label=_("What did they show?"), choices=IdentityProof.choices, widget=forms.RadioSelect)
    detail = forms.CharField(label=_("Which document"), max_length=200, required=False, help_text=_("Never its number."))
    seen_on = DateField(label=_("Day on which you saw it"), not_in_future=True)
    field_order = ("identity", "detail", "seen_on", "version")


class RecordForm(FindRecordForm):
    """Which record the person asked about has."""

    has_record = yes_no(label=_("Does the person asked about have a record here?"), help_text=_("Find a person shows it."))
    field_order = ("has_record", "nominal", "version")

    def clean(self) -> dict[str, Any]:
        """Yes names the record; no names none."""
        data = super().clean() or self.cleaned_data
        has_record, nominal = data.pop("has_record", None), data.get("nominal")
        if has_record and nominal is None and "nominal" not in self.errors:
            self.add_error("nominal", gettext("Enter the reference of the record"))
        if has_record is False and nominal:
            self.add_error("nominal", gettext("Leave the reference empty, or answer yes"))
        return data


class ForumForm(VersionForm):
    """What agencies said together, or why they could not."""

    held_on = DateField(label=_("Day on which they met"), required=False, not_in_future=True)
    agencies = forms.CharField(label=_("Agencies"), max_length=2000, required=False, widget=words(4), help_text=_("One on each line."))
    said = forms.CharField(label=_("What they said"), max_length=10000, required=False, widget=words(5))
    why_none = forms.CharField(
        label=_("Or why they could not be asked"), max_length=3000, required=False, widget=words(3), help_text=_("Such as: it cannot wait.")
    )
    field_order = ("held_on", "agencies", "said", "why_none", "version")

    def clean_agencies(self) -> list[str]:
        """Return one agency for each line."""
        return [line.strip()[:100] for line in self.cleaned_data["agencies"].splitlines() if line.strip()]


class ReasonForm(VersionForm):
    """A reason, with the version that was seen."""

    reason = forms.CharField(label=_("Reason"), max_length=500, widget=words(3))
    field_order = ("reason", "version")

    def __init__(self, *args: Any, label: StrOrPromise, hint: StrOrPromise, **kwargs: Any):
        """Take the words of the question."""
        super().__init__(*args, **kwargs)
        self["reason"].label, self["reason"].help_text = label, hint


class AllocateForm(VersionForm):
    """Who deals with it."""

    officer = OfficerField(User.objects.none(), label=_("Who deals with it"), empty_label=EMPTY)
    reason = forms.CharField(
        label=_("Why somebody else, where somebody dealt with it"), max_length=500, required=False, widget=words(2), help_text=NAME_NOBODY
    )
    field_order = ("officer", "reason", "version")

    def __init__(self, *args: Any, actor: User, application: Application, **kwargs: Any):
        """Offer the people of the unit who work with applications."""
        super().__init__(*args, **kwargs)
        people = User.objects.colleagues_of(actor).filter(unit=application.unit_id, groups__name__in=DEALS).distinct()
        self.fields["officer"].queryset = people.order_by("last_name", "pk")  # type: ignore[attr-defined]


class TwinForm(VersionForm):
    """Whether it is the same as an earlier one."""

    is_same = forms.TypedChoiceField(
        label=_("Is it the same application?"), choices=(("yes", _("The same: end this one")), ("no", _("Another: both go on"))),
        coerce=lambda value: value == "yes", widget=forms.RadioSelect,
    )  # fmt: skip
    reason = forms.CharField(label=_("How you know"), max_length=500, widget=words(3), help_text=NAME_NOBODY)
    field_order = ("is_same", "reason", "version")


class SafeForm(VersionForm):
    """What was done to protect."""

    done = forms.CharField(label=_("What was done to protect"), max_length=5000, widget=words(4))
    field_order = ("done", "version")


class GoOnAsPoliceForm(PlainForm):
    """Why the police go on where the applicant has withdrawn."""

    in_danger = yes_no(label=_("Is anybody in immediate danger?"))
    danger = forms.CharField(label=_("If yes, what is the danger?"), max_length=3000, required=False, widget=words(3), help_text=DANGER)
    reason = forms.CharField(label=_("Why the police go on"), max_length=500, widget=words(3), help_text=_("Whoever applied is not told."))
