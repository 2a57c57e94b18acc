"""What journeys of an application under a disclosure scheme do, whichever scheme it is."""

from __future__ import annotations

import re
from collections.abc import Sequence

from playwright.sync_api import Page, expect

from tests.journeys.filling import choose, follow, press

WAYS = ("Telephone call", "Text message", "E-mail", "Letter", "Visit at home", "Meeting at another place")
SYSTEMS = (
    "Police National Computer", "Police National Database", "Register of violent and sexual offenders", "The force's own records",
    "The force's intelligence",
)  # fmt: skip
FIRST = (SYSTEMS[0], SYSTEMS[3])
LATE = "Why was it late?"


def fill_date(page: Page, name: str) -> None:
    """Type a day that has passed."""
    group = page.get_by_role("group", name=name)
    for part, value in (("Day", "1"), ("Month", "11"), ("Year", "2026")):
        group.get_by_label(part, exact=True).fill(value)


def begin(page: Page, scheme: str, route: str, how: str) -> None:
    """Open the form on which an application is taken down, and answer all but the time."""
    page.goto("/applications/")
    page.get_by_role("button", name="Take an application").click()
    choose(page, "Is anybody in immediate danger?", "No")
    choose(page, "Scheme", scheme)
    choose(page, "How it began", route)
    choose(page, "How it came in", how)
    page.get_by_label("Unit that deals with it").select_option(label="Southmoor MOSOVO")
    fill_date(page, "Day on which it came in")


def take(page: Page) -> str:
    """Give the time and take it down; return its address."""
    page.get_by_label("Time").fill("14:30")
    press(page, "Save and go on")
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile(r"^Application DA-\d{6}$"))
    return page.url


def add_person(page: Page, role: str, name: str) -> None:
    """Enter somebody by name; nothing else is asked of them."""
    follow(page.get_by_role("link", name=f"Add: {role}"))
    page.get_by_label("Name").fill(name)
    press(page, "Save")


def ask_how_it_is_safe(page: Page) -> None:
    """Answer each way of contact."""
    follow(page.get_by_role("link", name="Ask how it is safe to reach them"))
    for way in WAYS:
        choose(page, f"{way}: is it safe?", "Safe" if way == "Text message" else "Not safe")
    page.get_by_label("Text message: how").fill("Before three. Ask about the survey.")
    press(page, "Save the answers")
    expect(page.get_by_role("region", name="Safe contact")).to_contain_text("Before three")


def record(page: Page, stage: str, systems: Sequence[str]) -> None:
    """Record that systems were searched; the first checks of an old application are late."""
    for system in systems:
        follow(page.get_by_role("link", name=re.compile(f"{stage}, {re.escape(system)}$")))
        choose(page, "Result", "Nothing is held")
        say_why_late(page, "The call was written down on paper first")
        press(page, "Save")


def say_why_late(page: Page, words: str) -> None:
    """Say why, where the page asks."""
    if page.get_by_label(LATE).count():
        page.get_by_label(LATE).fill(words)


def allocate(page: Page, address: str) -> None:
    """Have the supervisor say who deals with it."""
    page.goto(address)
    follow(page.get_by_role("link", name="Allocate"))
    page.get_by_label("Who deals with it", exact=True).select_option(label="DC 2251 Brennan")
    press(page, "Allocate")


def go_on(page: Page, to: str) -> None:
    """Go on to the next step."""
    press(page, f"Go on to: {to}")


def meet(page: Page, said: str) -> None:
    """Meet the applicant face to face, and prove who they are."""
    go_on(page, "Face to face, and proof of identity")
    follow(page.get_by_role("link", name="Face to face, and proof of identity"))
    fill_date(page, "Day")
    page.get_by_label("Time").fill("16:00")
    page.get_by_label("Where").fill("Southmoor library")
    page.get_by_label("What they said").fill(said)
    page.get_by_label("What follows for their safety").fill("They stay with a sister.")
    say_why_late(page, "They were away")
    press(page, "Save")
    follow(page.get_by_role("link", name=re.compile("^Proof of identity.*Applicant$")))
    choose(page, "What did they show?", "Passport")
    fill_date(page, "Day on which you saw it")
    press(page, "Save")


def check_fully(page: Page, *, nominal: str = "") -> None:
    """Search everything, say whether the person asked about has a record, and why no agency could be asked."""
    go_on(page, "Full checks and forum")
    record(page, "Full checks", SYSTEMS)
    follow(page.get_by_role("link", name="Link a record, or say that there is none"))
    choose(page, "Does the person asked about have a record here?", "Yes" if nominal else "No")
    if nominal:
        page.get_by_label("Reference").fill(nominal)
    press(page, "Save")
    follow(page.get_by_role("link", name="Record what they said, or why not"))
    page.get_by_label("Or why they could not be asked").fill("It cannot wait for a meeting.")
    press(page, "Save")


def say_what_checks_show(page: Page) -> None:
    """Answer both tests of the presumption by what a check says, where the record is closed to whoever proposes."""
    for test in ("convictions", "harm"):
        if page.locator(f"input[name={test}_met]").count():
            page.locator(f"input[name={test}_met][value=yes]").check()
            page.locator(f"select[name={test}_check]").select_option(index=1)
            page.locator(f"input[name={test}_words]").fill("Held there since 2019")
