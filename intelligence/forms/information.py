"""Forms of intelligence reports."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime, time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.text import format_lazy
from django.utils.timezone import localdate, make_aware, now
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import Unit, User
from accounts.permissions import Perm
from intelligence.choices.information import Answer, Assessment, Doer, Frequency, Handling, ReviewOutcome, SourceGrade, YesNo
from intelligence.models import Suggestion
from intelligence.reports.briefings import colleagues_by_number
from intelligence.reports.practice import sources_on
from intelligence.rules.information import QUESTIONS
from offenders.choices.case_file import ContactWay
from offenders.forms.base import PlainForm
from offenders.forms.operational import words
from offenders.models import Nominal
from ui.fields import ClockField, DateField

OTHERS, THEMSELVES = "others", "themselves"
GIVER = ("name", "contact", "relationship", "nature", "how_obtained", "circumstances", "frequency", "will_ask_more", "uses_relationship")
GIVER_FIELDS = tuple(f"giver_{name}" for name in (*GIVER, "more_reason"))
EMPTY = _("Choose")


class StartForm(PlainForm):
    """What comes before a report."""

    danger = forms.ChoiceField(label=_("Is anybody in danger now?"), choices=YesNo.choices, widget=forms.RadioSelect)
    about = forms.ChoiceField(
        label=_("What do you want to report?"),
        choices=[
            (OTHERS, _("What I saw, or what somebody said about other people")),
            (THEMSELVES, _("What a person on record said about themselves")),
        ],
        widget=forms.RadioSelect,
    )


class OwnWordsForm(PlainForm):
    """What a person on record said of themselves."""

    nominal = forms.CharField(label=_("Reference of the record"), max_length=16, help_text=_("Like V-000417. Find a person shows it."))
    day = DateField(label=_("Day"))
    way = forms.ChoiceField(label=_("How"), choices=ContactWay.choices, widget=forms.RadioSelect)
    said = forms.CharField(
        label=_("What they said of themselves"),
        max_length=5000,
        widget=words(6),
        help_text=_("What they said of other people is another report: leave it out here."),
    )

    def __init__(self, *args: Any, known: QuerySet[Nominal], **kwargs: Any):
        """Take the records about which the writer may tell."""
        super().__init__(*args, **kwargs)
        self.known = known

    def clean_nominal(self) -> Nominal:
        """Find the record; hidden and missing are the same."""
        found = self.known.filter(reference__iexact=self.cleaned_data["nominal"].strip()).first()
        if found is None:
            raise ValidationError(
                gettext("There is no record of this reference that you may write to. Check it, or report it about another person")
            )
        return found

    def clean_day(self) -> datetime:
        """Make a moment of the day: midday, or now where that is yet to come."""
        day = self.cleaned_data["day"]
        if day > localdate():
            raise ValidationError(gettext("The day must be today or earlier"))
        return min(make_aware(datetime.combine(day, time(12))), now())


class ReportForm(PlainForm):
    """A report while it is written. Nothing is compulsory before it is sent, so that it can be kept at any moment."""

    original = forms.CharField(
        label=_("What was seen or said"),
        required=False,
        max_length=10000,
        widget=words(7),
        help_text=_("In your words, or theirs. One matter a report."),
    )
    seen_on = DateField(label=_("Day"), required=False)
    seen_time = ClockField(label=_("Time"), required=False, help_text=_("For example 14:30. Leave it empty when it is not known."))
    seen_where = forms.CharField(label=_("Where"), required=False, max_length=200)
    source = forms.ModelChoiceField(queryset=None, required=False, label=_("Kind of source"), empty_label=EMPTY)
    prison = forms.CharField(label=_("Prison"), required=False, max_length=100)
    prison_officer = forms.CharField(label=_("Officer there who passed it on"), required=False, max_length=100)
    prison_handling = forms.CharField(label=_("How the prison wants it handled"), required=False, max_length=200)
    find = forms.CharField(
        label=_("Find the person on record"), required=False, max_length=200, help_text=_("Name, number, or a reference like V-000417.")
    )
    called = forms.CharField(label=_("Name, as far as it is known"), required=False, max_length=100)
    looks = forms.CharField(
        label=_("Or describe the person"),
        required=False,
        max_length=300,
        widget=words(2),
        help_text=_("Looks, age, vehicle, telephone, where they are seen."),
    )
    giver_name = forms.CharField(label=_("Their name"), required=False, max_length=150)
    giver_contact = forms.CharField(label=_("Their telephone number or address"), required=False, max_length=150)
    giver_relationship = forms.CharField(label=_("What they are to the people it is about"), required=False, max_length=200)
    giver_nature = forms.CharField(
        label=_("Why it must be handled with care"),
        required=False,
        max_length=1000,
        widget=words(2),
        help_text=_("For example: only they can know it."),
    )
    giver_how_obtained = forms.CharField(label=_("How they came to know it"), required=False, max_length=1000, widget=words(2))
    giver_circumstances = forms.CharField(
        label=_("What in their circumstances calls for care"), required=False, max_length=1000, widget=words(2)
    )
    giver_frequency = forms.ChoiceField(
        label=_("How often they are in contact"), required=False, choices=Frequency.choices, widget=forms.RadioSelect
    )
    giver_will_ask_more = forms.ChoiceField(
        label=_("Do you mean to ask them to find out more?"), required=False, choices=YesNo.choices, widget=forms.RadioSelect
    )
    giver_uses_relationship = forms.ChoiceField(
        label=_("Do they use a relationship with somebody to learn it?"), required=False, choices=YesNo.choices, widget=forms.RadioSelect
    )
    giver_more_reason = forms.CharField(
        label=_("If yes to either: why"),
        required=False,
        max_length=1000,
        widget=words(2),
        help_text=_("It would make them a covert source: only the intelligence bureau decides that. Do not ask them yet."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any):
        """Add the register of sources and the six questions."""
        super().__init__(*args, **kwargs)
        self.fields["source"].queryset = sources_on(localdate())  # type: ignore[attr-defined]
        self.fields["source"].label_from_instance = lambda source: source.name  # type: ignore[attr-defined]
        for code, (asked, _suggestion) in QUESTIONS.items():
            self.fields[f"answer_{code}"] = forms.ChoiceField(
                label=asked, choices=Answer.choices, widget=forms.RadioSelect(attrs={"class": "govuk-radios--inline"}), required=False
            )
            self.fields[f"why_{code}"] = forms.CharField(label=f"Why: {QUESTIONS[code][1].lower()}", required=False, max_length=500)

    def part(self, *names: str) -> list[forms.BoundField]:
        """Return some of the fields."""
        return [self[name] for name in names]

    @property
    def what(self) -> list[forms.BoundField]:
        """What was learned."""
        return self.part("original", "seen_on", "seen_time", "seen_where", "source")

    @property
    def prison_part(self) -> list[forms.BoundField]:
        """What a prison passed on."""
        return self.part("prison", "prison_officer", "prison_handling")

    @property
    def described(self) -> list[forms.BoundField]:
        """Somebody in words."""
        return self.part("called", "looks")

    @property
    def questions(self) -> list[forms.BoundField]:
        """The six questions."""
        return self.part(*(f"{kind}_{code}" for code in QUESTIONS for kind in ("answer", "why")))

    @property
    def giver(self) -> list[forms.BoundField]:
        """Who gave it."""
        return self.part(*GIVER_FIELDS)

    def is_open(self, names: Iterable[str]) -> bool:
        """Whether a part that is folded away holds something or an error."""
        return any(self[name].value() or name in self.errors for name in names)

    @property
    def is_prison_open(self) -> bool:
        """Whether the part about a prison shows."""
        return self.is_open(("prison", "prison_officer", "prison_handling"))

    @property
    def is_giver_open(self) -> bool:
        """Whether the part about whoever gave it shows."""
        return self.is_open(GIVER_FIELDS)

    def taken_apart(self) -> dict[str, Any]:
        """Return what was typed as the service takes it: words of the report, answers, who gave it. What has a mistake is left out."""
        data = self.cleaned_data
        plain = ("original", "seen_on", "seen_time", "seen_where", "source", "prison", "prison_officer", "prison_handling")
        answers = {code: (data[f"answer_{code}"], data.get(f"why_{code}", "")) for code in QUESTIONS if data.get(f"answer_{code}")}
        giver = {name.removeprefix("giver_"): data[name] for name in GIVER_FIELDS if name in data}
        for name in ("will_ask_more", "uses_relationship"):
            if name in giver:
                giver[name] = {"yes": True, "no": False}.get(giver[name])
        return {name: data[name] for name in plain if name in data} | {"answers": answers, "giver": giver}


class SendForm(PlainForm):
    """The last look before a report is sent."""

    accepted = forms.MultipleChoiceField(
        label=_("What your answers suggest"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Tick what should be done. Each becomes an action of whoever is named."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, suggestions: list[Suggestion], **kwargs: Any):
        """Take what the answers suggest."""
        super().__init__(*args, **kwargs)
        doers = {Doer.AUTHOR: _("you"), Doer.MANAGER: _("the offender manager"), Doer.BUREAU: _("the bureau")}
        if suggestions:
            said = [(each.question, format_lazy("{} ({})", each.words, doers[Doer(each.doer)])) for each in suggestions]
            self.fields["accepted"].choices = said  # type: ignore[attr-defined]
        else:
            del self.fields["accepted"]


class VersionForm(PlainForm):
    """A button that carries the version that was seen."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class MoreForm(VersionForm):
    """What the bureau asked for."""

    text = forms.CharField(
        label=_("Your answer"), max_length=5000, widget=words(5), help_text=_("It stands below your report, which stays as it is.")
    )


