"""A report goes from a patrol through the bureau and the manager to its readers; only the bureau notices somebody who tells often."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from config.processes import wait_for
from tests.journeys.crawl import faults
from tests.journeys.filling import follow
from tests.journeys.reporting import TEXT, write_report

pytestmark = pytest.mark.xdist_group("journeys")
ARTHUR = "V-000001"
SAFE = "He spoke to two girls of about nine at a public place."
COLLEAGUE = "8114"  # of the control room
PATIENCE = 30


def comes(page: Page, words: str) -> bool:
    """Whether the worker brings it to a page."""

    def shows() -> bool:
        page.reload()
        return words in page.locator("main").inner_text()

    return wait_for(shows, PATIENCE)


def test_a_report_goes_through_all_hands_and_what_came_of_it_comes_back(visit: Callable[..., Page], worker: None):
    reference = write_report(visit("operational", width=320), ARTHUR)

    bureau = visit("intelligence")
    bureau.goto("/intelligence-bureau/")
    assert faults(bureau) == []
    follow(bureau.get_by_role("link", name=reference))
    expect(bureau.get_by_text(TEXT)).to_be_visible()
    assert comes(bureau, f"Manager of {ARTHUR}: Not taken yet")
    follow(bureau.get_by_role("link", name="Evaluate it"))
    bureau.get_by_label("Sanitised text").fill(SAFE)
    for choice in ("1 Reliable", "A Known directly", "P Sharing permitted"):
        bureau.get_by_label(choice, exact=True).check()
    assert faults(bureau) == []
    bureau.get_by_role("button", name="Save the evaluation").click()

    manager = visit("offender_manager")
    manager.goto("/actions/")
    follow(manager.get_by_role("link", name="Take an intelligence report").last)
    assert faults(manager) == []
    manager.goto(f"/nominals/{ARTHUR}/information/")
    report = manager.get_by_role("region", name=reference)
    expect(report).not_to_contain_text("He spoke to two girls")
    follow(report.get_by_role("link", name="Take it"))
    manager.get_by_label("Yes, or it may be").check()
    manager.get_by_label("What you did, or will do").fill("Visited him with a colleague and told social services")
    manager.get_by_role("button", name="Take it").click()
    expect(manager.get_by_role("region", name=reference)).to_contain_text("Visited him with a colleague")

    bureau.get_by_role("button", name="Release it").click()
    expect(bureau.get_by_text("Released. Those whom it concerns were told.")).to_be_visible()
    follow(bureau.get_by_role("link", name="Send it on"))
    bureau.get_by_label("Collar numbers of those who receive it").fill(COLLEAGUE)
    bureau.get_by_label("What they are asked to do").fill("Send a patrol past the allotments")
    bureau.get_by_role("button", name="Send it").click()
    expect(bureau.get_by_text("Sent. You see here when it is read")).to_be_visible()

    manager.goto("/notifications/")
    expect(manager.get_by_text("An intelligence report about this record was released").first).to_be_visible()
    manager.goto(f"/nominals/{ARTHUR}/information/")
    expect(manager.get_by_role("region", name=reference)).to_contain_text(SAFE)
    expect(manager.get_by_text(TEXT)).to_have_count(0)

    reader = visit("control_room", width=320)
    reader.goto("/notifications/")
    reader.get_by_text("Intelligence was sent to you").first.click()
    reader.goto("/intelligence-reports/received/")
    follow(reader.get_by_role("link", name=reference))
    expect(reader.get_by_text(SAFE)).to_be_visible()
    assert faults(reader) == []
    reader.get_by_label("What you did, or will do").fill("A patrol passes at three each day")
    reader.get_by_role("button", name="Tell the bureau").click()
    expect(reader.get_by_text("The bureau was told.")).to_be_visible()

    bureau.reload()
    went = bureau.get_by_role("heading", name="Where it went").locator("xpath=following-sibling::ul")
    expect(went).to_contain_text("Visited him with a colleague")
    expect(went).to_contain_text(re.compile(r"read .* by .*Marsh.*What they did: A patrol passes at three each day", re.DOTALL))
    assert faults(bureau) == []


# The neighbour of the demonstration, who has told one thing already.
NEIGHBOUR = {
    "Their name": "H Lamplough",
    "Their telephone number or address": "01632 960555",
    "Why it must be handled with care": "Only she can know it",
    "How they came to know it": "She saw it from her window",
    "What in their circumstances calls for care": "Lives alone",
}
MATTERS = "/intelligence-bureau/matters/"


def shown_to(page: Page, address: str) -> str:
    """Return all that a page shows, and where its links lead."""
    page.goto(address)
    links = page.locator("a").evaluate_all("links => links.map(link => link.getAttribute('href'))")
    return "\n".join([page.locator("body").inner_text(), *links])


def test_a_third_contact_is_noticed_by_the_bureau_and_by_nobody_else(visit: Callable[..., Page], worker: None):
    southmoor = visit("offender_manager_2")
    managed = re.search(r"V-\d{6}", shown_to(southmoor, "/"))
    assert managed
    author, supervisor, bureau = visit("operational"), visit("supervisor"), visit("intelligence")
    seen = ((author, "/"), (author, "/notifications/"), (author, "/actions/"), (supervisor, "/"), (supervisor, "/notifications/"),
            (supervisor, "/actions/"))  # fmt: skip

    second = write_report(author, managed[0], "She saw him carry a child's bicycle into the cellar.", NEIGHBOUR)
    bureau.goto("/intelligence-bureau/")
    follow(bureau.get_by_role("link", name=second))
    assert comes(bureau, f"Manager of {managed[0]}")
    before = [shown_to(page, address) for page, address in seen]
    bureau.goto(MATTERS)
    expect(bureau.get_by_text("No matter waits that you may see.")).to_be_visible()

    write_report(author, managed[0], "She heard a child in his flat on Thursday evening.", NEIGHBOUR)
    assert comes(bureau, "3 contacts")
    follow(bureau.get_by_role("link", name="Matter of"))
    expect(bureau.get_by_text("Repeated contact. 3 contacts counted")).to_be_visible()
    assert faults(bureau) == []

    for (page, address), was in zip(seen, before, strict=True):
        assert shown_to(page, address) == was
    for page in (author, supervisor):
        answer = page.goto(bureau.url)
        assert answer
        assert answer.status == 403
        page.goto(MATTERS)
        assert "matter" not in page.locator("main").inner_text().lower()


@pytest.mark.parametrize(
    ("who", "address"),
    [
        ("operational", "/intelligence-reports/"),
        ("operational", "/intelligence-reports/received/"),
        ("offender_manager", f"/nominals/{ARTHUR}/information/"),
        ("intelligence", "/intelligence-bureau/all/"),
        ("intelligence", "/intelligence-bureau/matters/"),
    ],
)
def test_pages_are_accessible_at_each_width(visit: Callable[..., Page], who: str, address: str):
    page = visit(who)
    page.goto(address)
    for width in (1280, 320):
        page.set_viewport_size({"width": width, "height": 900})
        assert faults(page) == []
