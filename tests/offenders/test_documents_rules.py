"""What a file is by its content, what is refused with which words, and how a scan may change its state."""

import io
import os
import struct
import zipfile
from contextlib import suppress
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from offenders.choices.documents import FileType, ScanState
from offenders.rules import documents as rules
from tests.offenders.making_documents import PDF, TYPES, make_picture, make_word, make_zip

ODT = "application/vnd.oasis.opendocument.text"
SCRIPT = b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"


def identify(content):
    return rules.identify(io.BytesIO(content), len(content))


def encrypted():
    """A Word document of which the list of parts says that it is locked."""
    content = bytearray(make_word())
    at = content.index(b"PK\x01\x02")
    content[at + 8] |= 1
    return bytes(content)


def overlapping():
    """An archive whose list names one part many times, so that it unpacks to more than the file holds."""
    content = make_word(**{"a.xml": os.urandom(2000)})
    end = content.rindex(b"PK\x05\x06")
    start = content.index(b"PK\x01\x02")
    last = content[content.rindex(b"PK\x01\x02") : end]
    more = content[start:end] + last * 50
    count = struct.unpack("<H", content[end + 10 : end + 12])[0] + 50
    tail = content[end : end + 8] + struct.pack("<HHLL", count, count, len(more), start) + b"\0\0"
    return content[:start] + more + tail


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (PDF, FileType.PDF),
        (make_picture("JPEG"), FileType.JPEG),
        (make_picture("PNG"), FileType.PNG),
        (make_picture("WEBP"), FileType.WEBP),
        (make_word(), FileType.WORD),
        (make_zip({"[Content_Types].xml": TYPES, "xl/workbook.xml": "<x/>"}), FileType.EXCEL),
        (make_zip({"[Content_Types].xml": TYPES, "ppt/presentation.xml": "<x/>"}), FileType.POWERPOINT),
        (make_zip({"mimetype": ODT, "content.xml": "<x/>"}, zipfile.ZIP_STORED), FileType.ODF_TEXT),
        ("\ufeffSeen at Harbour Row, ‘quiet’\r\n".encode(), FileType.TEXT),
    ],
    ids=range(9),  # made files differ with the time at which they are made; names of tests must not
)
def test_files_are_known_by_their_content(content, kind):
    assert identify(content) == kind


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", rules.IS_EMPTY),
        (b"MZ\x90\0" + b"\0" * 200, rules.IS_PROGRAM),
        (b"\x7fELF\x02\x01" + b"\0" * 60, rules.IS_PROGRAM),
        (b"#!/bin/sh\nrm -rf /\n", rules.IS_PROGRAM),
        (rules.OLD_OFFICE + b"\0" * 512, rules.IS_OLD_OFFICE),
        (SCRIPT, rules.IS_MARKUP),
        (b"  \n<!DOCTYPE html><script>alert(1)</script>", rules.IS_MARKUP),
        (b"GIF89a" + b"\0" * 40, rules.IS_UNKNOWN),
        (b"caf\xe9", rules.IS_UNKNOWN),
        (make_picture("PNG")[:60], rules.IS_DAMAGED),
        (make_word()[:-30], rules.IS_DAMAGED),
        (make_zip({"a.txt": "a"}), rules.IS_ARCHIVE),
        (make_zip({"mimetype": "application/epub+zip", "content.xml": ""}), rules.IS_ARCHIVE),
        (make_word(**{"word/vbaProject.bin": b"x"}), rules.HAS_MACROS),
        (make_zip({"[Content_Types].xml": "application/vnd.ms-word.document.macroEnabled", "word/document.xml": ""}), rules.HAS_MACROS),
        (make_word(**{"word/media/a.xml": b"\0" * 3_000_000}), rules.IS_BOMB),
        (overlapping(), rules.IS_BOMB),
        (encrypted(), rules.IS_LOCKED),
    ],
    ids=range(18),
)
def test_what_is_refused_says_why(content, words):
    with pytest.raises(rules.UnwantedFile) as error:
        identify(content)
    assert str(error.value) == words


def test_too_many_pixels_are_refused_before_they_are_decoded():
    with pytest.raises(rules.UnwantedFile) as error:
        identify(make_picture("PNG", (9000, 9000)))
    assert str(error.value) == rules.TOO_MANY_PIXELS


BEGINNINGS = [b"", b"PK\x03\x04", b"%PDF-", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"RIFF0000WEBP", make_word(), make_picture("PNG")]


@given(st.sampled_from(BEGINNINGS), st.binary(max_size=400), st.integers(min_value=0, max_value=400))
def test_any_bytes_are_either_a_known_kind_or_refused_with_words(start, content, cut):
    with suppress(rules.UnwantedFile):
        assert identify(start[: cut or None] + content) in FileType


@pytest.mark.parametrize(("state", "new"), list(product(ScanState, repeat=2)))
def test_scan_changes_a_state_only_as_the_table_says(state, new):
    allowed = {("waiting", "clean"), ("waiting", "infected"), ("waiting", "unscanned"), ("unscanned", "clean"), ("unscanned", "infected")}
    assert rules.may_become(state, new) == ((state, new) in allowed)


def test_only_clean_files_and_those_that_nobody_scans_open():
    assert {state for state in ScanState if rules.is_openable(state)} == {ScanState.CLEAN, ScanState.UNSCANNED}


def test_small_picture_holds_pixels_and_nothing_else():
    exif = Image.Exif()
    exif[0x010E] = "Taken at 1 Harbour Row"
    content = rules.small_picture(io.BytesIO(make_picture(size=(3000, 1000), exif=exif.tobytes())), 1600)
    assert content.startswith(b"\xff\xd8")
    assert b"Harbour" not in content
