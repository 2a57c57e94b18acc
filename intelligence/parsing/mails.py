"""Layout "mail": a MIME message is taken apart into its text and its attachments, and each is read by its own parser."""

from __future__ import annotations

import email
import email.header
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.errors import MessageError
from email.message import Message
from html.parser import HTMLParser
from typing import cast

from django.utils.translation import gettext_noop

from intelligence.parsing import Content, Limits, Parser, Unreadable, Unrelated
from intelligence.parsing.characters import text_of
from intelligence.parsing.facts import clean
from intelligence.parsing.files import IS_PICTURE, Part, Row, parts_of, read_parts
from intelligence.parsing.reports import NO_REPORT, Report
from intelligence.parsing.tables import Table

MAIL_LAYOUT = "mail 1"
# What the library raises on content that no sender can have meant; it takes nearly everything.
BROKEN = (ValueError, LookupError, TypeError, AttributeError, RecursionError, AssertionError, MessageError)
LONGEST_HTML = 1024**2
HEADERS = ("From", "To", "Date", "Subject", "Message-ID", "Return-Path", "Reply-To", "Auto-Submitted", "Authentication-Results", "Received")
SIGNS = re.compile(rb"^(?:received|return-path|message-id|mime-version|delivered-to|x-[a-z0-9-]+):", re.IGNORECASE | re.MULTILINE)
FIRST_LINE = re.compile(rb"(?:From [^\r\n]*\r?\n)?[!-9;-~]+:[ \t]?")
IN_BODIES: tuple[Parser, ...] = (Report(), Table())
BLOCKS = {"br", "p", "div", "tr", "li", "h1", "h2", "h3", "h4", "table"}
SEALED = {"multipart/encrypted", "application/pkcs7-mime", "application/x-pkcs7-mime"}
UNSEEN = {"script", "style", "head", "title", "template"}

IS_BOUNCE = gettext_noop("Not a report: a bounce, which says that a mail could not be delivered.")
IS_ABSENCE = gettext_noop("Not a report: an out-of-office or other answer from a machine.")
IS_CIRCULAR = gettext_noop("Not a report: a circular or automatic mail without a report in it.")
IS_LOCKED = gettext_noop("The mail is encrypted and cannot be read. Send it without encryption through the gateway.")
TOO_DEEP = "The mail is nested deeper than {} levels."
TOO_MANY = "The mail has more than {} attachments. Send fewer at a time."
NOT_A_MAIL = gettext_noop("It cannot be taken apart as a mail.")


@dataclass(frozen=True)
class Leaf:
    """A part of a mail without parts of its own."""

    kind: str
    data: bytes
    charset: str
    name: str
    is_attached: bool


def is_mail(content: Content) -> bool:
    """Whether a file begins like a mail that was saved."""
    head = content.head(64 * 1024)
    top = re.split(rb"\r?\n\r?\n", head, maxsplit=1)[0]
    return bool(FIRST_LINE.match(head)) and bool(SIGNS.search(top))


def open_mail(data: bytes) -> Message:
    """Return the message; Unreadable when the library cannot make anything of it."""
    try:
        return email.message_from_bytes(data)
    except BROKEN as error:
        raise Unreadable(NOT_A_MAIL) from error


def header(message: Message, name: str) -> str:
    """Return a header on one line, with its encoded words read where that can be done."""
    value = message.get(name)
    if value is None:
        return ""
    try:
        return clean(str(email.header.make_header(email.header.decode_header(value))))
    except BROKEN:
        return clean(str(value))


def headers_that_matter(message: Message) -> list[tuple[str, str]]:
    """Return the headers that somebody needs who judges where a mail came from, in the order in which they stand."""
    wanted = {name.lower() for name in HEADERS}
    found = [(name, clean(str(value))[:1000]) for name, value in message.items() if name.lower() in wanted]
    decoded = {"subject": header(message, "Subject"), "from": header(message, "From")}
    return [(name, decoded.get(name.lower(), value)[:1000]) for name, value in found][:60]


def require_related(message: Message) -> None:
    """The mail is no bounce and no machine's answer; such mails hold the text of others, so they are never read."""
    if message.get_content_type() == "multipart/report" or re.fullmatch(r"\s*<\s*>\s*", str(message.get("Return-Path", "x"))):
        raise Unrelated(IS_BOUNCE)
    answered = str(message.get("Auto-Submitted", "")).strip().lower().startswith("auto-replied")
    if answered or any(message.get(name) for name in ("X-Autoreply", "X-Autorespond")) or precedence(message) == "auto_reply":
        raise Unrelated(IS_ABSENCE)


def precedence(message: Message) -> str:
    """Return the old header by which machines make themselves known."""
    return str(message.get("Precedence", "")).strip().lower()


