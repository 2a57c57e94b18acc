"""Files for spreadsheets."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from typing import Any
from xml.sax.saxutils import escape, quoteattr  # they write, and parse nothing # nosec B406

from django.http import HttpResponse

FORMULAS = ("=", "+", "-", "@", "\t", "\r")
KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"
MAIN, PACKAGE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main", "http://schemas.openxmlformats.org/package/2006"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # what XML 1.0 cannot hold
NO_NAME = re.compile(r"[\[\]:*?/\\]")  # what the name of a sheet cannot hold
LONGEST_NAME = 31
PARTS = {
    "[Content_Types].xml": (
        f'<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{KIND}.sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{KIND}.worksheet+xml"/></Types>'
    ),
    "_rels/.rels": (
        f'<Relationships xmlns="{PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
    ),
    "xl/_rels/workbook.xml.rels": (
        f'<Relationships xmlns="{PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>'
    ),
}  # fmt: skip


def safe(value: Any) -> Any:
    """Return a cell that no spreadsheet runs as a formula: a text that begins like one gets an apostrophe before it."""
    return f"'{value}" if isinstance(value, str) and value.lstrip(" ").startswith(FORMULAS) else value


def csv_response(name: str, headings: Sequence[str], lines: Iterable[Sequence[Any]]) -> HttpResponse:
    """Return the answer that hands over lines under headings; `name` is made of references and days, never of a person's name."""
    headers = {"Content-Disposition": f'attachment; filename="{name}.csv"', "X-Content-Type-Options": "nosniff"}
    response = HttpResponse(content_type="text/csv; charset=utf-8", headers=headers)
    writer = csv.writer(response)
    writer.writerow(headings)
    writer.writerows([safe(cell) for cell in line] for line in lines)
    return response


def make_workbook(name: str, lines: Iterable[Sequence[str | int]]) -> bytes:
    """Return a workbook of one sheet; numbers are numbers, and everything else is text, whatever it begins with."""
    sheet = quoteattr(NO_NAME.sub(" ", NO_XML.sub("", name))[:LONGEST_NAME])
    workbook = f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets><sheet name={sheet} sheetId="1" r:id="rId1"/></sheets></workbook>'
    rows = "".join(f"<row>{''.join(map(cell, line))}</row>" for line in lines)
    parts = PARTS | {
        "xl/workbook.xml": workbook,
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>',
    }
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, text in parts.items():
            archive.writestr(zipfile.ZipInfo(path), HEAD + text, zipfile.ZIP_DEFLATED)  # without a time: equal workbooks are equal files
    return content.getvalue()


def cell(value: str | int) -> str:
    """Return one cell."""
    if isinstance(value, int):
        return f"<c><v>{value}</v></c>"
    return f'<c t="inlineStr"><is><t xml:space="preserve">{escape(NO_XML.sub("", value))}</t></is></c>'


def workbook_response(workbook: bytes, name: str) -> HttpResponse:
    """Return the answer that hands over a workbook; `name` is made of references, never of a person's name."""
    headers = {"Content-Disposition": f'attachment; filename="{name}.xlsx"', "X-Content-Type-Options": "nosniff"}
    return HttpResponse(workbook, content_type=f"{KIND}.sheet", headers=headers)
