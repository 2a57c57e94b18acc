"""Layouts "json" and "pdf": reports as objects, alone, in a list or one a line; and a report printed to a file."""

from __future__ import annotations

import io
import json
import re
import struct
import zlib
from collections.abc import Iterator
from typing import Any

import pypdf
from django.utils.timezone import localdate
from django.utils.translation import gettext_noop
from pypdf.errors import DeprecationError, PyPdfError

from intelligence.parsing import Content, Deadline, Limits, ParsedAlert, Unreadable
from intelligence.parsing.characters import encoding_of, lines_of, text_of
from intelligence.parsing.facts import make_alert
from intelligence.parsing.reports import NO_REPORT, reports_in
from intelligence.parsing.tables import CHECK_EVERY

BEGINNING = re.compile(r"[\ufeff\s]*(?:\{\s*[\"}]|\[\s*[\]{])")  # and not "[OFFICIAL]" above a report in words
NOT_JSON = gettext_noop("It is not valid JSON.")
LINE_NOT_JSON = gettext_noop("It is not one JSON object.")
NOT_OBJECTS = gettext_noop("It must hold a report as an object, or a list of such objects.")
LISTS = ("alerts", "reports", "travel_alerts", "data")
DEEPEST = 4
# All that the library raises on content that only looks like PDF.
BROKEN = (
    PyPdfError, DeprecationError, ValueError, LookupError, TypeError, AttributeError, ArithmeticError, AssertionError, RuntimeError,
    EOFError, OSError, struct.error, zlib.error,
)  # fmt: skip


class Json:
    """Reads one object, a list, an object around a list, or one object on each line."""

    name = "json"
    version = 1

    def reads(self, content: Content) -> bool:
        """Whether it begins like JSON."""
        return bool(BEGINNING.match(text_of(content.head(), encoding_of(content))))

    def read(self, content: Content, limits: Limits) -> Iterator[ParsedAlert]:
        """Yield the reports; as lines they may be any number, as one document it must fit into memory."""
        deadline, rows = Deadline(limits.seconds), 0
        for number, item in self.items(content, limits):
            rows += 1
            if rows % CHECK_EVERY == 0:
                deadline.check()
            if rows > limits.rows:
                raise Unreadable(f"There are more than {limits.rows:,} reports in it. Send it in smaller parts.")
            yield alert_from(number, item)
        if not rows:
            raise Unreadable(gettext_noop("It holds no report."))

    def items(self, content: Content, limits: Limits) -> Iterator[tuple[int, Any]]:
        """Yield number and object: by line if the first line is one object by itself, else by place in the list."""
        if is_lines(content):
            for number, line in enumerate(lines_of(content), start=1):
                if text := line.strip("\ufeff \t\r\n"):
                    yield number, loaded(text)
            return
        document = loaded(text_of(content.whole(limits.json_bytes), encoding_of(content)).lstrip("\ufeff"))
        if document is None:
            raise Unreadable(NOT_JSON)
        yield from enumerate(list_in(document), start=1)


def is_lines(content: Content) -> bool:
    """Whether the first two lines are an object each."""
    try:
        first = [line.strip("\ufeff \t\r\n") for line, _ in zip(lines_of(content), range(2), strict=False)]
    except Unreadable:
        return False
    return len(first) == 2 and bool(first[1]) and isinstance(loaded(first[0]), dict)


def loaded(text: str) -> Any:
    """Return a JSON value; None when it is none."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def list_in(document: Any) -> list[Any]:
    """Return the reports of a document."""
    if isinstance(document, dict):
        wrapped = next((document[name] for name in LISTS if isinstance(document.get(name), list)), None)
        return [document] if wrapped is None else wrapped
    if isinstance(document, list):
        return document
    raise Unreadable(NOT_OBJECTS)


def alert_from(number: int, item: Any) -> ParsedAlert:
    """Make a report of one object."""
    if not isinstance(item, dict):
        return ParsedAlert(line=number, problem=LINE_NOT_JSON)
    return make_alert(number, pairs_of(item), localdate())


def pairs_of(item: dict[str, Any], depth: int = 0) -> Iterator[tuple[str, str]]:
    """Yield names and texts of an object, those of objects inside it too; lists are told as texts."""
    for name, value in item.items():
        if isinstance(value, dict) and depth < DEEPEST:
            yield from pairs_of(value, depth + 1)
        elif isinstance(value, str):
            yield name, value
        elif isinstance(value, int | float) and not isinstance(value, bool):
            yield name, repr(value)[:40]
        elif isinstance(value, list) and all(isinstance(each, str) for each in value):
            yield name, " ".join(value)


class Pdf:
    """Reads the text of a PDF as a report; a picture of a page has none."""

    name = "pdf"
    version = 1

    def reads(self, content: Content) -> bool:
        """Whether it says that it is PDF."""
        return content.head().lstrip(b"\r\n\t ").startswith(b"%PDF-")

    def read(self, content: Content, limits: Limits) -> Iterator[ParsedAlert]:
        """Yield the reports of the text."""
        lines = pdf_text(content, limits).splitlines()
        found = [make_alert(line, pairs, localdate()) for line, pairs in reports_in(iter(lines))]
        if not found:
            raise Unreadable(NO_REPORT)
        yield from found


def pdf_text(content: Content, limits: Limits) -> str:
    """Return the text of all pages; Unreadable where the file is broken, locked, too long or has none."""
    deadline = Deadline(limits.seconds)
    try:
        document = pypdf.PdfReader(io.BytesIO(content.whole(limits.mail_bytes)))
        if document.is_encrypted:
            raise Unreadable(gettext_noop("The PDF is locked with a password. Send it without one."))
        if len(document.pages) > limits.pdf_pages:
            raise Unreadable(f"The PDF has more than {limits.pdf_pages} pages. Send it in smaller parts.")
        pages = []
        for page in document.pages:
            deadline.check()
            pages.append(page.extract_text())
    except BROKEN as error:
        raise Unreadable(gettext_noop("The PDF is damaged and cannot be read.")) from error
    text = "\n".join(pages)
    if not text.strip():
        raise Unreadable(gettext_noop("The PDF holds no text, only a picture of it. Send the report as text, CSV or JSON."))
    return text
