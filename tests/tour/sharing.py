"""The tour's decision to share: written, approved, sent, accepted."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.journeys.deciding import Terms, answer_pages, choose_from_record, give_verdict
from tests.journeys.filling import follow, press
from tests.tour.screens import ARTHUR
from tests.tour.walking import Tour

TERMS = Terms(
    purpose="Managing the risk that a person poses",
    power="Offender Management Act 2007, section 14",
    lawful="",  # an agreement covers it
    given="Through Vigil: the agency's system or browser",
    telling="He was seen twice outside the leisure centre this month. ",
    last_page={
        "handling": "For the supervising officer and their manager alone.",
        "must_not": "Not to be told to him or to his family.",
        "expected_action": "Ask him in supervision where he was, and tell the offender manager what he says.",
        "reasons": "Probation sees him before the police do, and must know what to ask.",
    },
    last_day=60,
)


def share(tour: Tour) -> None:
    """Decide to share, have it approved, send it, have it accepted."""
    page, boss, agency = (tour.window(who) for who in ("offender_manager", "supervisor", "partner"))
    one = write_decision(page, tour)
    reference = re.search(r"SD-\d+", page.locator("main").inner_text())
    assert reference
    give_verdict(boss, "Approve", reference[0])
    boss.goto(one)
    tour.shows(
        "supervisor", "Whoever must decide, decides", "The recipient and the MAPPA level say who that is. What was approved is sealed.",
        "R29: who decides follows from the recipient, by dated rules", expected="Approved",
    )  # fmt: skip
    page.goto(one)
    follow(page.get_by_role("link", name="Send it").first)
    page.get_by_label("I have looked at the preview: this is what must go").check()
    press(page, "Send")
    release = re.search(r"SR-\d+", page.locator("main").inner_text())
    assert release
    tour.shows(
        "offender_manager", "It has left",
        "Exactly what was approved, to this recipient, once. The database itself lets nothing out without a decision.",
        "R18, R19: nothing leaves without an approved decision", expected=release[0],
    )  # fmt: skip
    agency.goto("/partner/")
    follow(agency.get_by_role("link", name=release[0]))
    tour.shows(
        "partner", "The agency is asked to accept first",
        "Before anything is shown: how it must be kept, what must not be done with it, what is asked.",
        "R19: accepted before it opens", expected="How this must be handled",
    )  # fmt: skip
    press(agency, "I have read this and accept it")
    tour.shows(
        "partner", "Accepted, and open", "Now the probation officer reads it. Each opening is recorded, and the police see it.",
        "R19, R41: each opening is recorded", expected="What is shared",
    )  # fmt: skip


def write_decision(page: Page, tour: Tour) -> str:
    """Begin, answer, choose and seal a decision as the offender manager; return its address."""
    page.goto(f"{ARTHUR}sharing/")
    follow(page.get_by_role("link", name="Share information", exact=True))
    page.get_by_label("An agency that works with the force").check()
    page.get_by_label("Agency", exact=True).select_option(label="Northmere Probation")
    press(page, "Begin")
    tour.shows(
        "offender_manager", "A decision to share begins",
        "The questions of the national guidance on five pages. What is known is filled in; who must decide is named from the start.",
        "R18: the twelve questions, on five pages", expected="Who decides",
    )  # fmt: skip
    answer_pages(page, TERMS)
    one = page.url.removesuffix("check/")
    choose_from_record(page, one)
    page.goto(f"{one}preview/")
    tour.shows(
        "offender_manager", "As the recipient will see it",
        "What goes was chosen field by field and cut passage by passage. Before it is sealed it is read with the recipient's eyes.",
        "R19: what goes is chosen, cut and seen beforehand", expected="How this person offends",
    )  # fmt: skip
    page.goto(f"{one}check/")
    press(page, "Seal it and send it")
    expect(page.get_by_text("It is sealed, and whoever decides was told.")).to_be_visible()
    return one
