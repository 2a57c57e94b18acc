"""Files and documents for tests; files come with contents that are what they say."""

from __future__ import annotations

import io
import zipfile
from itertools import count
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.timezone import now
from PIL import Image

from offenders.choices.documents import ScanState
from offenders.models import Document, DocumentFile, Nominal

serial = count(1)
TYPES = '<Types><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats"/></Types>'
PDF = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def make_pdf() -> bytes:
    """A tiny PDF, each another."""
    return PDF + b"%% %d\n" % next(serial)


def make_pages(pages: int, box: str = "0 0 612 792", content: bytes = b"0 0 1 rg 0 0 300 400 re f") -> bytes:
    """A PDF with pages that each paint a blue corner."""
    kids = " ".join(f"{number + 3} 0 R" for number in range(pages))
    objects = [b"<</Type/Catalog/Pages 2 0 R>>", f"<</Type/Pages/Kids[{kids}]/Count {pages}>>".encode()]
    objects += [f"<</Type/Page/Parent 2 0 R/MediaBox[{box}]/Contents {pages + 3} 0 R>>".encode()] * pages
    objects += [b"<</Length %d>>stream\n%s\nendstream" % (len(content), content)]
    out, places = b"%PDF-1.7\n", []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj%s endobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    return out + head + table + b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, len(out))


def make_zip(parts: dict[str, bytes | str], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    """An archive with these parts."""
    stored = io.BytesIO()
    with zipfile.ZipFile(stored, "w", compression) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stored.getvalue()


def make_word(**more: bytes) -> bytes:
    """A Word document, perhaps with further parts."""
    return make_zip({"[Content_Types].xml": TYPES, "word/document.xml": f"<w>{next(serial)}</w>", **more})


def make_picture(kind: str = "JPEG", size: tuple[int, int] = (60, 40), **options: Any) -> bytes:
    """A picture in one colour."""
    stored = io.BytesIO()
    Image.new("RGB", size, "navy").save(stored, kind, **options)
    return stored.getvalue()


def upload(content: bytes, name: str = "report.pdf") -> SimpleUploadedFile:
    """A file as a form brings it."""
    return SimpleUploadedFile(name, content)


def make_document(
    *, nominal: Nominal, content: bytes | None = None, file_type: str = "pdf", state: str = ScanState.CLEAN, **values: Any
) -> Document:
    """A document with one file that was scanned."""
    number = nominal.documents.count() + 1
    officer = nominal.offender_manager
    defaults = {"number": number, "title": f"Report {number}", "kind": "report", "added_by": officer}
    document = Document.objects.create(nominal=nominal, **{**defaults, **values})
    make_file(document=document, content=content or make_pdf(), file_type=file_type, state=state)
    return document


def make_file(*, document: Document, content: bytes, file_type: str = "pdf", state: str = ScanState.CLEAN) -> DocumentFile:
    """One more version of a document."""
    row = DocumentFile(
        nominal=document.nominal, document=document, number=document.files.count() + 1, original_name="report.pdf", file_type=file_type,
        size=len(content), sha256=f"{next(serial):064}", scan_state=state, added_by=document.added_by,
        scanned_at=now() if state in {"clean", "infected"} else None,
    )  # fmt: skip
    row.file.save(f"stored-{next(serial)}", ContentFile(content), save=False)
    row.save()
    return row
