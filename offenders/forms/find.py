"""The one search box."""
from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.utils.timezone import localdate
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from offenders.forms.base import PlainForm
from offenders.search import read_query


class FindForm(PlainForm):
    """Whatever the searcher has: a name, a number, a date of birth, or several of them."""

    text = forms.CharField(
        label=_("Name, number or date of birth"),
        validators=[MaxLengthValidator(200)],  # not max_length: the browser would cut what is pasted without a word
        widget=forms.TextInput(attrs={"type": "search", "autofocus": True, "autocomplete": "off", "spellcheck": "false"}),
        help_text=_("In any spelling. Also PNC, CRO, passport, telephone or vehicle registration, or a reference like V-000417."),
        error_messages={
            "required": _("Enter a name, a number or a date of birth"),
            "max_length": _("Search for at most %(limit_value)d characters: a name and one more detail are enough"),
            "null_characters_not_allowed": _(
                "Enter a name, a number or a date of birth: this holds characters that no name has"
            ),
        },
    )

    def clean_text(self) -> str:
        """Refuse numbers and dates that cannot be, with the reason."""
        text = self.cleaned_data["text"]
        try:
            query = read_query(text, localdate())
        except ValueError as error:
            raise ValidationError(gettext(str(error))) from error
        if query.is_empty:
            raise ValidationError(gettext("Enter a name, a number or a date of birth: nothing else can be searched for"))
        self.is_number = query.is_number
        return str(text)
