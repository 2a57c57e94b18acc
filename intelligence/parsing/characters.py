"""Bytes to text by stated rules: a byte order mark decides, then UTF-16 by its zeros, then UTF-8 if all of it is, else cp1252."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from typing import BinaryIO

from django.utils.translation import gettext_noop

from intelligence.parsing import Content, Unreadable

PIECE = 1024**2
MARKS = (  # the longer first: that of UTF-32 begins like that of UTF-16
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
LONGEST_LINE = 200_000  # characters
LINE_TOO_LONG = gettext_noop("A line is longer than any line of a report can be.")


def encoding_of(content: Content) -> str:
    """Return the name of the encoding; reads a whole file once, in pieces."""
    head = content.head()
    for mark, name in MARKS:
        if head.startswith(mark):
            return name
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if len(head) >= 4 and max(even, odd) > len(head) // 4 and min(even, odd) == 0:
        return "utf-16-le" if odd else "utf-16-be"
    return "utf-8" if is_utf8(content.file) else "cp1252"


def is_utf8(file: BinaryIO) -> bool:
    """Whether every byte of the file fits UTF-8."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    file.seek(0)
    try:
        while piece := file.read(PIECE):
            decoder.decode(piece)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    finally:
        file.seek(0)
    return True


def text_of(data: bytes, declared: str = "") -> str:
    """Return bytes as text: as declared where that fits, else UTF-8, else cp1252. Never raises."""
    for name in (declared, "utf-8-sig"):
        try:
            return data.decode(name) if name else data.decode("utf-8-sig")
        except (LookupError, ValueError):
            continue
    return data.decode("cp1252", errors="replace")


def lines_of(content: Content) -> Iterator[str]:
    """Yield the lines of a file with their ends, never more of it in memory than a piece and a line."""
    decoder = codecs.getincrementaldecoder(encoding_of(content))(errors="replace")
    content.file.seek(0)
    rest = ""
    while piece := content.file.read(PIECE):
        lines = (rest + decoder.decode(piece)).splitlines(keepends=True)
        rest = lines.pop() if lines else ""
        yield from lines
        if len(rest) > LONGEST_LINE:
            raise Unreadable(LINE_TOO_LONG)
    if rest := rest + decoder.decode(b"", final=True):
        yield rest
