"""Somebody asks for their own data: proved, collected, decided passage by passage, read by another, sealed and handed over."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from config.processes import wait_for
from tests.journeys.crawl import faults
from tests.journeys.filling import fill_day, follow, press

pytestmark = pytest.mark.xdist_group("journeys")
ARTHUR = "V-000001"
PLAIN = "Keep everything here on which no rule suggests a look"
KEEP = "all => all.filter(one => !one.value).forEach(one => { one.value = 'keep' })"  # hundreds of passages
PATIENCE = 60


def take(page: Page) -> str:
    """Take a request and prove who asks; return its address."""
    page.goto("/subject-requests/")
    follow(page.get_by_role("link", name="Take a request"))
    page.get_by_label("A copy of what is held").check()
    page.get_by_label("Whose data is asked for").fill("Arthur Sample")
    page.get_by_label("By letter").check()
    fill_day(page, "on", -1)
    page.get_by_label("Time").fill("09:30")
    assert faults(page) == []
    press(page, "Take it")
    expect(page.get_by_text("Prove who asks.", exact=True)).to_be_visible()
    one = page.url
    follow(page.get_by_role("link", name="Prove who asks"))
    page.get_by_label("Passport").check()
    fill_day(page, "on", -1)
    page.get_by_label("Time").fill("10:00")
    press(page, "Save")
    return one


def collect(page: Page, one: str) -> None:
    """Ask the unit, link the record, state a reason, have the worker collect, and leave out what cannot be read."""
    page.goto(f"{one}unit/")
    page.get_by_label("Unit", exact=True).select_option(label="Northport MOSOVO")
    press(page, "Ask it")
    page.goto(f"{one}record/")
    page.get_by_label("Reference of the record").fill(ARTHUR)
    press(page, "Link it")
    follow(page.get_by_role("link", name="Collect", exact=True))
    follow(page.get_by_role("link", name="State a reason for the case file"))
    page.locator("main input[type=radio]").first.check()
    page.locator("main textarea").fill("Collecting for a request of the person")
    page.locator("main form button[type=submit]").first.click()
    page.goto(f"{one}collecting/")
    press(page, "Collect what you may read")

    def is_done() -> bool:
        page.reload()
        return "collects now" not in page.locator("main").inner_text() and page.get_by_text("Collected", exact=True).count() > 0

    assert wait_for(is_done, PATIENCE)
    assert faults(page) == []
    if page.get_by_role("link", name="Go on without what is not collected").count():
        follow(page.get_by_role("link", name="Go on without what is not collected"))
        page.get_by_label("Why they stay out").fill("The unit says that they hold nothing of the request")
        press(page, "Go on without it")


def decide(page: Page, one: str) -> str:
    """Keep what no rule suggests, remove the first passage of all, and keep the rest; return what was removed."""
    page.goto(one)
    headings = page.locator("main a[href*='/workbench/']").evaluate_all("all => all.map(one => one.pathname)")
    page.goto(headings[0])
    assert page.locator("main select").evaluate_all("all => all.filter(one => one.value).length") == 0
    removed = page.locator("section.app-passage p.govuk-body").first.inner_text()
    page.locator("main select").first.select_option("others")
    assert faults(page) == []
    press(page, "Save this page")
    for heading in headings:
        page.goto(heading)
        if page.get_by_role("button", name=PLAIN).count():
            press(page, PLAIN)
        while page.get_by_text("To decide", exact=True).count() or page.get_by_role("link", name="Next page").count():
            page.locator("main select").evaluate_all(KEEP)
            press(page, "Save this page")
            if not page.get_by_role("link", name="Next page").count():
                break
            follow(page.get_by_role("link", name="Next page"))
    return removed


def read(page: Page, one: str) -> None:
    """Agree to everything as the second person."""
    page.goto(f"{one}second/")
    assert faults(page) == []
    while page.get_by_role("button", name=re.compile("^Agree")).count():
        with page.expect_navigation():
            page.get_by_role("button", name=re.compile("^Agree")).first.click()
    expect(page.get_by_text("Nothing waits for a second reader")).to_be_visible()


def test_a_person_gets_what_is_held_without_what_was_removed(visit: Callable[..., Page], worker: None, tmp_path: Path):
    governance, lead = visit("information_governance", width=320), visit("supervisor")
    one = take(governance)
    collect(governance, one)
    removed = decide(governance, one)
    governance.goto(f"{one}seal/")
    expect(governance.get_by_text(re.compile("Have a second person read"))).to_be_visible()
    assert governance.get_by_role("button", name="Seal it").count() == 0

    read(lead, one)

    governance.goto(f"{one}seal/")
    assert faults(governance) == []
    press(governance, "Seal it")
    with governance.expect_download() as download:
        governance.get_by_role("button", name="Print what was sealed").click()
    download.value.save_as(tmp_path / "bundle.pdf")
    text = " ".join(page.extract_text() for page in PdfReader(tmp_path / "bundle.pdf").pages)
    assert "What this holds" in text
    assert removed not in text
    follow(governance.get_by_role("link", name="Hand it over"))
    governance.get_by_label("Handed over, identity seen again").check()
    governance.get_by_label("To whom").fill("Arthur Sample")
    fill_day(governance, "on")
    governance.get_by_label("Time").fill("23:59")
    press(governance, "Store, and end the request")
    expect(governance.get_by_role("link", name="Enter a time after it was sealed and before now.")).to_be_visible()
    now = governance.evaluate("new Date().toLocaleTimeString('en-GB', {timeZone: 'Europe/London'}).slice(0, 5)")
    governance.get_by_label("Time").fill(now)
    press(governance, "Store, and end the request")
    expect(governance.get_by_text("The request is answered.")).to_be_visible()
    assert faults(governance) == []
