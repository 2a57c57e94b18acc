"""Records management disposes of a record: one proposes, a second person approves, and a certificate is left."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.crawl import faults
from tests.journeys.filling import follow, press

pytestmark = pytest.mark.xdist_group("journeys")


def test_a_record_goes_by_two_people_and_leaves_a_certificate(visit: Callable[..., Page]):
    keeper, second = visit("information_governance", width=320), visit("information_governance_2")
    keeper.goto("/retention/")
    assert faults(keeper) == []
    keeper.locator("main a[href*='/nominals/']").first.click()
    assert faults(keeper) == []
    record = keeper.url
    reference = re.search(r"V-\d+", record)[0]
    follow(keeper.get_by_role("link", name="Review the record"))
    for answer in keeper.get_by_label("No", exact=True).all():
        answer.check()
    for box in keeper.locator("main textarea").all():
        box.fill("Nothing on the record says so.")
    keeper.get_by_label("Dispose of the record").check()
    assert faults(keeper) == []
    press(keeper, "Propose it")
    expect(keeper.get_by_text("Proposed. Another person decides.")).to_be_visible()
    assert keeper.get_by_role("link", name="Approve the proposal").count() == 0

    second.goto("/retention/?show=approval")
    follow(second.get_by_role("link", name=reference))
    follow(second.get_by_role("link", name="Approve the proposal"))
    second.get_by_label("Your reasons").fill("I have looked at it too.")
    press(second, "Approve")
    expect(second.get_by_text("Approved. Both names stand.")).to_be_visible()

    keeper.goto(record)
    follow(keeper.get_by_role("link", name="Dispose of the record"))
    keeper.get_by_label("Type the reference of the record").fill("V-0")
    press(keeper, "Dispose of it for good")
    expect(keeper.get_by_role("link", name=f"Type {reference} to say that you mean this record.")).to_be_visible()
    keeper.get_by_label("Type the reference of the record").fill(reference)
    press(keeper, "Dispose of it for good")

    expect(keeper.get_by_role("heading", name="Certificate of disposal")).to_be_visible()
    assert faults(keeper) == []
    expect(keeper.get_by_text(reference).first).to_be_visible()
    assert keeper.goto(record).status == 404
