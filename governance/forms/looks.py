"""Forms of unusual looks, of questions why, and of who could have seen a record."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from governance.choices.could_see import Shown
from governance.choices.looks import Decision, LookState, Sign
from governance.reports.looks import Shown as ShownEvent
from intelligence.forms.information import VersionForm
from intelligence.forms.practice import PracticeForm
from offenders.forms.base import PlainForm
from offenders.forms.operational import words as box
from ui.fields import DateField
from ui.templatetags.ui import uk_datetime

NOBODY = _("Name nobody on record: a reference says which record is meant.")


class LookFilter(PlainForm):
    """Which unusual looks are listed."""

    state = forms.ChoiceField(
        label=_("Where it stands"), choices=[("", _("To be judged")), ("any", _("Any")), *LookState.choices[1:]], required=False
    )
    rule = forms.ChoiceField(label=_("Rule"), choices=[("", _("Any rule")), *Sign.choices], required=False)


class JudgeForm(VersionForm):
    """What an auditor makes of a look or of an answer."""

    decision = forms.ChoiceField(label=_("What you find"), choices=Decision.choices, widget=forms.RadioSelect)
    words = forms.CharField(label=_("Why"), max_length=2000, widget=box(4), help_text=NOBODY)
    field_order = ("decision", "words", "version")


SAY_WORK = format_lazy(_("Say what the work was. {nobody}"), nobody=NOBODY)
READ_BY_PERSON = format_lazy(_("The person reads it, and nobody of their unit. {nobody}"), nobody=NOBODY)


class AskForm(VersionForm):
    """What somebody is asked."""

    words = forms.CharField(
        label=_("What you ask"), max_length=2000, widget=box(4), help_text=READ_BY_PERSON
    )
    field_order = ("words", "version")


class AskAboutForm(PlainForm):
    """The same, about looks that are chosen."""

    events = forms.TypedMultipleChoiceField(
        label=_("About which looks"),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Of this person at this record on this day."),
    )
    words = forms.CharField(
        label=_("What you ask"), max_length=2000, widget=box(4), help_text=READ_BY_PERSON
    )

    def __init__(self, *args: Any, events: list[ShownEvent], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["events"].choices = [(each.event.pk, event_words(each)) for each in events]  # type: ignore[attr-defined]


def event_words(shown: ShownEvent) -> str:
    """Say when somebody did what with which record."""
    event = shown.event
    what = f"{event.get_verb_display()}: {event.page}" if event.page else str(event.get_verb_display())
    return ", ".join(filter(None, [uk_datetime(localtime(event.at)), what, shown.reference]))


class AnswerForm(VersionForm):
    """Why one looked."""

    words = forms.CharField(label=_("Why you looked"), max_length=3000, widget=box(6), help_text=SAY_WORK)
    field_order = ("words", "version")


class DayForm(PlainForm):
    """On which day, and of whom the page tells."""

    on = DateField(label=_("Day"), not_in_future=True)
    show = forms.ChoiceField(label=_("Show"), choices=Shown.choices, required=False)


class CheckForm(PlainForm):
    """A paper to check."""

    code = forms.CharField(label=_("Code on the paper"), max_length=20, help_text=_("Like WS-7K3M-9XQF"))
    file = forms.FileField(label=_("The file, if you have it"), required=False, help_text=_("It is compared and not kept."))


class LookRuleForm(PracticeForm):
    """The numbers of a rule."""

    explains = forms.CharField(label=_("What is looked for"), max_length=300, widget=box(2))
    least = forms.IntegerField(label=_("From how many on"), min_value=1, max_value=1000)
    span = forms.IntegerField(label=_("Within how many days or minutes"), min_value=1, max_value=1000)
    margin = forms.IntegerField(label=_("Hours off what is usual"), min_value=0, max_value=11, help_text=_("Counts for usual hours only."))
    field_order = ("explains", "least", "span", "margin", "source", "starts_on", "reason")
