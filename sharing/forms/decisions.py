"""Forms of decisions to share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.forms.boundfield import BoundField
from django.utils.functional import lazy
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from intelligence.forms.information import EMPTY, VersionForm
from intelligence.reports.briefings import colleagues_by_number
from offenders.forms.base import PlainForm
from offenders.forms.operational import words
from offenders.models import ConfidentialSection, Minutes
from sharing.choices.agreements import Purpose
from sharing.choices.decisions import AdviceKind, Channel, Choice, RecipientKind, ReviewOutcome, Verdict
from sharing.models import Agreement, SharingDecision
from sharing.reports.facts import agencies_for, agreements_with, powers_today
from sharing.rules.questions import FIELDS, Kind, Question, on_page, recipients_of
from ui.fields import DateField
from ui.languages import StrOrPromise
from ui.templatetags.ui import uk_date

LONG = 5000
TOO_LONG = _("Use %(limit_value)d characters or fewer")
FOLLOWED = {"yes": _("Yes"), "no": _("No")}


class AgreementField(forms.ModelChoiceField):
    """An agreement by its title and last day."""

    def label_from_instance(self, obj: Agreement) -> str:
        """Say until when it holds."""
        return gettext("%(title)s, until %(day)s") % {"title": obj.title, "day": uk_date(obj.last_day)}


class MinutesField(forms.ModelChoiceField):
    """Minutes by the day of their meeting."""

    def label_from_instance(self, obj: Minutes) -> str:
        """Say which meeting."""
        day = uk_date(localtime(obj.item.meeting.starts_at).date())
        return gettext("Meeting of %(day)s, version %(number)s") % {"day": day, "number": obj.number}


class SectionField(forms.ModelChoiceField):
    """A confidential section by its kind and the day on which it was added; never by its words."""

    def label_from_instance(self, obj: ConfidentialSection) -> str:
        """Name it without saying anything of it."""
        day = uk_date(localtime(obj.added_at).date())
        return gettext("%(kind)s, added %(day)s") % {"kind": obj.get_kind_display(), "day": day}


def box(label: StrOrPromise, help_text: StrOrPromise = "", rows: int = 3) -> forms.CharField:
    """Return a box for several lines that may stay empty for now."""
    long = {"max_length": TOO_LONG}
    return forms.CharField(label=label, help_text=help_text, required=False, max_length=LONG, widget=words(rows), error_messages=long)


def after_choice(question: StrOrPromise) -> SafeString:
    """Return the label of the words that follow a choice, which says for a screen reader which."""
    return format_html(gettext('In words<span class="govuk-visually-hidden">: {}</span>'), question)


in_words = lazy(after_choice, SafeString)


def radios(label: StrOrPromise, choices: Any, help_text: StrOrPromise = "") -> forms.ChoiceField:
    """Return choices of which none is chosen beforehand."""
    return forms.ChoiceField(label=label, help_text=help_text, required=False, choices=choices, widget=forms.RadioSelect)


def recipient_kinds(template: str) -> list[tuple[str, str]]:
    """Return to whom a template may go, in words."""
    return [(value, str(RecipientKind(value).label)) for value in recipients_of(template)]


def agency_field(template: str) -> forms.ModelChoiceField:
    """Return the agencies to which a template may go."""
    return forms.ModelChoiceField(queryset=agencies_for(template), required=False, label=_("Agency"), empty_label=EMPTY)


def agreement_field(decision: SharingDecision) -> AgreementField:
    """Return the agreements with the agency."""
    found = agreements_with(decision.nominal.force, decision.agency) if decision.agency else Agreement.objects.none()
    return AgreementField(queryset=found, required=False, label=_("Agreement"), empty_label=_("None"), help_text=_("Those in force."))


def powers_field(decision: SharingDecision) -> forms.MultipleChoiceField:
    """Return the powers of today, and what each is for."""
    offered = [(power.code, f"{power.name}. {power.allows}") for power in powers_today()]
    return forms.MultipleChoiceField(label=_("Powers"), choices=offered, required=False, widget=forms.CheckboxSelectMultiple)


MAKERS: dict[str, Callable[[SharingDecision], forms.Field]] = {
    "recipient_kind": lambda decision: radios(_("To whom would it go?"), recipient_kinds(decision.template)),
    "agency": lambda decision: agency_field(decision.template),
    "recipient": lambda decision: forms.CharField(
        label=_("Which post, body or class of person"), required=False, max_length=200,
        help_text=_("For example: the head of a primary school. Never the name of somebody at risk."),
    ),
    "purpose": lambda decision: forms.ChoiceField(label=_("What is it for?"), choices=[("", EMPTY), *Purpose.choices], required=False),
    "agreement": agreement_field,
    "powers": powers_field,
    "own_basis": lambda decision: box(
        _("Why it is lawful outside an agreement"), _("Only where no agreement covers all of it.")
    ),
    "channel": lambda decision: radios(_("How is it given?"), Channel.choices),
    "handling": lambda decision: box(_("How must the recipient keep it?")),
    "must_not": lambda decision: box(_("What must the recipient not do with it?")),
    "expected_action": lambda decision: box(_("What is the recipient expected to do?")),
    "expires_on": lambda decision: DateField(label=_("Last day on which the recipient may see it"), required=False),
    "review_on": lambda decision: DateField(
        label=_("If it is not shared: when is this looked at again?"), required=False, help_text=_("A day in the future.")
    ),
    "choice": lambda decision: radios(_("What do you decide?"), Choice.choices),
    "reasons": lambda decision: box(_("Reasons"), _("Whatever you decide."), rows=4),
}  # fmt: skip


class PageForm(VersionForm):
    """One page of a decision. Nothing is compulsory until it is sent, so that it can be kept at any moment."""

    def __init__(self, *args: Any, decision: SharingDecision, page: int, **kwargs: Any) -> None:
        """Ask what this page asks for the template and the recipient."""
        super().__init__(*args, **kwargs)
        self.page, self.questions = page, on_page(page, decision.template, decision.recipient_kind)
        self.own = [name for name in FIELDS[page] if is_asked(name, decision)]
        is_before = page != 5  # the last page ends with the decision itself
        for name in self.own if is_before else ():
            self.fields[name] = MAKERS[name](decision)
        for question in self.questions:
            self.ask(question)
        for name in () if is_before else self.own:
            self.fields[name] = MAKERS[name](decision)

    def ask(self, question: Question) -> None:
        """Add one question: what is chosen, then the words."""
        if question.offers:
            self.fields[f"{question.code}_verdict"] = radios(question.label, question.offers, question.hint)
        if question.has_words:
            label = in_words(question.label) if question.offers else question.label
            self.fields[question.code] = box(label, "" if question.offers else question.hint)

    @property
    def main(self) -> list[BoundField]:
        """What is asked, without facts and stages, which stand folded up."""
        folded = {question.code for question in self.questions if question.kind in {Kind.FACT, Kind.STAGE}}
        return [self[name] for name in self.fields if name not in folded and name != "version"]

    @property
    def facts(self) -> list[BoundField]:
        """The facts that the system filled in."""
        return [self[question.code] for question in self.questions if question.kind == Kind.FACT]

    @property
    def stages(self) -> list[BoundField]:
        """The stages of the national decision model."""
        return [self[question.code] for question in self.questions if question.kind == Kind.STAGE]

    def said(self) -> tuple[dict[str, Any], dict[str, tuple[str, str]]]:
        """Return what was typed: fields of the decision, and answers. What is no valid value is left out."""
        data = self.cleaned_data
        fields = {name: data[name] for name in self.own if name in data}
        if "powers" in fields:
            fields["powers"] = sorted(fields["powers"])
        answers = {
            question.code: (data.get(f"{question.code}_verdict", ""), data.get(question.code, ""))
            for question in self.questions
            if not self.errors.keys() & {question.code, f"{question.code}_verdict"}
        }
        return fields, answers


def is_asked(name: str, decision: SharingDecision) -> bool:
    """Whether a field of the decision is asked: an agreement only where it goes to an agency."""
    return name != "agreement" or decision.recipient_kind == RecipientKind.AGENCY


class StartForm(PlainForm):
    """To whom it would go."""

    recipient_kind = forms.ChoiceField(label=_("To whom would it go?"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, template: str, **kwargs: Any) -> None:
        """Offer the recipients of the template; where there is one kind only it is not asked."""
        super().__init__(*args, **kwargs)
        kinds = recipient_kinds(template)
        self.fields["recipient_kind"].choices = kinds  # type: ignore[attr-defined]
        if len(kinds) == 1:
            self.fields["recipient_kind"].widget = forms.HiddenInput()
            self.fields["recipient_kind"].initial = kinds[0][0]
        if RecipientKind.AGENCY in dict(kinds):
            self.fields["agency"] = agency_field(template)

    def clean(self) -> dict[str, Any]:
        """An agency is named."""
        data = super().clean() or self.cleaned_data
        if data.get("recipient_kind") == RecipientKind.AGENCY and "agency" not in self.errors and not data.get("agency"):
            self.add_error("agency", gettext("Select the agency"))
        return data


class NameForm(VersionForm):
    """Who a recipient is, kept apart."""

    section = SectionField(queryset=None, required=False, label=_("A section that holds it already"), empty_label=_("None"))
    body = forms.CharField(
        label=_("Or write who it is"), required=False, max_length=2000, widget=words(3),
        help_text=_("It becomes a confidential section of your own. Nobody else reads it until you let them."),
    )  # fmt: skip

    def __init__(self, *args: Any, sections: QuerySet[ConfidentialSection], **kwargs: Any) -> None:
        """Offer the sections that the writer may read."""
        super().__init__(*args, **kwargs)
        self.fields["section"].queryset = sections  # type: ignore[attr-defined]


class AdviceForm(VersionForm):
    """Whom to ask for advice, or what somebody outside said."""

    kind = forms.ChoiceField(label=_("Whose advice"), choices=AdviceKind.choices, widget=forms.RadioSelect)
    question = forms.CharField(label=_("What was asked"), max_length=LONG, widget=words(3))
    adviser = forms.CharField(
        label=_("Collar number of a colleague"), required=False, max_length=20, help_text=_("They are told, and answer here.")
    )
    from_whom = forms.CharField(label=_("Or somebody else, by post and agency"), required=False, max_length=200)
    text = box(_("What they said, if they said it already"))
    given_on = DateField(label=_("Day on which they said it"), required=False)

    def __init__(self, *args: Any, actor: User, **kwargs: Any) -> None:
        """Remember who asks."""
        super().__init__(*args, **kwargs)
        self.actor = actor

    def clean_adviser(self) -> User | None:
        """Turn the number into a person."""
        if not (number := self.cleaned_data["adviser"].strip()):
            return None
        found, _ = colleagues_by_number(self.actor, [number])
        if len(found) != 1:
            raise ValidationError(gettext("Nobody of your force has the collar number %(number)s") % {"number": number})
        return found[0]


class GiveForm(PlainForm):
    """The advice that a colleague gives."""

    text = forms.CharField(label=_("Your advice"), max_length=LONG, widget=words(5))


class NoteForm(GiveForm):
    """What somebody outside advised."""

    text = forms.CharField(label=_("What they said"), max_length=LONG, widget=words(5))
    given_on = DateField(label=_("Day on which they said it"))


class FollowForm(PlainForm):
    """Whether advice was followed."""

    is_followed = forms.TypedChoiceField(
        label=_("Was it followed?"), choices=list(FOLLOWED.items()), coerce=lambda value: value == "yes", widget=forms.RadioSelect
    )
    why_not = box(_("If not: why"))


class ReviewForm(VersionForm):
    """What a review of a decision not to share found."""

    outcome = forms.ChoiceField(label=_("What the review found"), choices=ReviewOutcome.choices, widget=forms.RadioSelect)
    reason = forms.CharField(label=_("Why"), max_length=LONG, widget=words(3))
    next_on = DateField(label=_("Look at it again on"), required=False, help_text=_("Only if it stands."))


class VerdictForm(PlainForm):
    """What whoever decides says of exactly what they read."""

    content_hash = forms.CharField(widget=forms.HiddenInput, max_length=64)
    facts = forms.CharField(widget=forms.HiddenInput, required=False, max_length=16)
    is_read = forms.BooleanField(label=_("I have read what the record says now"), required=False)
    verdict = forms.ChoiceField(
        label=_("What do you say?"), widget=forms.RadioSelect,
        choices=[(Verdict.APPROVED, _("Approve")), (Verdict.REFUSED, _("Refuse")), (Verdict.RETURNED, _("Return it to be changed"))],
    )  # fmt: skip
    minutes = MinutesField(queryset=None, required=False, label=_("Minutes in which the meeting decided it"), empty_label=EMPTY)
    reasons = forms.CharField(label=_("Reasons"), max_length=LONG, widget=words(4))

    def __init__(self, *args: Any, minutes: QuerySet[Minutes] | None, has_changed: bool, **kwargs: Any) -> None:
        """Ask for minutes where a chair decides, and whether changes were read where there are some."""
        super().__init__(*args, **kwargs)
        if minutes is None:
            del self.fields["minutes"]
        else:
            self.fields["minutes"].queryset = minutes  # type: ignore[attr-defined]
        if not has_changed:
            del self.fields["is_read"]
