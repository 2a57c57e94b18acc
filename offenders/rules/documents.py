"""Rules of documents: what a file is by its content, which may be taken in, and how a scan may change its state."""

from __future__ import annotations

import codecs
import io
import struct
import warnings
import zipfile
import zlib
from collections.abc import Mapping
from typing import IO

import puremagic
from django.utils.translation import gettext_noop
from PIL import Image, UnidentifiedImageError

from offenders.choices.documents import FileType, ScanState

HEAD = 4096
MOST_PIXELS = 50_000_000
MOST_PARTS = 5_000
MOST_UNPACKED = 500 * 1024 * 1024
MOST_TIMES = 200  # how many times larger than the file its content may become
LONGEST_LIST = 100_000  # bytes of an office file's list of contents
ENCRYPTED = 0x1

# What a file's first bytes say; whatever is not here has to be plain text.
SIGNATURES: tuple[tuple[bytes, FileType], ...] = (
    (b"%PDF-", FileType.PDF),
    (b"\xff\xd8\xff", FileType.JPEG),
    (b"\x89PNG\r\n\x1a\n", FileType.PNG),
)
PICTURES: Mapping[FileType, str] = {FileType.JPEG: "JPEG", FileType.PNG: "PNG", FileType.WEBP: "WEBP"}
READ_AS_TEXT = frozenset({FileType.WORD, FileType.EXCEL})
MEDIA_TYPES: Mapping[FileType, str] = {
    FileType.PDF: "application/pdf",
    FileType.JPEG: "image/jpeg",
    FileType.PNG: "image/png",
    FileType.WEBP: "image/webp",
    FileType.WORD: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    FileType.EXCEL: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    FileType.POWERPOINT: "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    FileType.ODF_TEXT: "application/vnd.oasis.opendocument.text",
    FileType.ODF_SHEET: "application/vnd.oasis.opendocument.spreadsheet",
    FileType.TEXT: "text/plain; charset=utf-8",
}
# The part that makes an office file what it is; OpenDocument names itself in its first part.
OFFICE_PARTS = {"word/document.xml": FileType.WORD, "xl/workbook.xml": FileType.EXCEL, "ppt/presentation.xml": FileType.POWERPOINT}
ODF_TYPES = {MEDIA_TYPES[FileType.ODF_TEXT].encode(): FileType.ODF_TEXT, MEDIA_TYPES[FileType.ODF_SHEET].encode(): FileType.ODF_SHEET}
PROGRAMS = (b"MZ", b"\x7fELF", b"#!", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe", b"\xce\xfa\xed\xfe", b"L\x00\x00\x00\x01\x14\x02")
OLD_OFFICE = bytes.fromhex("d0cf11e0a1b11ae1")

# All that the libraries raise on content that is not what it claims to be.
UNREADABLE = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    UnidentifiedImageError,
    OSError,
    SyntaxError,
    EOFError,
    ValueError,
    RuntimeError,
    IndexError,
)

IS_PROGRAM = gettext_noop(
    "This file is a program, whatever its name says, and is not taken in. Tell your IT security team where it came from."
)
IS_OLD_OFFICE = gettext_noop(
    "This is an old Office file or a saved message. Open it, save it as PDF or in today's format, and choose that."
)
IS_MARKUP = gettext_noop("This file is a web page or a drawing that can carry commands. Print it to PDF and choose that.")
IS_DAMAGED = gettext_noop("This file is damaged and cannot be read. Ask whoever sent it for a new copy.")
IS_LOCKED = gettext_noop(
    "This file is locked with a password, so nobody could check it. Save a copy without the password and choose that."
)
IS_ARCHIVE = gettext_noop(
    "This file is an archive. Unpack it and add each file by itself. "
    "Choose a PDF, a JPEG, PNG or WebP picture, a Word, Excel, PowerPoint or OpenDocument file, or plain text."
)
HAS_MACROS = gettext_noop("This file holds macros, which are programs. Save it without macros or as PDF, and choose that.")
IS_BOMB = gettext_noop("This file unpacks to far more than it should. It is not taken in. Tell your IT security team where it came from.")
TOO_MANY_PIXELS = gettext_noop("This picture has too many pixels. Make it smaller and choose it again.")
IS_EMPTY = gettext_noop("The file is empty. Choose another.")
IS_UNKNOWN = gettext_noop(
    "This kind of file is not taken in. "
    "Choose a PDF, a JPEG, PNG or WebP picture, a Word, Excel, PowerPoint or OpenDocument file, or plain text."
)

