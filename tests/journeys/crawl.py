"""Walks every page that a person can reach by links, one page of each kind."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from html import unescape
from typing import Any
from urllib.parse import urlsplit
from zlib import crc32

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

# Only what is wrong is reported, which takes axe half as long; no rule of these reads style sheets beforehand.
RULES = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]},
    "resultTypes": ["violations"],
    "preload": False,
}
WIDTHS = (1280, 320)
EVERYTHING = os.environ.get("EVERY_COMBINATION") == "1"
LINK = re.compile(r'<a [^>]*?href="([^"]*)"')
NO_PAGES = re.compile(r"^/(static|api|photographs)/|/photographs/|\.(svg|ics|csv)$|/(download|picture|calendar)/$")  # files, no pages


def kind_of(path: str) -> str:
    """Return the address without what tells one record from another."""
    path = re.sub(r"V-\d+", "REF", path)
    path = re.sub(r"^/help/(?!why-not/)[a-z-]+/$", "/help/TOPIC/", path)
    path = re.sub(r"/rules/of/[a-z0-9-]+/", "/rules/of/RULE/", path)
    path = re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}", "ID", path)
    return re.sub(r"/\d+/", "/N/", path)


def path_of(page: Page) -> str:
    """Return the address of the open page without host and query."""
    return urlsplit(page.url).path


def walk(page: Page, start: str = "/") -> Iterator[str]:
    """Ask for each kind of page once, beginning at `start`, as whoever is signed in; yield the address where each was found."""
    waiting, known = [start], {kind_of(start)}
    while waiting:
        response = page.request.get(waiting.pop(0))
        assert response.ok, (response.url, response.status)
        yield urlsplit(response.url).path
        for link in LINK.findall(response.text()):
            path = urlsplit(unescape(link)).path
            if path.startswith("/") and kind_of(path) not in known and not NO_PAGES.search(path):
                known.add(kind_of(path))
                waiting.append(path)


def widths_of_axe(kind: str) -> tuple[int, ...]:
    """Return the widths at which axe looks at a page: both in `make drill`, else by turns one or the other."""
    return WIDTHS if EVERYTHING else (WIDTHS[crc32(kind.encode()) % len(WIDTHS)],)


def rules_of_axe(kind: str) -> dict[str, object]:
    """Return which rules axe asks a page. Contrast costs most and comes from one style sheet: one page of three, all in `make drill`."""
    asks_contrast = EVERYTHING or crc32(f"contrast {kind}".encode()) % 3 == 0
    return RULES if asks_contrast else RULES | {"rules": {"color-contrast": {"enabled": False}}}


def violations(page: Page, rules: dict[str, object]) -> list[Any]:
    """Return what axe finds; a page that did not open with its program gets it first."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    return page.evaluate("rules => axe.run(rules).then(found => found.violations)", rules)


def faults(page: Page) -> list[str]:
    """Return what is wrong with the open page: axe's findings, sideways scrolling at each width, dead links to fields."""
    found = []
    kind = kind_of(path_of(page))
    looked, rules = widths_of_axe(kind), rules_of_axe(kind)
    present = page.viewport_size["width"] if page.viewport_size else None
    for width in sorted(WIDTHS, key=lambda each: each != present):  # each change makes the browser lay the page out anew
        if width != present:
            page.set_viewport_size({"width": width, "height": 900})
        against = violations(page, rules) if width in looked else []
        found += [f"{width}: {item['id']}: {item['nodes'][0]['html'][:160]}" for item in against]
        scroll = page.evaluate("document.documentElement.scrollWidth")
        found += [f"{width}: scrolls sideways ({scroll})"] if scroll > width else []
    dead = "as => as.filter(a => !document.getElementById(a.hash.slice(1))).map(a => a.hash)"
    return found + page.eval_on_selector_all(".govuk-error-summary__list a", dead)
