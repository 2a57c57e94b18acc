"""Steps that tests about people share."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django_otp.oath import totp

from accounts.choices import Role
from accounts.models import Authenticator, User
from audit.models import Event
from tests.factories import make_user

PASSWORD = "correct horse battery"


def make_person(*roles: Role, **values: Any) -> User:
    """A user who can sign in with PASSWORD."""
    user = make_user(*roles, **values)
    user.set_password(PASSWORD)
    user.save()
    return user


def colleague_of(admin: User, *roles: Role, **values) -> User:
    """Somebody of the same organisation who can sign in."""
    return make_person(*roles, organisation=admin.organisation, unit=admin.unit, **values)


def sign_in(client: Client, user: User, password: str = PASSWORD, query: str = "") -> HttpResponse:
    """Send the sign-in form."""
    return client.post(reverse("accounts:sign-in") + query, {"username": user.username, "password": password})


def make_authenticator(user: User, *, confirmed: bool = True) -> Authenticator:
    """An authenticator app of this user."""
    return Authenticator.objects.create(user=user, name="Authenticator app", confirmed=confirmed)


def code_of(device: Authenticator) -> str:
    """The code that the app shows now."""
    return f"{totp(device.bin_key, device.step, device.t0, device.digits, device.drift):06d}"


def verbs(**values: Any) -> list[str]:
    """What the trail holds, oldest first."""
    return list(Event.objects.filter(**values).order_by("pk").values_list("verb", flat=True))
