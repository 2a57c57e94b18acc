"""An officer's journeys in the case file: a contact, a move and the line of time, without JavaScript and on a narrow screen."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.filling import follow

pytestmark = pytest.mark.xdist_group("journeys")
RECORD = "/nominals/V-000001/"


def test_a_contact_is_two_clicks_from_the_record_and_then_on_the_line_of_time(visit: Callable[..., Page]):
    page = visit("offender_manager", javascript=False)
    page.goto(RECORD)
    follow(page.get_by_role("link", name="Timeline"))
    follow(page.get_by_role("link", name="Record a contact"))
    page.get_by_label("Telephone", exact=True).check()
    page.get_by_label("Another agency").check()
    page.get_by_label("What it was about").fill("Bail hostel")
    page.get_by_label("What was said").fill("A room is free from Monday.")
    page.get_by_role("button", name="Record the contact").click()
    expect(page.get_by_text("A room is free from Monday.")).to_be_visible()
    page.goto(f"{RECORD}timeline/")
    expect(page.get_by_role("link", name=re.compile("Bail hostel"))).to_be_visible()


def test_a_move_ends_the_old_address(visit: Callable[..., Page]):
    page = visit("offender_manager")
    page.goto(f"{RECORD}case-file/")
    follow(page.get_by_role("link", name="Record a move"))
    page.get_by_label("Flat, house and street").fill("7 Tide Street")
    page.get_by_label("Postcode").fill("nm13ab")
    page.get_by_role("button", name="Record the move").click()
    expect(page.get_by_text("7 Tide Street, NM1 3AB (Home)").first).to_be_visible()


@pytest.mark.parametrize("name", ["case-file", "contacts", "timeline", "marking", "case-file/address/add", "contacts/add"])
def test_pages_fit_a_narrow_screen(visit: Callable[..., Page], name: str):
    page = visit("offender_manager", width=320)
    page.goto(f"{RECORD}{name}/")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
