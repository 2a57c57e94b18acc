"""Time runs past the clocks of every kind of case: what the page says then, and what ends it."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from urllib.parse import urlparse

import pytest
from django.utils.timezone import localtime, now
from playwright.sync_api import Locator, Page, expect

from tests.journeys.applying import say_what_checks_show
from tests.journeys.crawl import faults
from tests.journeys.filling import choose, fill_day, follow, press, refuses, submit
from tests.site import Site

pytestmark = pytest.mark.xdist_group("journeys")
LATE = "Two officers were ill"
# What says of each kind of case when it began.
BEGAN = {
    "application": "received_at = received_at - %(ago)s",
    "freedomrequest": "received_on = received_on - %(ago)s",
    "subjectrequest": "received_at = received_at - %(ago)s, identity_at = identity_at - %(ago)s",
    "prosecution": "charged_on = charged_on - %(ago)s",
}
ACTIONS = """
    UPDATE actions_action SET starts_at = starts_at - %(ago)s, late_from = late_from - %(ago)s, explanation = (
        SELECT jsonb_agg(
            CASE WHEN place = 1 OR line->>'day' = '' THEN line ELSE
            jsonb_set(line, '{day}', to_jsonb((left(line->>'day', 10)::date - %(ago)s)::date::text || substr(line->>'day', 11))) END
            ORDER BY place
        ) FROM jsonb_array_elements(explanation) WITH ORDINALITY AS each(line, place)
    ) WHERE subject_type = %(type)s AND subject_id = %(key)s RETURNING id
