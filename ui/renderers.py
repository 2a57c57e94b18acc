"""Make Django's own form rendering produce the design system's markup."""

from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.forms.renderers import TemplatesSetting
from django.forms.widgets import Input

from ui.widgets import PARTS, DateParts

CLASSES: tuple[tuple[type[forms.Widget], str], ...] = (
    (forms.Textarea, "govuk-textarea"),
    (forms.CheckboxInput, "govuk-checkboxes__input"),
    (forms.Select, "govuk-select"),
    (forms.FileInput, "govuk-file-upload"),
    (forms.PasswordInput, "govuk-input govuk-password-input__input govuk-js-password-input-input"),
    (Input, "govuk-input"),
)


class GovUKBoundField(BoundField):
    """A field that knows its markup and where its error is fixed."""

    @property
    def use_fieldset(self) -> bool:
        """A group of inputs needs a legend; one file box does not, though Django treats it so."""
        return not isinstance(self.field.widget, forms.FileInput) and super().use_fieldset

    @property
    def is_checkbox(self) -> bool:
        """Say whether this is one tick box, whose label follows it."""
        return isinstance(self.field.widget, forms.CheckboxInput)

    @property
    def focus_id(self) -> str:
        """The element an error summary links to. It is always on the page."""
        widget = self.field.widget
        if isinstance(widget, DateParts):
            return widget.id_for_label(self.auto_id, next(iter(self.wrong_parts), None))
        if self.use_fieldset:
            return next((option.id_for_label for option in self.subwidgets), None) or self.auto_id
        return self.id_for_label or self.auto_id

    @property
    def wrong_parts(self) -> tuple[str, ...]:
        """The boxes of a date to mark; all of them unless the error names some."""
        if not self.errors:
            return ()
        return (self.errors.as_data()[0].params or {}).get("parts", PARTS)

    def build_widget_attrs(self, attrs: dict[str, Any], widget: forms.Widget | None = None) -> dict[str, Any]:
        """Add classes and descriptions; leave telling about errors to the service, not the browser."""
        widget = widget or self.field.widget
        attrs = super().build_widget_attrs(attrs, widget)
        attrs.pop("required", None)
        if isinstance(widget, DateParts):
            attrs["wrong"] = " ".join(self.wrong_parts)
        elif not self.use_fieldset and not widget.is_hidden:
            attrs["class"] = self._classes(widget, attrs)
        return attrs

    def _classes(self, widget: forms.Widget, attrs: dict[str, Any]) -> str:
        names = next((names for kind, names in CLASSES if isinstance(widget, kind)), "")
        error = f"{names.split()[0]}--error" if names and self.errors else ""
        return " ".join(filter(None, (names, error, attrs.get("class") or widget.attrs.get("class"))))


class GovUKRenderer(TemplatesSetting):
    """Django's renderer with our templates, which lie in ui/templates/django/forms."""

    bound_field_class = GovUKBoundField
    form_template_name = "django/forms/govuk_form.html"
    field_template_name = "django/forms/govuk_field.html"
