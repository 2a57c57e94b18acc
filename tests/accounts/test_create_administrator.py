"""The operator's command that makes the first account."""

import re

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from accounts.choices import Role
from accounts.models import Organisation, User
from audit.models import Event
from tests.accounts.signing_in import sign_in
from tests.factories import make_force, make_user

pytestmark = pytest.mark.django_db


def run(username: str, **options: str) -> None:
    """Run the command."""
    call_command("create_administrator", username, **options)


def test_first_administrator_comes_with_the_force(capsys):
    run("C.Webster", organisation="eastvale", organisation_name="Eastvale Police", last_name="Webster")

    user = User.objects.get()
    password = re.search(r"password: (\S+)", capsys.readouterr().out)[1]
    assert (user.username, user.roles, user.organisation.name, user.organisation.is_force) == (
        "c.webster",
        {Role.ADMINISTRATOR},
        "Eastvale Police",
        True,
    )
    assert sign_in(Client(), user, password).status_code == 302
    assert user.must_change_password
    event = Event.objects.get(verb="created")
    assert (event.actor, event.channel, event.subject_id) == (None, "command", user.pk)


def test_another_administrator_joins_a_force_that_exists():
    force = make_force(code="eastvale")

    run("second", organisation="eastvale")

    assert User.objects.get().organisation == force


def test_unknown_force_needs_its_full_name():
    with pytest.raises(CommandError, match="--organisation-name"):
        run("first", organisation="nowhere")

    assert not Organisation.objects.exists()


def test_username_that_is_taken_makes_nothing():
    make_user(username="first")

    with pytest.raises(CommandError, match="another username"):
        run("first", organisation="eastvale", organisation_name="Eastvale Police")

    assert not Organisation.objects.filter(code="eastvale").exists()
