"""What comes in on the tour: a travel alert, and one from a patrol."""

from __future__ import annotations

import re

from playwright.sync_api import Page

from config.processes import wait_for
from tests.journeys.filling import follow, press
from tests.journeys.reporting import write_report
from tests.tour.screens import ARTHUR
from tests.tour.walking import Tour

REFERENCE = "V-000001"
PATIENCE = 60  # for what the worker brings


def border(tour: Tour) -> None:
    """Match a travel alert, evaluate the journey, sign it off."""
    page, boss = tour.window("offender_manager"), tour.window("supervisor")
    page.goto("/travel-alerts/")
    tour.shows(
        "offender_manager", "Travel alerts",
        "Reports come by mail, file and API. What is beyond doubt files itself; these need a person, the oldest first.",
        "R27: nothing is lost or doubled", expected="travel alerts wait",
    )  # fmt: skip
    follow(page.locator("main table a").first)
    page.get_by_label("This is another person on record").check()
    page.get_by_label("Reference of the other record").fill(REFERENCE)
    page.get_by_label("Reason", exact=True).fill("The number on the photograph of his passport")
    tour.shows(
        "offender_manager", "Is it the same person?",
        "The report beside the person it may be about, fact by fact. The officer knows better, and says why.",
        "R27: doubtful reports are decided by a person", expected="People on record it may be about",
    )  # fmt: skip
    press(page, "Decide and go to the next")
    page.goto(f"{ARTHUR}travel/")
    follow(page.get_by_role("link", name=re.compile("^Evaluate")).first)
    page.get_by_label("Evaluation").fill("He had not told us. The hotel confirms the days; a breach is considered.")
    page.get_by_role("button", name="Send to a supervisor").click()
    tour.shows(
        "offender_manager", "Compared with what he had told the police",
        "What he notified on one side, what the border saw on the other. The manager has evaluated the journey.",
        "R27: compared with notifications and bans", expected="Waits for a supervisor",
    )  # fmt: skip
    boss.goto(f"{ARTHUR}travel/")
    follow(boss.get_by_role("link", name=re.compile("^Sign off")).first)
    boss.get_by_label("Yes, sign it off").check()
    press(boss, "Save")
    tour.shows(
        "supervisor", "Signed off", "A second person has read the evaluation. Received, filed and set aside add up each day.",
        "R27: a supervisor signs off", expected="Signed off",
    )  # fmt: skip


def bureau(tour: Tour) -> None:
    """Write an intelligence report on patrol; evaluate and release it at the bureau."""
    patrol, page = tour.window("operational"), tour.window("intelligence")
    reference = write_report(patrol, REFERENCE)
    tour.shows(
        "operational", "What a patrol has learned",
        "One form with six questions of significance, from the street. Danger to a child is said first.",
        "R6: what was learned is weighed by six questions", expected="Sent. The bureau evaluates it.",
    )  # fmt: skip
    page.goto("/intelligence-bureau/")
    follow(page.get_by_role("link", name=reference))
    assert wait_for(lambda: reloaded(page, f"Manager of {REFERENCE}"), PATIENCE), "The worker has not brought the report to the manager"
    tour.shows(
        "intelligence", "The report reaches the bureau",
        "And the manager of whoever it is about, with a clock. Who told it stays sealed off.",
        "R9, R11: taken by a named manager with a clock; the source stands apart", expected=f"Manager of {REFERENCE}",
    )  # fmt: skip
    follow(page.get_by_role("link", name="Evaluate it"))
    page.get_by_label("Sanitised text").fill("He spoke to two girls of about nine at a public place.")
    for choice in ("1 Reliable", "A Known directly", "P Sharing permitted"):
        page.get_by_label(choice, exact=True).check()
    page.get_by_role("button", name="Save the evaluation").click()
    page.get_by_role("button", name="Release it").click()
    tour.shows(
        "intelligence", "Graded, made safe and released",
        "Source, information and handling are graded; the text that leaves gives nobody away.",
        "R16: graded by the national scheme, sanitised, released", expected="Released. Those whom it concerns were told.",
    )  # fmt: skip


def reloaded(page: Page, words: str) -> bool:
    """Whether a page says something when it is opened again."""
    page.reload()
    return words in page.locator("main").inner_text()
