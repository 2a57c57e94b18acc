"""A neighbour asks at a desk about a man near a child: from what the officer writes down to what two people decide."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.applying import (
    FIRST,
    add_person,
    allocate,
    ask_how_it_is_safe,
    begin,
    check_fully,
    go_on,
    meet,
    record,
    say_what_checks_show,
    take,
)
from tests.journeys.crawl import faults
from tests.journeys.filling import choose, follow, press, refuses

pytestmark = pytest.mark.xdist_group("journeys")
ARTHUR = "V-000001"
PEOPLE = {"applicant": "Maude Fictional", "child who may be at risk": "Pip Notreal", "person asked about": "Arthur Sample"}
TESTS = ("Convictions for sexual offences against children", "A risk of serious harm")
ROUTES = ("Presumption: ", "Through MAPPA. ", "Common law power ")


def take_it_down(page: Page) -> str:
    """Take it down at the desk, and name everybody; return its address."""
    begin(page, "Child sex offender disclosure scheme", "Right to ask: somebody else who is worried", "In person")
    address = take(page)
    for role, name in PEOPLE.items():
        add_person(page, role, name)
    ask_how_it_is_safe(page)
    return address


def hear_him(page: Page) -> None:
    """Say why the person asked about was not asked; a bare no is not enough."""
    follow(page.get_by_role("link", name="Record representations"))
    assert page.locator("main input[type=radio]:checked").count() == 0
    choose(page, "Was the person asked about asked?", "Not asked, for a reason")
    press(page, "Save")
    refuses(page, "Say it in words.")
    page.get_by_label("If not: why not").fill("He would guess who asked.")
    press(page, "Save")


def propose(page: Page) -> None:
    """Propose that the mother is told: the presumption is a rule that its two tests decide, and there are other routes."""
    expect(page.get_by_role("region", name="Presumption")).to_contain_text("The rule: ")
    assert page.locator("main input[type=checkbox]").count() == 0
    assert page.locator("main input[type=radio]:checked").count() == 0
    say_what_checks_show(page)
    choose(page, TESTS[1], "Not met")
    choose(page, "What do you propose?", "Disclose")
    routes = page.get_by_role("group", name="If it is disclosed: on what it rests")
    assert [routes.get_by_role("radio", name=re.compile(f"^{each}")).count() for each in ROUTES] == [1, 1, 1]
    routes.get_by_label(re.compile(f"^{ROUTES[0]}")).check()
    page.get_by_label("If it is disclosed: who should be told").fill("The mother of the child")
    page.get_by_label("Reasons", exact=True).fill("The boy is alone with him after school.")
    press(page, "Send it to whoever decides")
    refuses(page, "Choose on what it rests.")
    assert faults(page) == []
    expect(page.get_by_label("Reasons", exact=True)).to_have_value("The boy is alone with him after school.")
    routes.get_by_label(re.compile(f"^{ROUTES[2]}")).check()
    press(page, "Send it to whoever decides")
    expect(page.get_by_text("Sent. A supervisor who did not write it decides.")).to_be_visible()


def test_a_child_is_protected_by_a_decision_of_two(visit: Callable[..., Page]):
    page = visit("offender_manager_2")
    address = take_it_down(page)
    record(page, "First checks", FIRST)
    lead = visit("supervisor_2", width=320)
    allocate(lead, address)
    page.reload()
    assert faults(page) == []
    meet(page, "He plays with her grandson every day, and asks when nobody is at home.")
    check_fully(page, nominal=ARTHUR)
    expect(page.get_by_role("region", name="Record of the person asked about")).to_contain_text(ARTHUR)
    go_on(page, "Decision")
    follow(page.get_by_role("link", name="Decision", exact=True))
    hear_him(page)
    follow(page.get_by_role("link", name="Propose a decision"))
    propose(page)
    assert page.get_by_role("link", name="Decide", exact=True).count() == 0

    lead.goto(f"{address}decision/")
    follow(lead.get_by_role("link", name="Decide", exact=True))
    rule = lead.get_by_role("region", name="Presumption")
    for words in (*TESTS, "Held there since 2019", "Not both tests are met: it is told only through MAPPA or under the common law."):
        expect(rule).to_contain_text(words)
    assert rule.locator("input").count() == 0
    assert lead.locator("main input[type=radio]:checked").count() == 0
    lead.get_by_label("Agree", exact=True).check()
    lead.get_by_label("In your own words: why").fill("The boy is alone with him, and no less will do.")
    assert faults(lead) == []
    press(lead, "Save")
    expect(lead.get_by_text("Decided. Whoever proposed it was told.")).to_be_visible()
    expect(lead.get_by_role("main")).to_contain_text("Agreed")
    expect(lead.get_by_role("region", name="Authority of the force")).to_be_visible()
