"""The second factor: set up once, asked for at each sign-in, replaceable by recovery codes."""

import re
from base64 import b64encode
from hashlib import sha256
from math import log2

import pytest
from django.test import Client
from django.urls import reverse
from django_otp.oath import totp
from django_otp.plugins.otp_static.models import StaticToken

from accounts.choices import Role
from accounts.models import Authenticator, SignIn
from accounts.services.passwords import READABLE
from accounts.services.second_factor import WAIT, WRONG_CODE, count_recovery_codes, renew_recovery_codes
from tests.accounts.signing_in import PASSWORD, code_of, make_authenticator, make_person, sign_in, verbs

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _second_factor_on(settings, time_machine):
    """A code counts only while the app shows it, so the clock stands still."""
    settings.SECOND_FACTOR = True
    time_machine.move_to("2026-11-24 09:00:00Z", tick=False)


def give_code(client: Client, code: str, step: str = "second-factor"):
    """Send a code."""
    return client.post(reverse(f"accounts:{step}"), {"code": code})


@pytest.mark.parametrize("page", ["home", "accounts:account", "accounts:user-list", "accounts:password"])
def test_password_alone_opens_nothing(client: Client, page: str):
    user = make_person(Role.ADMINISTRATOR)
    make_authenticator(user)
    sign_in(client, user)

    response = client.get(reverse(page))

    assert (response.status_code, response["Location"]) == (302, reverse("accounts:second-factor"))
    assert verbs(actor=user) == []


def test_password_alone_does_not_open_the_api(client: Client):
    user = make_person()
    make_authenticator(user)
    sign_in(client, user)

    assert client.get("/api/v1/schema/").status_code == 401


def test_right_code_opens_the_service_under_a_new_key(client: Client):
    user = make_person()
    device = make_authenticator(user)
    sign_in(client, user, query="?next=/account/")
    before = client.session.session_key

    response = client.post(
        reverse("accounts:second-factor") + "?next=/account/", {"code": f" {code_of(device)[:3]} {code_of(device)[3:]} "}
    )

    assert response["Location"] == "/account/"
    assert client.get("/account/").status_code == 200
    assert client.session.session_key != before
    assert [row.session_key for row in SignIn.objects.all()] == [client.session.session_key]
    assert verbs(actor=user) == ["signed in"]


def test_page_wanted_survives_the_step(client: Client):
    user = make_person()
    make_authenticator(user)

    response = sign_in(client, user, query="?next=/account/")

    assert response["Location"] == "/sign-in/code/?next=%2Faccount%2F"


def test_wrong_code_opens_nothing_and_is_recorded(client: Client):
    user = make_person()
    device = make_authenticator(user)
    sign_in(client, user)

    response = give_code(client, f"{(int(code_of(device)) + 1) % 1000000:06d}")

    assert response.context["form"].errors == {"code": [WRONG_CODE]}
    assert client.get(reverse("accounts:account")).status_code == 302
    assert verbs(actor=user) == ["sign-in failed"]


def test_a_code_works_once(client: Client, time_machine):
    time_machine.move_to("2026-11-24 09:00:00Z", tick=False)
    user = make_person()
    code = code_of(make_authenticator(user))
    sign_in(client, user)
    give_code(client, code)
    second = Client()
    sign_in(second, user)

    response = give_code(second, code)

    assert response.context["form"].errors == {"code": [WRONG_CODE]}


@pytest.mark.parametrize(("seconds", "counts"), [(0, True), (29, True), (30, False), (-1, False)])
def test_a_code_counts_only_while_the_app_shows_it(time_machine, seconds: int, counts: bool):
    device = make_authenticator(make_person())
    code = code_of(device)
    time_machine.shift(seconds)

    assert device.verify_token(code) is counts


def test_an_app_whose_clock_is_a_little_off_is_known_by_its_own_clock_once_connected(time_machine):
    device = make_authenticator(make_person(), confirmed=False)
    behind = code_of(device)
    time_machine.shift(30)
    assert device.verify_token(behind)
    device.confirmed = True
    device.save()
    device = Authenticator.objects.get()

    time_machine.shift(60)
    of_our_clock = f"{totp(device.bin_key, device.step, device.t0, device.digits):06d}"
    assert (device.verify_token(code_of(device)), code_of(device) == of_our_clock) == (True, False)
    time_machine.shift(30)
    assert not Authenticator.objects.get().verify_token(f"{totp(device.bin_key, device.step, device.t0, device.digits):06d}")


def test_guessing_codes_is_slowed_down(client: Client, time_machine):
    time_machine.move_to("2026-11-24 09:00:00Z", tick=False)
    user = make_person()
    device = make_authenticator(user)
    sign_in(client, user)
    give_code(client, "000000" if code_of(device) != "000000" else "111111")

    at_once = give_code(client, code_of(device))
    time_machine.shift(60)
    later = give_code(client, code_of(device))

    assert at_once.context["form"].errors == {"code": [WAIT]}
    assert later.status_code == 302


