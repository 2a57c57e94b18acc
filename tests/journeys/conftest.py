"""The site and the browser of `tests/site.py`, for the journeys."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.demonstration import Force
from tests.site import Site, running_browser, running_site, running_worker, sign_in


@pytest.fixture(scope="package")
def site(site_parts: Site) -> str:
    """The address of a running site with the demonstration force in it."""
    return site_parts.address


@pytest.fixture(scope="package")
def site_parts(force: Force) -> Iterator[Site]:
    """A running site with the demonstration force in it, with tasks of its own."""
    with running_site(force) as made:
        yield made


@pytest.fixture(scope="module")
def worker(site_parts: Site) -> Iterator[None]:
    """The worker of the site, which does what pages leave to it."""
    with running_worker(site_parts):
        yield


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium, ended with each module: while its loop runs, Django lets no test of this process near the database."""
    with running_browser() as chromium:
        yield chromium


@pytest.fixture
def visit(site: str, browser: Browser) -> Iterator[Callable[..., Page]]:
    """Open a window of a given width; complaints of the browser's console fail the test."""
    complaints: list[str] = []
    contexts = []

    def open_window(username: str | None = None, *, width: int = 1280, height: int = 720, javascript: bool = True) -> Page:
        context = browser.new_context(base_url=site, viewport={"width": width, "height": height}, java_script_enabled=javascript)
        contexts.append(context)
        page = context.new_page()
        page.on(
            "console",
            lambda message: complaints.append(message.text) if message.type == "error" and "status of 4" not in message.text else None,
        )
        page.on("pageerror", lambda error: complaints.append(str(error)))
        if username:
            sign_in(page, username)
        return page

    yield open_window
    for context in contexts:
        context.close()
    assert complaints == []
