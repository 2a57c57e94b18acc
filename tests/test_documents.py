"""Documents that point at the code point at what is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests import documents
from tests.architecture import ROOT

MAP = (documents.DOCS / "guidance-map.md").read_text(encoding="utf-8")
ROWS = re.findall(r"^\| ((?:R\d+|all)[^|]*) \| (.+?) \| (.+?) \| (.+?) \| (.+?) \|$", MAP, re.MULTILINE)
DECISIONS = documents.DOCS / "decisions"
EVERY = [ROOT / "README.md", *sorted(documents.DOCS.rglob("*.md"))]


def test_the_guidance_map_has_every_requirement() -> None:
    told = {int(number) for name, *_ in ROWS for number in re.findall(r"R(\d+)", name)}

    assert told == set(range(1, 43))
    assert len(ROWS) == len(re.findall(r"^\| (?!id )(?!---)", MAP, re.MULTILINE))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_a_row_of_the_guidance_map_names_what_is_there(row: tuple[str, ...]) -> None:
    _, clause, screens, tests, _ = row

    assert clause
    assert [address for address in documents.addresses(screens) if not documents.is_served(address)] == []
    assert list(documents.missing_tests(tests)) == []
    assert documents.named(tests) or tests.startswith("the same")


def test_tests_that_are_not_there_are_found() -> None:
    cell = "`tests/offenders/test_card.py`, `test_custody.py`, `test_nothing_*.py`, `tests/nowhere/`, `make bench`"

    assert list(documents.missing_tests(cell)) == ["test_nothing_*.py", "tests/nowhere/"]


def test_every_decision_stands_in_the_index_under_its_title() -> None:
    index = (DECISIONS / "README.md").read_text(encoding="utf-8")
    told = {name: title for title, name in re.findall(r"\[(?:\d{4} )?([^\]]+)\]\((\d{4}-[\w-]+\.md)\)", index)}
    there = {path.name: title_of(path) for path in DECISIONS.glob("[0-9]*.md")}

    assert told == there


def title_of(path: Path) -> str:
    """Return the title of a decision without its number."""
    return re.sub(r"^# (?:\d{4} )?", "", path.read_text(encoding="utf-8").splitlines()[0])


@pytest.mark.parametrize("path", EVERY, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_of_documents_lead_somewhere(path: Path) -> None:
    assert documents.broken_links(path) == []
