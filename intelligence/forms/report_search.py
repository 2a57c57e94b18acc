"""Forms of searching reports."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from intelligence.choices.information import Assessment, SourceGrade
from intelligence.models.information import STATES
from intelligence.models.report_search import ReportSearch
from intelligence.rules.information import State
from offenders.forms.base import PlainForm
from offenders.rules.leaks import words_of
from ui.fields import DateField

ANY = ("", _("Any"))
SENT_STATES = [(code, label) for code, label in STATES if code != State.DRAFT]


class ReportSearchForm(PlainForm):
    """Words, and what narrows them down. Readers of case files see no state: what they search was released."""

    text = forms.CharField(
        label=_("Words, names or numbers"),
        validators=[MaxLengthValidator(200)],  # not max_length: the browser would cut what is pasted without a word
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off", "spellcheck": "false"}),
        help_text=_(
            "All of the words, in any form. Put “quotation marks” around words that stand together, or between others, a minus before"
            " what must not be there. Telephone numbers and vehicle marks in any spelling."
        ),
        error_messages={
            "required": _("Enter a word, a name or a number"),
            "max_length": _("Search for at most %(limit_value)d characters: a few words are enough"),
            "null_characters_not_allowed": _("Enter a word, a name or a number: this holds characters that no report has"),
        },
    )
    state = forms.ChoiceField(label=_("Where it stands"), choices=[ANY, *SENT_STATES], required=False)
    grade_source = forms.TypedChoiceField(
        label=_("Source"), choices=[ANY, *SourceGrade.choices], required=False, coerce=int, empty_value=None
    )
    assessment = forms.ChoiceField(label=_("Assessment"), choices=[ANY, *Assessment.choices], required=False)
    since = DateField(label=_("First day"), required=False)
    until = DateField(label=_("Last day"), required=False)

    def __init__(self, *args: Any, is_of_bureau: bool, **kwargs: Any):
        """Take whether whole reports are searched."""
        super().__init__(*args, **kwargs)
        if not is_of_bureau:
            del self.fields["state"]

    def clean_text(self) -> str:
        """Refuse what holds no word."""
        text: str = self.cleaned_data["text"].replace("“", '"').replace("”", '"')
        if not words_of(text):
            raise ValidationError(gettext("Enter a word, a name or a number: nothing else can be searched for"))
        return text

    def clean(self) -> dict[str, Any]:
        """The days are in order."""
        data = super().clean() or self.cleaned_data
        if data.get("since") and data.get("until") and data["until"] < data["since"]:
            self.add_error("until", gettext("The last day must be the first day or later"))
        return data


class KeepSearchForm(PlainForm):
    """Under which name a search is kept, and whether it tells of new results."""

    name = forms.CharField(
        label=_("Name"),
        max_length=ReportSearch._meta.get_field("name").max_length,
        help_text=_("Only you see it. Leave out names of people."),
    )
    tells = forms.TypedChoiceField(
        label=_("Should Vigil tell you of new results?"),
        choices=[("yes", _("Yes")), ("no", _("No"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
        help_text=_("The notice says how many there are, and nothing else."),
    )
