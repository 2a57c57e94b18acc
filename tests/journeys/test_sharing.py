"""A school has to know: what would go is chosen and cut, refused once, decided by a superintendent, spoken, and looked at afterwards."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.crawl import faults
from tests.journeys.deciding import Terms, answer_pages, choose_from_record, give_verdict
from tests.journeys.filling import fill_day, follow, press

pytestmark = pytest.mark.xdist_group("journeys")
LEVEL_1 = "Telling somebody about a person in category 1, managed at level 1"  # a superintendent decides
SCHOOL = "The head of a primary school"
TERMS = Terms(
    purpose="Protecting a child",
    power="Common law: policing purposes",
    lawful="A pressing need to protect children at this school.",
    given="Spoken",
    telling="He helps at the school's breakfast club. ",
    last_page={
        "handling": "In the head's safe. Named staff only.",
        "must_not": "Not to be told to parents or pupils.",
        "expected_action": "Keep him from the premises and tell the offender manager if he comes.",
        "reasons": "Pupils are at risk, and nothing less protects them.",
    },
)


def begin(page: Page) -> str:
    """Open the page that begins a decision, on the first of the officer's records of which a superintendent decides; return which."""
    page.goto("/")
    records = page.locator("main table a[href^='/nominals/V-']").evaluate_all("all => all.map(one => one.pathname.split('/')[2])")
    for record in dict.fromkeys(records):
        page.goto(f"/nominals/{record}/sharing/")
        follow(page.get_by_role("link", name="Share information", exact=True))
        if page.get_by_text(LEVEL_1).count():
            return record
    raise AssertionError("The officer has no record in category 1 at level 1")


def write(page: Page) -> str:
    """Begin a decision and answer all five pages; return the record."""
    record = begin(page)
    assert faults(page) == []
    page.get_by_label("A school, an employer or another body").check()
    press(page, "Begin")
    page.get_by_label("Which post, body or class of person").fill(SCHOOL)
    answer_pages(page, TERMS)
    return record


def test_a_school_is_told_once_a_superintendent_has_decided(visit: Callable[..., Page]):
    officer, superintendent = visit("offender_manager"), visit("disclosure_authority")
    record = write(officer)
    one = officer.url.removesuffix("check/")
    press(officer, "Seal it and send it")
    expect(officer.get_by_role("alert").filter(has_text="There is a problem")).to_be_visible()  # nothing is chosen yet
    choose_from_record(officer, one)
    officer.goto(f"{one}preview/")
    expect(officer.get_by_text("It can be sent once the decision is approved")).to_be_visible()
    officer.goto(f"{one}check/")
    press(officer, "Seal it and send it")
    expect(officer.get_by_text("It is sealed, and whoever decides was told.")).to_be_visible()

    give_verdict(superintendent, "Refuse")
    officer.goto(one)
    expect(officer.get_by_text("Refused", exact=True).first).to_be_visible()
    assert officer.get_by_role("link", name="Send it").count() == 0

    officer.goto(f"{one}pages/5/")
    officer.get_by_label("Reasons", exact=True).fill("Pupils are at risk. The head has asked the force for help.")
    press(officer, "Save and go on")
    press(officer, "Seal it and send it")
    give_verdict(superintendent, "Approve")

    officer.goto(one)
    follow(officer.get_by_role("link", name="Send it").first)
    officer.get_by_label("I have looked at the preview: this is what must go").check()
    press(officer, "Send")
    expect(officer.get_by_text(SCHOOL).first).to_be_visible()
    tell(officer)
    officer.goto(f"/nominals/{record}/sharing/")
    expect(officer.get_by_role("row").filter(has_text=SCHOOL)).to_contain_text("Approved")


def tell(page: Page) -> None:
    """Say it to the head, and record that."""
    release = page.url
    follow(page.get_by_role("link", name=re.compile("script|words to say", re.IGNORECASE)).first)
    expect(page.get_by_text(TERMS.last_page["must_not"])).to_be_visible()
    assert faults(page) == []
    page.goto(f"{release}told/")
    fill_day(page, "day")
    page.get_by_label("Time").fill("00:01")
    page.get_by_label("Where it was said").fill("At the school")
    page.get_by_label("To whom").fill("The head")
    page.get_by_label("How you made sure that this was the right person").fill("Seen at her desk, staff card")
    page.get_by_label("What they promised about keeping it to themselves").fill("To tell nobody but the deputy")
    page.locator("main form button[type=submit]").first.click()
    expect(page.get_by_text("Recorded.", exact=True)).to_be_visible()
