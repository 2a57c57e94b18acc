"""Signing in with a password: neutral answers, lock-out, rotation, trail."""

import pytest
from axes.models import AccessAttempt, AccessLog
from django.test import Client
from django.urls import reverse

from accounts.choices import Role
from accounts.models import SignIn
from accounts.views.sign_in import NEUTRAL
from audit.models import Event
from tests.accounts.signing_in import PASSWORD, make_person, sign_in, verbs
from tests.factories import make_user

pytestmark = pytest.mark.django_db


def test_page_lets_password_managers_fill_it_in(client: Client):
    page = client.get(reverse("accounts:sign-in")).content.decode()

    assert 'autocomplete="username"' in page
    assert 'autocomplete="current-password"' in page
    assert '<input type="password"' in page


def test_password_counts_exactly_as_it_was_typed(client: Client):
    user = make_person()
    user.set_password(" Three  Random wörds ")
    user.save()

    almost = ("Three  Random wörds", " three  random wörds ", " Three Random wörds ")

    assert [sign_in(Client(), user, password).status_code for password in almost] == [409, 409, 409]
    assert sign_in(client, user, " Three  Random wörds ").status_code == 302


def test_right_password_opens_the_service_and_is_recorded(client: Client):
    user = make_person(last_name="Kendrick")

    response = sign_in(client, user)

    assert (response.status_code, response["Location"]) == (302, "/")
    assert client.session["_auth_user_id"] == str(user.pk)
    assert SignIn.objects.get().session_key == client.session.session_key
    assert verbs(actor=user) == ["signed in"]


def test_username_may_be_typed_in_capitals(client: Client):
    user = make_person(username="d.kendrick")

    response = client.post(reverse("accounts:sign-in"), {"username": " D.Kendrick ", "password": PASSWORD})

    assert response.status_code == 302
    assert client.session["_auth_user_id"] == str(user.pk)


@pytest.mark.parametrize("username", ["somebody", "closed", "nobody"])
def test_every_failure_gives_the_same_answer_and_is_recorded(client: Client, username: str):
    make_person(username="somebody")
    make_person(username="closed", is_active=False)

    response = client.post(reverse("accounts:sign-in"), {"username": username, "password": "wrong"})

    assert response.status_code == 409
    assert response.context["form"].errors == {"__all__": [NEUTRAL.format(hours=72)]}
    assert "_auth_user_id" not in client.session
    event = Event.objects.get()
    assert (event.verb, event.detail) == ("sign-in failed", {"username": username, "step": "password"})


def test_account_that_was_closed_does_not_open_with_the_right_password(client: Client):
    user = make_person(is_active=False)

    response = sign_in(client, user)

    assert response.context["form"].errors == {"__all__": [NEUTRAL.format(hours=72)]}


def test_the_fifth_wrong_password_shuts_the_account(client: Client):
    user, other = make_person(), make_person()

    answers = [sign_in(client, user, "wrong").status_code for _ in range(5)]
    locked = sign_in(client, user)

    assert answers == [409, 409, 409, 409, 429]
    assert locked.status_code == 429
    assert "Ask your force service desk" in locked.content.decode()
    assert "_auth_user_id" not in client.session
    assert sign_in(client, other).status_code == 302


def test_account_opens_again_after_a_while(client: Client, time_machine):
    time_machine.move_to("2026-11-24 09:00:00Z", tick=False)
    user = make_person()
    for _ in range(5):
        sign_in(client, user, "wrong")

    time_machine.shift(14 * 60)
    early = sign_in(client, user).status_code
    time_machine.shift(31 * 60)
    late = sign_in(client, user).status_code

    assert (early, late) == (429, 302)


def test_success_forgets_earlier_failures(client: Client):
    user = make_person()
    for _ in range(4):
        sign_in(client, user, "wrong")

    sign_in(client, user)

    assert list(AccessAttempt.objects.all()) == []


def test_the_library_keeps_no_list_of_its_own_of_who_signed_in(client: Client):
    user = make_person()

    sign_in(client, user)

    assert user.sign_ins.count() == 1
    assert list(AccessLog.objects.all()) == []


def test_no_password_is_kept_anywhere(client: Client):
    user = make_person()

    sign_in(client, user, "hunter-seven-nine")

    kept = [str(row) for row in (*AccessAttempt.objects.values(), *Event.objects.values())]
    assert len(kept) == 2
    assert [row for row in kept if "hunter" in row] == []


def test_session_key_changes_at_sign_in(client: Client):
    user = make_person()
    session = client.session
    session["before"] = True
    session.save()
    before = session.session_key
    client.cookies["vigil"] = before

    sign_in(client, user)

    assert client.session.session_key not in {None, before}


def test_person_goes_on_to_the_page_wanted(client: Client):
    response = sign_in(client, make_person(), query="?next=/account/")

    assert response["Location"] == "/account/"


@pytest.mark.parametrize("wanted", ["https://elsewhere.invalid/", "//elsewhere.invalid", "javascript:alert(1)", ""])
def test_nobody_is_led_elsewhere(client: Client, wanted: str):
    response = sign_in(client, make_person(), query=f"?next={wanted}")

    assert response["Location"] == "/"


def test_who_is_signed_in_does_not_sign_in_again(client: Client):
    user = make_person()
    sign_in(client, user)
    key = client.session.session_key

    response = sign_in(client, make_person())

    assert response["Location"] == "/"
    assert (client.session["_auth_user_id"], client.session.session_key) == (str(user.pk), key)


def test_sign_out_ends_the_session(client: Client):
    user = make_person()
    sign_in(client, user)

    response = client.post(reverse("accounts:sign-out"))

    assert response["Location"] == "/sign-in/"
    assert response["Clear-Site-Data"] == '"cache", "storage"'
    assert SignIn.objects.get().ended_at is not None
    assert client.get(reverse("accounts:account"))["Location"] == "/sign-in/?next=/account/"
    assert verbs(actor=user) == ["signed in", "signed out"]


def test_a_link_cannot_sign_anybody_out(client: Client):
    client.force_login(make_user(Role.CONTROL_ROOM))

    assert client.get(reverse("accounts:sign-out")).status_code == 405


@pytest.mark.parametrize("data", [{}, {"username": "a\x00b", "password": "x"}, {"username": "x" * 5000, "password": "y" * 5000}])
def test_nonsense_is_answered_with_a_message(client: Client, data: dict[str, str]):
    response = client.post(reverse("accounts:sign-in"), data)

    assert response.status_code == 422
    assert response.context["form"].errors
