"""Who calls the API."""
from __future__ import annotations

from typing import Any

from django.conf import settings
from rest_framework import exceptions
from rest_framework.authentication import SessionAuthentication
from rest_framework.request import Request


class SessionWithSecondFactor(SessionAuthentication):
    """The browser's session, provided that the second factor was given."""

    def authenticate(self, request: Request) -> tuple[Any, None] | None:
        """Return the user of the session; refuse a session that stopped at the password."""
        found = super().authenticate(request)
        if found and settings.SECOND_FACTOR and not found[0].is_verified():
            raise exceptions.AuthenticationFailed("Give your second factor first.")
        return found

    def authenticate_header(self, request: Request) -> str:
        """Make the answer to strangers a 401."""
        return 'Session realm="Vigil"'