MOVES: Mapping[ScanState, frozenset[ScanState]] = {
    ScanState.WAITING: frozenset({ScanState.CLEAN, ScanState.INFECTED, ScanState.UNSCANNED}),
    ScanState.UNSCANNED: frozenset({ScanState.CLEAN, ScanState.INFECTED}),
    ScanState.CLEAN: frozenset(),
    ScanState.INFECTED: frozenset(),
}
OPENABLE = frozenset({ScanState.CLEAN, ScanState.UNSCANNED})


class UnwantedFile(ValueError):
    """A file that is not taken in; the message says why and what to do."""


def may_become(state: ScanState | str, new: ScanState | str) -> bool:
    """Whether a scan may change one state into the other."""
    return ScanState(new) in MOVES[ScanState(state)]


def is_openable(state: ScanState | str) -> bool:
    """Whether people may open a file in this state."""
    return ScanState(state) in OPENABLE


def identify(file: IO[bytes], size: int) -> FileType:
    """Return what a file is by its content; UnwantedFile when it is nothing that is taken in. The file's name plays no part."""
    head = read_from_start(file, HEAD)
    if not head:
        raise UnwantedFile(IS_EMPTY)
    refuse_programs(head)
    kind = identify_office(file, size) if head.startswith(b"PK") else kind_by_signature(head)
    if kind is None:
        require_text(file)
        return FileType.TEXT
    if kind in PICTURES:
        require_picture(file, PICTURES[kind])
    if not second_opinion(head, kind):
        raise UnwantedFile(IS_UNKNOWN)
    return kind


def read_from_start(file: IO[bytes], length: int = -1) -> bytes:
    """Return the first bytes of a file and go back to its beginning."""
    file.seek(0)
    found = file.read(length)
    file.seek(0)
    return found


def refuse_programs(head: bytes) -> None:
    """No program, and nothing of which nobody can tell whether it carries one."""
    if head.startswith(PROGRAMS):
        raise UnwantedFile(IS_PROGRAM)
    if head.startswith(OLD_OFFICE):
        raise UnwantedFile(IS_OLD_OFFICE)


def kind_by_signature(head: bytes) -> FileType | None:
    """Return the kind that the first bytes announce, if they announce one."""
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return FileType.WEBP
    return next((kind for signature, kind in SIGNATURES if head.startswith(signature)), None)


def second_opinion(head: bytes, kind: FileType) -> bool:
    """Whether the library that knows many more formats thinks the same of the file's beginning."""
    try:
        found = puremagic.magic_string(head)
    except (puremagic.PureError, ValueError):
        return False
    return MEDIA_TYPES[kind] in {match.mime_type for match in found}


