"""A program of its own that reads one file from its input and writes what a page may show of it: pixels, or plain text.

It runs apart from the service, without its settings and secrets, and under limits of time and memory, because the file may be
hostile: see offenders/documents/previews.py, which starts it. Whatever it raises ends it, and then nothing is shown.
"""

import io
import re
import resource
import sys
import zipfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from itertools import islice
from typing import Any

import pypdfium2
from defusedxml.ElementTree import iterparse

SECONDS = 8  # of a processor
MEMORY = 1024**3
LONGEST_SIDE = 1600  # pixels
LONGEST_TEXT = 20_000  # characters
MOST_STRINGS = 100_000  # that the cells of a workbook share
MOST_SHEETS = 50


def limit() -> None:
    """Bind this process: no more than its time and memory, no file written, nothing of the content left in a core dump."""
    bounds = {resource.RLIMIT_CPU: SECONDS, resource.RLIMIT_AS: MEMORY, resource.RLIMIT_FSIZE: 0, resource.RLIMIT_CORE: 0}
    for what, most in bounds.items():
        with suppress(ValueError, OSError):  # a system may know a limit and not keep it
            resource.setrlimit(what, (most, most))


def count_pages(content: bytes) -> bytes:
    """Return the number of pages of a PDF."""
    return b"%d" % len(pypdfium2.PdfDocument(content))


def draw_page(content: bytes, number: str) -> bytes:
    """Return one page of a PDF, counted from one, as a JPEG: pixels alone, whatever size the page says it has."""
    page = pypdfium2.PdfDocument(content)[int(number) - 1]
    picture = page.render(scale=LONGEST_SIDE / max(page.get_size()), may_draw_forms=False).to_pil().convert("RGB")
    picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    drawn = io.BytesIO()
    picture.save(drawn, "JPEG", quality=80)
    return drawn.getvalue()


def read_word(content: bytes) -> bytes:
    """Return the beginning of the text of a Word document."""
    ends = {"p": "\n", "br": "\n", "tab": "\t", "tc": "\t"}
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        pieces = (item.text or "" if tag == "t" else ends.get(tag, "") for tag, item in elements(archive, "word/document.xml"))
        return beginning(pieces)


def read_excel(content: bytes) -> bytes:
    """Return the beginning of the cells of a workbook, sheet by sheet, a row on each line."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return beginning(sheets(archive))


def sheets(archive: zipfile.ZipFile) -> Iterator[str]:
    """Yield the names of the sheets and their cells."""
    shared = list(islice(strings(archive), MOST_STRINGS)) if "xl/sharedStrings.xml" in archive.namelist() else []
    targets = {item.get("Id"): item.get("Target", "") for tag, item in elements(archive, "xl/_rels/workbook.xml.rels")}
    names = [dict(item.attrib) for tag, item in elements(archive, "xl/workbook.xml") if tag == "sheet"]
    for sheet in names[:MOST_SHEETS]:
        relation = next(value for name, value in sheet.items() if name.endswith("}id"))
        yield f"{sheet.get('name', '')}\n"
        for tag, item in elements(archive, f"xl/{targets[relation].removeprefix('/xl/')}"):
            if tag == "c":
                yield f"{cell_words(item, shared)}\t"
            elif tag == "row":
                yield "\n"
        yield "\n"


def strings(archive: zipfile.ZipFile) -> Iterator[str]:
    """Yield the texts that cells share."""
    yield from (words_in(item) for tag, item in elements(archive, "xl/sharedStrings.xml") if tag == "si")


def cell_words(cell: Any, shared: list[str]) -> str:
    """Return what one cell says."""
    value = next((item.text or "" for item in cell if bare(item.tag) == "v"), "")
    if cell.get("t") == "s":
        return shared[int(value)]
    return words_in(cell) if cell.get("t") == "inlineStr" else value


def words_in(item: Any) -> str:
    """Return all texts below an element."""
    return "".join(part.text or "" for part in item.iter() if bare(part.tag) == "t")


KEPT = {"t", "v", "is", "r", "c"}  # parts of cells and texts, which are read with what they stand in


def elements(archive: zipfile.ZipFile, name: str) -> Iterator[tuple[str, Any]]:
    """Yield the elements of a part as they end, under their names without namespace; entities and document types are refused."""
    with archive.open(name) as part:
        for _, item in iterparse(part, forbid_dtd=True):
            yield bare(item.tag), item
            if bare(item.tag) not in KEPT:
                item.clear()


def bare(tag: str) -> str:
    """Return a name without its namespace."""
    return tag.rpartition("}")[2]


def beginning(pieces: Iterator[str]) -> bytes:
    """Join pieces until there is enough, and leave out empty ends and runs of empty lines."""
    found, length = [], 0
    for piece in pieces:
        found.append(piece)
        length += len(piece)
        if length > LONGEST_TEXT:
            break
    text = re.sub(r"\n\s*\n", "\n\n", re.sub(r"\t+\n", "\n", "".join(found)))
    return text.strip()[:LONGEST_TEXT].encode()


SHOW: dict[str, Callable[..., bytes]] = {"pages": count_pages, "page": draw_page, "docx": read_word, "xlsx": read_excel}

if __name__ == "__main__":
    limit()
    sys.stdout.buffer.write(SHOW[sys.argv[1]](sys.stdin.buffer.read(), *sys.argv[2:]))
