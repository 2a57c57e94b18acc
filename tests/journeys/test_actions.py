"""An officer's actions: three clicks from home to done, and a page that says when its numbers stand still."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.crawl import faults
from tests.journeys.filling import follow
from tests.site import sign_in

pytestmark = pytest.mark.xdist_group("journeys")


@pytest.mark.parametrize("javascript", [True, False])
def test_an_action_is_done_three_clicks_from_home(visit: Callable[..., Page], javascript: bool):
    page = visit("offender_manager", javascript=javascript)
    page.goto("/")
    title = "Ring the hostel about the new room" if javascript else "Ask housing for the list of viewings"
    counter = page.get_by_role("link", name="Overdue" if javascript else "Due today")
    counter.click()
    follow(page.get_by_role("link", name=title).first)
    page.get_by_label("What was done, and what came of it").fill("Spoke with the key worker")
    page.get_by_role("button", name="Done").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    expect(page.get_by_text("Spoke with the key worker").first).to_be_visible()
    assert not javascript or faults(page) == []


def test_the_counters_say_since_when_they_stand_still(site: str, browser: Browser):
    page = browser.new_context(base_url=site).new_page()  # not by `visit`: the failure is meant, and htmx complains of it
    sign_in(page, "supervisor")
    page.clock.install()
    page.goto("/")
    notice = page.locator("[data-poll-notice]")
    expect(notice).to_be_hidden()
    page.route("**/actions/counters/**", lambda route: route.fulfill(status=404))
    page.clock.fast_forward("01:05")
    expect(notice).to_contain_text("Not updated since")
    page.unroute("**/actions/counters/**")
    page.clock.fast_forward("01:05")
    expect(notice).to_be_hidden()
    page.context.close()
