"""A recall from the request to the prison gate, and a record that passes to another unit, in a browser."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.utils.timezone import localtime
from playwright.sync_api import Page, expect

from tests.journeys.filling import fill_day, follow, make_record, submit

pytestmark = pytest.mark.xdist_group("journeys")


def test_a_recall_shows_on_the_card_at_each_step(visit: Callable[..., Page]):
    page = visit("offender_manager")
    record = make_record(page, "Recallable")
    page.goto(f"{record}custody/licences/add/")
    page.get_by_label("Determinate sentence licence").check()
    fill_day(page, "starts_on", -30)
    fill_day(page, "ends_on", 300)
    page.get_by_label("Probation office").fill("Northmere probation")
    page.get_by_label("Probation manager").fill("Duty manager")
    page.get_by_label("Telephone", exact=True).fill("01632 960133")
    page.get_by_label(re.compile("What to tell probation")).fill("Any contact with children.")
    submit(page)
    follow(page.get_by_role("link", name="Record a recall"))
    page.get_by_label("Emergency recall").check()
    page.get_by_label("Time").fill("00:00")
    page.get_by_label("Who in probation asked").fill("Duty manager")
    page.get_by_label("Why").fill("Left the hostel; the tag was cut.")
    submit(page)
    follow(page.get_by_role("link", name="Record that the licence was revoked"))
    page.get_by_label("Time").fill("00:00")
    submit(page)
    card = visit("control_room")
    card.goto(f"{record}card/")
    expect(card.get_by_text("Risk not reassessed yet")).to_be_visible()
    follow(page.get_by_role("link", name="Reassess the risk for the arrest"))
    page.get_by_label(re.compile("What the arresting officers")).fill("May harm himself; two officers.")
    submit(page)
    card.reload()
    expect(card.get_by_text("May harm himself; two officers.")).to_be_visible()
    follow(page.get_by_role("link", name="Record the arrest"))
    page.get_by_label("Time").fill(localtime().strftime("%H:%M"))
    submit(page)
    follow(page.get_by_role("link", name="Record the return to custody"))
    page.get_by_label("Prison or police station").fill("HMP Eastvale")
    submit(page)
    card.reload()
    expect(card.get_by_text("Recalled to prison: HMP Eastvale")).to_be_visible()
    expect(card.get_by_text("May harm himself")).to_have_count(0)


def test_a_record_passes_from_one_unit_to_another(visit: Callable[..., Page]):
    giver, taker = visit("supervisor"), visit("other_force_supervisor")
    record = make_record(giver, "Transferable")
    giver.goto(f"{record}transfers/offer/")
    unit = giver.get_by_label("Unit that should take the record")
    unit.select_option(label=unit.locator("option").filter(has_text=re.compile("^Eastvale")).first.text_content())
    giver.get_by_label("Why").fill("Moved to Eastvale last week")
    giver.get_by_label(re.compile("What the other side must know")).fill("Settled; plan in date.")
    submit(giver)
    expect(giver.get_by_text("The record is on offer.")).to_be_visible()
    taker.goto("/offers/")
    taker.locator("main table a").first.click()
    expect(taker.get_by_text("Settled; plan in date.")).to_be_visible()
    follow(taker.get_by_role("link", name="Accept the record"))
    taker.get_by_label("Offender manager").select_option(index=1)
    taker.get_by_label("Why").fill("Lives here now")
    submit(taker)
    expect(taker.get_by_text("The record is your unit's now.")).to_be_visible()
    assert taker.goto(f"{record}custody/").status == 200
    assert giver.goto(f"{record}custody/").status == 403
