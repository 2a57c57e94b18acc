"""How journeys write an intelligence report."""

from __future__ import annotations

from datetime import timedelta

from django.utils.timezone import localdate
from playwright.sync_api import Page, expect

from intelligence.rules.information import QUESTIONS
from tests.journeys.crawl import faults

TEXT = "He waited by the gate of the allotments and spoke to two girls of about nine."


def write_report(page: Page, about: str, text: str = TEXT, told_by: dict[str, str] | None = None) -> str:
    """Write and send a report, of what somebody told or of a risk to children that was seen; return its reference."""
    page.goto("/intelligence-reports/start/")
    page.get_by_role("group", name="Is anybody in danger now?").get_by_label("No").check()
    page.get_by_label("What I saw, or what somebody said about other people").check()
    page.get_by_role("button", name="Go on").click()
    page.get_by_label("What was seen or said").fill(text)
    seen = localdate() - timedelta(days=1)
    for part, value in (("Day", seen.day), ("Month", seen.month), ("Year", seen.year)):
        page.get_by_label(part, exact=True).fill(str(value))
    source = "Member of the public" if told_by else "Police officer or staff, own observation"
    page.get_by_label("Kind of source").select_option(label=source)
    page.get_by_label("Find the person on record").fill(about)
    page.get_by_role("button", name="Search").click()
    page.get_by_role("button", name="This is the person").click()
    for code, (asked, _) in QUESTIONS.items():
        answer = "Yes" if code == "at_risk" and not told_by else "No"
        page.get_by_role("group", name=asked).get_by_label(answer, exact=True).check()
    if told_by:
        tell_of_giver(page, told_by)
    assert faults(page) == []
    page.get_by_role("button", name="Check it and send it").click()
    expect(page.get_by_text(text)).to_be_visible()
    assert about in page.locator(".govuk-summary-list").inner_text()
    if not told_by:
        page.get_by_label("Refer the child or adult at risk to social services").check()
    assert faults(page) == []
    page.get_by_role("button", name="Send to the bureau").click()
    expect(page.get_by_text("Sent. The bureau evaluates it.")).to_be_visible()
    return page.locator("main li").filter(has_text="Waits for the bureau").first.locator("a").inner_text()


def tell_of_giver(page: Page, told_by: dict[str, str]) -> None:
    """Say who told it and how the police know them."""
    page.get_by_text("A member of the public told me").click()
    for label, value in told_by.items():
        page.get_by_label(label).fill(value)
    page.get_by_label("They have given information before").check()
    for asked in ("Do you mean to ask them to find out more?", "Do they use a relationship with somebody to learn it?"):
        page.get_by_role("group", name=asked).get_by_label("No").check()
