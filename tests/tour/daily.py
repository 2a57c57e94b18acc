"""The tour's working day: control room, offender manager, supervisor."""

from __future__ import annotations

import re

from tests.journeys.filling import follow, press, submit
from tests.tour.screens import ARTHUR, misspell
from tests.tour.walking import Tour


def control_room(tour: Tour) -> None:
    """Find a person, read the card, tell the manager."""
    page = tour.window("control_room")
    page.goto("/find/")
    misspell(page)
    tour.shows(
        "control_room", "A name as it was heard",
        "A patrol reports a man called something like “Arther Sampel”. One search finds him and says what matched.",
        "R1: any officer can reach the present risk at once", expected="Very high risk",
    )  # fmt: skip
    follow(page.get_by_role("link", name="Sample, Arthur").first)
    tour.shows(
        "control_room", "The operational card",
        "How dangerous, to whom, what to do now. Two steps after the name was said, all of it stands on one screen.",
        "R1: the card reads in seconds", expected="What to do now",
    )  # fmt: skip
    page.get_by_label("What happened").fill("Spoken to outside the leisure centre at 9:15pm. Left when asked.")
    page.get_by_role("button", name="came to notice").click()
    tour.shows(
        "control_room", "He came to notice",
        "One sentence and one button: the offender manager, and whoever else has to know, is told. The card stays open.",
        "R1, R3: an event reaches at once, and only, people who may know", expected="The offender manager was told",
    )  # fmt: skip


def officer(tour: Tour) -> None:
    """Start from what is due, answer the notice, record a visit."""
    operator, page = tour.window("control_room"), tour.window("offender_manager")
    operator.goto("/notices/")
    notice = operator.locator("main a[href^='/notices/']").first.get_attribute("href")
    page.goto("/")
    tour.shows(
        "offender_manager", "What there is to do",
        "At the start of a shift: what is overdue, what is due, and the notice that the control room has just sent.",
        "R42: at login each person sees what there is to do", expected="My work",
    )  # fmt: skip
    follow(page.locator(f"main a[href='{notice}']").first)
    page.get_by_label("Answer").fill("Thank you. I will visit him today.")
    page.get_by_role("button", name="Send the answer").click()
    tour.shows(
        "offender_manager", "The answer to the control room",
        "Whoever reported it reads that the manager knows, and what happens next.",
        "R1: what came to notice is answered", expected="The answer has been sent",
    )  # fmt: skip
    page.goto(f"{ARTHUR}visits/record/")
    tour.shows(
        "offender_manager", "Before the visit is written down",
        "The form opens with everything that happened since the last visit, so that nothing is overlooked.",
        "R42: what has changed is seen before the form is filled in", expected="Since the last visit",
    )  # fmt: skip
    page.get_by_label("Carried out").check()
    page.get_by_label("Time", exact=True).fill("00:00")
    page.get_by_label("Second officer").select_option(index=2)
    page.get_by_label("Who was seen").fill("He and his sister, in the kitchen")
    page.get_by_label("The risk is unchanged").check()
    submit(page)
    tour.shows(
        "offender_manager", "The visit is recorded",
        "Saved with both officers, and the clock for the next visit starts by the level of risk.",
        "R42: visits run by clocks that say how each date came about", expected="He and his sister, in the kitchen",
    )  # fmt: skip


def supervisor(tour: Tour) -> None:
    """Approve what another wrote."""
    page = tour.window("supervisor")
    page.goto("/team/")
    tour.shows(
        "supervisor", "The team",
        "Cases and points of each officer against a ceiling; what is overdue; cases can be moved, after a look at what that would do.",
        "R42: the team's load against a ceiling", expected="Above the ceiling",
    )  # fmt: skip
    page.goto("/approvals/")
    follow(page.locator("main table").get_by_role("link", name=re.compile("^Decide")).first)
    page.get_by_label("Approve", exact=True).check()
    tour.shows(
        "supervisor", "An assessment waits for a second person",
        "What the tool said, what the officer proposes and why, side by side. Nobody approves their own.",
        "R2: assessments have another approver", expected="Level proposed",
    )  # fmt: skip
    press(page, "Save the decision")
    tour.shows(
        "supervisor", "Approved", "The officer is told. The level stands on the card with both names, and lapses when its content changes.",
        "R2: levels are history", expected="was told of your decision",
    )  # fmt: skip
