"""Documents of the synthetic force: small files made here, in which everybody and every place is invented."""

from __future__ import annotations

import hashlib
import io
import uuid
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.core.files.base import ContentFile
from django.utils import timezone
from PIL import Image, ImageDraw

from accounts.models import User
from offenders.choices.documents import DocumentKind, FileType, Marking, ScanState
from offenders.models import Document, DocumentFile, Nominal


@dataclass(frozen=True)
class Paper:
    """One document: what it is, how many days ago it was written, and its versions as (file type, lines)."""

    title: str
    kind: DocumentKind
    source: str
    days_ago: int
    versions: tuple[tuple[FileType, tuple[str, ...]], ...]
    is_privileged: bool = False


PAPERS = (
    Paper(
        "Court record: sentence and order",
        DocumentKind.COURT,
        "Northmere Crown Court",
        900,
        ((FileType.PDF, ("Northmere Crown Court", "Sentence: 28 months. Sexual harm prevention order, 10 years.", "Training data.")),),
    ),
    Paper(
        "Psychologist's report on treatment",
        DocumentKind.REPORT,
        "HMP Holmebrook, psychology",
        210,
        (
            (FileType.PDF, ("Draft report on treatment", "Attended 22 of 26 sessions. Insight is growing.", "Training data.")),
            (FileType.PDF, ("Report on treatment, signed", "Attended 24 of 26 sessions. Avoids talk of triggers.", "Training data.")),
        ),
    ),
    Paper(
        "Probation: curfew confirmed",
        DocumentKind.LETTER,
        "Northmere Probation",
        64,
        ((FileType.TEXT, ("Dear colleague,", "The curfew runs from 7pm to 7am until further notice.", "Tell us of any late return.")),),
    ),
    Paper(
        "Prosecutor's advice on breach of the order",
        DocumentKind.PROSECUTOR_ADVICE,
        "Prosecution service, Northmere",
        31,
        ((FileType.PDF, ("Advice on charge (MG3)", "Further evidence wanted before a decision.", "Training data.")),),
        is_privileged=True,
    ),
    Paper(
        "Photograph of the parked van",
        DocumentKind.PHOTOGRAPH,
        "PC 4417 Doyle",
        6,
        ((FileType.JPEG, ("White van", "Harbour Row, Northmere", "Training data")),),
    ),
)
FOR_OTHERS = PAPERS[2:3]


def add_documents(users: dict[str, User], arthur: Nominal, others: list[Nominal], today: date) -> None:
    """Give Arthur Sample a shelf of papers, and two others a letter."""
    for nominal, papers in [(arthur, PAPERS), *((other, FOR_OTHERS) for other in others[:2])]:
        for sealed in (False, True):
            for number, paper in enumerate((each for each in papers if each.is_privileged is sealed), start=1):
                add_paper(nominal, paper, number, today)


def add_paper(nominal: Nominal, paper: Paper, number: int, today: date) -> None:
    """Store one document with its versions; nobody scans the files of the demonstration."""
    officer, written = nominal.offender_manager, today - timedelta(days=paper.days_ago)
    added_at = timezone.make_aware(datetime.combine(written + timedelta(days=2), time(10, 20)))
    document = Document.objects.create(
        nominal=nominal, number=number, title=paper.title, kind=paper.kind, marking=Marking.OFFICIAL_SENSITIVE, source=paper.source,
        dated_on=written, is_privileged=paper.is_privileged, added_by=officer, added_at=added_at,
    )  # fmt: skip
    for version, (file_type, lines) in enumerate(paper.versions, start=1):
        content = MAKERS[file_type](lines)
        row = DocumentFile(
            nominal=nominal, document=document, number=version, original_name=f"scan_{number:03}.{file_type}", file_type=file_type,
            size=len(content), sha256=hashlib.sha256(content).hexdigest(), scan_state=ScanState.UNSCANNED, added_by=officer,
            added_at=added_at + timedelta(days=version - 1), note="Signed copy" if version > 1 else "",
        )  # fmt: skip
        row.file.save(str(uuid.uuid4()), ContentFile(content), save=False)
        row.save()


def text_file(lines: tuple[str, ...]) -> bytes:
    """Return plain text."""
    return ("\n\n".join(lines) + "\n").encode()


def picture_file(lines: tuple[str, ...]) -> bytes:
    """Return a drawing that stands for a photograph."""
    image = Image.new("RGB", (800, 500), "lightsteelblue")
    draw = ImageDraw.Draw(image)
    draw.rectangle((180, 220, 620, 400), fill="white", outline="dimgray", width=4)
    draw.ellipse((230, 370, 310, 450), fill="black")
    draw.ellipse((490, 370, 570, 450), fill="black")
    for row, line in enumerate(lines):
        draw.text((30, 30 + 24 * row), line, fill="black")
    stored = io.BytesIO()
    image.save(stored, "JPEG", quality=80)
    return stored.getvalue()


def pdf_file(lines: tuple[str, ...]) -> bytes:
    """Return one page of text, written out by hand."""
    words = " ".join(f"({line.replace('(', '[').replace(')', ']')}) Tj 0 -24 Td" for line in lines)
    page = f"BT /F1 14 Tf 72 760 Td {words} ET".encode("latin-1", "replace")
    parts = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F1 5 0 R>>>>/Contents 4 0 R>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(page), page),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    )
    content, places = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, start=1):
        places.append(len(content))
        content += b"%d 0 obj%s endobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"xref\n0 6\n0000000000 65535 f \n%strailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (table, len(content))
    return content + end


MAKERS = {FileType.TEXT: text_file, FileType.JPEG: picture_file, FileType.PDF: pdf_file}
