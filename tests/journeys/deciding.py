"""What journeys do that decide about sharing: answer the questions, choose what goes, decide."""

from __future__ import annotations

import re
from dataclasses import dataclass

from playwright.sync_api import Page, expect

from tests.journeys.crawl import faults
from tests.journeys.filling import fill_day, follow, press

VERDICTS = {"recipient_at_risk": "no", "lawful": "met", "necessary": "met", "proportionate": "met", "secure": "met", "accountable": "met"}
PREDICTED = {"predicts_disorder": "unlikely", "predicts_underground": "unlikely", "predicts_harm": "likely"}


@dataclass(frozen=True)
class Terms:
    """What differs between decisions: purpose, power, why it is lawful beyond an agreement, how, in which words, and until when."""

    purpose: str
    power: str
    lawful: str
    given: str
    telling: str
    last_page: dict[str, str]
    last_day: int | None = None  # days from today; spoken words have none


def answer_everything(page: Page, terms: Terms) -> None:
    """Answer every question of an open page that is not answered yet: words to each, and one of what it offers."""
    for box in page.locator("main form textarea:visible").all():
        if not box.input_value():
            box.fill(terms.last_page.get(str(box.get_attribute("name")), terms.telling))
    for name in page.locator("main form input[type=radio]").evaluate_all("all => [...new Set(all.map(one => one.name))]"):
        if not name.endswith("_verdict") or page.locator(f"input[name={name}]:checked").count():
            continue
        code = name.removesuffix("_verdict")
        wanted = VERDICTS.get(code) or PREDICTED.get(code) or ("some" if code.startswith("predicts_") else "yes")
        page.locator(f"input[name={name}][value={wanted}]").check()


def answer_pages(page: Page, terms: Terms) -> None:
    """Answer all five pages of an open decision to share a part."""
    for number in range(1, 6):
        answer_everything(page, terms)
        if number == 2:
            page.get_by_label("What is it for?").select_option(label=terms.purpose)
            page.get_by_label(terms.power).check()
            page.get_by_label("Why it is lawful outside an agreement").fill(terms.lawful)
        if number == 5:
            page.get_by_label(terms.given, exact=True).check()
            page.get_by_label("Share part", exact=True).check()
            if terms.last_day:
                fill_day(page, "expires_on", terms.last_day)
        assert faults(page) == []
        press(page, "Save and go on")
    expect(page.get_by_role("heading", name="Check your answers")).to_be_visible()


def choose_from_record(page: Page, one: str) -> None:
    """Choose one thing from the record, keep its first passage and remove what follows."""
    page.goto(f"{one}items/")
    follow(page.get_by_role("link", name="Choose from the record"))
    assert page.locator("main input[type=checkbox]:checked").count() == 0
    page.locator("main fieldset").filter(has_text="How this person offends").get_by_role("checkbox").check()
    press(page, "Save what is chosen")
    follow(page.get_by_role("link", name=re.compile("Decide about its passages")))
    keeps = page.locator("section.app-passage")
    for number in range(keeps.count()):
        keeps.nth(number).get_by_label("Keep" if number == 0 else "Remove", exact=True).check()
        if number:
            keeps.nth(number).locator("select").select_option(label="Not needed for the purpose")
    page.get_by_label("They do not have it").check()
    assert faults(page) == []
    press(page, "Save")


def give_verdict(page: Page, words: str, reference: str = "SD-") -> None:
    """Decide as whoever may: on this decision, else on what has waited longest."""
    page.goto("/sharing/approvals/")
    follow(page.locator("main").get_by_role("link", name=re.compile(f"^{reference}")).first)
    follow(page.get_by_role("link", name="Decide", exact=True))
    page.get_by_label(words, exact=True).check()
    page.get_by_label("Reasons", exact=True).fill("Read with care.")
    assert faults(page) == []
    press(page, "Save the verdict")
