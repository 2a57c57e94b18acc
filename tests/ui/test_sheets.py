"""Workbooks: numbers are numbers, all else is text, and nothing in them is taken for a formula."""

from __future__ import annotations

import io
import zipfile
from xml.etree import ElementTree as ET

from offenders.documents.shown import read_excel
from ui.sheets import make_workbook

LINES = [["Name", "Number"], ["=1+1", 3], ['"<&>\x0b\ud800', -4], [], ["+44", 0]]


def test_what_was_written_is_read_back_and_what_xml_cannot_hold_is_left_out():
    assert read_excel(make_workbook("Figures: 2025/26", LINES)).decode().splitlines() == [
        "Figures  2025 26", "Name\tNumber", "=1+1\t3", '"<&>\t-4', "", "+44\t0",
    ]  # fmt: skip


def test_no_cell_is_a_formula_and_text_says_that_it_is_text():
    with zipfile.ZipFile(io.BytesIO(make_workbook("Any", LINES))) as archive:
        sheet = ET.fromstring(archive.read("xl/worksheets/sheet1.xml"))  # noqa: S314 - our own file
    kinds = [(cell.get("t"), [part.tag.rpartition("}")[2] for part in cell]) for cell in sheet.iter() if cell.tag.endswith("}c")]
    assert kinds == [("inlineStr", ["is"])] * 2 + [("inlineStr", ["is"]), (None, ["v"])] * 3


def test_equal_workbooks_are_equal_files():
    assert make_workbook("Any", LINES) == make_workbook("Any", LINES)
