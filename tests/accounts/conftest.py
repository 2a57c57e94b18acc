"""Somebody who administers a force, and their browser."""

import pytest
from django.test import Client

from accounts.choices import Role
from accounts.models import User
from tests.factories import make_user


@pytest.fixture
def admin():
    """An administrator of a force."""
    return make_user(Role.ADMINISTRATOR)


@pytest.fixture
def signed_in(client: Client, admin: User):
    """A browser in which the administrator works."""
    client.force_login(admin)
    return client