def test_recovery_code_works_once(client: Client):
    user = make_person()
    make_authenticator(user)
    code = renew_recovery_codes(actor=user)[0]
    sign_in(client, user)
    first = give_code(client, code.upper())
    second = Client()
    sign_in(second, user)

    again = give_code(second, code)

    assert first.status_code == 302
    assert again.context["form"].errors == {"code": [WRONG_CODE]}
    assert count_recovery_codes(user) == 7


def test_recovery_codes_are_long_and_kept_as_digests_only():
    user = make_person()
    codes = renew_recovery_codes(actor=user)
    kept = set(StaticToken.objects.filter(device__user=user).values_list("token", flat=True))

    assert [len(code.replace("-", "")) * log2(len(READABLE)) >= 112 for code in codes] == [True] * 8
    assert kept == {b64encode(sha256(code.replace("-", "").encode()).digest()).decode()[:16] for code in codes}


@pytest.mark.parametrize("page", ["password", "recovery-codes"])
def test_changing_what_one_signs_in_with_takes_the_password_and_a_code(client: Client, time_machine, page: str):
    time_machine.move_to("2026-11-24 09:00:00Z", tick=False)
    user = make_person()
    device = make_authenticator(user)
    sign_in(client, user)
    give_code(client, code_of(device))
    time_machine.shift(60)
    url, data = reverse(f"accounts:{page}"), {"current": PASSWORD} | ({"new": "three random words here"} if page == "password" else {})

    without, wrong = client.post(url, data), client.post(url, data | {"code": "000000"})
    unchanged = user.check_password(PASSWORD) and count_recovery_codes(user) == 0
    time_machine.shift(60)
    done = client.post(url, data | {"code": code_of(device)})

    assert set(without.context["form"].errors) == set(wrong.context["form"].errors) == {"code"}
    assert (without.status_code, wrong.status_code, unchanged) == (422, 409, True)
    assert done.status_code == (302 if page == "password" else 200)
    assert verbs(actor=user)[-1] == "changed"


def test_password_set_by_somebody_else_is_changed_without_another_code(client: Client):
    user = make_person(must_change_password=True)
    device = make_authenticator(user)
    sign_in(client, user)
    give_code(client, code_of(device))

    done = client.post(reverse("accounts:password"), {"current": PASSWORD, "new": "three random words here"})

    assert done.status_code == 302
    assert client.get(reverse("accounts:account")).status_code == 200


def test_somebody_elses_code_does_not_work(client: Client):
    user, other = make_person(), make_person()
    make_authenticator(user)
    theirs = make_authenticator(other)
    sign_in(client, user)

    response = give_code(client, code_of(theirs))

    assert response.status_code == 409


def test_first_sign_in_sets_the_app_up_and_shows_recovery_codes_once(client: Client):
    user = make_person()
    sign_in(client, user)
    assert client.get("/")["Location"] == reverse("accounts:second-factor-set-up")
    page = client.get(reverse("accounts:second-factor-set-up"))
    device = Authenticator.objects.get(user=user)

    response = give_code(client, code_of(device), "second-factor-set-up")

    codes = re.findall(r"<code>((?:[a-z2-9]{4}-?){6})</code>", response.content.decode())
    assert page.context["secret"].replace(" ", "") in device.config_url
    assert len(set(codes)) == 8
    assert client.get(reverse("accounts:account")).status_code == 200
    assert client.get(reverse("accounts:second-factor-set-up"))["Location"] == "/"
    assert verbs(actor=user) == ["changed", "changed", "signed in"]


def test_picture_is_drawn_without_inline_style(client: Client):
    user = make_person()
    sign_in(client, user)

    response = client.get(reverse("accounts:second-factor-image"))

    assert response["Content-Type"] == "image/svg+xml"
    assert b'<svg xmlns="http://www.w3.org/2000/svg"' in response.content  # without it no browser draws the file
    assert b"style" not in response.content
    assert "no-store" in response["Cache-Control"]


def test_wrong_first_code_connects_nothing(client: Client):
    user = make_person()
    sign_in(client, user)
    client.get(reverse("accounts:second-factor-set-up"))
    device = Authenticator.objects.get(user=user)

    response = give_code(client, f"{(int(code_of(device)) + 1) % 1000000:06d}", "second-factor-set-up")

    assert response.status_code == 409
    assert not Authenticator.objects.get(user=user).confirmed


def test_who_has_an_app_cannot_set_up_another_with_the_password_alone(client: Client):
    user = make_person()
    make_authenticator(user)
    sign_in(client, user)

    pages = [client.get(reverse(f"accounts:{name}"))["Location"] for name in ("second-factor-set-up", "second-factor-image")]

    assert pages == [reverse("accounts:second-factor")] * 2
    assert Authenticator.objects.count() == 1


def test_person_may_leave_before_the_code(client: Client):
    user = make_person()
    make_authenticator(user)
    sign_in(client, user)

    assert client.post(reverse("accounts:sign-out"))["Location"] == "/sign-in/"


def test_demonstration_asks_for_no_code(client: Client, settings):
    settings.SECOND_FACTOR = False
    user = make_person()

    sign_in(client, user)

    assert client.get(reverse("accounts:account")).status_code == 200
    assert client.get(reverse("accounts:second-factor-set-up"))["Location"] == "/"
