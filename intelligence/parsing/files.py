"""Which parser reads a file: decided by its content, never by its name; archives are opened one level deep."""

from __future__ import annotations

import tempfile
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import BinaryIO, cast

from django.utils.translation import gettext_noop

from intelligence.parsing import Content, Dangerous, Limits, ParsedAlert, Parser, Unreadable, label
from intelligence.parsing.documents import Json, Pdf
from intelligence.parsing.reports import Report
from intelligence.parsing.tables import Table
from offenders.rules.documents import OLD_OFFICE, PICTURES, UnwantedFile, kind_by_signature, refuse_programs, require_harmless

# Asked in this order; the first that knows the content reads it.
PARSERS: tuple[Parser, ...] = (Pdf(), Json(), Table(), Report())
MACROS = (b"vbaProject.bin", b"macroEnabled", b"_VBA_PROJECT", b"V\x00B\x00A\x00")
PIECE = 64 * 1024
IN_MEMORY = 5 * 1024**2

IS_EMPTY = gettext_noop("It is empty.")
IS_OFFICE = gettext_noop("Office documents are not read. Send the report as text, PDF, CSV or JSON.")
IS_UNKNOWN = gettext_noop("It is in no layout that is read. Send the report as text, PDF, CSV or JSON.")
IS_PICTURE = gettext_noop("It is a picture. Send the report as text, PDF, CSV or JSON.")
IS_NESTED = gettext_noop("The archive holds another archive. Send the files themselves.")
IS_LOCKED = gettext_noop("The archive is locked with a password. Send it without one.")
IS_DAMAGED = gettext_noop("The archive is damaged.")
IS_BOMB = gettext_noop("The archive unfolds to far more than its size, and is not opened.")


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a message with the parser that reads it, or what is wrong with it."""

    parser: Parser | None
    content: Content
    problem: str = ""


Row = tuple[str, ParsedAlert]  # the layout that the report was read in, empty for the words about a part that is in none


def read_part(part: Part, limits: Limits) -> Iterator[Row]:
    """Yield the reports of a part; where it cannot be read any further, one that says why."""
    last = 0
    try:
        if part.parser is None:
            raise Unreadable(part.problem)
        for alert in part.parser.read(part.content, limits):
            last = max(last, alert.line)
            yield label(part.parser), alert
    except Dangerous:
        raise
    except Unreadable as error:
        yield "", ParsedAlert(line=last + 1, problem=str(error))


def read_parts(parts: Iterable[Part], limits: Limits) -> Iterator[Row]:
    """Yield each report of all parts, numbered through: the numbers of a part go on where those of the one before ended."""
    base = 0
    for part in parts:
        last = 0
        for layout, alert in read_part(part, replace(limits, after=max(0, limits.after - base))):
            last = max(last, alert.line)
            yield layout, replace(alert, line=base + alert.line) if base else alert
        base += last


def parts_of(content: Content, limits: Limits) -> Iterator[Part]:
    """Yield a file, or the files of an archive, each with its parser. Dangerous for what nobody may open."""
    head = content.head()
    if not content.size:
        yield Part(None, content, IS_EMPTY)
    elif head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        yield from unpacked(content, limits)
    else:
        yield identified(content)


def identified(content: Content) -> Part:
    """Find the parser of a file that is no archive."""
    head = content.head()
    try:
        refuse_programs(head)
    except UnwantedFile as error:
        if not head.startswith(OLD_OFFICE):
            raise Dangerous(str(error)) from error
        whole = content.head(IN_MEMORY)
        if any(word in whole for word in MACROS):
            raise Dangerous(gettext_noop("It is an office document with macros, and is not opened.")) from error
        return Part(None, content, IS_OFFICE)
    if kind_by_signature(head) in PICTURES or head.startswith((b"GIF8", b"BM")):
        return Part(None, content, IS_PICTURE)
    parser = next((parser for parser in PARSERS if parser.reads(content)), None)
    return Part(parser, content, "" if parser else IS_UNKNOWN)


def unpacked(content: Content, limits: Limits) -> Iterator[Part]:
    """Yield the files of an archive, unpacked one at a time and counted while they unfold."""
    left = min(limits.unpacked_bytes, content.size * limits.unpacked_times)
    try:
        with zipfile.ZipFile(content.file) as archive:
            members = [member for member in archive.infolist() if not member.is_dir()]
            require_openable(members, content, limits)
            for member in members:
                # Closed, and gone from the disk, with the last part that refers to it: the parts are read later.
                file = cast(BinaryIO, tempfile.SpooledTemporaryFile(IN_MEMORY))  # noqa: SIM115
                size = unpack(archive, member, file, left)
                left -= size
                inner = Content(file, size, member.filename)
                if inner.head(4) == b"PK\x03\x04":
                    raise Unreadable(IS_NESTED)
                yield identified(inner)
    except Dangerous:
        raise
    except Unreadable as error:
        yield Part(None, content, str(error))
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError, RuntimeError, LookupError):
        yield Part(None, content, IS_DAMAGED)


def require_openable(members: list[zipfile.ZipInfo], content: Content, limits: Limits) -> None:
    """No password, no macros, no program by name, not too many files, and none that unfold to far more than they are."""
    names = {member.filename for member in members}
    try:
        require_harmless(members, content.size)
    except UnwantedFile as error:
        raise (Unreadable(IS_LOCKED) if any(member.flag_bits & 1 for member in members) else Dangerous(str(error))) from error
    if "[Content_Types].xml" in names or "mimetype" in names:
        raise Unreadable(IS_OFFICE)
    if len(members) > limits.attachments:
        raise Unreadable(f"The archive holds more than {limits.attachments} files. Send fewer at a time.")


def unpack(archive: zipfile.ZipFile, member: zipfile.ZipInfo, file: BinaryIO, most: int) -> int:
    """Write one file out; Dangerous as soon as more comes than may."""
    size = 0
    with archive.open(member) as source:
        while piece := source.read(PIECE):
            size += len(piece)
            if size > most:
                raise Dangerous(IS_BOMB)
            file.write(piece)
    file.seek(0)
    return size
