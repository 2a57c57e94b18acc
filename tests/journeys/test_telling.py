"""A supervisor agrees, the officer prepares and tells somebody, and closes the application."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.utils.timezone import localtime, now
from playwright.sync_api import Page, expect

from tests.journeys.crawl import faults
from tests.journeys.filling import fill_day, follow, press
from tests.site import Site

pytestmark = pytest.mark.xdist_group("journeys")


def look_and_press(page: Page, words: str) -> None:
    """Look for faults, then press the form's button."""
    assert faults(page) == []
    press(page, words)


@pytest.fixture
def address(site_parts: Site) -> str:
    """Where the application is that waits for a decision."""
    rows = site_parts.query(
        "SELECT set_config('vigil.user_id', (SELECT id::text FROM accounts_user WHERE username = 'supervisor'), true);"
        "SELECT asked.public_id FROM disclosure_application asked JOIN disclosure_schemedecision said ON said.application_id = asked.id"
        " WHERE state = 'decision' AND decided_at IS NULL AND lapsed_at IS NULL"
    )
    return f"/applications/{rows[0][0]}/"


def test_somebody_is_told(visit: Callable[..., Page], address: str):
    supervisor, officer = visit("supervisor"), visit("offender_manager", width=320)
    supervisor.goto(f"{address}decision/")
    expect(supervisor.get_by_role("heading", name="Safe contact")).to_be_visible()
    follow(supervisor.get_by_role("link", name="Decide", exact=True))
    assert supervisor.locator("main input[type=radio]:checked").count() == 0
    supervisor.get_by_label("Agree", exact=True).check()
    supervisor.get_by_label("In your own words: why").fill("Necessary, and no less will do.")
    look_and_press(supervisor, "Save")
    expect(supervisor.get_by_text("Decided. Whoever proposed it was told.")).to_be_visible()

    officer.goto(f"{address}telling/")
    expect(officer.get_by_text("Make a safety plan.")).to_be_visible()
    assert officer.get_by_role("link", name="Record the telling").count() == 0
    follow(officer.get_by_role("link", name="Settle who is told"))
    officer.get_by_label("Frankie Placeholt (applicant)").check()
    look_and_press(officer, "Save")
    follow(officer.get_by_role("link", name="Write what will be said"))
    officer.get_by_label("What will be said, word by word").fill("He was convicted twice of assaulting women with whom he lived.")
    officer.get_by_label("Safety plan").fill("She stays with friends.")
    look_and_press(officer, "Save")
    follow(officer.get_by_role("link", name="Ask for the undertaking"))
    officer.get_by_label("Signed", exact=True).check()
    look_and_press(officer, "Save")
    with officer.expect_download() as paper:
        officer.get_by_role("button", name="Print the words to say").click()
    assert paper.value.suggested_filename.endswith("-script-1.pdf")

    follow(officer.get_by_role("link", name="Record the telling"))
    fill_day(officer, "day")
    officer.get_by_label("Time", exact=True).fill("00:00")
    officer.get_by_label("Where", exact=True).fill("Northport library")
    officer.get_by_label("How they took it, and what they mean to do").fill("Shaken")
    look_and_press(officer, "Record it")
    expect(officer.get_by_text("Nobody can be told before it was decided").first).to_be_visible()
    officer.get_by_label("Time", exact=True).fill(localtime(now()).strftime("%H:%M"))
    look_and_press(officer, "Record it")
    expect(officer.get_by_text("Told ", exact=False).first).to_be_visible()
    follow(officer.get_by_role("link", name="Close it"))
    look_and_press(officer, "Close it")
    expect(officer.get_by_text("Closed", exact=True).first).to_be_visible()