def is_circular(message: Message) -> bool:
    """Whether a machine or a list sent it; such a mail may still hold a report, since border systems write by themselves."""
    submitted = str(message.get("Auto-Submitted", "no")).strip().lower()
    return not submitted.startswith("no") or precedence(message) in {"bulk", "junk", "list"} or bool(message.get("List-Id"))


def read_mail(message: Message, limits: Limits) -> Iterator[Row]:
    """Yield each report of a mail. Unreadable when there is none, Unrelated for a circular, Dangerous when a part is."""
    try:
        found = list(leaves(message, limits))
    except BROKEN as error:
        raise Unreadable(NOT_A_MAIL) from error
    parts = [*written(found), *attached(found, limits)]
    readable = [part for part in parts if part.problem != IS_PICTURE]
    if not readable:
        raise Unrelated(IS_CIRCULAR) if is_circular(message) else Unreadable(NO_REPORT)
    yield from read_parts(readable, limits)


def leaves(message: Message, limits: Limits) -> Iterator[Leaf]:
    """Yield the parts that hold something, from the first to the last."""
    waiting, count = [(message, 0)], 0
    while waiting:
        part, depth = waiting.pop()
        if depth > limits.nesting:
            raise Unreadable(TOO_DEEP.format(limits.nesting))
        kind = part.get_content_type()
        if kind in SEALED and "signed-data" not in str(part["Content-Type"]):
            raise Unreadable(IS_LOCKED)
        if part.is_multipart():
            waiting += [(each, depth + 1) for each in reversed(cast("list[Message]", part.get_payload()))]
            continue
        count += 1
        if count > limits.attachments:
            raise Unreadable(TOO_MANY.format(limits.attachments))
        yield leaf_of(part)


def leaf_of(part: Message) -> Leaf:
    """Return one part, decoded as far as it can be."""
    data = cast("bytes | None", part.get_payload(decode=True))
    name = clean(str(part.get_filename() or ""))
    disposition = str(part.get("Content-Disposition", "")).strip().lower()
    kind = "text/plain" if part.get_content_maintype() == "multipart" else part.get_content_type()
    is_text = kind in {"text/plain", "text/html"}
    return Leaf(kind, data or b"", charset_of(part), name, disposition.startswith("attachment") or bool(name) or not is_text)


def charset_of(part: Message) -> str:
    """Return the encoding that the part declares; empty for one that is none."""
    try:
        return str(part.get_content_charset() or "")[:40]
    except BROKEN:
        return ""


def attached(found: list[Leaf], limits: Limits) -> Iterator[Part]:
    """Yield the attachments with their parsers; signatures and empty parts are left out."""
    for leaf in found:
        if leaf.is_attached and leaf.data and not leaf.kind.endswith(("-signature", "/calendar", "/vcard")):
            yield from parts_of(Content(io.BytesIO(leaf.data), len(leaf.data), leaf.name), limits)


def written(found: list[Leaf]) -> list[Part]:
    """Return the texts of the mail that hold a report: plain ones, or else those in HTML. A covering letter holds none."""
    for kind in ("text/plain", "text/html"):
        bodies = [body_of(leaf) for leaf in found if leaf.kind == kind and not leaf.is_attached]
        parts = [Part(parser, body) for body in bodies if (parser := next((each for each in IN_BODIES if each.reads(body)), None))]
        if parts:
            return parts
    return []


def body_of(leaf: Leaf) -> Content:
    """Return a text of the mail as UTF-8; of HTML what a reader would see, one line for each row or paragraph."""
    text = text_of(leaf.data, leaf.charset)
    data = (text if leaf.kind == "text/plain" else seen_text(text)).encode("utf-8", "replace")
    return Content(io.BytesIO(data), len(data))


def seen_text(markup: str) -> str:
    """Return the text of HTML; nothing of it is ever shown as HTML."""
    reader = SeenText()
    try:
        reader.feed(markup[:LONGEST_HTML])
        reader.close()
    except BROKEN:
        return "".join(reader.pieces)
    return "".join(reader.pieces)


class SeenText(HTMLParser):
    """Collects what a reader would see; cells of a row are kept apart by tabs."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self.unseen = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a line, a cell, or something that is not shown."""
        self.unseen += tag in UNSEEN
        self.pieces.append("\n" if tag in BLOCKS else "\t" if tag in {"td", "th"} and self.is_in_line() else "")

    def handle_endtag(self, tag: str) -> None:
        """End a line, or something that is not shown."""
        self.unseen = max(0, self.unseen - (tag in UNSEEN))
        self.pieces.append("\n" if tag in BLOCKS else "")

    def handle_data(self, data: str) -> None:
        """Keep what is shown; line breaks of the source are none of the page."""
        if not self.unseen:
            self.pieces.append(" ".join(data.split()) + (" " if data[-1:].isspace() else ""))

    def is_in_line(self) -> bool:
        """Whether the line holds something already."""
        last = next((piece for piece in reversed(self.pieces) if piece), "\n")
        return last != "\n"
