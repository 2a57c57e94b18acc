"""Reading reports of foreign travel: what a report holds, and what every parser offers whatever layout it reads."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import BinaryIO, Protocol

from django.utils.translation import gettext_noop

HEAD = 4096
OUT, IN, UNKNOWN = "out", "in", "unknown"


@dataclass(frozen=True, slots=True)
class ParsedAlert:
    """One report as it was read: facts in the words of Vigil, the rest as the sender gave it.

    A fact that was not given or does not make sense is empty; `as_given` has what stood there. `problem` says, without any fact
    of the person, why the report as a whole cannot be used; it is empty for one that can.
    """

    line: int  # where in the message: from 1, each number once
    surname: str = ""
    given_names: str = ""
    birth_year: int | None = None
    birth_month: int | None = None
    birth_day: int | None = None
    sex: str = ""  # male, female, other
    nationality: str = ""
    document_type: str = ""
    document_number: str = ""  # capitals, without spaces
    direction: str = UNKNOWN  # out, in, unknown: seen from this country
    travels_at: datetime | None = None  # aware; noon where no time was given
    is_time_known: bool = True
    port: str = ""
    carrier: str = ""
    service: str = ""  # number of the flight, sailing or train
    origin: str = ""
    destination: str = ""
    as_given: Mapping[str, str] = field(default_factory=dict)
    problem: str = ""


class Unreadable(Exception):
    """Content that cannot be read as a whole; the message says why and what to send, and holds nothing of the content."""


class Dangerous(Unreadable):
    """Content of which nothing at all may be read: a program, a macro, an archive that unfolds without end."""


class Unrelated(Unreadable):
    """A message that is no report at all: a bounce, an answer from a machine, a circular."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How much one message may be; sizes in bytes."""

    mail_bytes: int = 25 * 1024**2
    json_bytes: int = 25 * 1024**2  # a JSON document is read whole; lines are not
    pdf_pages: int = 200
    attachments: int = 50
    nesting: int = 10
    unpacked_bytes: int = 200 * 1024**2
    unpacked_times: int = 200  # how many times larger than itself an archive may unfold
    rows: int = 1_000_000
    after: int = 0  # reports up to this number were read before: of a table only their numbers are told again
    seconds: int = 500


class Deadline:
    """How long the reading of one message may take."""

    def __init__(self, seconds: float) -> None:
        self.ends = time.monotonic() + seconds

    def check(self) -> None:
        """Raise Unreadable once the time is over."""
        if time.monotonic() > self.ends:
            raise Unreadable(gettext_noop("Reading took longer than is allowed. Send it in smaller parts."))


@dataclass(frozen=True, slots=True)
class Content:
    """A message, a file or one part of a message. The name is a hint and decides nothing."""

    file: BinaryIO  # can be read from any place
    size: int
    name: str = ""

    def head(self, length: int = HEAD) -> bytes:
        """Return the first bytes."""
        self.file.seek(0)
        found = self.file.read(length)
        self.file.seek(0)
        return found

    def whole(self, most: int) -> bytes:
        """Return everything, as long as it is not more than `most` bytes."""
        if self.size > most:
            raise Unreadable(f"It is larger than {most // 1024**2:,} MB. Send it in smaller parts, or as lines of CSV.")
        return self.head(-1)


class Parser(Protocol):
    """Reads one layout. `version` rises with every change of what comes out."""

    name: str
    version: int

    def reads(self, content: Content) -> bool:
        """Whether the content is of this layout."""

    def read(self, content: Content, limits: Limits) -> Iterator[ParsedAlert]:
        """Yield the reports one by one; Unreadable when it cannot go on."""


def label(parser: Parser) -> str:
    """Return what is stored of the parser that read a message."""
    return f"{parser.name} {parser.version}"
