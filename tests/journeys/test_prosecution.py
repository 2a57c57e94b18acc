"""Unused material in a browser: items are added, a schedule waits for what is missing, and what is sensitive stays out of the open one."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.crawl import faults
from tests.journeys.filling import fill_day, follow, submit

pytestmark = pytest.mark.xdist_group("journeys")
OFFENCE = "Breach of a sexual harm prevention order"
PLAIN = "Statement of the attendant at the pool of 3 May"
SEALED = "Letter to the police from a member of the public"


def add(page: Page, description: str, *, is_sensitive: bool) -> None:
    """Add an item, from the page of the prosecution."""
    follow(page.get_by_role("link", name="Add an item", exact=True))
    page.get_by_label("Description", exact=True).fill(description)
    page.get_by_label("What it is", exact=True).fill("One page, signed")
    page.get_by_label("Where it is kept").fill("Safe 4")
    page.locator(f"input[name=is_sensitive][value={'yes' if is_sensitive else 'no'}]").check()
    submit(page)
    expect(page.get_by_text("It is on the list.")).to_be_visible()


def look(page: Page, case: str, description: re.Pattern[str] | str, *, is_sensitive: bool) -> None:
    """Look at an item."""
    page.goto(case)
    follow(page.locator("main").get_by_role("link", name=description).first)
    follow(page.get_by_role("link", name="Look at the item"))
    answers = {"examined": "inspected", "relevant": "yes", "undermines": "no", "assists": "no", "decision": "not"}
    for name, value in (answers | {"is_sensitive": "yes" if is_sensitive else "no"}).items():
        page.locator(f"input[name={name}][value={value}]").check()
    page.get_by_label("By whom", exact=True).select_option(index=1)
    fill_day(page, "examined_on")
    for name in ("relevant_why", "undermines_why", "assists_why"):
        page.locator(f"textarea[name={name}]").fill("Read from beginning to end.")
    if is_sensitive:
        page.get_by_label("Ground", exact=True).select_option(label="Given in confidence by another body")
        page.locator("textarea[name=sensitive_why]").fill("The writer asked not to be named.")
    submit(page)
    expect(page.get_by_text("Saved. Earlier looks are kept.")).to_be_visible()


def issue(page: Page, case: str, kind: str) -> None:
    """Ask for a schedule."""
    page.goto(f"{case}schedules/issue/")
    page.get_by_label(re.compile(f"^{kind}")).check()
    page.get_by_label("I certify what stands below").check()
    submit(page)


def test_schedules_wait_for_what_is_missing_and_keep_what_is_sensitive_apart(visit: Callable[..., Page]):
    page = visit("operational")
    page.goto("/prosecutions/")
    follow(page.locator("main li").filter(has_text=OFFENCE).get_by_role("link"))
    case = page.url
    add(page, PLAIN, is_sensitive=False)
    add(page, SEALED, is_sensitive=True)
    assert faults(page) == []
    page.goto(f"{case}schedules/issue/")
    for number in (7, 8):
        expect(page.get_by_text(f"Item {number} has not been looked at.")).to_be_visible()
    assert page.get_by_label(re.compile("^MG6C")).count() == 0
    assert faults(page) == []
    for name, is_sensitive in ((re.compile("^Timetable"), False), (PLAIN, False), (SEALED, True)):
        look(page, case, name, is_sensitive=is_sensitive)
    issue(page, case, "MG6C")
    expect(page.get_by_role("heading", name="MG6C: non-sensitive unused material")).to_be_visible()
    shown = page.locator("main").inner_text()
    assert PLAIN in shown
    assert [words for words in (SEALED, "asked not to be named", "confidence") if words in shown] == []
    issue(page, case, "MG6D")
    expect(page.get_by_text(SEALED)).to_be_visible()
    officer = visit("offender_manager")
    officer.goto(case)
    expect(officer.get_by_text(PLAIN)).to_be_visible()
    expect(officer.get_by_text(SEALED)).to_have_count(0)
