"""Walks every page that a person can reach by links, one page of each kind."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

RULES = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}}
WIDTHS = (1280, 320)
NO_PAGES = re.compile(r"^/(static|api|photographs)/|/photographs/|\.(svg|ics|csv)$")
NO_PAGES = re.compile(rf"{NO_PAGES.pattern}|/download/$|/picture/$|/calendar/$")  # files, no pages


def kind_of(path: str) -> str:
    """Return the address without what tells one record from another."""
    path = re.sub(r"V-\d+", "REF", path)
    path = re.sub(r"/rules/of/[a-z0-9-]+/", "/rules/of/RULE/", path)
    path = re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}", "ID", path)
    return re.sub(r"/\d+/", "/N/", path)


def walk(page: Page, start: str = "/") -> Iterator[str]:
    """Open each kind of page once, beginning at `start`, and yield its kind while it is open."""
    waiting, known = [start], {kind_of(start)}
    while waiting:
        response = page.goto(waiting.pop(0))
        assert response
        assert response.status < 400, (page.url, response.status)
        links = page.eval_on_selector_all("a[href]", "as => as.map(a => a.getAttribute('href'))")
        yield kind_of(urlsplit(page.url).path)
        for link in links:
            path = urlsplit(link).path
            if path.startswith("/") and kind_of(path) not in known and not NO_PAGES.search(path):
                known.add(kind_of(path))
                waiting.append(path)


def faults(page: Page) -> list[str]:
    """Return what is wrong with the open page at each width: axe's findings, sideways scrolling, dead links to fields."""
    found = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        result = Axe().run(page, options=RULES).response
        found += [f"{width}: {item['id']}: {item['nodes'][0]['html'][:160]}" for item in result["violations"]]
        scroll = page.evaluate("document.documentElement.scrollWidth")
        found += [f"{width}: scrolls sideways ({scroll})"] if scroll > width else []
    dead = "as => as.filter(a => !document.getElementById(a.hash.slice(1))).map(a => a.hash)"
    return found + page.eval_on_selector_all(".govuk-error-summary__list a", dead)
