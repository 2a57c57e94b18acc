"""Forms of what comes of an application. Nothing decisive is chosen beforehand."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import format_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from disclosure.choices.applications import CheckStage, ContactWay, Ground, IdentityProof, PartyRole, Undertaking, Verdict
from disclosure.choices.outcomes import FITS, Answer, PresumptionTest, Ruling
from disclosure.models import Check, Party, SafeContact
from disclosure.reports.outcomes import finding_in_check
from disclosure.rules.applications import SYSTEMS
from disclosure.rules.outcomes import Finding
from intelligence.forms.information import VersionForm
from offenders.forms.base import PlainForm
from offenders.forms.operational import words
from sharing.forms.releases import MomentForm
from ui.fields import DateField
from ui.languages import StrOrPromise
from ui.templatetags.ui import words_in_sentence

LONG = 5000
NAME_NOBODY = _("Name nobody, and nothing that tells who asked.")
SOMEBODY_ELSE = "else"
MET = (("yes", _("Met")), ("no", _("Not met")))


def box(label: StrOrPromise, help_text: StrOrPromise = "", rows: int = 4, *, required: bool = False) -> forms.CharField:
    """Return a box for several lines."""
    return forms.CharField(label=label, help_text=help_text, max_length=LONG, widget=words(rows), required=required)


class RepresentationsForm(VersionForm):
    """Whether the person asked about was asked, and what they said."""

    answer = forms.ChoiceField(label=_("Was the person asked about asked?"), choices=Answer.choices, widget=forms.RadioSelect)
    why_not = box(_("If not: why not"), _("For example: asking would raise the risk, or warn them."), 3)
    asked_on = DateField(label=_("If so: the day on which they were asked"), required=False, not_in_future=True)
    said = box(_("What they said"))
    considered = box(_("How it was weighed"))
    field_order = ("answer", "why_not", "asked_on", "said", "considered", "version")


class ProposeForm(VersionForm):
    """What is proposed."""

    verdict = forms.ChoiceField(label=_("What do you propose?"), choices=Verdict.choices, widget=forms.RadioSelect)
    ground = forms.ChoiceField(label=_("If it is disclosed: on what it rests"), required=False, widget=forms.RadioSelect)
    whom = forms.CharField(
        label=_("If it is disclosed: who should be told"), required=False, max_length=300,
        help_text=format_lazy(
            "{} {}", _("What they are to whoever is at risk, for example: the mother of the children."), NAME_NOBODY
        ),
    )  # fmt: skip
    reasons = box(_("Reasons"), _("Why it is necessary and no more than is needed, or why not."), 5, required=True)

    def __init__(self, *args: Any, grounds: Sequence[Ground], checks: Sequence[Check] = (), **kwargs: Any) -> None:
        """Offer grounds, each with when it fits; with checks ask what they say to both tests of the presumption."""
        super().__init__(*args, **kwargs)
        offered = [(each.value, format_lazy("{}. {}", each.label, _(FITS[each]))) for each in grounds]
        self.fields["ground"].choices = offered  # type: ignore[attr-defined]
        self.checks = {str(check.pk): check for check in checks}
        for test in PresumptionTest if checks else ():
            self.ask(test)
        asked = [name for test in PresumptionTest for name in (f"{test}_met", f"{test}_check", f"{test}_words") if name in self.fields]
        self.order_fields([*asked, "verdict", "ground", "whom", "reasons", "version"])

    def ask(self, test: PresumptionTest) -> None:
        """Ask whether a test is met, and where that stands."""
        where = [
            (key, format_lazy("{}, {}", SYSTEMS.get(each.system, each.system), words_in_sentence(CheckStage(each.stage).label)))
            for key, each in self.checks.items()
        ]
        self.fields[f"{test}_met"] = forms.ChoiceField(label=test.label, choices=MET, widget=forms.RadioSelect)
        self.fields[f"{test}_check"] = forms.ChoiceField(label=_("Which check says so"), choices=[("", _("Choose")), *where])
        self.fields[f"{test}_words"] = forms.CharField(label=_("What it says"), max_length=300)

    def clean(self) -> dict[str, Any]:
        """Gather what the checks say."""
        data = super().clean() or {}
        data["findings"] = [found for test in PresumptionTest if (found := self.finding(test, data))]
        return {name: value for name, value in data.items() if name.rpartition("_")[0] not in PresumptionTest.values}

    def finding(self, test: PresumptionTest, data: dict[str, Any]) -> Finding | None:
        """Return what was said to a test, where all of it was."""
        met, key, said = (data.get(f"{test}_{part}") for part in ("met", "check", "words"))
        return finding_in_check(test, self.checks[key], said, is_met=met == "yes") if met and key and said else None


class DecideForm(VersionForm):
    """What whoever decides says."""

    ruling = forms.ChoiceField(label=_("What do you decide?"), choices=Ruling.choices, widget=forms.RadioSelect)
    words = box(_("In your own words: why"), required=True)
    late_reason = forms.CharField(label=_("Why it was late"), required=False, max_length=500, help_text=_("Only if its time is over."))
    field_order = ("ruling", "words", "late_reason", "version")


class AnewForm(VersionForm):
    """Why it is decided anew."""

    reason = forms.CharField(label=_("Why it is decided anew"), max_length=300, widget=words(3), help_text=NAME_NOBODY)
    field_order = ("reason", "version")


class ProtectorForm(VersionForm):
    """Who is told."""

    same_as = forms.ChoiceField(label=_("Who is told"), widget=forms.RadioSelect)
    name = forms.CharField(label=_("Name"), required=False, max_length=150, help_text=_("Only of somebody else."))
    phone = forms.CharField(label=_("Telephone"), required=False, max_length=30)
    relationship = forms.CharField(label=_("What they are to whoever is at risk"), required=False, max_length=200)
    identity = forms.ChoiceField(
        label=_("How they proved who they are"), choices=[("", _("Not asked yet, or as recorded")), *IdentityProof.choices], required=False
    )
    identity_detail = forms.CharField(
        label=_("Which document"), required=False, max_length=200, help_text=_("Never its number. Or how the officer knows them.")
    )
    field_order = ("same_as", "name", "phone", "relationship", "identity", "identity_detail", "version")

    def __init__(self, *args: Any, parties: Sequence[Party], **kwargs: Any) -> None:
        """Offer who is in the application, but for the person asked about."""
        super().__init__(*args, **kwargs)
        self.parties = {str(party.pk): party for party in parties if party.role not in {PartyRole.SUBJECT, PartyRole.PROTECTOR}}
        known = [
            (key, format_lazy("{} ({})", party.name, words_in_sentence(PartyRole(party.role).label))) for key, party in self.parties.items()
        ]
        self.fields["same_as"].choices = [*known, (SOMEBODY_ELSE, _("Somebody else"))]  # type: ignore[attr-defined]

    def clean_same_as(self) -> Party | None:
        """Return whom it names."""
        return self.parties.get(self.cleaned_data["same_as"])


class WordsForm(VersionForm):
    """The words to say, and the safety plan."""

    script = box(_("What will be said, word by word"), format_lazy("{} {}", _("Nothing more is said than this."), NAME_NOBODY), 8)
    safety_plan = box(_("Safety plan"), _("What is done so that they are safe after they were told, by whom and when."), 5)
    field_order = ("script", "safety_plan", "version")

    def __init__(self, *args: Any, has_record: bool, **kwargs: Any) -> None:
        """About a person on record the words are what was approved."""
        super().__init__(*args, **kwargs)
        if has_record:
            del self.fields["script"]


class UndertakingForm(VersionForm):
    """Whether they undertake to keep it to themselves."""

    undertaking = forms.ChoiceField(
        label=_("Do they undertake to keep it to themselves?"), choices=Undertaking.choices, widget=forms.RadioSelect
    )
    undertaking_words = forms.CharField(
        label=_("What they said; if they refused, what follows"), required=False, max_length=300, widget=words(3)
    )
    field_order = ("undertaking", "undertaking_words", "version")


class ToldForm(MomentForm, VersionForm):
    """That somebody was told."""

    moment = "told_at"
    place = forms.CharField(label=_("Where"), max_length=200)
    second_officer = forms.CharField(label=_("Second officer"), required=False, max_length=150)
    how_taken = box(_("How they took it, and what they mean to do"), required=True)
    field_order = ("day", "time", "place", "second_officer", "how_taken", "version")


class AnswerForm(VersionForm):
    """By which safe way the neutral answer goes."""

    way = forms.ChoiceField(label=_("How it is sent"), widget=forms.RadioSelect, help_text=_("Only ways that they said are safe."))
    field_order = ("way", "version")

    def __init__(self, *args: Any, contacts: Sequence[SafeContact], **kwargs: Any) -> None:
        """Offer the safe ways, each with how."""
        super().__init__(*args, **kwargs)
        safe = [contact for contact in contacts if contact.is_safe]
        offered = [(each.way, with_how(each)) for each in safe]
        self.fields["way"].choices = offered  # type: ignore[attr-defined]


def with_how(contact: SafeContact) -> StrOrPromise:
    """Return a way of contact, with how where that was said."""
    way, how = ContactWay(contact.way).label, contact.how.rstrip(". ")
    return format_lazy("{}. {}", way, how) if how else way


class CloseForm(VersionForm):
    """Closing, and why it was late."""

    late_reason = forms.CharField(
        label=_("Why it was late"), required=False, max_length=500, widget=words(3), help_text=_("Only if its time is over.")
    )
    field_order = ("late_reason", "version")


class FiguresForm(PlainForm):
    """Between which days applications came in."""

    first = DateField(label=_("Received from"), not_in_future=True)
    last = DateField(label=_("To"))

    def clean(self) -> dict[str, Any]:
        """The last day is not before the first."""
        data = super().clean() or {}
        first, last = data.get("first"), data.get("last")
        if isinstance(first, date) and isinstance(last, date) and last < first:
            self.add_error("last", ValidationError(gettext("Enter a last day that is not before the first")))
        return data
