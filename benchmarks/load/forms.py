"""Reads the forms of a page as a browser does: every field with what stands in it, ready to be sent."""
from __future__ import annotations

from html.parser import HTMLParser

BUTTONS = {"submit", "button", "image", "reset", "file"}


class Form:
    """One form: where it goes (empty: to its own page), its fields, and the names of all that can be filled in."""

    def __init__(self, action: str) -> None:
        self.action = action
        self.fields: dict[str, str] = {}
        self.names: set[str] = set()


class Reader(HTMLParser):
    """Gathers forms while the page goes by."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.form: Form | None = None
        self.select = self.area = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open a form, or take a field of the open one."""
        values = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.form = Form(values.get("action", ""))
            self.forms.append(self.form)
        elif self.form:
            self.form.names.add(values.get("name", ""))
            take = {"input": self.take_input, "select": self.take_select, "option": self.take_option, "textarea": self.take_area}.get(tag)
            if take:
                take(self.form, values)

    def take_input(self, form: Form, values: dict[str, str]) -> None:
        """Take what is typed or ticked."""
        kind, name = values.get("type", "text"), values.get("name", "")
        is_off = kind in {"radio", "checkbox"} and "checked" not in values
        if name and kind not in BUTTONS and not is_off:
            form.fields[name] = values.get("value", "on" if kind == "checkbox" else "")

    def take_select(self, form: Form, values: dict[str, str]) -> None:
        """Remember whose options follow."""
        self.select = values.get("name", "")

    def take_option(self, form: Form, values: dict[str, str]) -> None:
        """Take the option that is selected; the first one until another is."""
        if self.select and (self.select not in form.fields or "selected" in values):
            form.fields[self.select] = values.get("value", "")

    def take_area(self, form: Form, values: dict[str, str]) -> None:
        """Remember whose text follows."""
        self.area = values.get("name", "")
        if self.area:
            form.fields[self.area] = ""

    def handle_data(self, data: str) -> None:
        """Take the text of a box; the line break after its tag is not a part of it."""
        if self.form and self.area:
            self.form.fields[self.area] = self.form.fields[self.area] + data if self.form.fields[self.area] else data.removeprefix("\n")

    def handle_endtag(self, tag: str) -> None:
        """Close what was open."""
        if tag == "form":
            self.form = None
        elif tag == "select":
            self.select = ""
        elif tag == "textarea":
            self.area = ""


def read_form(page: str, field: str) -> Form:
    """Return the form of a page that has this field; LookupError where none has."""
    reader = Reader()
    reader.feed(page)
    found = next((form for form in reader.forms if field in form.names), None)
    if found is None:
        raise LookupError(f"No form of the page has a field {field}.")
    return found
