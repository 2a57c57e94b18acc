"""What documents say in a form that can be checked: addresses of pages, words of the screens, paths of tests, links."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from html import unescape
from pathlib import Path

from django.urls import Resolver404, resolve

from tests.architecture import APPS, ROOT

DOCS = ROOT / "docs"
A_KEY = "11111111-1111-4111-8111-111111111111"
# What stands for any record, year or key in an address that a document names.
PLACES = {"<ref>": "V-000001", "<id>": A_KEY, "<year>": "2025", "…": A_KEY}
CODE = re.compile(r"`([^`\n]+)`")
ADDRESS = re.compile(r"/(?:[\w./<>…-]*)")
BOLD = re.compile(r"\*\*(.+?)\*\*")
LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)")
TAGS = re.compile(r"<[^>]*>|{[{%#].*?[}%#]}", re.DOTALL)


def read(path: Path) -> str:
    """Return a document without its blocks of commands."""
    return re.sub(r"```.*?```", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)


def named(text: str) -> list[str]:
    """What a text names as code."""
    return CODE.findall(text)


def addresses(text: str) -> list[str]:
    """The addresses of pages that a text names."""
    return [name for name in named(text) if ADDRESS.fullmatch(name)]


def is_served(address: str) -> bool:
    """Say whether the service has a page there."""
    for words, value in PLACES.items():
        address = address.replace(words, value)
    return any(resolves(each) for each in (address, f"{address}/"))


def resolves(address: str) -> bool:
    """Say whether the table of addresses knows it."""
    try:
        resolve(address)
    except Resolver404:
        return False
    return True


def missing_tests(cell: str) -> Iterator[str]:
    """Yield each path of tests in a cell that is not there; a bare name stands in the folder of a path before it."""
    folders = [Path("tests")]
    for name in named(cell):
        if not re.search(r"\.py$|/$", name):
            continue
        if name.startswith("tests/"):
            folders.append(Path(name) if name.endswith("/") else Path(name).parent)
            places = [Path()]
        else:
            places = list(reversed(folders))
        if not any(list((ROOT / place).glob(name.rstrip("/"))) for place in places):
            yield name


def broken_links(path: Path) -> list[str]:
    """Return the links of a document to files that are not there."""
    return [link for link in LINK.findall(read(path)) if "://" not in link and not (path.parent / link).exists()]


@cache
def screens() -> str:
    """All words of the templates and of the code behind them, as one text to look in."""
    templates = [path.read_text(encoding="utf-8") for path in (ROOT / "templates").rglob("*.html")]
    folders = [ROOT / app for app in (*APPS, "config")]
    code = [path.read_text(encoding="utf-8") for folder in folders for path in folder.rglob("*.py") if "demo" not in path.parts]
    shown = [unescape(TAGS.sub(" ", text)) for text in templates]
    return " ".join(" ".join([*templates, *shown, *code]).split())


def words_not_on_screens(text: str) -> list[str]:
    """Return what a text sets in bold, which is to say that it stands on a screen, and does not."""
    return [words for words in BOLD.findall(" ".join(text.split())) if words not in screens()]