"""
PAUSES = "UPDATE actions_actionpause SET since = since - %(ago)s, until = until - %(ago)s WHERE action_id = ANY(%(actions)s)"


def move_back(site: Site, kind: str, address: str, days: int = 56) -> None:
    """Let a case and its clocks have begun that many days earlier; whole weeks, so that working days stay working days."""
    public_id = urlparse(address).path.strip("/").split("/")[1]
    values = {"ago": timedelta(days=days), "public_id": public_id}
    moved = f"UPDATE disclosure_{kind} SET {BEGAN[kind]} WHERE public_id = %(public_id)s RETURNING id"  # noqa: S608
    ((key,),) = site.query(moved, values)
    actions = [row[0] for row in site.query(ACTIONS, values | {"type": f"disclosure.{kind}", "key": key})]
    assert actions
    site.query(PAUSES, values | {"actions": actions})


def clock(page: Page, name: str) -> Locator:
    """Return what the page of a case says of one clock; of several of a kind the oldest."""
    clocks = page.get_by_role("region", name="Clocks").locator("div").filter(has=page.get_by_role("heading", name=name))
    return clocks.first


def is_over(page: Page, name: str, *steps: str) -> None:
    """The page says in words that the time is over, and how that was worked out line by line."""
    one = clock(page, name)
    expect(one).to_contain_text(re.compile(r"\d+ days overdue"))
    one.locator("summary").click()
    for step in ("Rule: ", "The clock starts: ", *steps):
        expect(one.get_by_role("listitem").filter(has_text=step).first).to_be_visible()
    assert faults(page) == []


def stands_still(page: Page, name: str, words: str) -> None:
    """The page says that the clock stands still, since when and why."""
    expect(clock(page, name)).to_contain_text("Stands still")
    expect(clock(page, name)).to_contain_text(words)


def was_late(page: Page, name: str) -> None:
    """The page says that it was late, and why."""
    expect(clock(page, name)).to_contain_text("Done late")
    expect(clock(page, name)).to_contain_text(f"Why: {LATE}")


def stop_and_go_on(page: Page, case: str, name: str) -> None:
    """Stop a clock on the page of its action, look at the case, and let it go on."""
    page.goto(case)
    clock(page, name).locator("summary").click()
    follow(clock(page, name).get_by_role("link", name=re.compile("^Stop it")))
    action = page.url
    follow(page.get_by_role("link", name="Stop the clock"))
    choose(page, "Why the clock stands still", "Waiting for another agency")
    page.get_by_label("What happened").fill("The other force looks for its file")
    press(page, "Stop the clock")
    page.goto(case)
    stands_still(page, name, "The other force looks for its file")
    page.goto(action)
    follow(page.get_by_role("link", name="Let the clock go on"))
    press(page, "Let it go on")


def ends_late(page: Page, words: str, label: str, button: str) -> None:
    """Try without a reason, which is refused in words that say what to do; then with one."""
    press(page, button)
    refuses(page, words)
    page.get_by_label(label).fill(LATE)
    press(page, button)


def application(site: Site, condition: str) -> str:
    """Return the address of an application of the demonstration."""
    rows = site.query(f"SELECT public_id FROM disclosure_application AS one WHERE {condition} ORDER BY id LIMIT 1")  # noqa: S608
    return f"/applications/{rows[0][0]}/"


def test_domestic_scheme(visit: Callable[..., Page], site_parts: Site):
    answered = "EXISTS (SELECT FROM disclosure_neutralanswer WHERE application_id = one.id)"
    case = application(site_parts, f"scheme = 'domestic' AND state = 'decided' AND {answered}")
    name = "Domestic scheme: told or answered"
    page = visit("offender_manager")
    stop_and_go_on(page, case, name)
    move_back(site_parts, "application", case)
    page.goto(case)
    is_over(page, name, "28 days later: ", "Stood still from ")
    page.goto(f"{case}close/")
    ends_late(page, "The time is over. Say why it was late.", "Why it was late", "Close it")
    page.goto(case)
    was_late(page, name)


def test_child_scheme(visit: Callable[..., Page], site_parts: Site):
    case = application(site_parts, "scheme = 'child' AND state = 'decision'")
    name, proposed = "Child scheme: told or answered", "Disclosure schemes: a proposal that waits for whoever decides"
    page, lead = visit("offender_manager_2"), visit("supervisor_2")
    stop_and_go_on(page, case, name)
    page.goto(f"{case}propose/")
    say_what_checks_show(page)
    choose(page, "What do you propose?", "Do not disclose")
    page.get_by_label("Reasons", exact=True).fill("She knows already, and has a plan.")
    press(page, "Send it to whoever decides")
    move_back(site_parts, "application", case)
    page.goto(case)
    is_over(page, name, "28 days later: ")
    is_over(page, proposed, "1 working day later")
    lead.goto(f"{case}decide/")
    lead.get_by_label("Agree", exact=True).check()
    lead.get_by_label("In your own words: why").fill("Nothing more would protect him.")
    ends_late(lead, "The time is over. Say why it was late.", "Why it was late", "Save")
    page.goto(f"{case}answer/")
    page.get_by_label(re.compile("^Text message")).check()
    submit(page)
    page.goto(f"{case}close/")
    ends_late(page, "The time is over. Say why it was late.", "Why it was late", "Close it")
    page.goto(case)
    was_late(page, name)
    was_late(page, proposed)


def test_subject_access(visit: Callable[..., Page], site_parts: Site):
    name, page = "Subject access: answered", visit("information_governance")
    page.goto("/subject-requests/take/")
    page.get_by_label("A copy of what is held").check()
    page.get_by_label("Whose data is asked for").fill("Leopold Latecomer")
    page.get_by_label("By letter").check()
    fill_day(page, "on", -1)
    page.get_by_label("Time").fill("09:30")
    press(page, "Take it")
    case = page.url
    follow(page.get_by_role("link", name="Prove who asks"))
    page.get_by_label("Passport").check()
    fill_day(page, "on", -1)
    page.get_by_label("Time").fill("10:00")
    press(page, "Save")
    follow(page.get_by_role("link", name="Wait for clarification"))
    page.locator("main input[type=radio]").first.check()
    page.get_by_label("What must be made clear").fill("Which of two addresses")
    fill_day(page, "since")
    submit(page)
    stands_still(page, name, "Which of two addresses")
    follow(page.get_by_role("link", name="Let the clock go on"))
    fill_day(page, "until")
    submit(page)
    follow(page.get_by_role("link", name="Nothing is held"))
    page.get_by_label("What was searched, and how").fill("Every system, by name")
    submit(page)
    page.goto(f"{case}seal/")
    press(page, "Seal it")
    move_back(site_parts, "subjectrequest", case)
    page.goto(case)
    is_over(page, name, "1 month later: ")
    follow(page.get_by_role("link", name="Hand it over"))
    page.get_by_label("By post, recorded").check()
    page.get_by_label("To whom").fill("Leopold Latecomer")
    fill_day(page, "on")
    page.get_by_label("Time").fill(localtime(now()).strftime("%H:%M"))
    ends_late(page, "The time is over. Say why it was late.", "Why it was late", "Store, and end the request")
    was_late(page, name)


def test_freedom_of_information(visit: Callable[..., Page], site_parts: Site):
    name, page, second = "Freedom of information: answered", visit("information_governance"), visit("information_governance_2")
    ((public_id,),) = site_parts.query("SELECT public_id FROM disclosure_freedomrequest WHERE asker = 'A. Taxpayer'")
    case = f"/freedom-requests/{public_id}/"
    page.goto(case)
    follow(page.get_by_role("link", name="Ask what they mean"))
    page.get_by_label("What they are asked").fill("Hired by the day, or by the year?")
    fill_day(page, "asked_on")
    submit(page)
    stands_still(page, name, "Whoever asked was asked what they mean")
    follow(page.get_by_role("link", name="Enter what they said"))
    page.get_by_label("What they said").fill("By the day.")
    fill_day(page, "said_on")
    submit(page)
    follow(page.get_by_role("link", name="More time to weigh the public interest"))
    assert page.locator("main input[type=radio]:checked").count() == 0
    assert page.get_by_label(re.compile("^Section 40")).count() == 0  # never weighed
    page.get_by_label("Section 43: Commercial interests").check()
    fill_day(page, "due_on", 49)
    fill_day(page, "told_on")
    page.get_by_label("Why it takes longer").fill("Three firms were asked")
    assert faults(page) == []
    press(page, "Give the time")
    move_back(site_parts, "freedomrequest", case, 84)
    page.goto(case)
    is_over(page, name, "20 working days later", "The time begins anew: 20 working days later", "Section 43: the public interest is")
    follow(page.get_by_role("link", name="Write the reply"))
    page.get_by_label("Disclose", exact=True).check()
    page.get_by_label("Words of the reply").fill("Nine thousand pounds.")
    page.get_by_label("Why this reply").fill("Nothing speaks against it.")
    press(page, "Save, and ask a second person to approve")
    second.goto(case)
    press(second, "Approve it as it stands")
    page.goto(case)
    follow(page.get_by_role("link", name="Send it", exact=True))
    ends_late(page, "why it is late", "Why it is late", "Send it")
    was_late(page, name)


def test_unused_material(visit: Callable[..., Page], site_parts: Site):
    name, page = "Unused material: reviewed again", visit("offender_manager")
    page.goto("/prosecutions/")
    follow(page.locator("main li").filter(has_text="Failing to notify an address").get_by_role("link"))
    case = page.url
    follow(page.get_by_role("link", name="Change the prosecution"))
    fill_day(page, "charged_on")
    submit(page)
    stop_and_go_on(page, case, name)
    move_back(site_parts, "prosecution", case)
    page.goto(case)
    is_over(page, name, "28 days later: ")
    is_over(page, "Unused material: schedules after charge", "28 days later: ")
    follow(page.get_by_role("link", name="Review the material"))
    page.get_by_label("Continuing review, nothing new").check()
    page.get_by_label("What was looked at, or what it changes").fill("Everything, again.")
    ends_late(page, "The time is over. Say why it was late.", "Why the review was late", "Save")
    was_late(page, name)
