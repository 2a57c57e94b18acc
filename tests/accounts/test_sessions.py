"""Sessions: idle and absolute limits, polling, keep-alive, ending elsewhere, no copies in caches."""

import pytest
from django.test import Client, RequestFactory
from django.urls import reverse
from django.views.generic import View

from accounts.middleware import SessionLimits
from accounts.models import SignIn
from audit.models import Event
from tests.accounts.signing_in import make_person, sign_in, verbs

pytestmark = pytest.mark.django_db
MINUTE = 60
PAGE = "/account/"


@pytest.fixture
def clock(time_machine):
    """A clock that stands still until a test moves it."""
    time_machine.move_to("2026-11-24 09:00:00Z", tick=False)
    return time_machine


@pytest.fixture
def user(clock, client: Client):
    """Somebody who has just signed in."""
    person = make_person()
    sign_in(client, person)
    return person


def test_session_lasts_until_fifteen_minutes_pass_without_activity(client: Client, clock, user):
    clock.shift(15 * MINUTE - 1)
    inside = client.get(PAGE)
    clock.shift(15 * MINUTE)
    outside = client.get(PAGE)

    assert inside.status_code == 200
    assert outside["Location"] == "/sign-in/?ended=idle&next=%2Faccount%2F"
    assert outside["Clear-Site-Data"] == '"cache", "storage"'
    assert "You were signed out after 15 minutes without activity" in client.get(outside["Location"]).content.decode()
    assert SignIn.objects.get().ended_at is not None
    assert verbs(actor=user)[-1] == "session ended"
    assert Event.objects.latest("pk").detail == {"why": "idle"}


def test_session_ends_after_twelve_hours_however_busy(client: Client, clock, user):
    for _ in range(12 * 6 - 1):
        clock.shift(10 * MINUTE)
        assert client.get(PAGE).status_code == 200

    clock.shift(10 * MINUTE)

    assert client.get(PAGE)["Location"] == "/sign-in/?ended=absolute&next=%2Faccount%2F"


def test_form_that_came_too_late_leads_to_sign_in_without_a_way_back(client: Client, clock, user):
    clock.shift(15 * MINUTE)

    assert client.post("/account/role/", {"role": "supervisor"})["Location"] == "/sign-in/?ended=idle"


def test_part_of_a_page_that_came_too_late_moves_the_whole_page(client: Client, clock, user):
    clock.shift(15 * MINUTE)

    response = client.get(PAGE, headers={"HX-Request": "true"})

    assert response["HX-Redirect"] == "/sign-in/?ended=idle"


def test_api_answers_401_when_the_session_is_over(client: Client, clock, user):
    assert client.get("/api/v1/schema/").status_code == 200
    clock.shift(15 * MINUTE)

    response = client.get("/api/v1/schema/")

    assert response.status_code == 401
    assert SignIn.objects.get().ended_at is not None


class Poll(View):
    """A part of a page that asks again by itself."""

    polls = True


class Page(View):
    """A page that a person asks for."""


@pytest.mark.parametrize(("view", "extends"), [(Poll, False), (Page, True)])
def test_polling_does_not_keep_a_session_alive(clock, user, view: type[View], extends: bool):
    request = RequestFactory().get("/")
    request.sign_in = SignIn.objects.get()
    before = request.sign_in.last_seen_at
    clock.shift(10 * MINUTE)

    SessionLimits(lambda _: None).process_view(request, view.as_view(), [], {})

    assert (SignIn.objects.get().last_seen_at > before) is extends


def test_time_last_seen_is_written_at_most_once_a_minute(client: Client, clock, user):
    start = SignIn.objects.get().last_seen_at
    clock.shift(59)
    client.get(PAGE)
    early = SignIn.objects.get().last_seen_at
    clock.shift(1)
    client.get(PAGE)
    late = SignIn.objects.get().last_seen_at

    assert early == start
    assert (late - start).total_seconds() == 60


def test_keep_alive_starts_the_idle_time_again(client: Client, clock, user):
    clock.shift(14 * MINUTE + 59)
    response = client.post(reverse("accounts:keep-alive"))
    clock.shift(14 * MINUTE + 59)

    assert response.status_code == 204
    assert client.get(PAGE).status_code == 200


def test_keep_alive_does_not_revive(client: Client, clock, user):
    clock.shift(15 * MINUTE)

    assert client.post(reverse("accounts:keep-alive")).status_code == 302
    assert client.get(PAGE)["Location"] == "/sign-in/?next=/account/"


def test_closed_account_is_out_at_the_next_request(client: Client, user):
    assert client.get(PAGE).status_code == 200
    user.is_active = False
    user.save()

    assert client.get(PAGE)["Location"] == "/sign-in/?next=/account/"


def test_session_marked_as_ended_does_not_go_on(client: Client, clock, user):
    assert client.get(PAGE).status_code == 200
    SignIn.objects.update(ended_at="2026-11-24 09:00:00Z")

    assert client.get(PAGE)["Location"] == "/sign-in/?ended=elsewhere&next=%2Faccount%2F"


def test_no_copy_of_a_signed_in_page_is_kept(client: Client, user):
    pages = [client.get(PAGE), client.get("/api/v1/schema/"), client.get("/no-such-page/")]

    assert ["no-store" in page["Cache-Control"] for page in pages] == [True, True, True]


def test_ended_sessions_cannot_be_brought_back_by_their_key(client: Client, clock, user):
    thief = Client()
    thief.cookies = client.cookies.copy()
    assert thief.get(PAGE).status_code == 200

    client.post(reverse("accounts:sign-out"))

    assert thief.get(PAGE).status_code == 302
