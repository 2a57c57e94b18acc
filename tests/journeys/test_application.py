"""An officer walks an application under the domestic scheme from the first call to where it waits for its decision."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.applying import FIRST, add_person, allocate, ask_how_it_is_safe, begin, check_fully, go_on, meet, record, take
from tests.journeys.crawl import faults
from tests.journeys.filling import choose, follow, press

pytestmark = pytest.mark.xdist_group("journeys")


def take_it_down(page: Page) -> str:
    """Take an application down, with a time that is none on the way; return its address."""
    begin(page, "Domestic violence disclosure scheme", "Right to ask: the person at risk, or a parent or carer", "By telephone")
    page.get_by_label("Time").fill("half past two")
    press(page, "Save and go on")
    expect(page.get_by_role("alert")).to_contain_text("must be a time, like 14:30")
    return take(page)


def name_people(page: Page) -> None:
    """Say who applied, and who is asked about."""
    follow(page.get_by_role("link", name="Add: applicant"))
    page.get_by_label("Name").fill("Hazel Imagined")
    choose(page, "Is the applicant the person who may be at risk?", "Yes")
    press(page, "Save")
    add_person(page, "person asked about", "hazel IMAGINED")
    expect(page.get_by_role("alert")).to_contain_text("subject access request")
    page.get_by_label("Name").fill("Cole Imagined")
    press(page, "Save")


def test_officer_walks_an_application_to_its_decision(visit: Callable[..., Page]) -> None:
    page = visit("offender_manager_2")
    address = take_it_down(page)
    name_people(page)
    ask_how_it_is_safe(page)
    record(page, "First checks", FIRST)
    expect(page.get_by_role("main")).to_contain_text("Somebody must deal with it: allocate it.")
    allocate(visit("supervisor_2"), address)

    page.reload()
    assert faults(page) == []
    meet(page, "He took her telephone and followed her to work.")
    check_fully(page)
    go_on(page, "Decision")
    expect(page.get_by_role("main")).to_contain_text("Waits for the decision")
