"""Inputs that Django does not have."""

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

PARTS = ("day", "month", "year")


class DateParts(forms.Widget):
    """Three boxes for day, month and year: faster and safer than a picker for dates people know."""

    template_name = "django/forms/widgets/date_parts.html"
    use_fieldset = True
    boxes: ClassVar = (("day", _("Day"), 2), ("month", _("Month"), 2), ("year", _("Year"), 4))

    def value_from_datadict(self, data: Mapping[str, Any], _files: Mapping[str, Any], name: str) -> dict[str, str] | None:
        """Return what was typed in each box, or None when all are empty."""
        typed = {part: str(data.get(f"{name}_{part}") or "").strip() for part in PARTS}
        return typed if any(typed.values()) else None

    def value_omitted_from_data(self, data: Mapping[str, Any], _files: Mapping[str, Any], name: str) -> bool:
        """Say whether the form came without any of the boxes."""
        return not any(f"{name}_{part}" in data for part in PARTS)

    def id_for_label(self, id_: str, index: str | None = None) -> str:
        """Return the id of one box; without a part, of the first."""
        return f"{id_}_{index or 'day'}" if id_ else ""

    def format_value(self, value: Any) -> dict[str, Any]:
        """Return what each box shows, for a date, a partial date or what was typed before."""
        if isinstance(value, date):
            return {"day": value.day, "month": value.month, "year": value.year}
        if isinstance(value, tuple):
            return dict(zip(("year", "month", "day"), value, strict=True))
        return value or {}

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Describe the three boxes to the template."""
        context = super().get_context(name, value, attrs)
        widget = context["widget"]
        id_ = widget["attrs"].get("id", "")
        wrong = widget["attrs"].pop("wrong", "").split()
        shown = widget["value"]
        widget["boxes"] = [
            {"name": f"{name}_{part}", "id": self.id_for_label(id_, part), "label": label, "width": width}
            | {"value": shown.get(part), "wrong": part in wrong}
            for part, label, width in self.boxes
        ]
        return context
