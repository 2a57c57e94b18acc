"""What the force answers for, on the tour: who could have seen a record, and how long it is kept."""

from __future__ import annotations

from tests.journeys.filling import follow, press
from tests.tour.screens import ARTHUR
from tests.tour.walking import Tour


def audit(tour: Tour) -> None:
    """Ask who could have seen the record, and who did."""
    page = tour.window("auditor")
    page.goto(f"{ARTHUR}who-could-see/")
    tour.shows(
        "auditor", "Who could have seen it today",
        "Everybody who could have opened the record, by which rule, and who did; for any past day.",
        "R41: who could have seen a record, by which rule, and who did", expected="Could see, by which rule",
    )  # fmt: skip
    page.goto("/looks/")
    tour.shows(
        "auditor", "Looks that need an explanation",
        "Rules find unusual looks, and say how often they were wrong. A person judges, or asks why.",
        "R41: unusual looks are found, explained, asked about", expected="How the rules do",
    )  # fmt: skip


def retention(tour: Tour) -> None:
    """Review a record whose years are over: one proposes, another approves."""
    page, second = tour.window("information_governance"), tour.window("information_governance_2")
    page.goto("/retention/")
    link = page.locator("main a[href*='/nominals/']").first
    reference = link.inner_text()
    follow(link)
    tour.shows(
        "information_governance", "A record whose years are over",
        "Why it is kept that long, reckoned line by line. Nothing goes by itself.",
        "R35: each record has a retention group, explained", expected=reference,
    )  # fmt: skip
    follow(page.get_by_role("link", name="Review the record"))
    for answer in page.get_by_label("No", exact=True).all():
        answer.check()
    for box in page.locator("main textarea").all():
        box.fill("Nothing on the record says so.")
    page.get_by_label("Dispose of the record").check()
    press(page, "Propose it")
    second.goto("/retention/?show=approval")
    follow(second.get_by_role("link", name=reference))
    follow(second.get_by_role("link", name="Approve the proposal"))
    second.get_by_label("Your reasons").fill("I have looked at it too.")
    press(second, "Approve")
    tour.shows(
        "information_governance_2", "Two people, and not the same",
        "Each national criterion was answered with a reason. A second person approved; only now can the record be disposed of.",
        "R35: one person proposes and another approves", expected="Approved. Both names stand.",
    )  # fmt: skip
