"""One's own account: details, acting role, sessions, password, recovery codes."""

import pytest
from django.test import Client
from django.urls import reverse

from accounts.choices import Role
from accounts.models import SignIn
from accounts.services.second_factor import renew_recovery_codes
from audit.models import Event
from tests.accounts.signing_in import PASSWORD, make_person, sign_in, verbs
from tests.factories import make_user

pytestmark = pytest.mark.django_db
NEW = "three random words here"


def test_page_shows_details_and_who_renews(client: Client):
    user = make_user(Role.SUPERVISOR, Role.MAPP_CHAIR, rank="DI", collar_number="1180", last_name="Haworth", trained_until="2020-05-31")
    client.force_login(user)

    page = client.get(reverse("accounts:account")).content.decode()

    for text in (
        "Haworth",
        "1180",
        "MAPP chair, Supervisor",
        "31 May 2020",
        "your training is renewed",
        "system administrator",
        user.unit.name,
    ):
        assert text in page


def test_other_sessions_are_listed_and_can_be_ended(client: Client):
    user = make_person()
    other, stranger = Client(), Client()
    sign_in(client, user)
    other.post(reverse("accounts:sign-in"), {"username": user.username, "password": PASSWORD}, headers={"User-Agent": "Van terminal"})
    sign_in(stranger, make_person())

    page = client.get(reverse("accounts:account"))
    [listed] = page.context["other_sessions"]
    url = reverse("accounts:end-session", args=[listed.public_id])
    asked, refused = client.get(url), client.post(url, {"current": "wrong"})
    still_open = other.get("/account/").status_code
    response = client.post(url, {"current": PASSWORD})

    assert listed.session_key == other.session.session_key
    assert "Van terminal" in asked.content.decode()
    assert (refused.status_code, still_open) == (422, 200)
    assert "Van terminal" in page.content.decode()
    assert response["Location"] == reverse("accounts:account")
    assert other.get("/account/")["Location"] == "/sign-in/?next=/account/"
    assert [client.get("/account/").status_code, stranger.get("/account/").status_code] == [200, 200]
    assert Event.objects.filter(actor=user, verb="session ended").count() == 1


def test_nobody_ends_somebody_elses_session(client: Client):
    stranger = Client()
    theirs = make_person()
    sign_in(stranger, theirs)
    sign_in(client, make_person())

    url = reverse("accounts:end-session", args=[SignIn.objects.get(user=theirs).public_id])

    assert [client.get(url).status_code, client.post(url, {"current": PASSWORD}).status_code] == [404, 404]
    assert stranger.get("/account/").status_code == 200


def test_sessions_that_are_over_are_not_listed(client: Client, time_machine):
    time_machine.move_to("2026-11-24 09:00:00Z", tick=False)
    user = make_person()
    sign_in(Client(), user)
    time_machine.shift(16 * 60)
    sign_in(client, user)

    assert list(client.get("/account/").context["other_sessions"]) == []


def test_acting_role_can_be_switched_to_one_that_is_held(client: Client):
    user = make_user(Role.SUPERVISOR, Role.MAPP_CHAIR)
    client.force_login(user)

    response = client.post(reverse("accounts:acting-role"), {"role": "mapp_chair"})
    client.post(reverse("accounts:keep-alive"))
    client.post(reverse("accounts:sign-out"))

    assert response["Location"] == "/"
    assert list(Event.objects.filter(actor=user).values_list("verb", "acting_role", "detail")) == [
        ("signed out", "mapp_chair", {}),
        ("changed role", "supervisor", {"role": "mapp_chair"}),
    ]


@pytest.mark.parametrize("role", ["auditor", "administrator", "no such role"])
def test_role_that_is_not_held_is_refused(client: Client, role: str):
    user = make_user(Role.SUPERVISOR)
    client.force_login(user)

    response = client.post(reverse("accounts:acting-role"), {"role": role})

    assert response.status_code == 403
    assert "acting_role" not in client.session
    assert verbs(actor=user) == ["refused"]


def change_password(client: Client, current: str = PASSWORD, new: str = NEW):
    """Send the form."""
    return client.post(reverse("accounts:password"), {"current": current, "new": new})


def test_password_change_ends_every_other_session(client: Client):
    user = make_person()
    other = Client()
    sign_in(client, user)
    sign_in(other, user)
    before = client.session.session_key

    response = change_password(client)

    assert response["Location"] == reverse("accounts:account")
    assert client.get("/account/").status_code == 200
    assert other.get("/account/").status_code == 302
    assert client.session.session_key != before
    assert SignIn.objects.get(ended_at=None).session_key == client.session.session_key
    assert sign_in(Client(), user).status_code == 409
    assert sign_in(Client(), user, NEW).status_code == 302


@pytest.mark.parametrize(
    ("current", "new", "field"),
    [
        ("wrong", NEW, "current"),
        (PASSWORD, "short", "new"),
        (PASSWORD, "password1234", "new"),
        (PASSWORD, PASSWORD, "new"),
        (PASSWORD, "", "new"),
    ],
)
def test_password_that_breaks_a_rule_is_refused_at_its_field(client: Client, current: str, new: str, field: str):
    user = make_person()
    sign_in(client, user)

    response = change_password(client, current, new)

    assert response.status_code == 422
    assert set(response.context["form"].errors) == {field}
    user.refresh_from_db()
    assert user.check_password(PASSWORD)


def test_guessing_the_present_password_counts_towards_the_lock_out(client: Client):
    user = make_person()
    sign_in(client, user)

    answers = [change_password(client, "wrong").status_code for _ in range(5)]

    assert answers == [422, 422, 422, 422, 429]


def test_password_set_by_somebody_else_must_be_changed_first(client: Client):
    user = make_person(must_change_password=True)
    sign_in(client, user)

    pages = [client.get(url)["Location"] for url in ("/", "/account/")]
    api = client.get("/api/v1/schema/").status_code
    change_password(client)

    assert pages == [reverse("accounts:password")] * 2
    assert api == 401
    assert client.get("/account/").status_code == 200


def test_new_recovery_codes_take_the_password_and_replace_the_old_ones(client: Client):
    user = make_person()
    old = renew_recovery_codes(actor=user)
    sign_in(client, user)

    refused = client.post(reverse("accounts:recovery-codes"), {"current": "wrong"})
    before = client.session.session_key
    shown = client.post(reverse("accounts:recovery-codes"), {"current": PASSWORD})

    assert refused.status_code == 422
    assert client.session.session_key != before
    assert SignIn.objects.get().session_key == client.session.session_key
    assert len(set(shown.context["codes"]) - set(old)) == 8
    assert user.staticdevice_set.get().token_set.count() == 8
