"""Error messages that say what to do, made from a form's own labels."""

from django import forms
from django.utils.translation import gettext

from ui.widgets import DateParts

CHOOSING = (forms.Select, forms.RadioSelect, forms.CheckboxSelectMultiple, forms.FileInput)


def lower_first(label: str) -> str:
    """Make a label fit inside a sentence, but leave "PNC number" as it is."""
    return label[:1].lower() + label[1:] if label[1:2].islower() or label[:2] == "A " else label


def words_for_missing(widget: forms.Widget, label: str) -> str:
    """Say what to do about a field left empty."""
    if isinstance(widget, forms.CheckboxInput):
        return gettext("Tick the box “%(label)s” to go on") % {"label": label}
    if label.endswith("?"):
        return gettext("Answer the question “%(label)s”") % {"label": label}
    asked = gettext("Select %(label)s") if isinstance(widget, CHOOSING) else gettext("Enter %(label)s")
    return asked % {"label": lower_first(label)}


class WordedErrors(forms.BaseForm):
    """Put before Form or ModelForm: replaces Django's general messages; a field's own stay."""

    def full_clean(self) -> None:
        """Word each field's messages first: by then a form has added its fields and changed its labels."""
        for bound in self.visible_fields():
            self._word(bound.field, str(bound.label))
        super().full_clean()

    def _word(self, field: forms.Field, label: str) -> None:
        if field.error_messages.get("required") == forms.Field.default_error_messages["required"]:
            field.error_messages["required"] = words_for_missing(field.widget, label)
        field.error_messages.setdefault("max_length", label + gettext(" must be %(limit_value)d characters or fewer"))
        unkept = label + gettext(" holds a character that cannot be kept: type it again")
        field.error_messages.setdefault("null_characters_not_allowed", unkept)
        if isinstance(field, forms.EmailField):
            field.error_messages.setdefault("invalid", label + gettext(" must be an e-mail address, like name@example.org"))
        if isinstance(field.widget, DateParts):
            field.label = label
