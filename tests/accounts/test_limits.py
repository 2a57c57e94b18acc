"""How much one person may open in a minute, and how often signing in may fail from one address."""
from __future__ import annotations

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from accounts.choices import Role
from accounts.middleware import class_of
from accounts.throttles import UNHINDERED_TIMES
from audit.models import Event
from tests.accounts.signing_in import make_person, sign_in
from tests.factories import make_user
from tests.routes import all_routes

pytestmark = pytest.mark.django_db
PAGE = "/account/"
NOW = "2026-11-25 12:00:20+00:00"
AWAY = "redis://127.0.0.1:1/0"


@pytest.fixture
def clock():
    """Time that stands still."""
    with time_machine.travel(NOW, tick=False) as moved:
        yield moved


def signed_in(role: Role = Role.OFFENDER_MANAGER) -> Client:
    """The browser of a new person."""
    browser = Client()
    browser.force_login(make_user(role))
    return browser


def refusals(limit: str) -> list[Event]:
    """What the trail holds of one limit."""
    return list(Event.objects.filter(verb="refused", detail__limit=limit))


def test_who_opens_more_than_anybody_reads_is_stopped_for_the_rest_of_the_minute(settings, clock):
    settings.PAGES_PER_MINUTE = 3
    browser, other = signed_in(), signed_in()
    opened = [browser.get(PAGE).status_code for _ in range(3)]
    stopped = [browser.get(PAGE) for _ in range(3)]
    elsewhere = other.get(PAGE)
    clock.shift(40)

    assert (opened, elsewhere.status_code, browser.get(PAGE).status_code) == ([200] * 3, 200, 200)
    assert [(answer.status_code, answer["Retry-After"]) for answer in stopped] == [(429, "40")] * 3
    assert "Wait 40 seconds" in stopped[0].content.decode()
    assert [str(event.actor_id) for event in refusals("pages")] == [browser.session["_auth_user_id"]]


def test_emergency_finds_search_and_leaving_open_when_all_else_is_stopped(settings, clock):
    settings.PAGES_PER_MINUTE = 1
    browser = signed_in(Role.CONTROL_ROOM)
    find = reverse("offenders:find")
    statuses = [browser.get(PAGE).status_code for _ in range(2)]
    found = [browser.get(find).status_code for _ in range(UNHINDERED_TIMES + 1)]

    assert statuses == [200, 429]
    assert found == [200] * UNHINDERED_TIMES + [429]


def test_only_what_an_emergency_needs_and_what_pages_fetch_is_unhindered():
    assert {route.name for route in all_routes() if getattr(class_of(route.view), "unhindered", False)} == {
        "accounts:keep-alive",
        "accounts:sign-out",
        "offenders:card",
        "offenders:card-print",
        "offenders:find",
        "offenders:find-results",
        "offenders:photograph",
        "offenders:reason",
    }


def test_files_are_counted_as_they_are_handed_over_and_shut_the_next_one(settings, clock):
    settings.FILES_PER_MINUTE = 2
    browser = signed_in(Role.AUDITOR)
    url = reverse("audit:event-export")
    statuses = [browser.post(url).status_code for _ in range(4)]

    assert statuses == [200, 200, 429, 429]
    assert Event.objects.filter(verb="exported").count() == 2
    assert len(refusals("files")) == 1


def test_program_in_somebodys_session_is_told_in_its_own_form(settings, clock):
    settings.PAGES_PER_MINUTE = 0

    answer = signed_in().get("/api/v1/nominals/")

    assert (answer.status_code, answer["Content-Type"], answer["Retry-After"]) == (429, "application/problem+json", "40")


def test_nobody_is_stopped_while_the_cache_is_away(settings, caplog):
    settings.CACHES = {"default": {**settings.CACHES["default"], "LOCATION": AWAY}}
    settings.PAGES_PER_MINUTE = settings.FILES_PER_MINUTE = settings.FAILED_SIGN_INS_PER_MINUTE = 0

    assert signed_in().get(PAGE).status_code == 200
    assert sign_in(Client(), make_person()).status_code == 302
    assert "The cache does not answer" in caplog.text


def test_many_usernames_tried_from_one_address_shut_it_for_the_rest_of_the_minute(settings, clock):
    settings.FAILED_SIGN_INS_PER_MINUTE = 2
    user, others = make_person(), [make_person() for _ in range(2)]
    before = sign_in(Client(), user).status_code
    failed = [sign_in(Client(), other, "wrong").status_code for other in others]
    shut = [sign_in(Client(), user) for _ in range(2)]
    elsewhere = sign_in(Client(REMOTE_ADDR="203.0.113.77"), user)
    clock.shift(40)

    assert (before, failed, elsewhere.status_code) == (302, [409] * 2, 302)
    assert [(answer.status_code, answer["Retry-After"]) for answer in shut] == [(429, "40")] * 2
    assert len(refusals("failed sign-ins")) == 1
    assert sign_in(Client(), user).status_code == 302
