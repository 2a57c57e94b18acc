"""An auditor judges what rules found: asks why, the officer answers, the answer is accepted; and who could have seen a record that day."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.crawl import faults
from tests.journeys.filling import follow, press

pytestmark = pytest.mark.xdist_group("journeys")


def open_first(page: Page) -> str:
    """Open the look that waits, and return its address."""
    page.goto("/looks/")
    assert faults(page) == []
    follow(page.get_by_role("link", name=re.compile("^Name of a colleague")).first)
    assert faults(page) == []
    return page.url


def test_an_auditor_asks_why_the_officer_answers_and_it_is_accepted(visit: Callable[..., Page]):
    auditor, officer = visit("auditor"), visit("operational", width=320)
    one = open_first(auditor)
    follow(auditor.get_by_role("link", name="Ask why", exact=True))
    auditor.get_by_label("What you ask").fill("What was the work?")
    assert faults(auditor) == []
    press(auditor, "Ask")

    officer.goto("/looks/questions/")
    assert faults(officer) == []
    follow(officer.get_by_role("link", name=re.compile("^To you")).first)
    expect(officer.get_by_text("What was the work?")).to_be_visible()
    assert faults(officer) == []
    follow(officer.get_by_role("link", name="Answer", exact=True))
    officer.get_by_label("Why you looked").fill("A neighbour rang; I was sent there.")
    assert faults(officer) == []
    press(officer, "Send the answer")

    auditor.goto(one)
    follow(auditor.get_by_role("link", name=re.compile("^Asked ")).first)
    follow(auditor.get_by_role("link", name="Decide on the answer"))
    assert auditor.locator("main input[type=radio]:checked").count() == 0
    auditor.get_by_label("It is explained").check()
    auditor.get_by_label("Why", exact=True).fill("The log of the control room says so.")
    assert faults(auditor) == []
    press(auditor, "Save what you find")
    auditor.goto(one)
    expect(auditor.get_by_text("The log of the control room says so.")).to_be_visible()

    follow(auditor.get_by_role("link", name=re.compile("^Who could have seen V-")))
    expect(auditor.get_by_text("managed the record").first).to_be_visible()
    expect(auditor.get_by_text("Doyle").first).to_be_visible()
    assert faults(auditor) == []
