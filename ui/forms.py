"""Error messages that say what to do, made from a form's own labels."""

from django import forms

from ui.widgets import DateParts

CHOOSING = (forms.Select, forms.RadioSelect, forms.CheckboxSelectMultiple, forms.FileInput)


def lower_first(label: str) -> str:
    """Make a label fit inside a sentence, but leave "PNC number" as it is."""
    return label[:1].lower() + label[1:] if label[1:2].islower() or label[:2] == "A " else label


def words_for_missing(widget: forms.Widget, label: str) -> str:
    """Say what to do about a field left empty."""
    if isinstance(widget, forms.CheckboxInput):
        return f"Tick the box “{label}” to go on"
    if label.endswith("?"):
        return f"Answer the question “{label}”"
    return f"{'Select' if isinstance(widget, CHOOSING) else 'Enter'} {lower_first(label)}"


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
        field.error_messages.setdefault("max_length", f"{label} must be %(limit_value)d characters or fewer")
        field.error_messages.setdefault("null_characters_not_allowed", f"{label} holds a character that cannot be kept: type it again")
        if isinstance(field, forms.EmailField):
            field.error_messages.setdefault("invalid", f"{label} must be an e-mail address, like name@example.org")
        if isinstance(field.widget, DateParts):
            field.label = label
