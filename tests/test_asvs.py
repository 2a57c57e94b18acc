"""The page on OWASP ASVS answers every requirement of levels 1 and 2, and what it names is there."""
from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from accounts.passwords import WORDS

ROOT = Path(__file__).resolve().parent.parent
PAGE = (ROOT / "docs" / "asvs.md").read_text(encoding="utf-8")

# How many requirements of levels 1 and 2 each section of ASVS 5.0.0 has; in a section they are numbered from 1, before those of level 3.
SECTIONS = {
    1: (2, 9, 11, 3, 2),
    2: (3, 3, 4, 1),
    3: (0, 2, 4, 6, 5, 0, 2),
    4: (3, 1, 2, 4),
    5: (1, 3, 2, 3),
    6: (3, 12, 4, 4, 5, 3, 0, 4),
    7: (3, 4, 2, 5, 2, 2),
    8: (2, 3, 1, 1),
    9: (3, 4),
    10: (2, 2, 4, 11, 5, 2, 3),
    11: (2, 3, 3, 4, 1, 1),
    12: (3, 2, 4),
    13: (1, 5, 2, 5),
    14: (2, 4, 3),
    15: (3, 3, 7),
    16: (1, 5, 4, 3, 3),
    17: (1, 4, 2),
}
ROWS = re.findall(r"^\| (\d+\.\d+\.\d+) \| (.+?) \| (.+?) \| (.+?) \|$", PAGE, re.MULTILINE)
STATES = ("operator", "missing", "not applicable")
LONGEST = 12  # words of what is asked
DOCUMENT, LINT = "the document", "`make lint`"
FILE = re.compile(r"(?:Dockerfile|Makefile|\.dockerignore|[\w-]+\.(?:yml|toml)|[\w.-]+(?:/[\w.-]+)+/?|[a-z]+/)")


def named(text: str) -> list[str]:
    """What a cell names as code."""
    return re.findall(r"`([^`]+)`", text)


def state_of(how: str) -> str:
    """Where a requirement stands, by how its answer begins."""
    return next((state for state in STATES if how.startswith(f"**{state}**: ")), "met")


def test_every_requirement_has_one_row_in_its_order() -> None:
    sections = [(f"{chapter}.{at}", count) for chapter, counts in SECTIONS.items() for at, count in enumerate(counts, 1)]
    wanted = [f"{section}.{number}" for section, count in sections for number in range(1, count + 1)]

    assert len(wanted) == 253
    assert [number for number, *_ in ROWS] == wanted
    assert [asked for _, asked, *_ in ROWS if len(asked.split()) > LONGEST] == []


def test_count_at_the_top_is_that_of_the_rows() -> None:
    counted = Counter(state_of(how).capitalize() for _, _, how, _ in ROWS)

    assert {state: int(number) for state, number in re.findall(r"^\| ([A-Z][a-z ]+) \| (\d+) \|$", PAGE, re.MULTILINE)} == counted


def test_what_is_met_names_where_and_what_shows_it() -> None:
    met = [(number, how, shown) for number, _, how, shown in ROWS if state_of(how) == "met"]

    assert [number for number, how, _ in met if "`" not in how and "Django" not in how] == []
    assert [number for number, _, shown in met if not (shown == DOCUMENT or LINT in shown or "`tests/" in shown)] == []


def test_files_and_settings_that_rows_name_are_there() -> None:
    settings = (ROOT / "config" / "settings.py").read_text(encoding="utf-8")
    names = {(number, name) for number, _, how, _ in ROWS for name in named(how)}

    assert [each for each in sorted(names) if FILE.fullmatch(each[1]) and not (ROOT / each[1]).exists()] == []
    assert [each for each in sorted(names) if re.fullmatch(r"[A-Z][A-Z_]+[A-Z]", each[1]) and each[1] not in settings] == []


def test_headings_that_rows_name_are_there() -> None:
    wanted = re.findall(r"“([^”]+)” in `([^`]+)`", PAGE)

    assert len(wanted) > 5
    assert [each for each in wanted if f"\n## {each[0]}\n" not in (ROOT / each[1]).read_text(encoding="utf-8")] == []


@pytest.mark.parametrize("chapter", SECTIONS)
def test_tests_that_rows_name_are_there(chapter: int) -> None:
    rows = [row for row in ROWS if row[0].startswith(f"{chapter}.")]
    for number, _, _, shown in rows:
        for name in named(shown):
            path, _, test = name.partition("::")
            source = "" if name == "make lint" else (ROOT / path).read_text(encoding="utf-8")
            assert not test or re.search(rf"^def {test}\(", source, re.MULTILINE), f"{number}: {name}"


def test_words_that_no_password_may_be_made_of_are_listed() -> None:
    page = (ROOT / "docs" / "security.md").read_text(encoding="utf-8").partition("\n## Signing in\n")[2].partition("\n## ")[0]

    assert [word for word in WORDS if not re.search(rf"\b{word}\b", page)] == []