class WhyForm(VersionForm):
    """Why something is decided."""

    reason = forms.CharField(label=_("Why"), max_length=500, widget=words(3))


class EvaluateForm(VersionForm):
    """The grade, and the text that may go out."""

    sanitised = forms.CharField(
        label=_("Sanitised text"),
        max_length=10000,
        widget=words(7),
        help_text=_("Nothing in it tells who said it, where they stood or how they know."),
    )
    grade_source = forms.TypedChoiceField(label=_("Source"), choices=SourceGrade.choices, coerce=int, widget=forms.RadioSelect)
    assessment = forms.ChoiceField(label=_("Assessment"), choices=Assessment.choices, widget=forms.RadioSelect)
    handling = forms.ChoiceField(label=_("Handling"), choices=Handling.choices, widget=forms.RadioSelect)
    conditions = forms.CharField(
        label=_("Conditions"), required=False, max_length=500, widget=words(2), help_text=_("Needed with handling C.")
    )
    older_grade = forms.CharField(
        label=_("Older grade, if it came with one"),
        required=False,
        max_length=10,
        help_text=_("A 5×5×5 grade like B24. It is kept as it was given."),
    )
    field_order = ("sanitised", "grade_source", "assessment", "handling", "conditions", "older_grade", "reason", "version")

    def __init__(self, *args: Any, is_correction: bool, **kwargs: Any):
        """A correction says why."""
        super().__init__(*args, **kwargs)
        if is_correction:
            self.fields["reason"] = forms.CharField(label=_("Why it is corrected"), max_length=500, widget=words(2))


