"""What several journeys do with a page."""

from __future__ import annotations

import re
from datetime import timedelta

from django.utils.timezone import localdate
from playwright.sync_api import Locator, Page, expect


def make_record(page: Page, surname: str) -> str:
    """Add a person and return the address of the record."""
    page.goto("/nominals/new/")
    page.get_by_label("Surname").fill(surname)
    page.get_by_label("Given names").fill("Journey")
    page.get_by_label("Registered sexual offender").check()
    page.get_by_role("button").filter(has_text=re.compile("Add|Make|Save|Create")).last.click()
    expect(page.get_by_role("heading", name=re.compile("Overview"))).to_be_visible()
    return page.url


def fill_day(page: Page, name: str, days: int = 0) -> None:
    """Fill the three boxes of a day counted from today."""
    day = localdate() + timedelta(days=days)
    for part, value in (("day", day.day), ("month", day.month), ("year", day.year)):
        page.locator(f"#id_{name}_{part}").fill(str(value))


def choose(page: Page, question: str, answer: str) -> None:
    """Answer one of the questions with buttons."""
    page.get_by_role("group", name=question, exact=True).get_by_label(answer, exact=True).check()


def refuses(page: Page, words: str) -> None:
    """Look at what a form says when it is refused."""
    expect(page.get_by_role("alert").filter(has_text="There is a problem")).to_contain_text(words)


def submit(page: Page) -> None:
    """Press the form's own button, and wait for the page that follows."""
    with page.expect_navigation():
        page.locator("main form button[type=submit]").first.click()


def press(page: Page, words: str) -> None:
    """Press a button, which the page shows once, and wait for the page that follows."""
    with page.expect_navigation():
        page.get_by_role("button", name=words, exact=True).click()


def follow(link: Locator) -> None:
    """Follow a link, and wait for the page that follows."""
    with link.page.expect_navigation():
        link.click()
