"""The first story: a control-room operator types a misspelt name and reads the card of the right person."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.filling import follow

pytestmark = pytest.mark.xdist_group("journeys")

PARTS = ("app-card__strip", "app-card__head", "app-card__do", "app-card__grid", "app-card__ack")


def find(page: Page, text: str) -> None:
    """Type into the box and press Enter."""
    page.goto("/find/")
    box = page.get_by_role("searchbox")
    expect(box).to_be_focused()
    box.fill(text)
    box.press("Enter")


@pytest.mark.parametrize("javascript", [True, False])
def test_misspelt_name_to_card_in_two_steps(visit: Callable[..., Page], javascript: bool):
    page = visit("control_room", javascript=javascript)
    page.goto("/find/")
    page.get_by_role("searchbox").fill("Arther Sampel")
    page.get_by_role("searchbox").press("Enter")
    follow(page.get_by_role("link", name="Sample, Arthur").first)
    expect(page.get_by_role("heading", level=1)).to_contain_text("SAMPLE, Arthur")
    expect(page.locator(".app-card__strip")).to_contain_text("Very high risk")
    assert "Sample" not in page.title()
    assert "ample" not in page.url


def test_all_five_parts_of_the_card_are_above_the_fold(visit: Callable[..., Page]):
    page = visit("control_room", width=1280, height=720)
    find(page, "Arthur Sample")
    follow(page.get_by_role("link", name="Sample, Arthur").first)
    boxes = [page.locator(f".{part}").bounding_box() for part in PARTS]
    assert [box is not None and box["y"] + box["height"] <= 720 for box in boxes] == [True] * 5
    tops = [box["y"] for box in boxes if box]
    assert tops == sorted(tops)


def test_card_prints_on_one_a5_page(visit: Callable[..., Page]):
    page = visit("control_room")
    find(page, "Arthur Sample")
    follow(page.get_by_role("link", name="Sample, Arthur").first)
    page.emulate_media(media="print")
    pdf = page.pdf(prefer_css_page_size=True)
    assert pdf.count(b"/Type /Page\n") + pdf.count(b"/Type /Page ") == 1
    assert b"/MediaBox [0 0 420" in pdf or b"/MediaBox [0 0 419" in pdf


def test_came_to_notice_is_told_and_answered(visit: Callable[..., Page]):
    operator = visit("control_room")
    find(operator, "Arthur Sample")
    follow(operator.get_by_role("link", name="Sample, Arthur").first)
    operator.get_by_label("What happened").fill("Spoken to by the leisure centre at 9:15pm, left when asked.")
    operator.get_by_role("button", name="came to notice").click()
    expect(operator.get_by_text("The offender manager was told")).to_be_visible()

    operator.goto("/notices/")
    notice = operator.locator("main a[href^='/notices/']").first.get_attribute("href")
    manager = visit("offender_manager")
    manager.goto("/")
    manager.locator(f"main a[href='{notice}']").first.click()
    expect(manager.get_by_text("Spoken to by the leisure centre")).to_be_visible()
    manager.get_by_label("Answer").fill("Thank you. I will visit tomorrow.")
    manager.get_by_role("button", name="Send the answer").click()
    expect(manager.get_by_text("The answer has been sent")).to_be_visible()

    operator.goto(str(notice))
    expect(operator.get_by_text("I will visit tomorrow")).to_be_visible()


def test_telling_without_words_asks_for_them(visit: Callable[..., Page]):
    operator = visit("control_room")
    find(operator, "Arthur Sample")
    follow(operator.get_by_role("link", name="Sample, Arthur").first)
    operator.get_by_role("button", name="came to notice").click()
    expect(operator.locator(".govuk-error-summary")).to_be_visible()


def test_record_of_another_force_takes_a_reason(visit: Callable[..., Page]):
    """The record shows no identity until a reason is stated."""
    page = visit("other_force_officer")
    find(page, "V-000002")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Why do you need")
    page.get_by_label("Dealing with an incident now").check()
    page.get_by_label("Why you need it").fill("Stopped in a car in our area just now.")
    page.get_by_role("button", name="Open the record").click()
    expect(page.locator(".app-card__head")).to_be_visible()
