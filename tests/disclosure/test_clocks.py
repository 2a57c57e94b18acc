"""The clocks of disclosure: working days by nation, and what pages show of a clock."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.template.loader import render_to_string
from django.test.utils import CaptureQueriesContext

from accounts.choices import Role
from actions.models import Notification
from actions.reports import reckon_rule
from actions.rules import LONDON, start_of
from actions.services.dated import add_holiday
from actions.services.recomputing import recompute_clocks
from disclosure.reports.clocks import ClockState, clocks_of
from disclosure.reports.freedom import CLOCK, clock_of
from disclosure.services.freedom import ask_back, hear_back, withdraw_request
from disclosure.services.freedom_replies import approve_reply, ask_review, send_reply, write_reply
from tests.disclosure.making_freedom import make_governance, take
from tests.factories import make_force, make_user

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 24, 12, tzinfo=LONDON)


@pytest.fixture(autouse=True)
def noon():
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def keeper():
    return make_governance()


def fresh(request) -> dict:
    """The request and the version that is stored now."""
    request.refresh_from_db()
    return {"request": request, "version": request.version}


def answer(keeper, request, **values) -> None:
    """Send a reply that a second person approved."""
    write_reply(actor=keeper, **fresh(request), outcome="disclose", text="Eleven.", reasons="Held.")
    approve_reply(actor=make_governance(keeper.organisation), **fresh(request))
    send_reply(actor=keeper, **fresh(request), **values)


@pytest.mark.parametrize(
    ("nation", "came", "due"),
    [
        ("ENG", date(2026, 6, 1), date(2026, 6, 29)),  # a Monday; twenty working days after that day, no holiday between
        ("ENG", date(2026, 6, 6), date(2026, 7, 3)),  # a Saturday: the Monday is the first
        ("ENG", date(2026, 3, 27), date(2026, 4, 28)),  # Good Friday and Easter Monday
        ("SCT", date(2026, 3, 27), date(2026, 4, 27)),  # no Easter Monday
        ("NIR", date(2026, 3, 16), date(2026, 4, 16)),  # Saint Patrick's Day, Good Friday, Easter Monday
        ("ENG", date(2026, 3, 16), date(2026, 4, 15)),
        ("ENG", date(2021, 12, 10), date(2022, 1, 12)),  # Christmas on a Saturday: Monday and Tuesday instead; the new year on a Saturday
        ("ENG", date(2022, 12, 9), date(2023, 1, 11)),  # Christmas on a Sunday: Boxing Day, the Tuesday instead, 2 January
        ("SCT", date(2022, 12, 9), date(2023, 1, 12)),  # and 3 January
        ("SCT", date(2026, 11, 23), date(2026, 12, 22)),  # Saint Andrew's Day
        ("ENG", date(2026, 11, 23), date(2026, 12, 21)),
    ],
)
def test_twenty_working_days_after_the_day_it_came(nation, came, due):
    reckoned = reckon_rule(CLOCK, start_of(came), nation)
    assert reckoned.late_from == start_of(due + timedelta(days=1))
    assert reckon_rule(CLOCK, start_of(came) + timedelta(hours=23), nation) .late_from == reckoned.late_from


def test_a_new_bank_holiday_moves_an_open_clock_and_tells_its_owners(keeper):
    scot = make_governance(make_force(nation="SCT"))
    asked, theirs = take(keeper), take(scot)
    before = clock_of(theirs).late_from
    assert clock_of(asked).due.date() == date(2026, 12, 22)
    admin = make_user(Role.ADMINISTRATOR)
    add_holiday(actor=admin, nation="ENG", day=date(2026, 12, 7), name="Extra day", source="Proclamation")
    assert recompute_clocks(actor=None, today=NOON.date(), nation="ENG") == 1
    assert clock_of(asked).due.date() == date(2026, 12, 23)
    assert "1 bank holiday" in str(clock_of(asked).explanation)
    told = Notification.objects.filter(text__startswith="The date of an action changed")
    assert [told.filter(recipient=user).count() for user in (keeper, scot)] == [1, 0]
    assert clock_of(theirs).late_from == before


def test_each_state_of_a_clock(noon, keeper):
    asked = take(keeper)
    (clock,) = clocks_of(keeper, asked)
    assert (clock.name, clock.state, clock.share, clock.due.date()) == (
        "Freedom of information: answered", ClockState.RUNNING, 2, date(2026, 12, 22),
    )  # fmt: skip
    noon.move_to(NOON + timedelta(days=7))
    ask_back(actor=keeper, **fresh(asked), asked="Which year?", asked_on=NOON.date() + timedelta(days=7))
    noon.move_to(NOON + timedelta(days=16))
    (paused,) = clocks_of(keeper, asked)
    assert (paused.state, paused.pause.set_by, paused.pause.since, paused.share) == (
        ClockState.PAUSED, keeper, NOON.date() + timedelta(days=7), 24,
    )  # fmt: skip
    hear_back(actor=keeper, **fresh(asked), said="Last year", said_on=NOON.date() + timedelta(days=16))
    (going,) = clocks_of(keeper, asked)
    assert (going.state, going.due.date()) == (ClockState.RUNNING, date(2027, 1, 12))  # the whole time anew, past three holidays
    noon.move_to(NOON + timedelta(days=60))
    assert [(each.state, each.share) for each in clocks_of(keeper, asked)] == [(ClockState.LATE, 100)]
    answer(keeper, asked, late_reason="Ill")
    done, approved = clocks_of(keeper, asked)
    assert (done.state, done.took, done.action.late_reason) == (ClockState.OVER, "60 days", "Ill")
    assert approved.state == ClockState.MET
    gone = take(keeper)
    withdraw_request(actor=keeper, **fresh(gone), end_words="x")
    assert [each.state for each in clocks_of(keeper, gone)] == [ClockState.ENDED]


def test_the_piece_says_each_state_and_takes_as_many_queries_for_many(noon, keeper):
    one, many = take(keeper), take(keeper)
    answer(keeper, many)
    ask_review(actor=keeper, **fresh(many), asked_on=NOON.date(), complaint="x")
    ask_back(actor=keeper, **fresh(one), asked="Which year?", asked_on=NOON.date())

    def count(row) -> tuple[int, str]:
        with CaptureQueriesContext(connection) as captured:
            page = render_to_string("disclosure/_clock.html", {"clocks": clocks_of(keeper, row)})
        return len(captured), page

    few, paused = count(one)
    more, three = count(many)
    assert (more <= few, three.count("<progress")) == (True, 3)
    for words in ("Stands still", "waiting for the person concerned", keeper.display_name, "Rule: Freedom"):
        assert words in paused
    for words in ("Met", "in 0 hours", "due in"):
        assert words in three
