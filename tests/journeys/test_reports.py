"""A patrol officer reports in one form, the bureau evaluates and releases, the manager takes it and says what was done."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from intelligence.rules.information import QUESTIONS
from tests.journeys.crawl import faults

pytestmark = pytest.mark.xdist_group("journeys")
ARTHUR = "V-000001"
TEXT = "He waited by the gate of the allotments and spoke to two girls of about nine."
SAFE = "He spoke to two girls of about nine at a public place."


def write_report(page: Page) -> str:
    """Write and send a report on a narrow screen; return its reference."""
    page.goto("/intelligence-reports/start/")
    page.get_by_role("group", name="Is anybody in danger now?").get_by_label("No").check()
    page.get_by_label("What I saw, or what somebody said about other people").check()
    page.get_by_role("button", name="Go on").click()
    page.get_by_label("What was seen or said").fill(TEXT)
    for part, value in (("Day", "1"), ("Month", "11"), ("Year", "2026")):
        page.get_by_label(part, exact=True).fill(value)
    page.get_by_label("Kind of source").select_option(label="Police officer or staff, own observation")
    page.get_by_label("Find the person on record").fill(ARTHUR)
    page.get_by_role("button", name="Search").click()
    page.get_by_role("button", name="This is the person").click()
    for code, (asked, _) in QUESTIONS.items():
        page.get_by_role("group", name=asked).get_by_label("Yes" if code == "at_risk" else "No", exact=True).check()
    assert faults(page) == []
    page.get_by_role("button", name="Check it and send it").click()
    expect(page.get_by_text(TEXT)).to_be_visible()
    reference = page.locator(".govuk-summary-list").inner_text()
    assert ARTHUR in reference
    page.get_by_label("Refer the child or adult at risk to social services").check()
    assert faults(page) == []
    page.get_by_role("button", name="Send to the bureau").click()
    expect(page.get_by_text("Sent. The bureau evaluates it.")).to_be_visible()
    return page.locator("main li").filter(has_text="Waits for the bureau").first.locator("a").inner_text()


def test_a_report_goes_from_the_street_to_the_manager(visit: Callable[..., Page]):
    reference = write_report(visit("operational", width=320))

    bureau = visit("intelligence")
    bureau.goto("/intelligence-bureau/")
    assert faults(bureau) == []
    bureau.get_by_role("link", name=reference).click()
    expect(bureau.get_by_text(TEXT)).to_be_visible()
    bureau.get_by_role("link", name="Evaluate it").click()
    bureau.get_by_label("Sanitised text").fill(SAFE)
    for choice in ("1 Reliable", "A Known directly", "P Sharing permitted"):
        bureau.get_by_label(choice, exact=True).check()
    assert faults(bureau) == []
    bureau.get_by_role("button", name="Save the evaluation").click()
    bureau.get_by_role("button", name="Release it").click()
    expect(bureau.get_by_text("Released. Those whom it concerns were told.")).to_be_visible()
    assert faults(bureau) == []


@pytest.mark.parametrize(
    ("who", "address"),
    [
        ("operational", "/intelligence-reports/"),
        ("operational", "/intelligence-reports/received/"),
        ("offender_manager", f"/nominals/{ARTHUR}/information/"),
        ("intelligence", "/intelligence-bureau/all/"),
        ("intelligence", "/intelligence-bureau/matters/"),
    ],
)
def test_pages_are_accessible_at_each_width(visit: Callable[..., Page], who: str, address: str):
    page = visit(who)
    page.goto(address)
    for width in (1280, 320):
        page.set_viewport_size({"width": width, "height": 900})
        assert faults(page) == []


def test_the_manager_takes_a_report_and_says_what_was_done(visit: Callable[..., Page]):
    manager = visit("offender_manager")
    manager.goto(f"/nominals/{ARTHUR}/information/")
    expect(manager.get_by_text("Two boys of about ten visited him at home")).to_be_visible()
    manager.get_by_role("link", name="Take it").last.click()
    manager.get_by_label("Yes, or it may be").check()
    manager.get_by_label("What you did, or will do").fill("Visited him with a colleague and told social services")
    manager.get_by_role("button", name="Take it").click()
    expect(manager.get_by_text("Visited him with a colleague")).to_be_visible()
