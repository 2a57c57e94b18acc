"""The users' guide says what is so: a page for each role, addresses that are served, words that stand on the screens."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.urls import reverse

from accounts.choices import Role
from offenders.demo.staff import LOGINS
from offenders.views.home import ELSEWHERE, PAGES
from tests import documents

GUIDE = documents.DOCS / "guide"
EVERY = sorted(GUIDE.glob("*.md"))
OF_ROLES = [path for path in EVERY if path.name != "README.md"]
HEADINGS = ["What you see", "What you do most", "What you cannot do, and why", "Whom to ask"]


def role_of(path: Path) -> str:
    """Return the role that a page is for."""
    return re.findall(r"Role:\s+`(\w+)`", path.read_text(encoding="utf-8"))[0]


def test_each_role_has_one_page() -> None:
    assert sorted(role_of(path) for path in OF_ROLES) == sorted(Role.values)
    assert [path.name for path in OF_ROLES if f"]({path.name})" not in (GUIDE / "README.md").read_text(encoding="utf-8")] == []


@pytest.mark.parametrize("path", OF_ROLES, ids=lambda path: path.stem)
def test_a_page_of_a_role_answers_four_questions(path: Path) -> None:
    assert re.findall(r"^## (.+)$", path.read_text(encoding="utf-8"), re.MULTILINE) == HEADINGS


@pytest.mark.parametrize("path", OF_ROLES, ids=lambda path: path.stem)
def test_a_page_of_a_role_begins_where_the_role_begins(path: Path) -> None:
    role = Role(role_of(path))
    first = reverse("home") if role in PAGES else reverse(ELSEWHERE.get(role, "offenders:find"))

    assert documents.addresses(path.read_text(encoding="utf-8").split("## What you see")[1])[0] == first


@pytest.mark.parametrize("path", EVERY, ids=lambda path: path.stem)
def test_the_guide_names_what_is_there(path: Path) -> None:
    text = documents.read(path)

    assert [address for address in documents.addresses(text) if not documents.is_served(address)] == []
    assert documents.words_not_on_screens(text) == []
    assert documents.broken_links(path) == []


def test_names_for_signing_in_are_those_of_the_demonstration() -> None:
    known = {login.username for login in LOGINS}
    lines = [line for path in OF_ROLES for line in re.findall(r"sign\s+in as\s+([^.]+)\.", path.read_text(encoding="utf-8"))]
    told = {name for line in lines for name in documents.named(line)}

    assert set(Role.values) <= told <= known


@pytest.mark.parametrize(
    ("text", "wrong"),
    [("Go to `/find/`.", []), ("Go to `/nowhere/`.", ["/nowhere/"]), ("`/nominals/<ref>/card/` and `/sharing/releases/…`", [])],
)
def test_an_address_that_is_not_served_is_found(text: str, wrong: list[str]) -> None:
    assert [address for address in documents.addresses(text) if not documents.is_served(address)] == wrong


def test_words_that_stand_on_no_screen_are_found() -> None:
    assert documents.words_not_on_screens("Press **Search**, then **Burn the file**.") == ["Burn the file"]
