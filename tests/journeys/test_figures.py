"""The coordinator looks at the year, opens a number, and closes the year; what is entered later shows as an adjustment."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.utils.timezone import localdate
from playwright.sync_api import Page, expect

from governance.rules.figures import last_of, name_of, year_of
from tests.journeys.crawl import faults
from tests.journeys.filling import follow, make_record, press, submit

pytestmark = pytest.mark.xdist_group("journeys")
YEAR = year_of(localdate()) - 1
DAY = last_of(YEAR)


def close(page: Page) -> None:
    """Close the year, after a try that says nothing."""
    page.goto("/figures/")
    follow(page.get_by_role("link", name="Close a year"))
    submit(page)
    expect(page.get_by_role("alert").filter(has_text="There is a problem")).to_be_visible()
    page.get_by_label("Year to close").select_option(label=name_of(YEAR))
    page.get_by_label("The figures were checked").check()
    assert faults(page) == []
    press(page, "Close the year")
    expect(page.get_by_role("heading", name=f"Closed figures {name_of(YEAR)}")).to_be_visible()
    expect(page.get_by_text("the same question gives the same numbers now")).to_be_visible()
    assert faults(page) == []


def enter_late(page: Page) -> str:
    """Let a manager enter a charge of that year; return the reference of the record."""
    one = make_record(page, "Latecharge")
    page.goto(f"{one}further-offences/")
    follow(page.get_by_role("link", name="Record a charge"))
    assert page.locator("main input[type=radio]:checked").count() == 0
    page.get_by_label("Terrorist offence").check()
    for part in ("day", "month", "year"):
        page.locator(f"#id_charged_on_{part}").fill(str(getattr(DAY, part)))
    assert faults(page) == []
    submit(page)
    expect(page.get_by_text("Terrorist offence")).to_be_visible()
    assert faults(page) == []
    return one.rstrip("/").rpartition("/")[2]


def test_a_year_is_looked_at_and_closed_and_a_later_entry_is_an_adjustment(visit: Callable[..., Page]):
    coordinator, manager = visit("mappa_coordinator"), visit("offender_manager", width=320)
    coordinator.goto("/figures/")
    expect(coordinator.get_by_role("heading", name=f"Annual figures {name_of(YEAR)}")).to_be_visible()
    assert faults(coordinator) == []
    follow(coordinator.get_by_role("region", name="People in the community, table").get_by_role("link").first)
    expect(coordinator.get_by_role("link", name=f"Annual figures {name_of(YEAR)}")).to_be_visible()
    assert faults(coordinator) == []
    close(coordinator)
    reference = enter_late(manager)
    coordinator.reload()
    row = coordinator.get_by_role("row").filter(has_text="Terrorist offence, Not under MAPPA").first
    expect(row).to_contain_text("1 other")
    expect(row).not_to_contain_text(reference)
    assert faults(coordinator) == []
    coordinator.goto("/figures/indicators/")
    expect(coordinator.get_by_role("heading", name="Quarterly indicators")).to_be_visible()
    assert faults(coordinator) == []
    coordinator.goto("/quality/")
    follow(coordinator.get_by_role("link", name="No approved plan"))
    expect(coordinator.get_by_role("heading", name="No approved plan")).to_be_visible()
    assert faults(coordinator) == []