class SendOnForm(PlainForm):
    """Who receives a released report."""

    recipients = forms.CharField(
        label=_("Collar numbers of those who receive it"),
        required=False,
        max_length=1000,
        help_text=_("Of your own force, with commas between them."),
    )
    units = forms.ModelMultipleChoiceField(
        queryset=None, required=False, label=_("Units that receive it"), widget=forms.CheckboxSelectMultiple
    )
    conditions = forms.CharField(label=_("Conditions"), required=False, max_length=500, widget=words(2))
    expected = forms.CharField(label=_("What they are asked to do"), required=False, max_length=300)

    def __init__(self, *args: Any, actor: User, **kwargs: Any):
        """Offer the units of the actor's force."""
        super().__init__(*args, **kwargs)
        self.actor = actor
        self.fields["units"].queryset = Unit.objects.for_user(actor, Perm.EVALUATE_REPORT)  # type: ignore[attr-defined]

    def clean_recipients(self) -> list[User]:
        """Turn the numbers into people."""
        numbers = [part for part in re.split(r"[,;\s]+", self.cleaned_data["recipients"]) if part]
        found, unknown = colleagues_by_number(self.actor, numbers)
        if unknown:
            raise ValidationError(gettext("Nobody of your force has the collar number %(number)s") % {"number": unknown[0]})
        return list(found)


class DidForm(PlainForm):
    """What was done with a report."""

    did = forms.CharField(label=_("What you did, or will do"), max_length=2000, widget=words(4))


class TakeForm(DidForm):
    """Taking a report about a person's record."""

    is_about = forms.TypedChoiceField(
        label=_("Is it about this person?"),
        choices=[("yes", _("Yes, or it may be")), ("no", _("No, it is somebody else"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    field_order = ("is_about", "did")


class ReviewForm(VersionForm):
    """What follows for the relationship with somebody who gives information."""

    outcome = forms.ChoiceField(label=_("What follows"), choices=ReviewOutcome.choices, widget=forms.RadioSelect)
    reason = forms.CharField(label=_("Why"), max_length=2000, widget=words(4))
