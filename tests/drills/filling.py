"""Forms as somebody would fill them in and send them: read from the page itself, so that a new form is filled in without a word here."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html.parser import HTMLParser
from typing import Any

from django.contrib.messages import ERROR, get_messages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.utils.timezone import localdate, localtime

DATE = ("_day", "_month", "_year")
YEARS = (0, 0, 1, 1, -1, -1, 0, 0)  # how far from now dates are, by variant
BARE = {3, 5, 6, 7}  # variants that leave empty what need not be filled in


class Form(HTMLParser):
    """The fields of a page's form, as a browser would send them; `variant` chooses among the answers of a question."""

    def __init__(self, variant: int, known: Mapping[str, str]) -> None:
        super().__init__()
        self.known = known
        self.variant, self.fields, self.radios, self.select, self.options = variant, {}, {}, "", []
        self.files: set[str] = set()
        self.depth, self.found = 0, False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a field."""
        given = {name: value or "" for name, value in attrs}
        name = given.get("name", "")
        if tag == "form" and given.get("method", "").lower() == "post":
            self.depth = int("/sign-out/" not in given.get("action", "") and "acting" not in given.get("action", ""))
        elif not self.depth or not name:
            if tag == "option" and self.select:
                self.options.append(given.get("value", ""))
        elif tag == "input":
            self.note_input(name, given)
        elif tag == "textarea":
            self.fields[name] = self.known.get(name, "Agreed by both of us after reading it all")
        elif tag == "select":
            self.select, self.options = name, []

    def note_input(self, name: str, given: dict[str, str]) -> None:
        """Note an input by its kind."""
        kind, value = given.get("type", "text"), given.get("value", "")
        if kind == "radio":
            self.radios.setdefault(name, []).append(value)
        elif kind == "checkbox":
            chosen = self.fields.setdefault(name, [])
            if isinstance(chosen, list) and (not chosen or self.variant % 2):
                chosen.append(value or "on")
        elif kind == "file":
            self.files.add(name)
        elif kind == "hidden" or value:
            self.fields[name] = value
        else:
            self.fields[name] = self.word_for(name, given)

    def word_for(self, name: str, given: dict[str, str]) -> str:
        """Return what somebody might type there: what is known of a field so named or of such a kind; at times only that."""
        known = self.known.get(name.rpartition("-")[2]) or self.known.get(given.get("type", ""))
        if known or (self.variant in BARE and not name.endswith(DATE)):
            return known or ""
        day = localdate()
        for part, value in zip(DATE, (day.day, day.month, day.year + YEARS[self.variant]), strict=True):
            if name.endswith(part):
                return str(value)
        is_number = given.get("inputmode") == "numeric" or given.get("type") == "number"
        return "3" if is_number else f"{localtime():%H:%M}" if "time" in name else "duty@agency.example" if "mail" in name else "Agreed"

    def handle_endtag(self, tag: str) -> None:
        """Choose from a list of options; leave the form."""
        if tag == "select" and self.select:
            able = [option for option in self.options if option]
            if able:
                self.fields[self.select] = able[(self.variant + (self.variant >= 3) * len(self.fields)) % len(able)]
            self.select = ""
        elif tag == "form":
            self.depth = 0

    def data(self) -> dict[str, Any]:
        """Return what would be sent."""
        chosen = {name: values[self.variant % len(values)] for name, values in self.radios.items()}
        files = {name: SimpleUploadedFile("note.txt", b"A note") for name in self.files}
        return self.fields | chosen | files


def filled(client: Client, url: str, variant: int, known: Mapping[str, str] = {}, said: Mapping[str, Any] = {}) -> dict[str, Any]:
    """Return what the form of a page would send; what a mere button sends where there is no page.

    An empty field that is `known` is filled with that; what is `said` is the answer to a question whatever the page offers.
    """
    page = client.get(url)
    if page.status_code != 200 or not page.get("Content-Type", "").startswith("text/html"):
        return {"version": "1"}
    reference = re.search(r"V-\d{6,}", url)
    form = Form(variant, {**known, **({"confirmation": reference[0]} if reference else {})})
    form.feed(page.content.decode())
    return {name: value for name, value in (form.data() | dict(said)).items() if name != "csrfmiddlewaretoken"}


def complaints(response: HttpResponse) -> list[str]:
    """Return what an answer that leads on has the next page complain of."""
    said = get_messages(response.wsgi_request)._queued_messages  # of this answer alone, not of those before
    return [str(each) for each in said if each.level >= ERROR]


def is_done(response: HttpResponse) -> bool:
    """Whether the act was accepted: pages lead on after an act, without a complaint; files come at once; what is typed is kept."""
    place = response.get("Location", "") if response.status_code in {302, 303} else ""
    leads_on = place and "/reason/" not in place and not place.startswith("/sign-in/") and not complaints(response)
    is_file = response.status_code == 200 and "attachment" in response.get("Content-Disposition", "")
    return bool(leads_on) or is_file or response.status_code == 204


def what_is_wrong(response: HttpResponse) -> list[str]:
    """Return what a page says of why it did not accept a form."""
    page = "" if response.streaming else response.content.decode(errors="replace")
    found = re.findall(r'class="govuk-error-message">(.*?)</p>|error-summary__list">(.*?)</ul>', page, re.DOTALL)
    return [re.sub(r"<[^>]*>|\s+", " ", "".join(each)).strip() for each in found] + complaints(response)
