"""The day of an officer, a supervisor, a coordinator and a chair: visit, assessment, approval, meeting, minutes."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.filling import fill_day, follow, make_record, submit

pytestmark = pytest.mark.xdist_group("journeys")
ARTHUR = "/nominals/V-000001/"


def test_an_officer_records_a_visit_three_clicks_from_home(visit: Callable[..., Page]):
    page = visit("offender_manager")
    page.goto("/")
    page.locator(f"a[href='{ARTHUR}visits/record/']").first.click()
    page.get_by_label("Carried out").check()
    page.get_by_label("Time", exact=True).fill("00:00")
    page.get_by_label("Second officer").select_option(index=2)
    page.get_by_label("Who was seen").fill("He and his sister")
    page.get_by_label("The risk is unchanged").check()
    submit(page)
    expect(page.get_by_text("He and his sister").first).to_be_visible()
    page.goto("/visits/overdue/")
    expect(page.locator("main table")).to_be_visible()
    expect(page.locator(f"a[href^='{ARTHUR}']")).to_have_count(0)


def test_an_assessment_is_handed_in_by_one_and_approved_by_another(visit: Callable[..., Page]):
    officer, boss = visit("offender_manager"), visit("supervisor")
    record = make_record(officer, "Assessable")
    officer.goto(f"{record}assessments/start/")
    officer.get_by_label("OSP/C: sexual reoffending with contact").check()
    officer.get_by_label("First assessment").check()
    submit(officer)
    officer.get_by_label("Points").fill("99")
    officer.get_by_label("Band").select_option(label="High")
    officer.get_by_role("button", name="Hand in for approval").click()
    expect(officer.locator(".govuk-error-summary")).to_contain_text(re.compile("0 to 64"))
    officer.get_by_label("Points").fill("30")
    officer.get_by_role("group", name="Level of risk that you propose").get_by_label("High", exact=True).check()
    officer.get_by_label("Children", exact=True).check()
    officer.get_by_label("Your reasons").fill("Two earlier offences against children; settled in work since.")
    officer.get_by_label("Home visits").check()
    officer.get_by_role("button", name="Hand in for approval").click()
    expect(officer.get_by_text("Waiting for approval").first).to_be_visible()
    boss.goto("/approvals/")
    follow(boss.locator("main table tr").filter(has_text="Assessable").get_by_role("link", name=re.compile("Decide")).first)
    expect(boss.get_by_text("settled in work since").first).to_be_visible()
    boss.get_by_label("Approve").first.check()
    boss.locator("main form button").last.click()
    officer.goto(f"{record}card/")
    expect(officer.get_by_text("High risk").first).to_be_visible()


def test_a_meeting_is_planned_minuted_and_approved_by_its_chair(visit: Callable[..., Page]):
    """The synthetic force has a meeting whose minutes wait for the chair."""
    coordinator, chair = visit("mappa_coordinator"), visit("mapp_chair")
    coordinator.goto("/")
    expect(coordinator.get_by_role("heading", name="Minutes that wait for approval")).to_be_visible()
    coordinator.goto(f"{ARTHUR}meetings/plan/")
    assert coordinator.locator("main form").count() == 1
    chair.goto("/")
    follow(chair.get_by_role("link", name=re.compile("level 2 meeting")).first)
    expect(chair.get_by_role("heading", level=1)).to_contain_text(re.compile("inutes"))
    follow(chair.get_by_role("link", name=re.compile("Approve")).or_(chair.get_by_role("button", name=re.compile("Approve"))).first)
    if chair.locator("main form button[type=submit]").count():
        submit(chair)
    expect(chair.get_by_text(re.compile("pproved")).first).to_be_visible()
    chair.goto("/")
    expect(chair.get_by_role("heading", name="Minutes that wait for approval")).to_have_count(0)


def test_a_neighbourhood_officer_reports_back_without_the_case_file(visit: Callable[..., Page]):
    page = visit("operational")
    page.goto("/actions/")
    follow(page.get_by_role("link", name=re.compile("Plan action")).first)
    follow(page.get_by_role("link", name="Open the page of V-000001"))
    follow(page.get_by_role("main").get_by_role("link", name=re.compile("[Rr]eport")).first)
    page.get_by_label(re.compile("What")).first.fill("Passed at 3:30pm; nobody there.")
    page.get_by_role("group", name=re.compile("Is there a concern")).get_by_label("No").check()
    page.get_by_role("group", name="Is this done?").get_by_label("Yes").check()
    submit(page)
    manager = visit("offender_manager")
    manager.goto(f"{ARTHUR}plan/")
    expect(manager.get_by_text("Passed at 3:30pm; nobody there.").first).to_be_visible()
    page.goto(f"{ARTHUR}case-file/")
    expect(page.get_by_text("Flat 3, 41 Quay Road")).to_have_count(0)


def test_somebody_who_leaves_hands_their_work_over_first(visit: Callable[..., Page]):
    page = visit("administrator")
    page.goto("/users/")
    follow(page.get_by_role("link", name=re.compile("2207 Okafor")).first)
    page.get_by_role("button", name=re.compile("Deactivate")).first.click()
    expect(page.get_by_text(re.compile("still manages"))).to_be_visible()


def test_a_text_that_repeats_what_is_kept_apart_warns_its_writer(visit: Callable[..., Page]):
    page = visit("offender_manager")
    page.goto(f"{ARTHUR}confidential/add/")
    page.get_by_label("Victim", exact=True).check()
    page.get_by_label("Text", exact=True).fill("Zephyrine Quillfeather now lives at 14 Larkspur Rise, 07700 900321.")
    for label, text in (("How that applies", "Her address must not be known"), ("Originator", "Victim liaison")):
        field = page.get_by_label(re.compile(label))
        if field.count():
            field.first.fill(text)
    page.get_by_label(re.compile("Preventing, detecting")).first.check()
    fill_day(page, "review_on", 90)
    submit(page)
    page.goto(f"{ARTHUR}authorities/tell/")
    page.get_by_label("Who was told").select_option(index=1)
    page.get_by_label("Person or desk there").fill("Duty desk")
    page.get_by_label("By telephone").check()
    page.get_by_label("Something else").check()
    page.get_by_label("Time").fill("00:00")
    page.get_by_label("What they were told").fill("He asked where Zephyrine Quillfeather lives.")
    submit(page)
    expect(page.locator(".govuk-error-summary")).to_contain_text("kept apart")
    expect(page.get_by_label("What they were told")).to_have_value("He asked where Zephyrine Quillfeather lives.")
