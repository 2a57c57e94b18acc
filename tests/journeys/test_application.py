"""An officer walks an application under the domestic scheme from the first call to where it waits for its decision."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.crawl import faults

pytestmark = pytest.mark.xdist_group("journeys")
WAYS = ("Telephone call", "Text message", "E-mail", "Letter", "Visit at home", "Meeting at another place")
SYSTEMS = (
    "Police National Computer", "Police National Database", "Register of violent and sexual offenders", "The force's own records",
    "The force's intelligence",
)  # fmt: skip


def fill_date(page: Page, name: str) -> None:
    """Type a day that has passed."""
    group = page.get_by_role("group", name=name)
    for part, value in (("Day", "1"), ("Month", "11"), ("Year", "2026")):
        group.get_by_label(part, exact=True).fill(value)


def choose(page: Page, question: str, answer: str) -> None:
    """Answer one of the questions with buttons."""
    page.get_by_role("group", name=question, exact=True).get_by_label(answer, exact=True).check()


def take(page: Page) -> str:
    """Take an application down, with a time that is none on the way; return its address."""
    page.goto("/applications/")
    page.get_by_role("button", name="Take an application").click()
    choose(page, "Is anybody in immediate danger?", "No")
    choose(page, "Scheme", "Domestic violence disclosure scheme")
    choose(page, "How it began", "Right to ask: the person at risk, or a parent or carer")
    choose(page, "How it came in", "By telephone")
    page.get_by_label("Unit that deals with it").select_option(label="Southmoor MOSOVO")
    fill_date(page, "Day on which it came in")
    page.get_by_label("Time").fill("half past two")
    page.get_by_role("button", name="Save and go on").click()
    expect(page.get_by_role("alert")).to_contain_text("must be a time, like 14:30")
    page.get_by_label("Time").fill("14:30")
    page.get_by_role("button", name="Save and go on").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile(r"^Application DA-\d{6}$"))
    return page.url


def name_people(page: Page) -> None:
    """Say who applied, and who is asked about."""
    page.get_by_role("link", name="Add: applicant").click()
    page.get_by_label("Name").fill("Hazel Imagined")
    choose(page, "Is the applicant the person who may be at risk?", "Yes")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("link", name="Add: person asked about").click()
    page.get_by_label("Name").fill("hazel IMAGINED")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("alert")).to_contain_text("subject access request")
    page.get_by_label("Name").fill("Cole Imagined")
    page.get_by_role("button", name="Save").click()


def ask_how_it_is_safe(page: Page) -> None:
    """Answer each way of contact."""
    page.get_by_role("link", name="Ask how it is safe to reach them").click()
    for way in WAYS:
        choose(page, f"{way}: is it safe?", "Safe" if way == "Text message" else "Not safe")
    page.get_by_label("Text message: how").fill("Before three. Ask about the survey.")
    page.get_by_role("button", name="Save the answers").click()
    expect(page.get_by_role("region", name="Safe contact")).to_contain_text("Before three")


def record(page: Page, stage: str, system: str) -> None:
    """Record that a system was searched; the first checks of an old application are late."""
    page.get_by_role("link", name=re.compile(f"{stage}, {re.escape(system)}$")).click()
    choose(page, "Result", "Nothing is held")
    if page.get_by_label("Why was it late?").count():
        page.get_by_label("Why was it late?").fill("The call was written down on paper first")
    page.get_by_role("button", name="Save").click()


def go_on(page: Page, to: str) -> None:
    """Go on to the next step."""
    page.get_by_role("button", name=f"Go on to: {to}").click()


def test_officer_walks_an_application_to_its_decision(visit: Callable[..., Page]) -> None:
    page = visit("offender_manager_2")
    address = take(page)
    name_people(page)
    ask_how_it_is_safe(page)
    for system in (SYSTEMS[0], SYSTEMS[3]):
        record(page, "First checks", system)
    expect(page.get_by_role("main")).to_contain_text("Somebody must deal with it: allocate it.")

    lead = visit("supervisor_2")
    lead.goto(address)
    lead.get_by_role("link", name="Allocate").click()
    lead.get_by_label("Who deals with it", exact=True).select_option(label="DC 2251 Brennan")
    lead.get_by_role("button", name="Allocate").click()

    page.reload()
    assert faults(page) == []
    go_on(page, "Face to face, and proof of identity")
    page.get_by_role("link", name="Face to face, and proof of identity").click()
    fill_date(page, "Day")
    page.get_by_label("Time").fill("16:00")
    page.get_by_label("Where").fill("Southmoor library")
    page.get_by_label("What they said").fill("He took her telephone and followed her to work.")
    page.get_by_label("What follows for their safety").fill("She stays with her sister.")
    if page.get_by_label("Why was it late?").count():
        page.get_by_label("Why was it late?").fill("She was away")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("link", name=re.compile("^Proof of identity.*Applicant$")).click()
    choose(page, "What did they show?", "Passport")
    fill_date(page, "Day on which you saw it")
    page.get_by_role("button", name="Save").click()
    go_on(page, "Full checks and forum")
    for system in SYSTEMS:
        record(page, "Full checks", system)
    page.get_by_role("link", name="Link a record, or say that there is none").click()
    choose(page, "Does the person asked about have a record here?", "No")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("link", name="Record what they said, or why not").click()
    page.get_by_label("Or why they could not be asked").fill("It cannot wait for a meeting.")
    page.get_by_role("button", name="Save").click()
    go_on(page, "Decision")
    expect(page.get_by_role("main")).to_contain_text("Waits for the decision")
