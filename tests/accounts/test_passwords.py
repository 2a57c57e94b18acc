"""What a password may not be, and what it may."""

import hashlib
from pathlib import Path

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.test import Client

from accounts.choices import Role
from accounts.models import User
from accounts.passwords import stands_in
from accounts.services.passwords import change_password, set_temporary_password
from accounts.services.people import create_user
from accounts.views.sign_in import NEUTRAL
from tests.accounts.signing_in import colleague_of, make_person, sign_in
from tests.factories import make_user

pytestmark = pytest.mark.django_db
LEAKED = ("three leaked words", "another leaked one", "the last leaked one")


@pytest.fixture
def user() -> User:
    """Somebody of Eastvale."""
    user = make_user(last_name="Quillfeather", username="quill7")
    user.organisation.name = "Eastvale Constabulary"
    return user


OURS = ("Vigil-Police-2026!", "MOSOVO mappa 123456", "eastvale2026winter", "quillfeather!!1180", "officer.welcome.77")
OTHERS = ("correct horse battery", "police otter lantern marble", "8301 9284 7501 9283", "ÄÖÜ ümlaut überall", "x9" * 500)


@pytest.mark.parametrize("password", OURS)
def test_words_that_anybody_here_would_try_make_no_password(user: User, password: str):
    with pytest.raises(ValidationError, match="words"):
        validate_password(password, user)


@pytest.mark.parametrize("password", OTHERS)
def test_other_passwords_of_any_characters_and_length_are_taken(user: User, password: str):
    validate_password(password, user)


def test_words_are_refused_where_nobody_is_named_yet():
    with pytest.raises(ValidationError, match="words"):
        validate_password("vigil-vigil-vigil")


@pytest.fixture
def leaked(settings, tmp_path: Path) -> Path:
    """A list as the public ones are: digests in order, each with how often it was met."""
    path = tmp_path / "leaked.txt"
    others = [f"some other password {number}" for number in range(200)]
    digests = sorted(hashlib.sha1(word.encode(), usedforsecurity=False).hexdigest().upper() for word in (*LEAKED, *others))
    path.write_text("".join(f"{digest}:{place}\n" for place, digest in enumerate(digests)), encoding="ascii")
    settings.LEAKED_PASSWORDS = str(path)
    return path


@pytest.mark.parametrize("password", [*LEAKED, "some other password 0", "some other password 199"])
def test_leaked_password_is_refused(leaked: Path, password: str):
    with pytest.raises(ValidationError, match="leaked"):
        validate_password(password)


def test_first_and_last_line_are_found_and_neighbours_are_not(leaked: Path):
    lines = leaked.read_text(encoding="ascii").splitlines()

    assert all(stands_in(leaked, line[:40]) for line in lines)
    assert not any(stands_in(leaked, digest) for digest in ("0" * 40, "F" * 40, lines[7][:39] + ("0" if lines[7][39] != "0" else "1")))


def test_password_that_did_not_leak_is_taken(leaked: Path):
    validate_password("nobody ever had this one")


@pytest.mark.parametrize("is_new", [True, False])
def test_temporary_password_runs_out(time_machine, settings, is_new: bool):
    time_machine.move_to("2026-11-24 09:00:00Z", tick=False)
    settings.TEMPORARY_PASSWORD_HOURS = 5
    admin = make_person(Role.ADMINISTRATOR)
    if is_new:
        user, password = create_user(actor=admin, username="j.birtle", roles=[], unit=None, last_name="Birtle")
    else:
        user = colleague_of(admin)
        password = set_temporary_password(actor=admin, user=user)
    time_machine.shift(5 * 3600 - 1)
    in_time = sign_in(Client(), user, password)
    time_machine.shift(1)
    late = sign_in(Client(), user, password)

    assert (in_time.status_code, late.status_code) == (302, 409)
    assert late.context["form"].errors == {"__all__": [NEUTRAL.format(hours=5)]}


def test_password_of_ones_own_does_not_run_out(time_machine):
    time_machine.move_to("2026-11-24 09:00:00Z", tick=False)
    admin = make_person(Role.ADMINISTRATOR)
    user = colleague_of(admin)
    set_temporary_password(actor=admin, user=user)
    change_password(actor=user, new="three random words here")
    time_machine.shift(365 * 24 * 3600)

    assert sign_in(Client(), user, "three random words here").status_code == 302
