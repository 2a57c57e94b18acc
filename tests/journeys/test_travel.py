"""From a report of the border to the sign-off of the journey, by officer and supervisor; and a review of flags."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.crawl import faults
from tests.journeys.filling import follow

pytestmark = pytest.mark.xdist_group("journeys")
ARTHUR = "V-000001"
MOST_PRESSES = 80


def press_until(page: Page, key: str, selector: str) -> None:
    """Press a key again and again until such an element has the focus."""
    for _ in range(MOST_PRESSES):
        page.keyboard.press(key)
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(selector)


def set_aside_by_keyboard(page: Page) -> None:
    """Decide without a mouse that a report is about nobody on record."""
    press_until(page, "Tab", 'input[name="outcome"]')
    press_until(page, "ArrowDown", 'input[value="nobody"]:checked')
    press_until(page, "Tab", 'textarea[name="reason"]')
    page.keyboard.type("Another date of birth, another passport")
    press_until(page, "Tab", 'button[type="submit"]')
    page.keyboard.press("Enter")


def test_a_report_goes_from_the_queue_to_the_record_and_is_signed_off(visit: Callable[..., Page]):
    officer = visit("offender_manager")
    officer.goto("/travel-alerts/")
    officer.locator("main table a").first.click()
    expect(officer.get_by_role("heading", level=1)).to_have_text("Travel alert")
    first = officer.url
    officer.get_by_role("button", name="Decide and go to the next").click()
    expect(officer.get_by_role("alert")).to_contain_text("Answer the question “Who is this?”")
    officer.get_by_label("This is another person on record").check()
    officer.get_by_label("Reference of the other record").fill(ARTHUR)
    officer.get_by_label("Reason", exact=True).fill("The number on the photograph of his passport")
    officer.get_by_role("button", name="Decide and go to the next").click()
    expect(officer.get_by_text("Decided.")).to_be_visible()
    expect(officer).not_to_have_url(first)
    expect(officer.get_by_role("heading", level=1)).to_have_text("Travel alert")
    following = officer.url
    set_aside_by_keyboard(officer)
    expect(officer).not_to_have_url(following)
    expect(officer.get_by_text("Decided.")).to_be_visible()
    officer.goto(f"/nominals/{ARTHUR}/travel/")
    assert faults(officer) == []
    follow(officer.get_by_role("link", name=re.compile("^Evaluate")).first)
    officer.get_by_label("Evaluation").fill("He told us in June; the hotel confirms the days.")
    officer.get_by_role("button", name="Send to a supervisor").click()
    expect(officer.get_by_text("Waits for a supervisor").first).to_be_visible()

    supervisor = visit("supervisor")
    supervisor.goto(f"/nominals/{ARTHUR}/travel/")
    follow(supervisor.get_by_role("link", name=re.compile("^Sign off")).first)
    supervisor.get_by_label("Yes, sign it off").check()
    supervisor.get_by_role("button", name="Save").click()
    expect(supervisor.get_by_text("Signed off").first).to_be_visible()


def test_a_supervisor_finishes_a_review_of_flags(visit: Callable[..., Page]):
    page = visit("supervisor")
    page.goto("/flag-reviews/")
    expect(page.locator("main table a").first).to_be_visible()
    addresses = [link.get_attribute("href") or "" for link in page.locator("main table a").all()]
    for address in addresses:
        page.goto(address)
        if page.get_by_text("Some of these flags you set yourself").count() == 0:
            break
    page.get_by_role("button", name="Sign off the review").click()
    expect(page.get_by_role("alert")).to_contain_text("Select what should become of it")
    cards = page.locator("form .govuk-summary-card")
    for number in range(cards.count()):
        card = cards.nth(number)
        card.get_by_label("End" if number == 0 else "Keep as it is", exact=True).check()
        card.get_by_label("Why", exact=True).fill("Looked at what it told us since the spring")
    assert faults(page) == []
    page.get_by_role("button", name="Sign off the review").click()
    expect(page.get_by_text("The review is signed off.")).to_be_visible()
