"""A newspaper asks about registered offenders: no reply before the national unit has advised, then two people and a letter."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.crawl import faults
from tests.journeys.filling import fill_day, follow, press, refuses

pytestmark = pytest.mark.xdist_group("journeys")
QUESTION = "How many registered sex offenders must tell the police when they travel abroad?"


def take(page: Page) -> str:
    """Take the request as concerning registered offenders; return its address."""
    page.goto("/freedom-requests/take/")
    assert page.locator("main input[type=radio]:checked").count() == 0
    page.get_by_label("Who asks").fill("Northmere Echo")
    page.get_by_label("Where the reply goes").fill("desk@example.org")
    page.get_by_label("By e-mail").check()
    fill_day(page, "received_on")
    page.get_by_label("What they ask, in their words").fill(QUESTION)
    page.get_by_label("Figures", exact=True).check()
    page.get_by_label("Yes", exact=True).check()
    assert faults(page) == []
    press(page, "Take it")
    expect(page.get_by_text("refer it to the national unit").first).to_be_visible()
    assert faults(page) == []
    return page.url


def try_to_reply(page: Page, one: str, words: str) -> None:
    """Write a reply by the address of its page; what is missing is said, and what was typed stays."""
    page.goto(f"{one}reply/")
    page.get_by_label("Disclose", exact=True).check()
    page.get_by_label("Words of the reply").fill("Everybody who is registered must.")
    page.get_by_label("Why this reply").fill("The law says so.")
    press(page, "Save, and ask a second person to approve")
    refuses(page, words)
    expect(page.get_by_label("Words of the reply")).to_have_value("Everybody who is registered must.")


def refer(page: Page, one: str) -> None:
    """Refer it and record the advice."""
    page.goto(one)
    follow(page.get_by_role("link", name="Refer it to the national unit"))
    fill_day(page, "referred_on")
    press(page, "Save")
    try_to_reply(page, one, "advice is not recorded")
    page.goto(one)
    follow(page.get_by_role("link", name="Record the advice"))
    page.get_by_label("The national unit's reference").fill("NU/0413")
    fill_day(page, "given_on")
    page.get_by_label("What it advises").fill("Say what the law says, and give no figures below the force.")
    page.get_by_label("Yes", exact=True).check()
    assert faults(page) == []
    press(page, "Save")


def test_a_request_about_registered_offenders_waits_for_the_national_unit(visit: Callable[..., Page]):
    keeper, second = visit("information_governance"), visit("information_governance_2", width=320)
    one = take(keeper)
    try_to_reply(keeper, one, "refer it to the national unit")
    refer(keeper, one)
    follow(keeper.get_by_role("link", name="Write the reply"))
    keeper.get_by_label("Disclose", exact=True).check()
    keeper.get_by_label("Words of the reply").fill("Everybody who is registered must.")
    keeper.get_by_label("Why this reply").fill("The law says so, and the national unit agrees.")
    press(keeper, "Save, and ask a second person to approve")
    follow(keeper.get_by_role("link", name="Put figures of the force into it"))
    fill_day(keeper, "as_at")
    press(keeper, "Put them into the reply")
    expect(keeper.get_by_role("table")).to_be_visible()
    assert keeper.get_by_role("button", name="Approve it as it stands").count() == 0
    assert faults(keeper) == []

    second.goto("/freedom-requests/")
    follow(second.get_by_role("link", name=re.compile("^FI-")).first)
    expect(second.get_by_text("Met").or_(second.get_by_text("due in")).first).to_be_visible()
    assert faults(second) == []
    press(second, "Approve it as it stands")

    keeper.goto(one)
    follow(keeper.get_by_role("link", name="Send it", exact=True))
    assert faults(keeper) == []
    press(keeper, "Send it")
    expect(keeper.get_by_text("Answered").first).to_be_visible()
    with keeper.expect_download() as letter:
        keeper.get_by_role("button", name="Letter 1 (PDF)", exact=True).click()
    assert letter.value.suggested_filename.endswith("-reply-1.pdf")
    assert faults(keeper) == []
