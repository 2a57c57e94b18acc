"""Files of nominals that are broken in one way each: the exact line, column and reason."""
from __future__ import annotations

import json
from datetime import date
from io import BytesIO
from types import SimpleNamespace

import pytest

from accounts.models import Unit
from offenders.imports import reading
from offenders.imports.columns import COLUMNS, understand
from offenders.imports.errors import SHOWN_AT_MOST, ErrorList, RowError, UnreadableFile
from offenders.imports.reading import read_lines
from offenders.imports.records import Recogniser
from offenders.rules import pnc_check_letter

TODAY = date(2026, 11, 24)
HEADER = "local_reference,surname,birth,pnc"


class BareRecogniser(Recogniser):
    """Knows one unit and one manager without asking a database."""

    def __post_init__(self) -> None:
        self.units = {"North": SimpleNamespace(name="North")}
        self.managers = {"om": SimpleNamespace(username="om")}


def errors_of(content: str | bytes, name: str = "file.csv") -> list[tuple[int, str, str]]:
    """Read a file to its end; return every error."""
    recogniser = BareRecogniser(unit=Unit(name="North"), actor=None, today=TODAY)
    errors = ErrorList()
    try:
        for line in read_lines(BytesIO(content.encode() if isinstance(content, str) else content), name):
            recogniser.recognise(line)
            errors.add(*line.errors)
    except UnreadableFile as broken:
        errors.add(broken.error)
    return [(error["line"], error["column"], error["reason"]) for error in errors.as_json()]


def in_json(**values: object) -> str:
    """One line of a JSON file."""
    return json.dumps({"local_reference": "A1", **values}) + "\n"


def test_good_csv_has_no_errors() -> None:
    letter = pnc_check_letter(1971, 417)

    assert errors_of(f"{HEADER}\nA1,Sample,1971-03-14,71/417{letter}\nA2,Өмір,1971-03,\n\nA3,,1971,\n") == []


def test_byte_order_mark_is_no_part_of_the_first_column() -> None:
    assert errors_of("\ufeff" + HEADER + "\r\nA1,Sample,,\r\n") == []


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("", [(1, "", "The first line must name the columns, and it is empty.")]),
        ("\n", [(1, "", "The first line must name the columns, and it is empty.")]),
        (HEADER + "\n", [(1, "", "The file holds no records.")]),
        ("surname\nSample\n", [(1, "local_reference", "The column is missing: it is the key of each record.")]),
        ("local_reference,surname,surname\n", [(1, "surname", "The column is there twice.")]),
        (
            "local_reference;surname\n",
            [
                (
                    1,
                    "local_reference;surname",
                    "There is no such column. The first line must name columns of the format, separated by commas.",
                )
            ],
        ),
        (f"{HEADER}\nA1,Sample\n", [(2, "", "The line has 2 cells; the first line names 4 columns.")]),
        (f"{HEADER}\n,Sample,,\n", [(2, "local_reference", "Give your force's own reference of the person")]),
        (f"{HEADER}\nA1,a,,\nA1,b,,\n", [(3, "local_reference", "The reference is also on line 2")]),
        (f"{HEADER}\nA1,{'x' * 5000},,\n", [(2, "surname", "The text has 5,000 characters; at most 100 are allowed")]),
        (f"{HEADER}\nA1,Sam\0ple,,\n", [(2, "surname", "The text holds a character that can't be stored, such as NUL. Remove it")]),
        (f"{HEADER}\nA1,Sample,2001-02-29,\n", [(2, "birth", "Date of birth must be a real date: February 2001 has 28 days")]),
        (f"{HEADER}\nA1,Sample,14/3/1971,\n", [(2, "birth", "Give the date of birth as YYYY-MM-DD, YYYY-MM or YYYY")]),
        (f"{HEADER}\nA1,Sample,2027-01-01,\n", [(2, "birth", "Date of birth must be in the past")]),
        (f"{HEADER}\nA1,Sample,,1971/0000417A\n", [(2, "pnc", "The check letter of this PNC number does not fit: check each digit")]),
        (
            f'{HEADER}\n"A1","two\nlines",,\nA2,Sample,1971-13,\n',
            [(4, "birth", "Date of birth must have a month between 1 and 12")],
        ),
    ],
)
def test_broken_csv_is_told_by_line_and_column(content: str, expected: list[tuple[int, str, str]]) -> None:
    assert errors_of(content) == expected


def test_every_wrong_cell_of_every_row_is_told() -> None:
    errors = errors_of(f"{HEADER}\nA1,{'x' * 101},1971-00,1\nA2,Sample,,\nA2,Sample,x,\n")

    assert [(line, column) for line, column, _ in errors] == [
        (2, "surname"),
        (2, "birth"),
        (2, "pnc"),
        (4, "birth"),
        (4, "local_reference"),
    ]