def require_picture(file: IO[bytes], format_name: str) -> None:
    """The picture can be decoded, and is not a small file that unfolds to a huge one."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(file, formats=[format_name]) as image:
                if image.width * image.height > MOST_PIXELS:
                    raise UnwantedFile(TOO_MANY_PIXELS)
                image.load()
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise UnwantedFile(TOO_MANY_PIXELS) from error
    except UnwantedFile:
        raise
    except UNREADABLE as error:
        raise UnwantedFile(IS_DAMAGED) from error
    finally:
        file.seek(0)


def require_text(file: IO[bytes]) -> None:
    """The file is text in UTF-8 without control characters, and no markup."""
    decoder = codecs.getincrementaldecoder("utf-8-sig")()
    begins = ""
    try:
        while chunk := file.read(64 * 1024):
            text = decoder.decode(chunk)
            begins = begins or text.lstrip()[:1]
            if any(character < " " and character not in "\t\n\r\f" for character in text):
                raise UnwantedFile(IS_UNKNOWN)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError as error:
        raise UnwantedFile(IS_UNKNOWN) from error
    finally:
        file.seek(0)
    if begins == "<":
        raise UnwantedFile(IS_MARKUP)


def identify_office(file: IO[bytes], size: int) -> FileType:
    """Return which office file an archive is; UnwantedFile for any other archive, and for one that hides something."""
    try:
        with zipfile.ZipFile(file) as archive:
            parts = archive.infolist()
            require_harmless(parts, size)
            return office_kind(archive, {part.filename for part in parts})
    except UnwantedFile:
        raise
    except UNREADABLE as error:
        raise UnwantedFile(IS_DAMAGED) from error
    finally:
        file.seek(0)


def require_harmless(parts: list[zipfile.ZipInfo], size: int) -> None:
    """No password, no macros, and no more content than a file of this size can honestly hold."""
    if any(part.flag_bits & ENCRYPTED for part in parts):
        raise UnwantedFile(IS_LOCKED)
    unpacked, packed = sum(part.file_size for part in parts), sum(part.compress_size for part in parts)
    overlaps = packed > size
    if overlaps or len(parts) > MOST_PARTS or unpacked > min(MOST_UNPACKED, max(size, 1) * MOST_TIMES):
        raise UnwantedFile(IS_BOMB)
    names = [part.filename.lower() for part in parts]
    if any(name.endswith(("vbaproject.bin", ".exe", ".dll", ".js", ".vbs")) or name.startswith(("basic/", "scripts/")) for name in names):
        raise UnwantedFile(HAS_MACROS)


def office_kind(archive: zipfile.ZipFile, names: set[str]) -> FileType:
    """Return which office file the names of the parts make it."""
    if "[Content_Types].xml" in names:
        kinds = [kind for part, kind in OFFICE_PARTS.items() if part in names]
        content = read_part(archive, "[Content_Types].xml")
        if len(kinds) == 1 and b"macroEnabled" not in content:
            return kinds[0]
        raise UnwantedFile(HAS_MACROS if b"macroEnabled" in content else IS_ARCHIVE)
    if "mimetype" in names and "content.xml" in names:
        kind = ODF_TYPES.get(read_part(archive, "mimetype").strip())
        if kind:
            return kind
    raise UnwantedFile(IS_ARCHIVE)


def read_part(archive: zipfile.ZipFile, name: str) -> bytes:
    """Return one part, as far as a list of contents can honestly be long."""
    with archive.open(name) as part:
        content = part.read(LONGEST_LIST + 1)
    if len(content) > LONGEST_LIST:
        raise UnwantedFile(IS_BOMB)
    return content


def small_picture(file: IO[bytes], longest_side: int) -> bytes:
    """Return a picture encoded anew as a JPEG that holds nothing but pixels; UnwantedFile when it cannot be decoded."""
    try:
        with Image.open(file, formats=list(PICTURES.values())) as image:
            if image.width * image.height > MOST_PIXELS:
                raise UnwantedFile(TOO_MANY_PIXELS)
            image.draft("RGB", (longest_side, longest_side))
            pixels = image.convert("RGB")
    except UnwantedFile:
        raise
    except (Image.DecompressionBombError, *UNREADABLE) as error:
        raise UnwantedFile(IS_DAMAGED) from error
    pixels.thumbnail((longest_side, longest_side))
    clean = Image.new("RGB", pixels.size)
    clean.paste(pixels)
    stored = io.BytesIO()
    clean.save(stored, "JPEG", quality=80)
    return stored.getvalue()
