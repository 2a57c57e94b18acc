"""What is typed to search reports, brought to the forms in which numbers are kept; and the pieces of a snippet. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable

from offenders.choices import IdentifierKind
from offenders.rules import canonical_identifier
from offenders.rules.leaks import POSTCODE
from offenders.search.query import PHONE, VEHICLE

OPENS, CLOSES = "\x02", "\x03"  # around what was found, in a snippet as it comes from the database
APART = dict.fromkeys(map(ord, "<>/"), " ")  # else one token of several words
FOUND, STRAY = re.compile(f"{OPENS}([^{CLOSES}]*){CLOSES}"), dict.fromkeys(map(ord, OPENS + CLOSES))


def phone(found: re.Match[str]) -> str:
    """A telephone number."""
    return "tel" + canonical_identifier(IdentifierKind.PHONE, found[0]).removeprefix("+")


def vehicle(found: re.Match[str]) -> str:
    """A vehicle mark."""
    return "vrm" + canonical_identifier(IdentifierKind.VEHICLE, found[0]).lower()


def postcode(found: re.Match[str]) -> str:
    """A postcode."""
    return "postcode" + "".join(found.groups()).lower()


def reference(found: re.Match[str]) -> str:
    """A reference of a report, or of a record."""
    return "".join(found.groups()).lower()


# The database takes the same out of reports: intelligence/migrations/_report_search_sql.py.
MARKS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str]], ...] = (
    (re.compile(rf"(?<![\w/])(?:{PHONE})(?!\w)"), phone),
    (re.compile(rf"(?<![\w/])(?:{VEHICLE}|[A-Z]{{2}}\d{{2}}-[A-Z]{{3}})(?!\w)", re.IGNORECASE), vehicle),
    (POSTCODE, postcode),
    (re.compile(r"(?<!\w)(IR|V)-?(\d{4,10})(?!\w)", re.IGNORECASE), reference),
)


def with_marks(text: str) -> str:
    """Put numbers, however they were typed, in the one form in which reports keep them; what is none stays as it is."""
    for pattern, form in MARKS:
        text = pattern.sub(lambda found, form=form: form_or_itself(found, form), text)  # type: ignore[misc]
    return text.translate(APART)


def form_or_itself(found: re.Match[str], form: Callable[[re.Match[str]], str]) -> str:
    """Return the one form, or what was typed where it is no such number."""
    try:
        return form(found)
    except ValueError:
        return found[0]


def pieces(snippet: str) -> list[tuple[str, bool]]:
    """Take a snippet apart: each piece with whether it is what was found. Pages escape the pieces and mark them themselves."""
    parts = FOUND.split(snippet)
    return [(words.translate(STRAY), bool(number % 2)) for number, words in enumerate(parts) if words]
