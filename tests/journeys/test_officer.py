"""An officer's and a supervisor's journeys: a new record, its facts, two editors, who can see it, an emergency."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from offenders.demo.staff import PASSWORD
from tests.journeys.filling import follow

pytestmark = pytest.mark.xdist_group("journeys")
RECORD = "/nominals/V-000001/"


def test_an_officer_changes_the_card_and_the_history_says_so(visit: Callable[..., Page]):
    page = visit("offender_manager")
    page.goto("/")
    follow(page.get_by_role("link", name="Sample, Arthur").first)
    page.goto(f"{RECORD}facts/")
    words = page.get_by_label(re.compile("What to do"))
    words.fill("Double-crew.\nAsk where the phone is.")
    page.get_by_role("button", name="Save").click()
    page.goto(f"{RECORD}card/")
    expect(page.get_by_text("Ask where the phone is.")).to_be_visible()
    page.goto(f"{RECORD}history/")
    expect(page.get_by_text("Ask where the phone is.").first).to_be_visible()


def test_the_second_of_two_editors_is_told_and_loses_nothing(visit: Callable[..., Page]):
    first, second = visit("offender_manager"), visit("supervisor")
    for page in (first, second):
        page.goto(f"{RECORD}facts/")
    first.get_by_label(re.compile("How this person offends")).fill("Approaches at swimming pools.")
    first.get_by_role("button", name="Save").click()
    second.get_by_label(re.compile("How this person offends")).fill("Approaches at parks, by day.")
    second.get_by_role("button", name="Save").click()
    expect(second.locator(".govuk-error-summary")).to_be_visible()
    expect(second.get_by_label(re.compile("How this person offends"))).to_have_value("Approaches at parks, by day.")
    expect(second.get_by_text("Approaches at swimming pools.").first).to_be_visible()


def test_an_officer_makes_a_record_and_finds_it(visit: Callable[..., Page]):
    page = visit("offender_manager")
    page.goto("/nominals/new/")
    page.get_by_label("Surname").fill("Quillfeather")
    page.get_by_label("Given names").fill("Barnaby")
    page.get_by_label("Registered sexual offender").check()
    page.get_by_role("button").filter(has_text=re.compile("Add|Make|Save|Create")).last.click()
    expect(page.get_by_role("heading", name=re.compile("Overview"))).to_be_visible()
    page.goto("/find/")
    page.get_by_role("searchbox").fill("Barnabie Quilfether")
    page.get_by_role("searchbox").press("Enter")
    expect(page.get_by_role("link", name="Quillfeather, Barnaby").first).to_be_visible()


def test_what_a_role_must_not_do_is_refused_with_words_that_help(visit: Callable[..., Page]):
    page = visit("control_room")
    assert page.goto(f"{RECORD}facts/").status == 403
    expect(page.get_by_text("Your role does not reach this")).to_be_visible()
    assert page.goto("/users/").status == 403
    assert page.goto("/nominals/V-999999/").status == 404


def test_expired_training_closes_case_files_and_says_who_can_help(visit: Callable[..., Page]):
    page = visit("expired_officer")
    assert page.goto(RECORD).status == 403
    expect(page.get_by_text("must be renewed")).to_be_visible()
    assert page.goto(f"{RECORD}card/").status == 200


def test_break_glass_tells_the_auditor_who_reviews_it(visit: Callable[..., Page]):
    page = visit("supervisor")
    page.goto(f"{RECORD}break-glass/")
    page.get_by_label(re.compile("What is happening|Why")).first.fill(
        "A child has been missing since 4pm; the last call came from this person's street."
    )
    page.get_by_role("checkbox").check()
    page.get_by_label("Your password").fill(PASSWORD)
    page.locator("main form button").last.click()
    expect(page.get_by_text("Opened in an emergency until")).to_be_visible()

    auditor = visit("auditor")
    auditor.goto("/emergency-openings/")
    auditor.locator("main a[href^='/emergency-openings/']").filter(has_not_text="Show").first.click()
    expect(auditor.get_by_text("missing since 4pm").first).to_be_visible()
