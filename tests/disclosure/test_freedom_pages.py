"""Pages of requests for information of the force: what a form keeps, what the page offers, what the list costs."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import localdate

from accounts.choices import Role
from audit.models import Event
from disclosure.demo import add_freedom
from disclosure.models import FreedomReply, FreedomRequest
from disclosure.reports.freedom import table_of
from tests.disclosure.making_freedom import PLAIN, TELLING, make_governance, take
from tests.factories import make_nominal, make_user

pytestmark = pytest.mark.django_db
LIST = "/freedom-requests/"


@pytest.fixture
def keeper(client):
    user = make_governance()
    client.force_login(user)
    return user


def address(name, request):
    return reverse(f"disclosure:freedom{name}", args=[request.public_id])


def taken(**values):
    day = localdate()
    data = {"asker": "A. Writer", "address": "1 Invented Row", "came_by": "email", "question": TELLING, "kind": "statistics"}
    return data | {f"received_on_{part}": getattr(day, part) for part in ("day", "month", "year")} | values


def test_taking_keeps_what_was_typed_and_asks_for_a_reason_against_the_words(client, keeper):
    page = client.get(f"{LIST}take/").content.decode()
    assert "checked" not in page
    unanswered = client.post(f"{LIST}take/", taken())
    assert (unanswered.status_code, unanswered.context["form"]["question"].value()) == (422, TELLING)
    refused = client.post(f"{LIST}take/", taken(concerns="no"))
    assert (refused.status_code, list(refused.context["form"].errors)) == (409, ["why_not"])
    assert client.post(f"{LIST}take/", taken(concerns="yes")).status_code == 302
    asked = FreedomRequest.objects.get()
    assert "Locked: national unit" in client.get(LIST).content.decode()
    assert PLAIN not in client.get(LIST).content.decode()
    assert asked.asker not in client.get(LIST).content.decode()
    assert Event.objects.filter(verb="created", subject_id=asked.pk).exists()


def test_boxes_for_reasons_come_with_the_exemption(client, keeper):
    asked = take(keeper)
    page = address("-reply", asked)
    assert "why_cost" not in client.get(page).context["form"].fields
    data = {"version": asked.version, "outcome": "refuse", "text": "", "grounds": ["law_enforcement", "cost"], "reasons": "Harm."}
    refused = client.post(page, data)
    assert refused.status_code == 409
    assert set(refused.context["form"].errors) == {"why_cost", "why_law_enforcement", "test_law_enforcement"}
    assert refused.context["form"]["reasons"].value() == "Harm."
    said = {"why_cost": "40 hours.", "why_law_enforcement": "It shows where officers are.", "test_law_enforcement": "Harm weighs more."}
    assert client.post(page, data | said).status_code == 302
    assert [(each["code"], each["test"]) for each in FreedomReply.objects.get().grounds] == [
        ("cost", ""), ("law_enforcement", "Harm weighs more."),
    ]  # fmt: skip
    again = client.get(page).context["form"]
    assert (again["why_cost"].value(), again["grounds"].value()) == ("40 hours.", ["cost", "law_enforcement"])


def test_the_page_offers_what_may_be_done_next_and_says_what_is_missing(client, keeper):
    asked = take(keeper, TELLING)
    page = client.get(address("", asked)).content.decode()
    assert "refer it to the national unit" in page
    assert address("-reply", asked) not in page
    shut = client.post(
        address("-reply", asked), {"version": asked.version, "outcome": "disclose", "text": "Eleven.", "reasons": "x", "grounds": []}
    )
    assert (shut.status_code, shut.context["form"]["text"].value()) == (409, "Eleven.")
    assert "refer it to the national unit" in shut.content.decode()
    client.force_login(make_user(Role.PRESS_OFFICER, organisation=keeper.organisation))
    read = client.get(address("", asked)).content.decode()
    assert asked.question in read
    assert "/freedom-requests/" not in read[read.index("<h1") :]
    assert client.get(address("-refer", asked)).status_code == 403


def test_the_list_costs_the_same_for_many(keeper, client):
    counts = []
    for _ in range(2):
        for question in (TELLING, PLAIN):
            take(keeper, question)
        with CaptureQueriesContext(connection) as captured:
            client.get(LIST)
        counts.append(len(captured))
    assert counts[1] <= counts[0]


def test_the_demonstration_has_one_locked_one_answered_one_waiting(keeper):
    press = make_user(Role.PRESS_OFFICER, organisation=keeper.organisation)
    users = {"information_governance": keeper, "information_governance_2": make_governance(keeper.organisation), "press_officer": press}
    add_freedom(users, make_nominal(), [], localdate())
    rows = list(FreedomRequest.objects.order_by("pk"))
    table = table_of(rows)
    assert [(each["is_locked"], each["row"].ending) for each in table] == [(False, "answered"), (True, ""), (False, "")]
    assert rows[1].press_notes