def test_open_quotation_ends_the_reading_with_its_line() -> None:
    ((line, column, reason),) = errors_of(f'{HEADER}\nA1,Sample,,\nA2,"Sample,,\n')

    assert (line, column) == (3, "")
    assert "quotation marks" in reason


@pytest.mark.parametrize(
    ("content", "line"), [("local_reference\nA1\nZoë\n".encode("latin-1"), 3), ("local_reference\nA1\n".encode("utf-16"), 1)]
)
def test_other_encodings_are_refused_with_the_line(content: bytes, line: int) -> None:
    ((at, column, reason),) = errors_of(content)

    assert (at, column) == (line, "")
    assert "UTF-8" in reason


def test_endless_line_and_too_many_lines_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    assert errors_of(f"{HEADER}\n{'x' * 300_000}") == [(2, "", "The line is longer than 200,000 bytes.")]
    monkeypatch.setattr(reading, "MAX_RECORDS", 2)
    assert errors_of("local_reference\nA1\nA2\nA3\n") == [(4, "", "The file has more than 2 records. Split it.")]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("{oops\n", [(1, "", "The line is not valid JSON.")]),
        ("[" * 100_000 + "\n", [(1, "", "The line is not valid JSON.")]),
        ("[1]\n", [(1, "", "The line must be one JSON object.")]),
        (in_json(shoe_size="9"), [(1, "shoe_size", "There is no such column.")]),
        ('{"local_reference": "A1", "sex": "male", "sex": "female"}\n', [(1, "sex", "The column is there twice.")]),
        (in_json(surname={"a": 1}), [(1, "surname", "The value must be a text, a whole number, or a list of texts.")]),
        (in_json(surname=True), [(1, "surname", "The value must be a text, a whole number, or a list of texts.")]),
        (in_json(surname=["a", "b"]), [(1, "surname", "Give one value, not a list")]),
        (in_json(surname="a\u0000b"), [(1, "surname", "The text holds a character that can't be stored, such as NUL. Remove it")]),
        (
            '{"local_reference": "A1", "surname": "\\ud800"}\n',
            [(1, "surname", "The text holds a character that can't be stored, such as NUL. Remove it")],
        ),
        (in_json(phones=["1"] * 51), [(1, "phones", "The cell has 51 entries; at most 50 are allowed")]),
        (in_json(height_cm=900), [(1, "height_cm", "Give a whole number between 50 and 250")]),
        (in_json(risk_level="huge"), [(1, "risk_level", "Give one of: low, medium, high, very_high")]),
        (in_json(mappa_category=1), [(1, "mappa_level", "Give it too, because mappa_category is given")]),
        (in_json(mappa_level=1), [(1, "mappa_category", "Give it too, because mappa_level is given")]),
        (in_json(at_risk=["children"]), [(1, "risk_level", "Give it too, because at_risk is given")]),
        (in_json(given_names="Ann"), [(1, "surname", "Give it too, because given_names is given")]),
        (in_json(mappa_category=1, mappa_level=1, mappa_from="2026-11-25"), [(1, "mappa_from", "The date must be today or in the past")]),
        (in_json(on_encounter="a|b|c|d|e"), [(1, "on_encounter", "What to do must be 4 lines or fewer. It has 5.")]),
        (in_json(unit="South"), [(1, "unit", "Give one of: North")]),
        (
            in_json(offender_manager="x"),
            [(1, "offender_manager", "Give the username of somebody of the force who can manage records and has not left")],
        ),
        (in_json(restricted="maybe"), [(1, "restricted", "Give yes or no")]),
    ],
)
def test_broken_json_is_told_by_line_and_column(content: str, expected: list[tuple[int, str, str]]) -> None:
    assert errors_of(content, "file.jsonl") == expected


def test_broken_json_line_does_not_hide_the_next() -> None:
    errors = errors_of("{oops\n" + in_json() + in_json(sex="x"), "file.jsonl")

    assert [(line, column) for line, column, _ in errors] == [(1, ""), (3, "sex"), (3, "local_reference")]


def test_many_errors_are_counted_and_only_the_first_kept() -> None:
    errors = ErrorList()

    errors.add(*(RowError(line, "birth", "Wrong") for line in range(1, SHOWN_AT_MOST + 1235)))

    listed = errors.as_json()
    assert len(listed) == SHOWN_AT_MOST + 1
    assert listed[0] == {"line": 1, "column": "birth", "reason": "Wrong"}
    assert listed[-1] == {"line": 0, "column": "", "reason": "and 1,234 more"}


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("Smith, John; Jack ; Jo van Dyke;;", [("John", "Smith"), ("", "Jack"), ("Jo van", "Dyke")]),
        (["Смирнова, Анна", "Смирнова, Анна"], [("Анна", "Смирнова")]),
    ],
)
def test_aliases_are_understood(cell: str | list[str], names: list[tuple[str, str]]) -> None:
    assert understand(COLUMNS["aliases"], cell, TODAY) == names
